"""Two people's versions of a page made one: every word is kept, or shown to somebody."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.collection.responses.merge import (
    Clash,
    answers_of,
    base_of,
    base_with,
    edits,
    fingerprint,
    merge,
    parts_of,
    whole,
)

ANSWERS: dict[str, Any] = {
    "name": "Ann",
    "who": ["lead", "others"],
    "criteria": {"o-01.f1": "in_place", "o-01.m1": "not_yet"},
    "skills": {"sew": {"important": "yes", "confident": "no"}},
    "stories": [{"id": "a1", "title": "Walks", "year": 2025}, {"id": "b2"}],
}
QUESTIONS = tuple(ANSWERS)


def saved_by(began_with: dict[str, Any], typed: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """What comes of the answers `typed` over those that somebody `began_with`, where now are `theirs`."""
    base = base_of(began_with)
    merged = merge(theirs, base, edits(base, typed, {*began_with, *typed}))
    return merged.answers, merged.clashes


def test_an_answer_is_taken_apart_into_what_can_be_answered_by_itself():
    assert parts_of(ANSWERS) == {
        ("name",): "Ann",
        ("who",): ["lead", "others"],
        ("criteria", "o-01.f1"): "in_place",
        ("criteria", "o-01.m1"): "not_yet",
        ("skills", "sew", "important"): "yes",
        ("skills", "sew", "confident"): "no",
        ("stories", "[a1]"): True,
        ("stories", "[a1]", "title"): "Walks",
        ("stories", "[a1]", "year"): 2025,
        ("stories", "[b2]"): True,
    }
    assert answers_of(parts_of(ANSWERS)) == ANSWERS


def test_what_only_one_of_two_has_changed_is_kept_from_both():
    mine = {**ANSWERS, "name": "Bob", "criteria": {"o-01.f1": "partly", "o-01.m1": "not_yet"}}
    theirs = {**ANSWERS, "who": ["lead"], "criteria": {"o-01.f1": "in_place", "o-01.m1": "in_place"}}
    answers, clashes = saved_by(ANSWERS, mine, theirs)
    assert answers == {
        **ANSWERS,
        "name": "Bob",
        "who": ["lead"],
        "criteria": {"o-01.f1": "partly", "o-01.m1": "in_place"},
    }
    assert clashes == ()


def test_who_goes_on_begins_with_what_is_kept_of_hers():
    began = base_of({"name": "Ann", "who": ["lead"], "note": "before", "left": "alone"})
    changed = {("name",): "Bob", ("who",): None, ("note",): "mine", ("new",): "hers", ("never",): None}
    theirs = {"name": "Bob", "note": "theirs", "new": "hers", "left": "changed"}
    assert base_with(began, changed, theirs) == base_of(
        {"name": "Bob", "note": "before", "new": "hers", "left": "alone"}
    )
    assert began == base_of({"name": "Ann", "who": ["lead"], "note": "before", "left": "alone"})
    assert base_with(None, changed, theirs) is None


def test_the_order_in_which_something_is_kept_makes_no_other_answer():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1, "b": 2}) != fingerprint({"a": 2, "b": 1})


def test_what_both_have_changed_is_a_clash_and_stays_theirs():
    answers, clashes = saved_by({"name": "Ann"}, {"name": "Bob", "who": ["lead"]}, {"name": "Cat"})
    assert answers == {"name": "Cat", "who": ["lead"]}
    assert clashes == (Clash(("name",), "Bob", "Cat"),)


def test_what_both_have_changed_alike_is_none():
    assert saved_by({"name": "Ann"}, {"name": "Bob"}, {"name": "Bob"}) == ({"name": "Bob"}, ())


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"), [({}, {"name": "Cat"}, (None, "Cat")), ({"name": "Bob"}, {}, ("Bob", None))]
)
def test_to_clear_an_answer_is_to_change_it(mine, theirs, clash):
    _, (left,) = saved_by({"name": "Ann"}, mine, theirs)
    assert (left.mine, left.theirs) == clash
    assert saved_by({"name": "Ann"}, mine, {"name": "Ann"}) == (mine, ())
    assert saved_by({"name": "Ann"}, {"name": "Ann"}, theirs) == (theirs, ())


def test_items_are_added_changed_and_taken_out_side_by_side():
    one, two, three = ({"id": name, "title": name} for name in ("a", "b", "c"))
    answers, clashes = saved_by({"it": [one, two]}, {"it": [two, three]}, {"it": [one, {**two, "year": 2025}]})
    assert answers == {"it": [{**two, "year": 2025}, three]}
    assert clashes == ()


def test_what_somebody_adds_to_an_item_that_another_takes_out_is_not_lost():
    item = {"id": "a", "title": "Walks"}
    answers, clashes = saved_by({"it": [item]}, {"it": [{**item, "year": 2025}]}, {})
    assert (answers, clashes) == ({"it": [{"id": "a", "year": 2025}]}, ())
    answers, clashes = saved_by({"it": [item]}, {}, {"it": [{**item, "year": 2025}]})
    assert (answers, clashes) == ({"it": [{"id": "a", "year": 2025}]}, ())


def test_without_a_base_nothing_is_overwritten_and_nothing_cleared():
    changed = edits(None, {"name": "Bob", "who": None}, QUESTIONS)
    merged = merge({"name": "Ann", "who": ["lead"]}, None, changed)
    assert merged.answers == {"name": "Ann", "who": ["lead"]}
    assert merged.clashes == (Clash(("name",), "Bob", "Ann"),)
    assert merge({}, None, changed).answers == {"name": "Bob"}


def test_only_the_questions_that_were_asked_are_cleared():
    base = base_of({"name": "Ann", "who": ["lead"]})
    assert edits(base, {}, ["name"]) == {("name",): None}


def test_answers_may_be_put_in_the_place_of_all():
    assert whole({"name": "Bob"})({"name": "Ann", "who": ["lead"]}) == {"name": "Bob"}


# Whatever people do

WORDS = st.sampled_from(["one", "two", "three", None])
PAGE = st.fixed_dictionaries(
    {},
    optional={
        "a": WORDS.filter(bool),
        "b": st.dictionaries(st.sampled_from("xyz"), WORDS.filter(bool), min_size=1),
        "c": st.lists(
            st.fixed_dictionaries({"id": st.sampled_from("pqr")}, optional={"t": WORDS.filter(bool)}),
            min_size=1,
            unique_by=lambda item: item["id"],
        ),
    },
)


@given(PAGE)
def test_parts_make_the_answers_again(answers):
    assert answers_of(parts_of(answers)) == answers


@given(PAGE, PAGE, PAGE)
def test_of_a_merge_every_part_is_as_whoever_changed_it_left_it_or_a_clash(began_with, mine, theirs):
    answers, clashes = saved_by(began_with, mine, theirs)
    before, kept = parts_of(began_with), parts_of(answers)
    clashing = {clash.part for clash in clashes}
    for part in before | parts_of(mine) | parts_of(theirs):
        was, me, they = before.get(part), parts_of(mine).get(part), parts_of(theirs).get(part)
        assert (part in clashing) == (me not in (was, they) and they != was)
        if part not in clashing:
            expected = they if me == was else me
            # An item lives on as long as anything in it does.
            assert kept.get(part) == expected or (
                expected is None and part[1:] and any(other[:2] == part[:2] and len(other) == 3 for other in kept)
            )


@given(st.data())
def test_whoever_saves_whenever_keeps_her_last_words_or_is_shown_what_stands_against_them(data):
    """Any number of people read, type and save in any order, each knowing only what she read last."""
    there: dict[str, Any] = {}
    people: list[dict[str, Any]] = [{} for _ in range(data.draw(st.integers(2, 4)))]
    for step in range(data.draw(st.integers(1, 12))):
        person = data.draw(st.integers(0, len(people) - 1))
        began_with = people[person]
        question = data.draw(st.sampled_from("abcdef"))
        typed = {**began_with, question: f"{person}-{step}"}
        saved, clashes = saved_by(began_with, typed, there)
        if clashes:
            (clash,) = clashes
            assert clash.part == (question,)
            assert clash.theirs == there.get(question) != began_with.get(question)
            assert saved == there
        else:
            assert saved[question] == f"{person}-{step}"
            assert {**there, question: saved[question]} == saved
        there = saved
        if data.draw(st.booleans()):
            people[person] = saved
    for person in people:
        assert merge(there, base_of(person), {}).answers == there
