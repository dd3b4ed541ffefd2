"""Rules: pure, total, and blind to what is not there."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.rules import Condition, Operator, Rule, holds

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
answers = st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(st.text(max_size=3), scalars, max_size=3))
names = st.sampled_from(["a", "b", "page.c"])
conditions = st.builds(
    Condition, question=names, operator=st.sampled_from(get_args(Operator)), answer=scalars, answer_of=st.none() | names
)
rules = st.builds(
    Rule, behaviour=st.sampled_from(["all", "any"]), conditions=st.lists(conditions, max_size=4).map(tuple)
)


@given(rule=st.none() | rules, given_answers=st.dictionaries(names, answers))
def test_a_rule_holds_or_not_whatever_the_answers_and_never_raises(
    rule: Rule | None, given_answers: dict[str, Any]
) -> None:
    assert holds(rule, given_answers.get) in (True, False)


@given(rule=rules, given_answers=st.dictionaries(names, answers))
def test_the_same_answers_give_the_same_result(rule: Rule, given_answers: dict[str, Any]) -> None:
    before = repr(given_answers)
    assert holds(rule, given_answers.get) == holds(rule, given_answers.get)
    assert repr(given_answers) == before


def one(operator: Any, answer: Any = None, answer_of: str | None = None) -> Rule:
    return Rule("all", (Condition("q", operator, answer, answer_of),))


@pytest.mark.parametrize(
    ("rule", "given_answers", "expected"),
    [
        (one("exists", True), {"q": "a"}, True),
        (one("exists", True), {}, False),
        (one("exists", False), {}, True),
        (one("exists", False), {"q": 0}, False),
        (one("exists"), {"q": 0}, True),
        (one("=", "a"), {"q": "a"}, True),
        (one("=", "a"), {"q": "b"}, False),
        (one("=", "a"), {"q": ["b", "a"]}, True),
        (one("!=", "a"), {"q": "b"}, True),
        (one("!=", "a"), {"q": ["b", "a"]}, False),
        (one("!=", "a"), {}, False),
        (one(">", 5), {"q": 6}, True),
        (one(">", 5), {"q": 5}, False),
        (one(">=", 5), {"q": 5}, True),
        (one(">=", 5), {"q": 4}, False),
        (one("<", 5), {"q": 4.5}, True),
        (one("<", 5), {"q": 5}, False),
        (one("<=", 5), {"q": 4}, True),
        (one("<=", 5), {"q": 5}, True),
        (one("<=", 5), {"q": 6}, False),
        (one("<", "2027-01-01"), {"q": "2026-12-31"}, True),
        (one(">", 5), {"q": "6"}, False),
        (one("!=", answer_of="r"), {"q": "a", "r": "b"}, True),
        (one("!=", answer_of="r"), {"q": "a", "r": "a"}, False),
        (one("!=", answer_of="r"), {"q": "a"}, False),
    ],
)
def test_conditions(rule: Rule, given_answers: dict[str, Any], expected: bool) -> None:
    assert holds(rule, given_answers.get) is expected


def test_all_needs_every_condition_and_any_needs_one() -> None:
    conditions = (Condition("q", "=", "a"), Condition("r", "=", "a"))
    assert not holds(Rule("all", conditions), {"q": "a"}.get)
    assert holds(Rule("any", conditions), {"q": "a"}.get)
    assert holds(Rule("all", conditions), {"q": "a", "r": "a"}.get)
    assert not holds(Rule("any", conditions), {}.get)


def test_no_rule_always_holds() -> None:
    assert holds(None, {}.get)
