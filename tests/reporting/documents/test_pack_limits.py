"""Limits that depend on the day, or on another answer, hold in a meeting pack as they do on the pages."""

import io
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel

from survey.collection.meeting_packs.files import read_file
from survey.collection.meeting_packs.reader import pack_in, read_pack
from survey.collection.rounds.extensions import give_grace
from survey.reporting.documents.formats import drawn
from survey.reporting.documents.meeting_pack import meeting_pack
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import DEFINITION, NOW, opened_round

SECRET = b"s" * 32
TOMORROW = "2026-10-02"


def limited() -> dict[str, Any]:
    definition = deepcopy(DEFINITION)
    about, practice = definition["sections"][0]["questions"], definition["sections"][2]["questions"]
    about.append({"id": "part", "type": "whole_number", "label": "How many came?", "maximum": {"answer_of": "people"}})
    about.append({"id": "met", "type": "date", "label": "When did you meet?", "latest": "today"})
    about.append({"id": "due", "type": "date", "label": "By when?", "earliest": "2026-01-01", "latest": "2026-12-31"})
    practice[0]["questions"].append(
        {"id": "ended", "type": "year", "label": "Until when?", "minimum": {"answer_of": "year"}}
    )
    return definition


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_what_is_beyond_a_limit_is_named_in_its_cell_and_kept_as_on_the_pages(tmp_path: Path, ending: str) -> None:
    repository = FileRepository(tmp_path)
    snapshot = opened_round(repository, definition=limited())
    stories = [{"id": "a1", "title": "Walks", "year": 2025, "ended": 2024}]
    answers = {
        "about": {"people": 10, "part": 11, "met": TOMORROW, "due": "2027-01-01"},
        "practice": {"stories": stories},
    }
    pages = snapshot.instrument("arfon").pages
    content = meeting_pack(repository, snapshot, snapshot.cluster("arfon"), "en", pages, answers, NOW)
    filled = read_pack(read_file(drawn(content, ending, SECRET)), snapshot, "arfon", SECRET, NOW.date())
    found = [(fault.problem.code, fault.problem.values) for fault in filled.faults if fault.problem]
    assert found == [
        ("more_than_answer", {"most": 10}),
        ("after_today", {"most": "2026-10-01"}),
        ("after_day", {"most": "2026-12-31"}),
        ("year_before_answer", {"least": 2025}),
    ]
    assert len({(fault.sheet, fault.cell) for fault in filled.faults}) == 4
    assert all(fault.keeps_draft for fault in filled.faults)
    assert {key: page for key, page in filled.answers.items() if page} == answers


def test_a_spreadsheet_holds_what_is_typed_to_the_limits_that_are_fixed(tmp_path: Path) -> None:
    definition = limited()
    definition["sections"][0]["questions"] += [
        {"id": "first", "type": "ranking", "label": "Which comes first?", "most": 1, "option_set": "states"},
        {"id": "share", "type": "decimal", "label": "How much of it?", "maximum": 100},
    ]
    repository = FileRepository(tmp_path)
    snapshot = opened_round(repository, definition=definition)
    pages = snapshot.instrument("arfon").pages
    content = drawn(meeting_pack(repository, snapshot, snapshot.cluster("arfon"), "en", pages, {}, NOW), "xlsx", SECRET)
    rules = {
        (sheet.title, str(rule.sqref)): (rule.type, *map(float, filter(None, (rule.formula1, rule.formula2))))
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type != "list"
    }
    blanks = pack_in(read_file(content), SECRET).blanks
    found = {blank.key[3]: rules.get((blank.sheet, blank.cell)) for blank in blanks if blank.key[0] == "about"}
    assert found == {
        "how": None,
        "how_other": ("textLength", 50),
        "people": ("whole", 0, 1000),
        "change": ("textLength", 100),
        "part": ("whole", -1e12, 1e12),
        "met": ("date", 1, to_excel(date(2200, 12, 31))),
        "due": ("date", to_excel(date(2026, 1, 1)), to_excel(date(2026, 12, 31))),
        "first": ("whole", 1, 1),
        "share": ("decimal", -1e12, 100),
    }


@pytest.mark.parametrize(("late", "until"), [(False, "20 October 2026"), (True, "31 October 2026")])
def test_a_pack_says_until_when_its_cluster_can_submit(tmp_path: Path, late: bool, until: str) -> None:
    repository = FileRepository(tmp_path)
    snapshot = opened_round(repository, closes=datetime(2026, 10, 20, 11, tzinfo=UTC))
    if late:
        over, why = snapshot.round.closes + timedelta(minutes=1), {"by": "eira", "reason": "Flood"}
        give_grace(repository, snapshot, "arfon", datetime(2026, 10, 31, 12, tzinfo=UTC), now=over, **why)
    pages = snapshot.instrument("arfon").pages
    content = meeting_pack(repository, snapshot, snapshot.cluster("arfon"), "en", pages, {}, NOW)
    assert [line for row in content.cover for line in row.words if line.startswith("Submit by")] == [
        f"Submit by: {until} at 12:00"
    ]
