"""A PostgreSQL of the tests' own: started as its own user, reached by a socket in a folder that goes with it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

IN_MEMORY = Path("/dev/shm")
_numbers = count(1)


class Server:
    """A server that runs. Each `url` leads to a schema of its own."""

    def __init__(self, programs: Path, folder: Path, user: str | None, data: str = "data") -> None:
        self._programs, self.folder, self._user, self._data = programs, folder, user, data

    def make(self) -> None:
        self.run("initdb", "--no-sync", "-A", "trust", "-U", "myfyrio", "-E", "UTF8", "--locale=C")

    def standby(self) -> "Server":
        """A copy of this one, in the same folder, that follows it once it is started, at another port."""
        copy = Server(self._programs, self.folder, self._user, "standby")
        copy.run("pg_basebackup", "-h", str(self.folder), "-U", "myfyrio", "-R", "-c", "fast", "--no-sync")
        return copy

    def start(self, **settings: str) -> None:
        given = {"listen_addresses": "", "unix_socket_directories": self.folder, "max_connections": 50, **settings}
        options = " ".join(f"-c {name}='{value}'" for name, value in given.items())
        self.run("pg_ctl", "start", "-w", "-s", "-l", str(self.folder / f"{self._data}.log"), "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "stop", "-w", "-s", "-m", mode)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, which all refuse to be run by root."""
        subprocess.run(
            [self._programs / program, "-D", self.folder / self._data, *arguments],
            user=self._user,
            group=self._user and pwd.getpwnam(self._user).pw_gid,
            extra_groups=[] if self._user else None,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def url(self) -> str:
        schema = f"s{next(_numbers)}"
        whole = f"postgresql:///postgres?host={quote(str(self.folder))}&user=myfyrio"
        with psycopg.connect(whole, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        return f"{whole}&options={quote(f'-csearch_path={schema}')}"


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as this is entered."""
    program = os.environ.get("PG_CTL") or shutil.which("pg_ctl")
    if not program:
        raise LookupError("These tests need PostgreSQL. Name its pg_ctl: PG_CTL=$(.ci/postgres)")
    folder = Path(tempfile.mkdtemp(prefix="myfyrio-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    try:
        server = Server(Path(program).resolve().parent, folder, user)
        server.make()
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)
