"""Limits of dates, and of what depends on another answer: found, told, kept in drafts, needed for submission."""

from datetime import date
from typing import Any

import pytest

from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.possible_problems import possible_problems
from survey.questionnaire.problems import describe
from survey.questionnaire.walk import Instrument, Walk

TODAY = date(2027, 3, 1)
QUESTIONS: list[dict[str, Any]] = [
    {"id": "began", "type": "date", "label": "When did it begin?", "earliest": "2026-04-01", "latest": "today"},
    {"id": "ended", "type": "date", "label": "When did it end?", "earliest": {"answer_of": "began"}},
    {"id": "review", "type": "date", "label": "When is it looked at?", "earliest": "today", "latest": "2028-03-31"},
    {"id": "list", "type": "whole_number", "label": "How many people?", "minimum": 0},
    {"id": "seen", "type": "whole_number", "label": "How many were seen?", "maximum": {"answer_of": "list"}},
    {"id": "founded", "type": "year", "label": "Since which year?"},
    {"id": "merged", "type": "year", "label": "Merged in which year?", "minimum": {"answer_of": "founded"}},
    {
        "id": "visits",
        "type": "group",
        "label": "Visits",
        "item_label": "Visit",
        "questions": [
            {"id": "came", "type": "date", "label": "When?"},
            {"id": "left", "type": "date", "label": "Until when?", "earliest": {"answer_of": "came"}},
        ],
    },
]


def walk(answers: dict[str, Any], today: date | None = TODAY) -> Walk:
    section = {"id": "page", "title": "Page", "questions": QUESTIONS}
    whole = {"id": "tiny", "edition": "2026", "respondent": "cluster", "title": "Tiny", "sections": [section]}
    return Instrument(questionnaire_from(whole), None).walk({"page": answers}, today)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"began": "2026-04-01"}, ""),
        ({"began": "2026-03-31"}, "Enter a date that is 1 April 2026 or later"),
        ({"began": "2027-03-01"}, ""),
        ({"began": "2027-03-02"}, "Enter the date of today or of an earlier day"),
        ({"review": "2027-02-28"}, "Enter the date of today or of a later day"),
        ({"review": "2028-04-01"}, "Enter a date that is 31 March 2028 or earlier"),
        ({"ended": "2020-01-01"}, ""),
        ({"began": "2026-05-03", "ended": "2026-05-03"}, ""),
        (
            {"began": "2026-05-03", "ended": "2026-05-02"},
            "Enter a date that is 3 May 2026 (your answer to an earlier question) or later",
        ),
        ({"list": 1200, "seen": 1200}, ""),
        (
            {"list": 1200, "seen": 1201},
            "Enter a number that is 1,200 (your answer to an earlier question) or less",
        ),
        (
            {"founded": 2010, "merged": 2009},
            "Enter a year that is 2010 (your answer to an earlier question) or later",
        ),
        (
            {"visits": [{"id": "a1", "came": "2027-01-02", "left": "2027-01-01"}]},
            "Enter a date that is 2 January 2027 (your answer to an earlier question) or later",
        ),
    ],
)
def test_an_answer_beyond_its_limit_is_needed_anew_and_told_why(answers: dict[str, Any], said: str) -> None:
    assert [describe(gap.problem, language("en")) for gap in walk(answers).gaps()] == ([said] if said else [])


def test_a_draft_keeps_what_is_beyond_a_limit_and_knows_the_item_it_is_in() -> None:
    gap, *_ = walk({"visits": [{"id": "a1", "came": "2027-01-02", "left": "2027-01-01"}]}).gaps()
    assert gap.problem.keeps_draft
    assert gap.problem.part == "a1.left"


def test_what_was_submitted_once_is_not_held_against_a_later_day() -> None:
    assert walk({"review": "2027-02-28"}, today=None).gaps() == ()


def test_the_preview_tells_what_may_be_said_of_a_limit() -> None:
    questions = walk({}).instrument.questionnaire.sections[0].questions
    told = [describe(problem, language("cy")) for problem in possible_problems(questions[0])]
    assert "Rhowch ddyddiad sy’n 1 Ebrill 2026 neu’n ddiweddarach" in told
    assert "Rhowch ddyddiad heddiw neu ddyddiad cynharach" in told
