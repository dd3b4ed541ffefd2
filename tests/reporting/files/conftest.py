"""The data of the small Wales, as they are stored, and as they are described for the formats."""

import pytest

from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.records.round_data import RoundData, read_round_data
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import ROUND


@pytest.fixture(scope="session")
def data(wales: FileRepository) -> RoundData:
    return read_round_data(wales, load_snapshot(wales, ROUND))


@pytest.fixture(scope="session")
def kept(wales: FileRepository) -> Stored:
    """What is on the disk, in English; codes have no language."""
    return Stored(wales.root, "en", lambda _, english: english)
