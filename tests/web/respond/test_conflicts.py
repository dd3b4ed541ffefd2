"""What two people changed differently, as the second of them is shown it, and what comes of her choices."""

from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from survey.collection.responses.merge import Clash, Part, base_of, parts_of
from survey.collection.responses.response import PageSave
from survey.languages import language
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import AnswerLine
from survey.questionnaire.walk import Instrument, Page
from survey.web.respond.conflicts import (
    AnswerConflict,
    OpenConflicts,
    asked_about,
    fields_beside_choices,
    open_conflicts,
    resolved,
    returned_to,
    still_open,
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
MINE: dict[str, Any] = {"name": "Bob", "who": ["lead", "others"], "story": "Mine", "people": 6}
THEIRS: dict[str, Any] = {"name": "Ann", "who": ["lead"], "story": "Theirs", "people": 5}
CHANGED = parts_of(MINE)


def version(answers: dict[str, Any]) -> Version:
    return Version(answers, {}, None)


def setting(of: Page) -> FieldContext:
    return FieldContext(Texts("en", example.texts()), language("en"), of.outcome, of.key, example.framework())


def conflict(of: Page, part: Part, mine: Any, theirs: Any) -> AnswerConflict:
    return open_conflicts(of, [Clash(part, mine, theirs)], version({}), {}).conflicts[0]


def chosen(**choices: str) -> dict[str, str]:
    """A reply to the page of choices about these questions."""
    return {"settling": " ".join(f"keep-{name}" for name in choices)} | {
        f"keep-{name}": choice for name, choice in choices.items() if choice
    }


def test_conflicts_are_shown_in_the_order_of_the_questions() -> None:
    clashes = [Clash((name,), MINE[name], THEIRS[name]) for name in ("people", "story", "name")]
    shown = open_conflicts(ABOUT, clashes, version(THEIRS), {})
    assert [(of.name, of.mine, of.theirs) for of in shown.conflicts] == [
        ("keep-name", "Bob", "Ann"),
        ("keep-story", "Mine", "Theirs"),
        ("keep-people", 6, 5),
    ]
    assert shown.undecided == ()


def test_the_choice_is_about_what_is_shown_beside_it() -> None:
    base = {("name",): "before", ("people",): "before", ("story",): "before"}
    clashes = [Clash(("name",), "Bob", "Ann"), Clash(("story",), "Mine", None)]
    shown = open_conflicts(ABOUT, clashes, version({"name": "Ann"}), base)
    assert shown.base == {**base_of({"name": "Ann"}), ("people",): "before"}
    assert base[("name",)] == "before", "the base that was sent stays as it was"


def test_an_answer_beside_none_is_lines_beside_nothing() -> None:
    story = conflict(ABOUT, ("story",), None, "A story")
    assert story.lines(story.mine, setting(ABOUT)) == []
    assert story.lines(story.theirs, setting(ABOUT)) == [AnswerLine("A story", verbatim=True)]
    assert story.heading(setting(ABOUT)) == "What happened?"


@pytest.mark.parametrize("mine", ["in_place", None])
def test_a_part_is_headed_by_what_it_is_about(mine: str | None) -> None:
    criterion = conflict(OUTCOME, ("criteria", "big-01.f1"), mine, "not_yet")
    assert criterion.name == "keep-criteria-big-01.f1"
    assert criterion.heading(setting(OUTCOME)) == "We have begun."
    assert criterion.lines(criterion.theirs, setting(OUTCOME)) == [AnswerLine("Not yet", label="We have begun.")]


def test_a_cell_is_read_back_by_itself_under_its_row() -> None:
    sewing = conflict(ABOUT, ("skills", "sew", "important"), "in_place", "not_yet")
    assert sewing.name == "keep-skills-sew-important"
    assert sewing.heading(setting(ABOUT)) == "Sewing"
    assert [line.text for line in sewing.lines(sewing.mine, setting(ABOUT))] == ["Important?: In place"]


def test_an_answer_of_several_choices_is_headed_by_its_question() -> None:
    who = conflict(ABOUT, ("who",), ["lead", "others"], None)
    assert who.heading(setting(ABOUT)) == "Who took part?"
    assert [line.text for line in who.lines(who.mine, setting(ABOUT))] == ["The lead", "Others"]


def test_a_part_that_cannot_be_read_back_is_headed_by_its_question() -> None:
    gone = conflict(OUTCOME, ("criteria", "big-01.f1"), "no such state", None)
    assert gone.heading(setting(OUTCOME)) == "How far are you?"


@pytest.mark.parametrize(
    ("part", "mine", "theirs", "both"),
    [
        (("story",), "Mine", "Theirs", "Theirs\n\nMine"),
        (("name",), "Bob", "Ann", "Ann / Bob"),
        (("story",), "Mine", None, None),
        (("story",), None, "Theirs", None),
        (("people",), 6, 5, None),
        (("who",), ["lead"], ["others"], None),
    ],
)
def test_two_texts_can_be_put_together_and_nothing_else(part: Part, mine: Any, theirs: Any, both: str | None) -> None:
    clash = conflict(ABOUT, part, mine, theirs)
    assert clash.both == both
    assert clash.choices == (("mine", "theirs") if both is None else ("mine", "theirs", "both"))


def test_a_part_of_an_answer_is_chosen_whole() -> None:
    assert conflict(OUTCOME, ("criteria", "big-01.f1"), "in_place", "not_yet").both is None


@pytest.mark.parametrize(
    ("clashing", "sent", "asked"),
    [
        ([], {}, []),
        (["name"], {}, ["name"]),
        ([], chosen(story="mine", who="theirs", people=""), ["who", "story", "people"]),
        (["name"], chosen(story="mine"), ["name", "story"]),
    ],
)
def test_asked_about_is_what_clashes_and_what_was_asked_before(
    clashing: list[str], sent: dict[str, str], asked: list[str]
) -> None:
    clashes = [Clash((name,), None, None) for name in clashing]
    about = asked_about(CHANGED, version(THEIRS), clashes, sent)
    assert sorted(about, key=str) == sorted((Clash((name,), MINE[name], THEIRS[name]) for name in asked), key=str)


def test_nobody_is_asked_again_about_what_has_become_the_same() -> None:
    assert asked_about(CHANGED, version({**THEIRS, "name": "Bob"}), (), chosen(name="mine")) == []


def test_choices_that_were_made_say_what_is_to_be_saved() -> None:
    sent = chosen(who="theirs", name="mine", story="both")
    before = dict(CHANGED)
    assert resolved(ABOUT, CHANGED, version(THEIRS), {}, sent) == {
        ("name",): "Bob",
        ("story",): "Theirs\n\nMine",
        ("people",): 6,
    }
    assert before == CHANGED, "what was sent stays as it was"


def test_what_nobody_was_asked_about_stays_hers() -> None:
    assert resolved(ABOUT, CHANGED, version(THEIRS), {}, {"keep-name": "theirs"}) == CHANGED


@pytest.mark.parametrize("choice", ["", "none", "both"])
def test_while_a_choice_is_open_nothing_is_settled(choice: str) -> None:
    theirs = version(THEIRS)
    with pytest.raises(OpenConflicts) as refused:
        resolved(ABOUT, CHANGED, theirs, {}, chosen(people=choice, story="mine"))
    assert [of.name for of in refused.value.conflicts] == ["keep-story", "keep-people"]
    assert [of.name for of in refused.value.undecided] == ["keep-people"]
    assert refused.value.theirs is theirs
    assert refused.value.base == base_of({"story": "Theirs", "people": 5})


def test_what_was_typed_is_carried_along_without_the_controls_of_the_page() -> None:
    sent = MultiDict(
        [
            ("q-name", "Bob"),
            ("q-who", "lead"),
            ("q-who", "others"),
            ("base", "name:AAAAAAAA"),
            ("settling", "keep-name"),
            ("keep-name", "mine"),
            ("switch_language", "cy"),
            ("csrf_token", "secret"),
        ]
    )
    assert fields_beside_choices(sent) == [("q-name", "Bob"), ("q-who", "lead"), ("q-who", "others")]


@pytest.mark.parametrize(
    ("sent", "asked", "undecided"),
    [
        ({}, ["keep-name", "keep-story"], []),
        (chosen(name="theirs", story="mine"), ["keep-name", "keep-story"], []),
        (chosen(name="theirs") | {"settling": "keep-name keep-story"}, ["keep-name", "keep-story"], ["keep-story"]),
    ],
)
def test_whoever_comes_back_is_asked_about_what_still_differs(
    sent: dict[str, str], asked: list[str], undecided: list[str]
) -> None:
    changed, theirs = {("name",): "Bob", ("story",): "Mine", ("people",): 5}, version(THEIRS)
    about = still_open(ABOUT, changed, theirs, base_of({"people": 4}), sent)
    assert about.theirs is theirs
    assert [one.name for one in about.conflicts] == asked, "of the same number nothing is asked"
    assert [one.name for one in about.undecided] == undecided
    assert about.base == {**base_of({"name": "Ann", "story": "Theirs"}), **base_of({"people": 4})}


NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


def saved(now: dict[str, Any], *before: dict[str, Any]) -> Version:
    """What stands on a page now, and what stood there before each change."""
    saves = tuple(PageSave(NOW, "Ann", "sitting", number, was) for number, was in enumerate(before, start=1))
    return Version(now, {}, NOW, len(saves), saves)


@pytest.mark.parametrize(
    ("typed", "is_asked"),
    [
        ("We met twice", True),  # as it was
        ("We met twice, in May", True),  # written on
        ("twice We met", True),  # all its words
        ("We met", False),  # a word of it is gone
        ("We met twice and Then never again", False),  # all words of both
        (None, False),  # cleared
    ],
)
def test_of_a_text_that_stood_there_before_whoever_sends_it_is_asked(typed: str | None, is_asked: bool) -> None:
    now = {"story": "Then never again"}
    theirs = saved(now, {"story": "We met twice"})
    clashes = returned_to(ABOUT, {("story",): typed}, theirs, base_of(now), {})
    assert clashes == ([Clash(("story",), typed, "Then never again")] if is_asked else [])


def test_whichever_of_its_versions_it_was() -> None:
    now = {"story": "Now"}
    theirs = saved(now, {"story": None}, {"story": "First"}, {"name": "Ann"}, {"story": "Second"})
    for typed, found in (("First", 1), ("Second", 1), ("Third", 0), ("Ann", 0)):
        assert len(returned_to(ABOUT, {("story",): typed}, theirs, base_of(now), {})) == found


def test_nobody_is_asked_whose_page_is_not_as_it_is_now_or_who_was_asked_before() -> None:
    now = {"story": "Now", "name": "Ann"}
    theirs = saved(now, {"story": "Before", "name": "Bob"})
    changed = {("story",): "Before", ("name",): "Bob"}
    names = [clash.part[0] for clash in returned_to(ABOUT, changed, theirs, base_of(now), {})]
    assert names == ["story", "name"]
    assert returned_to(ABOUT, changed, theirs, base_of({"story": "Earlier", "name": "Eve"}), {}) == []
    assert returned_to(ABOUT, changed, theirs, {}, {}) == returned_to(ABOUT, changed, theirs, None, {}) == []
    [left] = returned_to(ABOUT, changed, theirs, base_of(now), chosen(story="mine"))
    assert left.part == ("name",)
    gone = saved({"name": "Ann"}, {"story": "Before"})
    assert returned_to(ABOUT, {("story",): "Before"}, gone, base_of(now), {}) == []


def test_only_texts_are_returned_to() -> None:
    now = {"people": 5, "who": ["lead"]}
    theirs = saved(now, {"people": 6, "who": ["others"]})
    assert returned_to(ABOUT, {("people",): 6, ("who",): ["others"]}, theirs, base_of(now), {}) == []


def test_whoever_comes_back_is_asked_about_a_text_of_before_too() -> None:
    now = {"story": "Now"}
    about = still_open(ABOUT, {("story",): "Before"}, saved(now, {"story": "Before"}), base_of(now), {})
    assert [(one.name, one.mine, one.theirs) for one in about.conflicts] == [("keep-story", "Before", "Now")]


def test_whoever_comes_back_to_what_is_kept_by_now_is_asked_nothing() -> None:
    assert still_open(ABOUT, {("name",): "Ann"}, version(THEIRS), {}, chosen(name="mine")).conflicts == []
