"""Both ways in which a repository is kept, for a test that holds each to the same: it asks for `kept`, or `opening`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from survey.storage.postgresql.connections import Connections
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.postgresql.schema import make_ready
from survey.storage.repository import Misfit, Repository, anything_fits
from survey.storage.tinydb_files.data_format import make_secret
from survey.storage.tinydb_files.repository import FileRepository
from tests.postgresql import Server, running

Opening = Callable[[Misfit], Repository]
"""Opens the same storage once more, as another process would."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def connected(server: Server) -> Iterator[Callable[[str], Connections]]:
    """Connects to a database, and lets go of it at the end."""
    with ExitStack() as stack:

        def connect(url: str) -> Connections:
            connections = Connections(url)
            stack.callback(connections.close)
            return connections

        yield connect


@pytest.fixture(params=["files", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    """Both ways in which a repository is kept, new and empty."""
    if request.param == "files":
        (tmp_path / "data").mkdir()
        make_secret(tmp_path / "data")
        return lambda misfit: FileRepository(tmp_path / "data", misfit)
    server: Server = request.getfixturevalue("server")
    connect = request.getfixturevalue("connected")
    url = server.url()
    make_ready(connect(url))
    return lambda misfit: DatabaseRepository(connect(url), misfit)


@pytest.fixture
def kept(opening: Opening) -> Repository:
    return opening(anything_fits)
