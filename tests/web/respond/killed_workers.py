"""A service whose workers are killed while several browsers save, and what of all that it acknowledged is on the disk.

Every browser keeps its own answer up to date and adds words to one that all of them change, on the same page: what
clashes with a colleague’s change is looked at again and sent once more. After each kill every answer that had been
acknowledged before it has to be on the disk.
"""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from survey.collection.responses.response import read_response
from survey.config import ROOT as PROJECT
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.html import document
from tests.web.respond import example

WORKERS, BROWSERS, SECTIONS = 3, 6, 60
LONG_ENOUGH = 3_000
"""How long the text that all of them change gets before they go on to the next section."""
PATIENCE = 30.0  # seconds
CODE, CLUSTER, ROUND = example.CODE, example.CLUSTER, example.ROUND


def _definition() -> dict[str, Any]:
    own = [{"id": f"own_{number}", "type": "long_text", "label": f"Box {number}"} for number in range(BROWSERS)]
    shared = {"id": "shared", "type": "long_text", "label": "Of all"}
    sections = [
        {"id": f"part_{number}", "title": f"Part {number}", "questions": [*own, shared]} for number in range(SECTIONS)
    ]
    kept = {key: value for key, value in example.DEFINITION.items() if key not in ("level_rule", "option_sets")}
    return {**kept, "sections": sections}


@dataclass
class Acknowledged:
    """What the service has said is saved: of each section and browser the last number, and all words."""

    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    words: dict[int, set[str]] = field(default_factory=dict)
    saves: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def copy(self) -> "Acknowledged":
        """What has been said until now."""
        with self.lock:
            words = {section: set(words) for section, words in self.words.items()}
            return Acknowledged(dict(self.numbers), words, self.saves)

    def lost(self, repository: FileRepository) -> list[str]:
        """What of it is not on the disk."""
        pages = read_response(repository, ROUND, CLUSTER).pages
        kept = {key: page.answers for key, page in pages.items()}
        of_numbers = [
            f"own_{browser} of part_{section}: {number}"
            for (section, browser), number in self.numbers.items()
            if int(kept.get(f"part_{section}", {}).get(f"own_{browser}", "-1")) < number
        ]
        of_words = [
            f"{word} of part_{section}"
            for section, words in self.words.items()
            for word in words - set(kept.get(f"part_{section}", {}).get("shared", "").split())
        ]
        return of_numbers + of_words


class Browser(threading.Thread):
    """Saves as the script of a page does, one change after the other, until it is stopped."""

    def __init__(self, port: int, number: int, acknowledged: Acknowledged, stop: threading.Event) -> None:
        super().__init__()
        self.port, self.number, self.acknowledged, self.stop = port, number, acknowledged, stop
        self.cookies: dict[str, str] = {}
        self.clashes = self.sent_again = 0
        self.count = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            self._sign_in()
            for section in range(SECTIONS):
                while not self.stop.is_set() and self._change(section):
                    pass
        except BaseException as failure:  # noqa: BLE001 (told by whoever waits for it)
            self.failure = failure

    def _change(self, section: int) -> bool:
        """Change the own answer and the one of all; whether there is room for more."""
        self.count += 1
        shown = self._page(section)
        if len(shown["q-shared"]) > LONG_ENOUGH:
            return False
        self._save(section, shown, f"own_{self.number}", str(self.count))
        word = f"w{self.number}x{self.count}"
        while not self._save(section, shown, "shared", f"{shown['q-shared']} {word}"):
            self.clashes += 1
            shown = self._page(section)
        return True

    def _save(self, section: int, shown: dict[str, str], question: str, value: str) -> bool:
        """Send one answer until it is answered; whether it is saved, or a colleague has changed the same."""
        base = " ".join(part for part in shown["base"].split() if part.startswith(question))
        around = {name: shown[name] for name in ("csrf_token", "whose")}
        sent = {**around, "on_page": question, "base": base, f"q-{question}": value}
        status, _, body = self._asked("POST", _address(section), sent)
        assert status in (200, 409), (status, body)
        if status == 409:
            return False
        assert json.loads(body)["left"] == []
        with self.acknowledged.lock:
            self.acknowledged.saves += 1
            if question == "shared":
                self.acknowledged.words.setdefault(section, set()).add(value.split()[-1])
            else:
                self.acknowledged.numbers[section, self.number] = int(value)
        return True

    def _page(self, section: int) -> dict[str, str]:
        """What the form of a section shows."""
        status, _, body = self._asked("GET", _address(section))
        assert status == 200, status
        form = next(form for form in document(body).iter("form") if form.get("id") == "answers")
        controls = [control for control in form.iter() if control.tag in ("input", "textarea")]
        return {
            control.get("name", ""): (control.text or "") if control.tag == "textarea" else control.get("value", "")
            for control in controls
        }

    def _sign_in(self) -> None:
        _, _, page = self._asked("GET", "/en/sign-in")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        status, _, _ = self._asked("POST", "/en/sign-in", {"csrf_token": token[1], "access_code": CODE}, "text/html")
        assert status == 303

    def _asked(
        self, method: str, address: str, fields: dict[str, str] | None = None, accept: str = "application/json"
    ) -> tuple[int, dict[str, str], str]:
        """What is answered, asked again until somebody lives long enough to answer."""
        end = time.monotonic() + PATIENCE
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        while True:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.request(method, address, None if fields is None else urlencode(fields), headers)
                answer = connection.getresponse()
                body = answer.read().decode()
            except (OSError, HTTPException):
                self.sent_again += 1
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)
                continue
            finally:
                connection.close()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            return answer.status, dict(answer.getheaders()), body


