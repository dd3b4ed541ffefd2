"""A question is followed through the editions under the ids it had."""

import json

import pytest

from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.definition import Question, Questionnaire, Section
from survey.reporting.measures.continuity import same_question
from tests.reporting.small_wales import QUESTIONNAIRES


def edition(year: str) -> Questionnaire:
    return questionnaire_from(json.loads((QUESTIONNAIRES / "self-reflection" / f"{year}.json").read_text("utf-8")))


def asked_now(section_id: str, question_id: str) -> tuple[Section, Question]:
    section = edition("2026").section(section_id)
    assert section is not None
    question = section.question(question_id)
    assert question is not None
    return section, question


@pytest.mark.parametrize(
    ("section", "question", "year", "then"),
    [
        ("outcome", "level", "2024", "level"),
        ("outcome", "do_differently", "2025", "improve_next_time"),
        ("outcome", "do_differently", "2024", "improve_next_time"),
        ("enablers", "help_wanted", "2025", "help_wanted"),
        ("enablers", "help_wanted", "2024", None),
    ],
)
def test_a_question_is_found_in_an_earlier_edition(section: str, question: str, year: str, then: str | None) -> None:
    found = same_question(*asked_now(section, question), edition(year))
    assert (found.id if found else None) == then


def test_a_measure_is_declared_for_questions_that_exist() -> None:
    from survey.reporting.measures.declarations import MEASURES

    known = {
        question.measure
        for section in edition("2026").sections
        for parent in section.questions
        for question in (parent, *parent.questions)
    }
    assert {measure.question for measure in MEASURES if measure.question} <= known
