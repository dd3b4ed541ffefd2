"""Workers killed while several people save over HTTP: nothing that was acknowledged is lost."""

from pathlib import Path

import pytest

from survey.storage.tinydb_files.repository import FileRepository
from tests.web.respond.killed_workers import Acknowledged, killed


@pytest.mark.usefixtures("real_disk")
def test_no_acknowledged_answer_is_lost_when_workers_are_killed(tmp_path: Path) -> None:
    outcome = killed(tmp_path / "data", kills=10)
    assert outcome.lost == []
    assert outcome.saves > outcome.kills == 10


def test_an_acknowledged_answer_that_is_not_on_the_disk_is_noticed(repository: FileRepository) -> None:
    said = Acknowledged({(0, 1): 3}, {0: {"w1x1"}})
    assert said.lost(repository) == ["own_1 of part_0: 3", "w1x1 of part_0"]
