"""Restarts under load, as an upgrade makes them: the socket stays open meanwhile, as systemd keeps it, and nobody's
request may fail.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from survey.config import ROOT
from tests.bench.rows import Row, show

RESTARTS = 5
CLIENTS = 8
BETWEEN = 200
PAGES = ("/healthz", "/en/contact", "/cy/contact")
AS_SYSTEMD = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'


class Client(threading.Thread):
    """Asks for pages, one after another, each on a connection of its own, as nginx does."""

    def __init__(self, port: int, stop: threading.Event) -> None:
        super().__init__()
        self.port, self.stop = port, stop
        self.asked = self.failed = 0
        self.longest = 0.0

    def run(self) -> None:
        while not self.stop.is_set():
            began = time.monotonic()
            self.failed += not self._is_answered(PAGES[self.asked % len(PAGES)])
            self.asked += 1
            self.longest = max(self.longest, time.monotonic() - began)

    def _is_answered(self, page: str) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", page)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def run() -> list[Row]:
    """Return how many requests failed over all restarts, and how long the longest of them waited."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        stop = threading.Event()
        clients = [Client(listening.getsockname()[1], stop) for _ in range(CLIENTS)]
        service = _started(listening, Path(folder))
        for client in clients:
            client.start()
        for _ in range(RESTARTS):
            _let_answer(clients)
            service.terminate()
            service.wait()
            service = _started(listening, Path(folder))
        _let_answer(clients)
        stop.set()
        for client in clients:
            client.join()
        service.terminate()
        service.wait()
    asked, failed = sum(client.asked for client in clients), sum(client.failed for client in clients)
    return [
        Row(f"requests that failed over {RESTARTS} restarts", failed, asked, "of", 0),
        Row("the longest wait of one of them", max(client.longest for client in clients), 60, "s", 1),
    ]


def _let_answer(clients: list[Client]) -> None:
    """Wait until the service has answered some more requests, and so is wholly up."""
    enough = sum(client.asked for client in clients) + BETWEEN
    while sum(client.asked for client in clients) < enough:
        time.sleep(0.05)


def _started(listening: socket.socket, folder: Path) -> subprocess.Popen[bytes]:
    """gunicorn as the unit starts it, with the socket as the file that systemd would give it."""
    options = ("--workers", "3", "--no-control-socket", "--log-level", "warning", "wsgi:app")
    environment = {**os.environ, "SURVEY_DATA": str(folder / "data"), "SURVEY_DEMO": "1", "SURVEY_LOG_LEVEL": "ERROR"}
    with as_third_file(listening) as descriptor:
        return subprocess.Popen(
            ("sh", "-c", AS_SYSTEMD, "sh", sys.executable, "-m", "gunicorn", *options),
            cwd=ROOT,
            env=environment,
            pass_fds=(descriptor,),
        )


@contextmanager
def as_third_file(listening: socket.socket) -> Iterator[int]:
    """The number under which systemd hands over the first socket; what had it has it again afterwards."""
    saved = os.dup(3) if os.path.exists("/proc/self/fd/3") else None  # noqa: PTH110
    os.dup2(listening.fileno(), 3, inheritable=True)
    try:
        yield 3
    finally:
        os.close(3)
        if saved is not None:
            os.dup2(saved, 3)
            os.close(saved)


if __name__ == "__main__":
    show(run())
