"""The level that answers to criteria point to, case by case of the rule (design: questionnaires.md)."""

from itertools import product

import pytest

from survey.questionnaire.definition import LevelRule
from survey.questionnaire.levels import indicated_level, next_level
from tests.questionnaire.examples import framework, outcome

RULE = LevelRule("1", frozenset({"in_place"}), frozenset({"not_relevant"}), "working_towards")
F1, F2, D1, M1 = "m-01.f1", "m-01.f2", "m-01.d1", "m-01.m1"
YES, PARTLY, NOT_RELEVANT, DONT_KNOW = "in_place", "partly", "not_relevant", "dont_know"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({F1: YES, F2: YES, D1: YES, M1: YES}, "mature"),
        ({F1: YES, F2: YES, D1: YES, M1: PARTLY}, "developing"),
        ({F1: YES, F2: YES, D1: PARTLY, M1: YES}, "foundation"),
        ({F1: YES, F2: PARTLY, D1: YES, M1: YES}, "working_towards"),
        ({F1: YES, F2: DONT_KNOW}, "working_towards"),
        ({F1: YES, F2: "not_yet"}, "working_towards"),
        # No answer is not met.
        ({F1: YES}, "working_towards"),
        ({F1: YES, F2: YES}, "foundation"),
        ({F1: YES, F2: YES, M1: YES}, "foundation"),
        # What is not relevant is left out.
        ({F1: YES, F2: NOT_RELEVANT}, "foundation"),
        ({F1: YES, F2: NOT_RELEVANT, D1: NOT_RELEVANT}, "developing"),
        ({F1: YES, F2: NOT_RELEVANT, D1: NOT_RELEVANT, M1: NOT_RELEVANT}, "mature"),
        ({F1: YES, F2: YES, D1: NOT_RELEVANT, M1: PARTLY}, "developing"),
        # A level with nothing relevant passes only if a lower one passed.
        ({F1: NOT_RELEVANT, F2: NOT_RELEVANT}, "working_towards"),
        ({F1: NOT_RELEVANT, F2: NOT_RELEVANT, D1: NOT_RELEVANT, M1: NOT_RELEVANT}, "working_towards"),
        ({F1: NOT_RELEVANT, F2: NOT_RELEVANT, D1: YES}, "developing"),
        ({F1: NOT_RELEVANT, F2: NOT_RELEVANT, D1: NOT_RELEVANT, M1: YES}, "mature"),
        ({F1: NOT_RELEVANT, F2: NOT_RELEVANT, D1: PARTLY, M1: YES}, "working_towards"),
        # Nothing answered points nowhere.
        ({}, None),
        ({"m-02.f1": YES}, None),
    ],
)
def test_indicated_level(states: dict[str, str], expected: str | None) -> None:
    assert indicated_level(framework(), outcome(), states, RULE) == expected


def test_an_outcome_without_levels_has_none() -> None:
    assert indicated_level(framework(), outcome("s-01"), {"s-01.s1": YES}, RULE) is None


@pytest.mark.parametrize(
    ("states", "relevant", "unmet"),
    [
        ({F1: YES}, [F1, F2], [F2]),
        ({F1: PARTLY, F2: YES}, [F1, F2], [F1]),
        ({F1: PARTLY, F2: NOT_RELEVANT, D1: YES}, [F1], [F1]),
        ({F1: YES, F2: YES}, [D1], [D1]),
        ({F1: YES, F2: YES, D1: NOT_RELEVANT, M1: PARTLY}, [M1], [M1]),
        ({F1: NOT_RELEVANT, F2: NOT_RELEVANT}, [D1], [D1]),
        # None is above the highest, and none where nothing was answered.
        ({F1: YES, F2: YES, D1: YES, M1: YES}, [], []),
        ({F1: YES, F2: YES, D1: YES, M1: NOT_RELEVANT}, [], []),
        ({}, [], []),
    ],
)
def test_the_next_level_asks_for_its_relevant_criteria_and_lacks_those_not_met(
    states: dict[str, str], relevant: list[str], unmet: list[str]
) -> None:
    asked, lacking = next_level(framework(), outcome(), states, RULE)
    assert [[criterion.id for criterion in criteria] for criteria in (asked, lacking)] == [relevant, unmet]


def test_of_an_outcome_without_levels_nothing_is_next() -> None:
    assert next_level(framework(), outcome("s-01"), {"s-01.s1": YES}, RULE) == ((), ())


def test_a_better_answer_never_lowers_the_level() -> None:
    order = ["working_towards", "foundation", "developing", "mature"]
    for states in product([YES, PARTLY, NOT_RELEVANT], repeat=4):
        named = dict(zip((F1, F2, D1, M1), states, strict=True))
        before = indicated_level(framework(), outcome(), named, RULE)
        for criterion, state in named.items():
            if state == PARTLY:
                after = indicated_level(framework(), outcome(), {**named, criterion: YES}, RULE)
                assert order.index(str(after)) >= order.index(str(before))
