"""A data folder of its own for every test."""

from pathlib import Path

import pytest

from survey.storage.tinydb_files.repository import FileRepository


@pytest.fixture
def repository(tmp_path: Path) -> FileRepository:
    return FileRepository(tmp_path / "data")
