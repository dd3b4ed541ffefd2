"""A data folder of its own for every test, and a round that is open in it."""

from pathlib import Path

import pytest

from survey.collection.files import FileRepository
from survey.collection.frozen import FrozenRound
from tests.collection.example import opened_round


@pytest.fixture
def repository(tmp_path: Path) -> FileRepository:
    return FileRepository(tmp_path / "data")


@pytest.fixture
def frozen(repository: FileRepository) -> FrozenRound:
    return opened_round(repository)
