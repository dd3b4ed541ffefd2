"""Workers killed while several people save over HTTP: nothing that was acknowledged is lost."""

from pathlib import Path

import pytest

from tests.web.respond.killed_workers import killed


@pytest.mark.usefixtures("real_disk")
def test_no_acknowledged_answer_is_lost_when_workers_are_killed(tmp_path: Path) -> None:
    outcome = killed(tmp_path / "data", kills=10)
    assert outcome.lost == []
    assert outcome.saves > outcome.kills == 10
