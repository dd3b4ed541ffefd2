"""The walk of an operator, by what docs/operators.md says, with two releases and people who go on answering meanwhile.

    python -m tests.deployment.walk OLD.tar.gz NEW.tar.gz FOLDER USER
    python -m tests.deployment.walk OLD.tar.gz NEW.tar.gz FOLDER USER database

As root, in an empty folder: both releases are installed side by side; a round is opened with the older; while clusters
save, page after page, the newer is activated, the older rolled back to, and the newer activated again. Where the newer
has another data format, the older is asked first and nothing is rolled back. A backup is restored in a second folder;
and with PG_CTL everything moves into a database and back. With `database` all of it is kept in one from the beginning,
and a record that cannot be read is set aside before the newer release comes: it has to be there to the end, and in the
backup. What stands for systemd is this process: it holds the socket,
and starts and stops the service as its unit does. What failed is counted and printed.
"""

import json
import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import psycopg
from openpyxl import load_workbook

from tests.bench.upgrade import AS_SYSTEMD, as_third_file
from tests.postgresql import running

ROUND = "sr-2026"
PAGE = "/en/reflection/section/about"
CLUSTERS = 6
SETTLED = 25
"""Saves of all clusters together between two steps."""
MYFYRIO = "docs/deployment/myfyrio"
OF_A_FOLDER, OF_A_DATABASE = "survey/storage/tinydb_files/data_format.py", "survey/storage/postgresql/formats.py"
"""Where a release says which format it writes."""
PYTHON = "/usr/bin/python3"
"""One that the user of the service may run, too."""


def say(*lines: str) -> None:
    """Print what was done, each line for itself."""
    sys.stdout.writelines(f"{line.strip()}\n" for line in lines)
    sys.stdout.flush()


