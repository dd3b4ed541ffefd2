"""A survey is shown in screens and keeps its answers by page."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.collection.responses.merge import parts_of
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.library import QUESTIONNAIRES, load_source
from survey.questionnaire.screens import screen_named, screens_of, screens_on, whole
from survey.questionnaire.walk import Instrument
from tests.collection.anonymous_example import DEFINITION, IN_GROUPS

ROWS = ("sew", "read", "knit", "count")
CELLS = st.dictionaries(st.sampled_from(["importance", "confidence"]), st.sampled_from(["little", "much"]), min_size=1)
PAGE = st.fixed_dictionaries(
    {},
    optional={
        "skills": st.dictionaries(st.sampled_from(ROWS), CELLS, min_size=1),
        "needs": st.just(["tea", "time"]),
    },
)


def instrument_of(definition: dict[str, Any]) -> Instrument:
    return Instrument(questionnaire_from(definition), None)


@pytest.fixture
def instrument() -> Instrument:
    return instrument_of(IN_GROUPS)


def shown(instrument: Instrument) -> list[tuple[str, list[str]]]:
    return [(one.key, [question.id for question in one.shown.section.questions]) for one in screens_of(instrument)]


def test_each_group_of_a_matrix_has_a_screen_and_what_follows_one_of_its_own(instrument: Instrument) -> None:
    assert shown(instrument) == [
        ("role", ["job", "why_lead", "ways"]),
        ("skills/1", ["skills"]),
        ("skills/2", ["skills"]),
        ("skills/3", ["needs"]),
        ("rest", ["comment"]),
    ]
    rows = [[row.id for row in one.shown.section.questions[0].rows] for one in screens_of(instrument)[1:3]]
    assert rows == [["sew", "knit"], ["read", "count"]]
    assert [one.group and one.group.id for one in screens_of(instrument)] == [None, "hand", "head", None, None]


def test_what_stands_before_a_matrix_comes_on_its_first_screen() -> None:
    skills = IN_GROUPS["sections"][1]
    turned = {**IN_GROUPS, "sections": [{**skills, "questions": skills["questions"][::-1]}]}
    assert shown(instrument_of(turned)) == [("skills/1", ["needs", "skills"]), ("skills/2", ["skills"])]


def test_a_matrix_with_a_row_outside_the_groups_stays_whole() -> None:
    assert [key for key, _ in shown(instrument_of(DEFINITION))] == ["role", "skills", "rest"]


def test_what_a_cluster_answers_is_shown_by_page(instrument: Instrument) -> None:
    of_cluster: Questionnaire = replace(instrument.questionnaire, respondent="cluster")
    assert [key for key, _ in shown(Instrument(of_cluster, None))] == ["role", "skills", "rest"]


def test_a_page_of_several_screens_is_one_by_its_own_key(instrument: Instrument) -> None:
    page = instrument.page("skills")
    assert page is not None
    assert screen_named(instrument, "skills") == whole(page)
    named = screen_named(instrument, "skills/2")
    assert named is not None
    assert named.number == 2
    assert screen_named(instrument, "skills/9") is None


def test_a_screen_of_which_nothing_is_asked_is_not_on_the_way() -> None:
    skills = IN_GROUPS["sections"][1]
    rule = {"all": [{"question": "role.job", "operator": "=", "answer": "lead"}]}
    questions = [{**skills["questions"][0], "show_when": rule}, skills["questions"][1]]
    role, _, rest = IN_GROUPS["sections"]
    instrument = instrument_of({**IN_GROUPS, "sections": [role, {**skills, "questions": questions}, rest]})
    assert [one.key for one in screens_on(instrument.walk({}))] == ["role", "skills/3", "rest"]
    asked = instrument.walk({"role": {"job": "lead"}})
    assert [one.key for one in screens_on(asked)] == ["role", "skills/1", "skills/2", "skills/3", "rest"]


@given(answers=PAGE)
def test_each_answer_of_a_page_is_on_one_screen_of_it(answers: dict[str, Any]) -> None:
    screens = [one for one in screens_of(instrument_of(IN_GROUPS)) if one.number]
    shown = [parts_of(one.answers_in(answers)) for one in screens]
    assert sum(map(len, shown)) == len(parts_of(answers))
    assert {part: answer for parts in shown for part, answer in parts.items()} == parts_of(answers)


def test_the_workforce_survey_has_a_screen_for_each_group_of_skills() -> None:
    path = QUESTIONNAIRES / "workforce-skills" / "2026.json"
    screens = screens_of(instrument_of(load_source(path, "questionnaire")))
    assert [one.key for one in screens] == [
        *("role", "skills/1", "skills/2", "skills/3", "skills/4", "training", "welsh", "staying", "anything_else")
    ]
    rows = [row.id for one in screens[1:5] for row in one.shown.section.questions[0].rows]
    assert len(rows) == len(set(rows)) == 18
    assert max(len(one.shown.section.questions[0].rows) for one in screens[1:5]) == 5
