"""gunicorn as the unit that is shipped starts it, on a free port of this machine; and what its processes use."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from survey.config import ROOT

UNIT = ROOT / "docs" / "deployment" / "systemd" / "myfyrio.service"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Service:
    """A running gunicorn with its workers."""

    port: int
    process: "subprocess.Popen[bytes]"

    def processes(self) -> list[int]:
        """Its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(child) for child in children.split()]

    def megabytes(self) -> float:
        """What the workers hold in memory, what they share counted once."""
        sizes = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in self.processes()]
        return (
            sum(int(kilobytes) for size in sizes for kilobytes in re.findall(r"^Pss: +(\d+) kB", size, re.MULTILINE))
            / 1000
        )

    def processor_seconds(self) -> float:
        """Of all workers since their start."""
        stats = [Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split() for pid in self.processes()]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS

    def kill(self) -> None:
        """End it and its workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(settings: dict[str, str], application: str = "wsgi:app") -> Iterator[Service]:
    """Serve it until the end of the block, with the options of the unit; it answers when this is entered."""
    unit = UNIT.read_text("utf-8")
    [options] = re.findall(r"gunicorn (.*) wsgi:app$", unit, re.MULTILINE)
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SURVEY_")}
    environment |= dict(re.findall(r"^Environment=((?:MALLOC|SURVEY)_\w+)=(.*)$", unit, re.MULTILINE))
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}", *options.split(), application],
        cwd=ROOT,
        env=environment | {"SURVEY_DEMO": "1", "SURVEY_LOG_LEVEL": "ERROR"} | settings,
        pass_fds=[listening.fileno()],
        process_group=0,
    )
    service = Service(int(listening.getsockname()[1]), process)
    listening.close()
    try:
        _wait_for(service)
        yield service
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)


def _wait_for(service: Service) -> None:
    workers = 0
    while workers < 20:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=60)
        connection.request("GET", "/en/contact")
        workers += connection.getresponse().status == 200
        connection.close()
        time.sleep(0.05)