class Systemd:
    """The service of `current`, whose socket lives on while it restarts."""

    def __init__(self, site: Path, environment: dict[str, str], user: str) -> None:
        self.site, self.environment, self.user = site, environment, user
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = int(self.socket.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def restart(self) -> bool:
        """As `systemctl restart` does by the unit: whether it could be started."""
        self.stop()
        current = self.site / "current"
        unit = (current / "docs/deployment/systemd/myfyrio.service").read_text("utf-8")
        before = re.findall(r"^ExecStartPre=/srv/myfyrio/current/(.*)$", unit, re.MULTILINE)
        [start] = re.findall(r"^ExecStart=/srv/myfyrio/current/(.*)$", unit, re.MULTILINE)
        for command in before:
            program, *arguments = shlex.split(command)
            if subprocess.run((current / program, *arguments), check=False, **self._as_user()).returncode:
                return False
        with as_third_file(self.socket) as descriptor:
            self.process = subprocess.Popen(
                ("sh", "-c", AS_SYSTEMD, "sh", current / shlex.split(start)[0], *shlex.split(start)[1:]),
                pass_fds=(descriptor,),
                **self._as_user(),
            )
        return True

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()

    def _as_user(self) -> dict[str, Any]:
        group = pwd.getpwnam(self.user).pw_gid
        where = {"cwd": (self.site / "current").resolve(), "env": self.environment}
        return {"user": self.user, "group": group, "extra_groups": [], **where}


def controlled(systemd: Systemd) -> HTTPServer:
    """An address by which `make activate` restarts the service."""

    class Restart(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if systemd.restart() else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Restart)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Cluster(threading.Thread):
    """Somebody who signs in once and then saves, each time something else, until she is told to stop."""

    def __init__(self, port: int, code: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.code, self.stop = port, code, stop
        self.asked = self.saved = 0
        self.failures: list[str] = []
        self.longest = 0.0
        self.kept = ""
        self._cookies: dict[str, str] = {}

    def run(self) -> None:
        form = self.fields("/en/sign-in")
        self.ask("POST", "/en/sign-in", {"csrf_token": form["csrf_token"], "access_code": self.code}, 303)
        while not self.stop.is_set():
            form = self.fields(PAGE)
            text = f"Saved by {self.code} {self.saved}"
            sent = {**{name: form[name] for name in ("csrf_token", "whose", "base")}, "on_page": self.question}
            if self.ask("POST", PAGE, {**sent, f"q-{self.question}": text}, 200, Accept="application/json"):
                self.saved, self.kept = self.saved + 1, text

    def fields(self, path: str) -> dict[str, str]:
        page = self.ask("GET", path, None, 200)
        found = dict(re.findall(r'name="([a-z_]+)"[^>]*? value="([^"]*)"', page))
        self.question = next(iter(re.findall(r'<textarea[^>]*name="q-([a-z_]+)"', page)), "")
        return found

    def ask(self, method: str, path: str, form: dict[str, str] | None, expected: int, **headers: str) -> str:
        """What is answered. Whatever fails is counted, and nothing is tried again."""
        self.asked += 1
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            body = urlencode(form) if form is not None else None
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
            connection.request(method, path, body, {**kind, **headers, "Cookie": cookies})
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.failures.append(f"{method} {path}: {error!r}")
            return ""
        finally:
            connection.close()
            self.longest = max(self.longest, time.monotonic() - began)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.split(";")[0]
        if answer.status != expected:
            self.failures.append(f"{method} {path}: {answer.status}")
            return ""
        return text


class Walk:
    """A server in a folder, with its service, and what was done there."""

    def __init__(self, folder: Path, user: str, kept: dict[str, str]) -> None:
        self.folder, self.site, self.data = folder, folder / "srv", folder / "var" / "data"
        self.data.parent.mkdir(parents=True)
        shutil.chown(self.data.parent, user)
        settings = folder / "settings.env"
        settings.touch(0o600)
        given = {"SURVEY_DATA": str(self.data), "SURVEY_EXPORTS": str(self.data.parent), "SURVEY_LOG_LEVEL": "WARNING"}
        given |= kept
        self.saying_format = OF_A_DATABASE if "SURVEY_DATABASE" in kept else OF_A_FOLDER
        settings.write_text("".join(f"{name}={value}\n" for name, value in given.items()))
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("SURVEY_", "MYFYRIO_"))}
        self.root = {**clean, "MYFYRIO_SETTINGS": str(settings), "MYFYRIO_USER": user, "LANG": "C.UTF-8"}
        self.systemd = Systemd(self.site, {**clean, **given, "HOME": str(self.data.parent)}, user)
        control = controlled(self.systemd)
        ask = f"import urllib.request as r; r.urlopen('http://127.0.0.1:{control.server_port}')"
        self.options = ("--restart", shlex.join((sys.executable, "-c", ask)))
        self.options += ("--probe", f"http://127.0.0.1:{self.systemd.port}/readyz")

    def install(self, archive: Path) -> Path:
        """Unpack a release and give it its packages."""
        release = self.site / "releases" / archive.name.removesuffix(".tar.gz")
        release.mkdir(parents=True)
        self.run("tar", "-xzf", str(archive), "--no-same-owner", "-C", str(release.parent))
        self.run("make", "-C", str(release), "install", f"PYTHON={PYTHON}")
        return release

    def deploy(self, release: Path, step: str) -> bool:
        """`make activate` or `make roll-back`, as the Makefile has it; whether it was done."""
        command = (str(release / ".venv/bin/python"), "-m", "survey.deployment", step, *self.options)
        return subprocess.run(command, cwd=release, env=self.root, check=False).returncode == 0

    def roll_back(self, newer: Path, older: Path) -> None:
        """Go back to the older release: it runs then if it can read what the newer has kept, else the newer still."""
        was_done = self.deploy(newer, "roll-back")
        running = older if self._format_of(older) == self._format_of(newer) else newer
        assert was_done == (running == older), "a roll-back is done where the data have the same format, and only there"
        assert (self.site / "current").resolve() == running.resolve()
        with urlopen(f"http://127.0.0.1:{self.systemd.port}/readyz") as ready:
            version = json.load(ready)["version"].split()[-1]
        assert running.name == f"myfyrio-{version}", f"{version} answers"
        say(f"rolled back: {was_done}; {version} answers")

    def _format_of(self, release: Path) -> str:
        """The format that a release writes where all is kept that is kept here."""
        [number] = re.findall(r"^FORMAT = (\d+)$", (release / self.saying_format).read_text("utf-8"), re.MULTILINE)
        return str(number)

    def myfyrio(self, *arguments: str, **environment: str) -> str:
        return self.run(str(self.site / "current" / MYFYRIO), *arguments, **environment)

    def run(self, *command: str, **environment: str) -> str:
        done = subprocess.run(command, env={**self.root, **environment}, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{shlex.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    def codes(self) -> list[str]:
        """Open a round, and give the access codes of some of its clusters."""
        boards = {row["health_board"] for row in json.loads(CLUSTER_LIST.read_text("utf-8"))["clusters"]}
        names = {
            board["code"]: board["short"] for board in json.loads(CLUSTER_LIST.read_text("utf-8"))["health_boards"]
        }
        times = ("--opens", "2026-09-01 09:00", "--closes", "2036-11-30 17:00")
        edition = ("--questionnaire", "self-reflection", "--edition", "2026", "--year", "2026-27")
        self.myfyrio("rounds", "create", ROUND, *edition, *times)
        for board in sorted(boards):
            self.myfyrio("rounds", "assign", ROUND, "--health-board", names[board], "--outcome", "pcmw-01")
        self.myfyrio("rounds", "open", ROUND, "--yes")
        letters = self.data.parent / "invitations.xlsx"
        self.myfyrio("rounds", "invite", ROUND, "--all", "--output", str(letters), "--site", "https://reflect.example")
        cells = (str(cell) for row in load_workbook(letters).active.values for cell in row)
        codes = [cell for cell in cells if re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", cell)]
        return codes[:CLUSTERS]


CLUSTER_LIST = Path(__file__).parents[2] / "questionnaires" / "clusters" / "clusters-2026.json"


@contextmanager
def answering(walk: Walk) -> Iterator[Callable[[str], None]]:
    """Clusters that go on saving; what is given lets them save some more and says how it went."""
    stop = threading.Event()
    clusters = [Cluster(walk.systemd.port, code, stop) for code in walk.codes()]
    for cluster in clusters:
        cluster.start()

    def settle(what: str) -> None:
        enough = sum(cluster.saved for cluster in clusters) + SETTLED
        while sum(cluster.saved for cluster in clusters) < enough and not any(cluster.failures for cluster in clusters):
            time.sleep(0.1)
        asked, saved = sum(cluster.asked for cluster in clusters), sum(cluster.saved for cluster in clusters)
        failures = [failure for cluster in clusters for failure in cluster.failures]
        longest = max(cluster.longest for cluster in clusters)
        say(f"{what}: {asked} requests, {saved} saves, {len(failures)} failed, the longest wait {longest:.1f} s")
        say(*failures)
        for cluster in clusters:
            cluster.failures.clear()
            cluster.longest = 0

    yield settle
    stop.set()
    for cluster in clusters:
        cluster.join()
    for cluster in clusters:
        cluster.fields(PAGE)
        lost = cluster.kept not in cluster.ask("GET", PAGE, None, 200)
        say(f"{cluster.code}: {cluster.saved} saves, the last one {'LOST' if lost else 'is there'}")


@contextmanager
def database() -> Iterator[str]:
    """A database that the user of the service reaches."""
    with running() as server:
        server.folder.chmod(0o711)
        yield server.url()


def set_one_aside(walk: Walk, url: str) -> None:
    """Have the access record of a cluster that does not answer spoilt, and set aside."""
    with psycopg.connect(url, autocommit=True) as connection:
        spoilt = connection.execute(
            "UPDATE records SET record = '{}' WHERE (place, key) = "
            "(SELECT place, max(key) FROM records WHERE place = %s GROUP BY place)",
            [f"rounds/{ROUND}/access"],
        ).rowcount
    assert spoilt == 1
    program = (str(walk.site / "current" / MYFYRIO), "data", "verify", "--set-aside", "--language", "en")
    done = subprocess.run(program, env=walk.root, capture_output=True, text=True, check=False)
    say(*done.stdout.splitlines())
    assert set_aside_in(url) == 1, done.stderr


def set_aside_in(url: str) -> int:
    """How many records are set aside."""
    with psycopg.connect(url) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM set_aside").fetchall()
    return int(count)


def in_database(old: Path, new: Path, folder: Path, user: str) -> None:
    """Walk with all that is kept in a database."""
    with database() as url, database() as other:
        walk = Walk(folder, user, {"SURVEY_DATABASE": url})
        go(walk, old, new, lambda: set_one_aside(walk, url))
        copy = walk.data.parent / "copy.zip"
        walk.myfyrio("data", "backup", "--output", str(copy))
        # It tells of what is set aside, and ends with exit code 1 for that.
        program = (str(walk.site / "current" / MYFYRIO), "data", "restore", str(copy), "--language", "en")
        environment = {**walk.root, "SURVEY_DATABASE": other}
        done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
        say(*done.stdout.splitlines(), *done.stderr.splitlines())
        walk.systemd.stop()
        say(f"set aside: {set_aside_in(url)}, in what was restored: {set_aside_in(other)}")


def in_folder(old: Path, new: Path, folder: Path, user: str) -> None:
    """Walk with all that is kept in a folder."""
    walk = Walk(folder, user, {})
    go(walk, old, new, lambda: None)
    copy = walk.data.parent / "copy.zip"
    walk.myfyrio("data", "backup", "--output", str(copy))
    elsewhere = {"SURVEY_DATA": str(folder / "var" / "second")}
    say(walk.myfyrio("data", "restore", str(copy), "--language", "en", **elsewhere))
    walk.systemd.stop()
    if "PG_CTL" in os.environ:
        with database() as url:
            there = {"SURVEY_DATABASE": url}
            say(walk.myfyrio("data", "move", "database", "--language", "en", **there))
            third = {"SURVEY_DATA": str(folder / "var" / "third")}
            say(walk.myfyrio("data", "move", "folder", "--language", "en", **there, **third))


def go(walk: Walk, old: Path, new: Path, first_of_all: Callable[[], None]) -> None:
    """Install both, and change from one to the other while people answer; `first_of_all` is done before that."""
    first = walk.install(old)
    assert walk.deploy(first, "activate")
    second = walk.install(new)
    say(walk.run(str(second / MYFYRIO), "data", "upgrade", "--dry-run", "--language", "en"))
    with answering(walk) as settle:
        first_of_all()
        settle("before")
        say(f"activated: {walk.deploy(second, 'activate')}")
        settle("while the newer release took the place of the older")
        walk.roll_back(second, first)
        settle("while the older was asked to take it again")
        if (walk.site / "current").resolve() == first.resolve():
            say(f"activated again: {walk.deploy(second, 'activate')}")
            settle("while the newer took it again")


if __name__ == "__main__":
    walked = in_database if sys.argv[5:] == ["database"] else in_folder
    walked(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve(), sys.argv[4])
