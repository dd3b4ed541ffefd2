"""Levels and movement hold for any answers, not only for those of the example."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.builder import framework_from
from survey.questionnaire.definition import LevelRule, Option, Text
from survey.questionnaire.framework import Outcome
from survey.questionnaire.levels import indicated_level
from survey.reporting.measures.clusters import Distribution, distribution
from survey.reporting.measures.declarations import CRITERIA, ENABLERS, JUDGED_LEVEL, MEASURES
from survey.reporting.measures.levels import compare
from survey.reporting.records.round_data import AnswerRow
from tests.reporting.second_path import climbed
from tests.reporting.small_wales import QUESTIONNAIRES

LEVELS = ["working_towards", "foundation", "developing", "mature"]
NOTHING = ["not_answered", "not_asked", "no_response"]
levels = st.sampled_from(LEVELS)


def options(*codes: str, values: tuple[float | None, ...] = ()) -> tuple[Option, ...]:
    numbers = values or (None,) * len(codes)
    return tuple(
        Option(code, Text(code, code.capitalize()), value=value) for code, value in zip(codes, numbers, strict=True)
    )


def row(cluster: str, board: str, answer: str) -> AnswerRow:
    """A row with an answer, or with the reason why there is none."""
    nothing: Any = None
    held: Any = (None, answer) if answer in NOTHING else (answer, "answered")
    return AnswerRow(cluster, board, nothing, *held, "")


def rows_of(answers: list[tuple[str, str]]) -> list[AnswerRow]:
    """Rows of (board, answer or state), each of a cluster of its own."""
    return [row(f"c{place}", board, answer) for place, (board, answer) in enumerate(answers)]


answers = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(LEVELS + NOTHING)), max_size=40)


@settings(deadline=None)
@given(levels, levels)
def test_moving_up_is_the_other_moving_down(one: str, other: str) -> None:
    opposite = {"higher": "lower", "lower": "higher", "same": "same"}
    assert compare(one, other, LEVELS) == opposite[str(compare(other, one, LEVELS))]
    assert (compare(one, other, LEVELS) == "same") == (one == other)


@settings(deadline=None)
@given(levels, levels, levels)
def test_moving_up_twice_is_moving_up(one: str, two: str, three: str) -> None:
    if compare(one, two, LEVELS) == compare(two, three, LEVELS) == "higher":
        assert compare(one, three, LEVELS) == "higher"


def test_a_level_of_another_rule_is_not_compared() -> None:
    assert compare("excellent", "mature", LEVELS) is None


@settings(deadline=None)
@given(answers)
def test_everybody_expected_is_in_one_count(given_answers: list[tuple[str, str]]) -> None:
    found = distribution(rows_of(given_answers), JUDGED_LEVEL, options(*LEVELS), ("board",))
    assert sum(counts.expected for counts in found.values()) == len(given_answers)
    for (board,), counts in found.items():
        own = [answer for where, answer in given_answers if where == board]
        assert counts.expected == len(own)
        assert counts.by_code == {level: own.count(level) for level in LEVELS}
        assert (counts.silent, counts.not_asked, counts.not_answered) == (
            own.count("no_response"),
            own.count("not_asked"),
            own.count("not_answered"),
        )
        assert counts.expected == counts.silent + counts.not_asked + counts.not_answered + sum(counts.by_code.values())


@settings(deadline=None)
@given(answers)
def test_boards_add_up_to_wales(given_answers: list[tuple[str, str]]) -> None:
    boards = distribution(rows_of(given_answers), JUDGED_LEVEL, options(*LEVELS), ("board",)).values()
    wales = distribution(rows_of(given_answers), JUDGED_LEVEL, options(*LEVELS), ())
    assert sum(counts.base for counts in boards) == sum(counts.base for counts in wales.values())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["in_place", "partly", "not_relevant"]), min_size=1))
def test_what_is_not_relevant_is_in_no_percentage(states: list[str]) -> None:
    (counts,) = distribution(
        rows_of([("A", state) for state in states]), CRITERIA, options("in_place", "partly", "not_relevant"), ()
    ).values()
    assert counts.base == len([state for state in states if state != "not_relevant"])


@given(st.integers(0, 60), st.integers(5, 60), st.integers(0, 60))
def test_fewer_than_five_clusters_have_no_percentage_whatever_is_counted(
    numerator: int, denominator: int, clusters: int
) -> None:
    for measure in MEASURES:
        share = measure.share(numerator, denominator, clusters)
        assert share is None if clusters < 5 else share == numerator / denominator


def test_many_reflections_of_few_clusters_are_of_few_clusters() -> None:
    """As Powys has three clusters, each with several outcomes."""
    clusters = ["a1", "a2", "a3"] * 3 + ["b1", "b2", "b3", "b4", "b5"]
    rows = [row(cluster, cluster[0].upper(), "mature") for cluster in clusters]
    found = distribution(rows, JUDGED_LEVEL, options(*LEVELS), ("board",))
    assert {board: (counts.base, counts.clusters) for board, counts in found.items()} == {
        ("A",): (9, 3),
        ("B",): (5, 5),
    }
    assert distribution(rows, JUDGED_LEVEL, options(*LEVELS), ())[()].clusters == 8


def test_the_mean_is_of_the_options_numbers_and_of_five_clusters_or_more() -> None:
    scale = options("low", "none", "high", values=(-2, None, 2))
    few = Distribution(6, 0, 0, 0, {"low": 1, "none": 2, "high": 3}, 6, 4)
    many = Distribution(9, 0, 0, 0, {"low": 1, "none": 4, "high": 4}, 9, 5)
    assert few.mean(scale, ENABLERS) is None
    assert many.mean(scale, ENABLERS) == 6 / 5


FRAMEWORK = framework_from(
    json.loads((QUESTIONNAIRES / "frameworks" / "cluster-development-framework-2022.json").read_text("utf-8"))
)
RULE = LevelRule("2026", frozenset({"in_place"}), frozenset({"not_relevant"}))
mostly_in_place = st.sampled_from(["in_place"] * 5 + ["not_relevant"] * 4 + ["partly", "not_yet", "dont_know"])


@settings(deadline=None)
@given(st.sampled_from([outcome for outcome in FRAMEWORK.outcomes if outcome.has_levels]), st.data())
def test_the_level_indicated_is_the_one_climbed_to(outcome: Outcome, data: st.DataObject) -> None:
    states = {criterion.id: data.draw(mostly_in_place) for criterion in outcome.criteria}
    assert indicated_level(FRAMEWORK, outcome, states, RULE) == climbed(states)


@given(st.lists(mostly_in_place, min_size=3, max_size=3))
def test_putting_one_more_criterion_in_place_never_lowers_the_level(given_states: list[str]) -> None:
    outcome = next(outcome for outcome in FRAMEWORK.outcomes if outcome.id == "pcmw-06")
    states = dict(zip((criterion.id for criterion in outcome.criteria), given_states, strict=True))
    before = indicated_level(FRAMEWORK, outcome, states, RULE)
    for criterion, state in states.items():
        after = indicated_level(FRAMEWORK, outcome, {**states, criterion: "in_place"}, RULE)
        assert state == "not_relevant" or LEVELS.index(str(after)) >= LEVELS.index(str(before))
