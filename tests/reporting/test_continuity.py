"""A question is followed through the editions under the ids it had."""

import json
from dataclasses import asdict, replace

import pytest

from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.continuity import same_question
from survey.questionnaire.definition import Question, Questionnaire, Section
from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.measures.declarations import MEASURES
from survey.reporting.records.round_data import read_reflection
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import CLUSTER_NAMES, QUESTIONNAIRES


def edition(year: str) -> Questionnaire:
    return questionnaire_from(json.loads((QUESTIONNAIRES / "self-reflection" / f"{year}.json").read_text("utf-8")))


def asked_now(section_id: str, question_id: str) -> tuple[Section, Question]:
    section = edition("2026").section(section_id)
    assert section is not None
    question = section.question(question_id)
    assert question is not None
    return section, question


def fields_of(question: Question | None) -> dict[str, object]:
    """What a question says: one of another edition is another object."""
    assert question is not None
    return asdict(question)


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


def test_nothing_is_found_where_its_section_was_not_there_or_its_edition_is_older() -> None:
    section, question = asked_now("enablers", "other_barriers")
    elsewhere = replace(section, id="unheard_of")
    assert same_question(elsewhere, question, edition("2024")) is None
    assert same_question(elsewhere, replace(question, since="2020"), edition("2024")) is None
    assert same_question(section, replace(question, since="2025"), edition("2024")) is None
    assert fields_of(same_question(section, replace(question, since="2024"), edition("2024"))) == fields_of(question)


def test_the_name_that_a_question_had_comes_before_the_name_that_it_has() -> None:
    section, question = asked_now("enablers", "other_barriers")
    renamed = same_question(section, replace(question, was="other_enablers"), edition("2025"))
    assert renamed is not None
    assert renamed.id == "other_enablers"
    assert fields_of(same_question(section, replace(question, was="never_there"), edition("2025"))) == fields_of(
        question
    )


def test_the_rows_of_a_question_are_its_answers_of_then_and_no_others(wales: FileRepository) -> None:
    data = read_reflection(wales, "sr-2025")
    rows = earlier_rows(data, *asked_now("outcome", "do_differently"))
    told = [row for row in rows if row.state == "answered"]
    assert {(row.cluster, row.variable.page.key, row.value) for row in told} == {
        (cluster, f"outcome/{outcome}", answer)
        for cluster, outcome, answer in _stored(wales, "sr-2025", "improve_next_time")
        if answer is not None
    }
    assert len(rows) == sum(len(outcomes) for outcomes in data.assigned.values())


def test_the_rows_of_another_section_or_of_the_items_of_a_group_are_not_among_them(wales: FileRepository) -> None:
    data = read_reflection(wales, "sr-2025")
    section, question = asked_now("outcome", "do_differently")
    enablers, _ = asked_now("enablers", "other_enablers")
    practice, examples = asked_now("good_practice", "examples")
    earlier = replace(question, id="improve_next_time")
    assert data.of_question(section.id, earlier.id)
    assert not data.of_question(enablers.id, earlier.id)
    assert not data.of_question(practice.id, examples.questions[0].id)


def test_a_question_that_was_not_asked_has_no_rows(wales: FileRepository) -> None:
    data = read_reflection(wales, "sr-2024")
    assert not earlier_rows(data, *asked_now("enablers", "help_wanted"))


def _stored(wales: FileRepository, round_id: str, question: str) -> set[tuple[str, str, str | None]]:
    """Cluster, outcome and answer, from the files themselves."""
    stored = Stored(wales.root, "en", lambda _, english: english)
    return {
        (cluster, outcome, stored.answer(cluster, f"outcome/{outcome}", question, round_id))
        for cluster in CLUSTER_NAMES
        for outcome in stored.assigned(cluster, round_id)
    }


def test_a_measure_is_declared_for_questions_that_exist() -> None:
    known = {
        question.measure
        for section in edition("2026").sections
        for parent in section.questions
        for question in (parent, *parent.questions)
    }
    assert {measure.question for measure in MEASURES if measure.question} <= known
