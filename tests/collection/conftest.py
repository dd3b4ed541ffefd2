"""A data folder of its own for every test, and a round that is open in it."""

from pathlib import Path

import pytest

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.both_stores import connected, kept, opening, server  # noqa: F401
from tests.collection.example import opened_round


@pytest.fixture
def repository(tmp_path: Path) -> FileRepository:
    return FileRepository(tmp_path / "data")


@pytest.fixture
def snapshot(repository: FileRepository) -> RoundSnapshot:
    return opened_round(repository)
