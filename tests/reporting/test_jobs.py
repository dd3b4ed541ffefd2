"""The national workbook made in a process of its own."""

import io
import subprocess
import sys
import time
from datetime import UTC, datetime

import openpyxl
import pytest

from survey.reporting.jobs import FAILED, MAKING, MISSING, READY, data_state, made_workbook, main, reserve, start
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import NOW, ROUND, opened_round, save
from tests.reporting.small_wales import ROUND as THIS_YEAR
from tests.reporting.small_wales import small_wales


@pytest.fixture
def repository(tmp_path):
    return FileRepository(tmp_path / "data")


@pytest.fixture
def snapshot(repository):
    return opened_round(repository)


def test_the_site_carries_no_pandas_for_it():
    found = subprocess.run(
        [sys.executable, "-c", "import survey.reporting.jobs, sys; print('pandas' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "False"


def test_the_state_changes_with_every_answer_and_with_nothing_else(repository, snapshot):
    first = data_state(repository, ROUND)
    assert data_state(FileRepository(repository.root), ROUND) == first
    save(repository, snapshot, "about", {"how": "meeting"})
    second = data_state(repository, ROUND)
    assert second != first
    reserve(repository, ROUND, "cy", NOW)
    assert data_state(repository, ROUND) == second
    opened_round(repository, "other")
    assert data_state(repository, ROUND) != second


def test_a_torn_response_does_not_stop_it(repository, snapshot):
    save(repository, snapshot, "about", {"how": "meeting"})
    (repository.root / "rounds" / ROUND / "reflection" / "arfon.json").write_bytes(b"{")
    assert data_state(repository, ROUND)


def test_reading_how_it_stands_makes_nothing(repository, snapshot):
    assert made_workbook(repository, ROUND, "cy", NOW).status == MISSING
    assert repository.keys(("rounds", ROUND, "workbooks")) == []


@pytest.mark.slow
def test_a_process_of_its_own_makes_the_workbook(tmp_path):
    repository = small_wales(tmp_path / "wales")
    now = datetime.now(UTC)
    order = reserve(repository, THIS_YEAR, "en", now)
    assert order is not None
    start(repository.root, order, 5)
    for _ in range(300):
        made = made_workbook(repository, THIS_YEAR, "en", datetime.now(UTC))
        if made.status != MAKING:
            break
        time.sleep(0.1)
    assert made.status == READY
    assert made.state == order.state == data_state(repository, THIS_YEAR)
    content = made.content()
    assert content is not None
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) > 10
    assert made.name.endswith(".en.xlsx")
    assert reserve(repository, THIS_YEAR, "en", now) is None


def test_what_cannot_be_made_is_said(repository, snapshot, caplog):
    order = reserve(repository, ROUND, "en", datetime.now(UTC))
    assert order is not None
    (repository.root / "rounds" / ROUND / "frozen" / "definition.json").write_bytes(b"{}")
    assert main([str(repository.root), "5", order.round, order.language, order.state]) == 1
    assert made_workbook(repository, ROUND, "en", datetime.now(UTC)).status == FAILED
    assert "could not be made" in caplog.text
