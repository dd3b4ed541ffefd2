"""Looking back: the workbook of an earlier moment is the one that was made then, whatever has been answered since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from survey.collection.errors import DomainError
from survey.collection.responses.earlier_state import record_as_at
from survey.collection.responses.lifecycle import reopen, save_page
from survey.collection.responses.merge import whole
from survey.collection.responses.response import REFLECTION, Writer
from survey.collection.rounds.round import change_round, place
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.workbooks.registry import prepared
from survey.reporting.xlsx.description import Table
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import NOW, ROUND
from tests.reporting.test_national import copied  # noqa: F401 (a fixture)
from tests.reporting.workforce.survey_of_people import ROUND as OF_PEOPLE
from tests.reporting.workforce.survey_of_people import closed_round, short_definition

LATER = NOW + timedelta(days=3)


def tables(repository: FileRepository, **looking: Any) -> dict[str, Any]:
    """Every table of the national workbook, but for what the notes say of the data."""
    book = prepared(repository, ROUND, 5, LATER + timedelta(days=1), **looking).workbook(language("en"))
    return {sheet.name: sheet.body.rows for sheet in book.sheets if isinstance(sheet.body, Table)}


def test_what_has_been_answered_since_is_not_in_it(copied: FileRepository) -> None:  # noqa: F811
    before = tables(copied)
    snapshot = load_snapshot(copied, ROUND)
    reopen(copied, snapshot, "c-arfon", reason="Again", by="national", now=LATER)
    page = next(page for page in snapshot.instrument("c-arfon").pages if page.outcome)
    answers = {"level": "mature", "went_well": "All of it"}
    save_page(copied, snapshot, "c-arfon", page, whole(answers), writer=Writer("en"), now=LATER, new_id="0" * 32)
    assert tables(copied) != before
    assert tables(copied, as_at=NOW) == before


def test_a_moment_before_anybody_began_has_every_cluster_and_no_answer(wales: FileRepository) -> None:
    found = tables(wales, as_at=datetime(2026, 8, 1, tzinfo=UTC))
    assert {row[3] for row in found["Response by cluster"]} == {"Not started"}
    assert {row[2] for row in found["Trend of response"] if row[1] == "2026-27"} == {11, 6, 3, 2}
    assert found["Key findings"] == []


def test_the_same_moment_gives_the_same_file_and_its_own_name(copied: FileRepository, tmp_path: Path) -> None:  # noqa: F811
    first = prepared(copied, ROUND, 5, LATER, NOW).write(language("cy"), tmp_path)
    kept = first.read_bytes()
    snapshot = load_snapshot(copied, ROUND)
    reopen(copied, snapshot, "c-arfon", reason="Again", by="national", now=LATER)
    assert prepared(copied, ROUND, 5, LATER, NOW).write(language("cy"), tmp_path).read_bytes() == kept
    assert first.name.endswith("-2026-27-2027-01-10T1200.cy.xlsx")


def test_people_cannot_be_looked_back_on(tmp_path: Path) -> None:
    repository = closed_round(tmp_path / "data", short_definition(), 6, "past")
    with pytest.raises(DomainError, match="not_looked_back"):
        prepared(repository, OF_PEOPLE, 5, LATER, NOW)


def test_a_page_is_as_it_was_and_a_status_too(copied: FileRepository) -> None:  # noqa: F811
    snapshot, cluster = load_snapshot(copied, ROUND), "c-south-powys"
    change_round(copied, ROUND, lambda kept: replace(kept, closes=None))
    page = snapshot.instrument(cluster).pages[0]
    moments = [NOW + timedelta(hours=hours) for hours in (1, 2, 3)]
    for moment, words in zip(moments, ("First", "Second", "Third"), strict=True):
        answers = {"change": words} | ({"population": 5} if words != "Second" else {})
        save_page(copied, snapshot, cluster, page, whole(answers), writer=Writer("en"), now=moment, new_id="1" * 32)
    record = copied.read(place(ROUND, REFLECTION), cluster)
    assert record is not None
    assert record_as_at(record, NOW) is None
    for moment, answers in zip(
        moments,
        ({"change": "First", "population": 5}, {"change": "Second"}, record["pages"][page.key]["answers"]),
        strict=True,
    ):
        earlier = record_as_at(record, moment)
        assert earlier is not None
        assert (earlier["status"], earlier["pages"][page.key]["answers"]) == ("in_progress", answers)
    assert record_as_at(record, LATER) == {**record, "files": []}
