"""A survey of people that says nothing of its questions, so that each is taken to be sensitive: every number in its
workbook, and what cannot be had from it."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure.audit import audit
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.generic.people import AnswerRelease, answer_release
from survey.reporting.workbooks.generic.workbook import workbook_of_people
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.drawing import write_workbook
from tests.reporting.workforce.attacker import C
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, short_definition

THRESHOLDS = (5, 3, 10)
Rows = list[list[Any]]


@pytest.fixture(scope="module", params=range(6))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[AnswerRelease, Rows, Path]:
    seed = request.param
    folder = tmp_path_factory.mktemp("any")
    definition = short_definition()
    for section in definition["sections"]:
        for question in section["questions"]:
            question.pop("sensitivity", None)
            question.pop("measure", None)
    repository = closed_round(folder / "data", definition, Random(seed).choice((12, 60, 200)), seed, clusters=2)
    release = answer_release(read_closed(repository, load_snapshot(repository, ROUND)), THRESHOLDS[seed % 3])
    release = replace(release, rounded_to=NOT_ROUNDED)
    path = folder / "workbook.xlsx"
    write_workbook(workbook_of_people(repository, release, language("en")), path)
    sheet = openpyxl.load_workbook(path)["Answers"]
    (table,) = sheet.tables.values()
    return release, [[cell.value for cell in row] for row in sheet[table.ref]][1:], path


def test_it_keeps_every_rule(made: tuple[AnswerRelease, Rows, Path]) -> None:
    assert check_workbook(made[2], language("en")) == []


def test_no_number_below_the_threshold_is_shown(made: tuple[AnswerRelease, Rows, Path]) -> None:
    release, rows, _ = made
    numbers = [cell for row in rows for cell in row[5:7] if cell != C]
    assert all(number >= release.threshold for number in numbers)
    assert all((row[7] == C) == (C in row[5:7]) for row in rows)


def test_no_hidden_number_is_what_is_left_of_a_total(made: tuple[AnswerRelease, Rows, Path]) -> None:
    """Over health boards, and over the answers of a question that takes one."""
    _, rows, _ = made
    by_answer: dict[tuple[str, ...], dict[str, Any]] = {}
    by_question: dict[tuple[str, ...], list[Any]] = {}
    for board, section, question, part, answer, base, number, _ in rows:
        by_answer.setdefault((section, question, part, answer), {})[board] = number
        by_question.setdefault((board, section, question, part, base), []).append(number)
    for numbers in by_answer.values():
        wales = numbers.pop("Wales")
        assert_not_left(wales, list(numbers.values()))
    for (*_, question, _, base), numbers in by_question.items():
        if question in ("What is your profession or role?", "How well do you understand and speak Welsh?"):
            assert_not_left(base, numbers)


def assert_not_left(whole: Any, parts: list[Any]) -> None:
    hidden = [part for part in parts if part == C]
    if whole == C:
        assert hidden
    else:
        assert len(hidden) != 1
        assert not hidden or whole > sum(part for part in parts if part != C)


def test_the_numbers_shown_are_right(made: tuple[AnswerRelease, Rows, Path]) -> None:
    release, rows, _ = made
    people = release.people
    shown = [row for row in rows if row[0] == "Wales" and row[6] != C and row[2] == "What is your profession or role?"]
    options = ["GP", "Practice nurse", "Advanced nurse practitioner", "District nurse or community nurse"]
    assert shown or people.number < 60, "of a few people nothing is shown"
    for row in shown:
        assert row[6] == int((people.columns["role.profession"] == options.index(row[4])).sum())
        assert row[7] == C if row[5] == C else row[7] == pytest.approx(round(row[6] / people.number, 2))


def test_the_audit_passes_and_would_not_without_what_is_hidden_beside(
    made: tuple[AnswerRelease, Rows, Path],
) -> None:
    release, _, _ = made
    audit(release.counts, release.hidden, release.threshold)
    small = {cell for cell, number in release.counts.values.items() if number < release.threshold}
    assert small <= release.hidden
