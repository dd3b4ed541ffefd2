"""A running service with a small demonstration in it: two clusters of each health board, three years."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from survey.collection.people.access import issue_code, new_code
from survey.collection.responses.lifecycle import erase
from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSources
from survey.demonstration.load import CLUSTER_LIST, QUESTIONNAIRE, load
from survey.demonstration.story import YEARS, chance
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import Record
from survey.storage.tinydb_files.data_format import secret_of
from survey.storage.tinydb_files.repository import FileRepository

ROOT = Path(__file__).resolve().parents[2]
ROUND = YEARS[-1].round
CLUSTER = "north-powys"
CLUSTERS_PER_BOARD = 2
PORTS_OF_NO_CLIENT = range(20_000, 32_000)
TIME_TO_END = 20.0  # seconds
OPENING_DAY = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass
class Service:
    """`origin` is where it answers. Each journey begins with a cluster that has answered nothing this year."""

    origin: str
    data: Path
    repository: FileRepository
    codes_issued: int = 0

    def fresh_cluster(self) -> str:
        """Forget what the cluster of the journeys has answered this year; return its new access code.

        The code comes first: it ends the sign-ins of the journey before, whose pages may save as they are closed.
        """
        self.codes_issued += 1
        code = new_code(chance("journey", str(self.codes_issued)).choice)
        issue_code(self.repository, secret_of(self.data).encode(), ROUND, CLUSTER, code, OPENING_DAY)
        erase(self.repository, ROUND, CLUSTER)
        return code

    def kept(self) -> Record | None:
        """What the service keeps of the cluster's reflection."""
        return self.repository.read(place(ROUND, REFLECTION), CLUSTER)


def load_small_demonstration(data: Path) -> FileRepository:
    """Fill the data folder. Whether all Welsh is there is for the translation gate to say, not for the journeys."""
    repository = open_data_folder(data)
    for _ in load(repository, secret_of(data).encode(), _few_clusters, lambda _catalogues: [], OPENING_DAY):
        pass
    return repository


def _few_clusters(edition: str) -> RoundSources:
    sources = read_sources(ROOT / "questionnaires", QUESTIONNAIRE, edition, CLUSTER_LIST)
    taken: Counter[str] = Counter()
    chosen: list[dict[str, Any]] = []
    for cluster in sources.clusters["clusters"]:
        taken[cluster["health_board"]] += 1
        if taken[cluster["health_board"]] <= CLUSTERS_PER_BOARD:
            chosen.append(cluster)
    return replace(sources, clusters={**sources.clusters, "clusters": chosen})


def _listening_anywhere() -> socket.socket:
    """On a free port that the system gives to no client.

    While the service is down, who calls it from such a port would be joined to himself, and the port taken.
    """
    for port in random.sample(PORTS_OF_NO_CLIENT, 50):
        with suppress(OSError):
            return socket.create_server(("127.0.0.1", port), backlog=64)
    raise OSError("fifty ports of this machine are taken")


def _listening_on(port: int) -> socket.socket:
    """On this port, once the system has let go of all processes that were killed there."""
    end = time.monotonic() + TIME_TO_END
    while True:
        try:
            return socket.create_server(("127.0.0.1", port), backlog=64)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


class Server:
    """gunicorn with two workers on a free port of this machine, from `start` to `stop` or `kill`."""

    def __init__(self, data: Path, catalogues: Path, log: Path) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SURVEY_")},
            "JOURNEYS_DATA": str(data),
            "JOURNEYS_CATALOGUES": str(catalogues),
        }
        self.log = log
        self.port = 0

    def start(self) -> str:
        """Start, and return the origin. What is asked before the workers are up waits in the socket."""
        listening = _listening_on(self.port) if self.port else _listening_anywhere()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}", "--workers", "2"]
        command += ["--no-control-socket", "--log-level", "warning", "tests.journeys.site:app"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                pass_fds=[listening.fileno()],
                process_group=0,
            )
        host, self.port = listening.getsockname()
        listening.close()
        return f"http://{host}:{self.port}"

    @property
    def is_up(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does; `start` begins again on the same port."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=TIME_TO_END)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=TIME_TO_END)
