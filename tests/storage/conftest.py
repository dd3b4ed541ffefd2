"""A data folder of its own for every test, on a disk that is waited for; a database of its own for those who ask."""

from pathlib import Path

import pytest

from survey.storage.tinydb_files.repository import FileRepository
from tests.both_stores import connected, kept, opening, server  # noqa: F401


@pytest.fixture
def repository(tmp_path: Path) -> FileRepository:
    return FileRepository(tmp_path / "data")


@pytest.fixture(autouse=True)
def promised_of_the_disk(real_disk: None) -> None:
    """Here it is tested that what is written is flushed."""