@dataclass(frozen=True)
class Outcome:
    """What came of it. `lost` names each acknowledged answer that was not on the disk after a kill, or at the end."""

    kills: int
    saves: int
    clashes: int
    sent_again: int
    lost: list[str]


def killed(folder: Path, kills: int, seed: int = 1) -> Outcome:
    """Kill workers so many times while browsers save."""
    repository = open_data_folder(folder)
    closes = datetime.now(UTC) + timedelta(days=30)
    secret = repository.key_ring().newest.text
    example.open_round(repository, secret, ROUND, {CLUSTER: CODE}, _definition(), closes=closes)
    chance, stop, acknowledged, lost = random.Random(seed), threading.Event(), Acknowledged(), []
    with _served(folder) as (port, service):
        browsers = [Browser(port, number, acknowledged, stop) for number in range(BROWSERS)]
        for browser in browsers:
            browser.start()
        _wait_for(lambda: acknowledged.saves >= BROWSERS or any(one.failure for one in browsers))
        for _ in range(kills):
            time.sleep(chance.uniform(0.0, 0.1))
            said = acknowledged.copy()
            _kill_some(service, chance)
            lost += said.lost(repository)
            # Each kill meets saves: the next comes when somebody has been told of one more.
            _wait_for(lambda said=said: acknowledged.saves > said.saves or any(one.failure for one in browsers))
        stop.set()
        for browser in browsers:
            browser.join()
    lost += acknowledged.lost(repository)
    for browser in browsers:
        if browser.failure:
            raise browser.failure
    return Outcome(
        kills,
        acknowledged.saves,
        sum(browser.clashes for browser in browsers),
        sum(browser.sent_again for browser in browsers),
        lost,
    )


def _address(section: int) -> str:
    return f"/en/reflection/section/part_{section}"


def _wait_for(happened: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "nobody could save"
        time.sleep(0.005)


def _kill_some(service: subprocess.Popen[bytes], chance: random.Random) -> None:
    """Kill a worker, or one time in ten all of them."""
    workers: list[int] = []
    while not workers:
        workers = [int(pid) for pid in Path(f"/proc/{service.pid}/task/{service.pid}/children").read_text().split()]
    for pid in workers if chance.random() < 0.1 else [chance.choice(workers)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@contextmanager
def _served(data: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """gunicorn on a free port of this machine, whose workers are forked from one that has loaded everything."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SURVEY_")}
    environment |= {"SURVEY_DATA": str(data), "SURVEY_DEMO": "1", "SURVEY_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}", "--workers", str(WORKERS)]
    command += ["--preload", "--no-control-socket", "--log-level", "critical", "wsgi:app"]
    service = subprocess.Popen(command, cwd=PROJECT, env=environment, pass_fds=[listening.fileno()])
    port = int(listening.getsockname()[1])
    listening.close()
    try:
        yield port, service
    finally:
        service.terminate()
        service.wait(timeout=PATIENCE)
