"""Where the answers of two people to one page differ, and what comes of the choices of the second."""

from copy import deepcopy
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from survey.languages import language
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import AnswerLine
from survey.questionnaire.walk import Instrument, Page
from survey.web.respond.conflicts import (
    AnswerConflict,
    OpenConflicts,
    conflicts_with,
    differences,
    fields_beside_choices,
    resolved,
)
from survey.web.respond.fields import FieldContext
from survey.web.respond.form_targets import Version
from tests.web.respond import example


@pytest.fixture(autouse=True)
def catalogues() -> None:
    """Nothing here is said in words of a catalogue, so none is made."""


def page(key: str) -> Page:
    instrument = Instrument(example.questionnaire(), example.framework(), ("big-01", "big-02"))
    asked = instrument.page(key)
    assert asked is not None
    return asked


ABOUT, OUTCOME = page("about"), page("outcome/big-01")
MINE: dict[str, Any] = {
    "name": "Bob",
    "people": 5,
    "who": ["lead", "others"],
    "skills": {"sew": {"important": "in_place"}, "read": {"important": "not_yet"}},
}
THEIRS: dict[str, Any] = {
    "name": "Ann",
    "people": 5,
    "story": "A story",
    "skills": {"sew": {"important": "not_yet"}, "read": {"important": "not_yet"}},
}
NAMES = ["keep-who", "keep-name", "keep-story", "keep-skills-sew"]


def version(answers: dict[str, Any]) -> Version:
    return Version("2", answers, {}, None)


def setting(of: Page) -> FieldContext:
    return FieldContext(Texts("en", example.texts()), language("en"), of.outcome, of.key, example.framework())


def named(conflicts: list[AnswerConflict]) -> list[str]:
    return [conflict.name for conflict in conflicts]


def difference(of: Page, name: str, mine: dict[str, Any], theirs: dict[str, Any]) -> AnswerConflict:
    return next(conflict for conflict in differences(of, mine, theirs) if conflict.name == name)


def test_what_differs_is_told_in_the_order_of_the_questions_and_parts_one_by_one() -> None:
    assert [(conflict.name, conflict.mine, conflict.theirs) for conflict in differences(ABOUT, MINE, THEIRS)] == [
        ("keep-who", ["lead", "others"], None),
        ("keep-name", "Bob", "Ann"),
        ("keep-story", None, "A story"),
        ("keep-skills-sew", {"important": "in_place"}, {"important": "not_yet"}),
    ]
    assert differences(ABOUT, MINE, MINE) == []


def test_a_part_that_one_of_them_alone_has_differs() -> None:
    mine, theirs = {"criteria": {"big-01.f1": "in_place"}}, {"criteria": {"big-01.m1": "not_yet"}}
    assert [(conflict.part, conflict.mine, conflict.theirs) for conflict in differences(OUTCOME, mine, theirs)] == [
        ("big-01.f1", "in_place", None),
        ("big-01.m1", None, "not_yet"),
    ]


def test_an_answer_beside_none_is_lines_beside_nothing() -> None:
    story = difference(ABOUT, "keep-story", MINE, THEIRS)
    assert story.lines(story.mine, setting(ABOUT)) == []
    assert story.lines(story.theirs, setting(ABOUT)) == [AnswerLine("A story", verbatim=True)]
    assert story.heading(setting(ABOUT)) == "What happened?"


@pytest.mark.parametrize("mine", [{"big-01.f1": "in_place"}, {}])
def test_a_part_is_headed_by_what_it_is_about(mine: dict[str, str]) -> None:
    criterion = difference(
        OUTCOME, "keep-criteria-big-01.f1", {"criteria": mine}, {"criteria": {"big-01.f1": "not_yet"}}
    )
    assert criterion.heading(setting(OUTCOME)) == "We have begun."
    assert criterion.lines(criterion.theirs, setting(OUTCOME)) == [AnswerLine("Not yet", label="We have begun.")]


def test_a_row_is_read_back_by_its_row_alone() -> None:
    sewing = difference(ABOUT, "keep-skills-sew", MINE, THEIRS)
    assert sewing.heading(setting(ABOUT)) == "Sewing"
    assert [line.text for line in sewing.lines(sewing.mine, setting(ABOUT))] == ["Important?: In place"]


def test_an_answer_of_several_choices_is_headed_by_its_question() -> None:
    who = difference(ABOUT, "keep-who", MINE, THEIRS)
    assert who.heading(setting(ABOUT)) == "Who took part?"
    assert [line.text for line in who.lines(who.mine, setting(ABOUT))] == ["The lead", "Others"]


def test_a_part_that_cannot_be_read_back_is_headed_by_its_question() -> None:
    gone = AnswerConflict(OUTCOME.section.questions[0], "big-01.f1", "no such state", None)
    assert gone.heading(setting(OUTCOME)) == "How far are you?"


@pytest.mark.parametrize(
    ("touched", "sent", "asked"),
    [
        (None, {}, NAMES),
        (frozenset({"name", "people"}), {}, ["keep-name"]),
        (frozenset(), {}, []),
        (frozenset(), {"settling": "keep-story keep-who keep-people"}, ["keep-who", "keep-story"]),
        (frozenset({"name"}), {"settling": "keep-story"}, ["keep-name", "keep-story"]),
    ],
)
def test_asked_about_is_what_others_touched_and_what_was_asked_before(
    touched: frozenset[str] | None, sent: dict[str, str], asked: list[str]
) -> None:
    assert named(conflicts_with(version(THEIRS), ABOUT, MINE, touched, sent)) == asked


def test_choices_that_were_made_give_the_answers() -> None:
    sent = {
        "settling": " ".join(NAMES),
        "keep-who": "theirs",
        "keep-name": "mine",
        "keep-story": "theirs",
        "keep-skills-sew": "theirs",
    }
    before = deepcopy(MINE)
    assert resolved(ABOUT, MINE, version(THEIRS), sent) == {
        "name": "Bob",
        "people": 5,
        "story": "A story",
        "skills": {"sew": {"important": "not_yet"}, "read": {"important": "not_yet"}},
    }
    assert before == MINE, "what was sent stays as it was"


def test_a_choice_about_one_part_leaves_the_others_and_may_leave_nothing() -> None:
    mine = {"criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"}}
    sent = {"settling": "keep-criteria-big-01.f1", "keep-criteria-big-01.f1": "theirs"}
    assert resolved(OUTCOME, mine, version({}), sent) == {"criteria": {"big-01.m1": "not_yet"}}
    one = {"criteria": {"big-01.f1": "in_place"}}
    assert resolved(OUTCOME, one, version({}), sent) == {}
    assert resolved(OUTCOME, {}, version(one), sent) == one


def test_what_nobody_was_asked_about_stays_hers() -> None:
    assert resolved(ABOUT, MINE, version(THEIRS), {"keep-name": "theirs"}) == MINE
    assert resolved(ABOUT, MINE, version(THEIRS), {"settling": "keep-people", "keep-people": "theirs"}) == MINE


@pytest.mark.parametrize("reply", [{}, {"keep-name": ""}, {"keep-name": "both"}])
def test_while_a_choice_is_open_nothing_is_settled(reply: dict[str, str]) -> None:
    theirs = version(THEIRS)
    with pytest.raises(OpenConflicts) as refused:
        resolved(ABOUT, MINE, theirs, {"settling": "keep-name keep-story", "keep-story": "mine", **reply})
    assert named(refused.value.conflicts) == ["keep-name", "keep-story"]
    assert named(list(refused.value.undecided)) == ["keep-name"]
    assert refused.value.theirs is theirs


def test_what_was_typed_is_carried_along_without_the_controls_of_the_page() -> None:
    sent = MultiDict(
        [
            ("q-name", "Bob"),
            ("q-who", "lead"),
            ("q-who", "others"),
            ("version", "1"),
            ("settling", "keep-name"),
            ("keep-name", "mine"),
            ("switch_language", "cy"),
            ("csrf_token", "secret"),
        ]
    )
    assert fields_beside_choices(sent) == [("q-name", "Bob"), ("q-who", "lead"), ("q-who", "others")]
