"""Two levels of one cluster on one outcome, held against each other: judged and indicated, then and now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.records.answers import ANSWERED
from survey.reporting.records.frames import RoundData
from survey.reporting.records.series import RoundSeries

Comparison = Literal["higher", "same", "lower"]
Movement = Literal["higher", "same", "lower", "not_known", "first_time", "no_response"]
Reflection = tuple[str, str]
"""A cluster's code and an outcome's id."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One cluster on one outcome, now and when it was last asked.

    `year` is the reporting year of the last time (None: never before). Levels are None where none was given.
    """

    cluster: str
    board: str
    outcome: str
    year: str | None
    before: str | None
    now: str | None
    movement: Movement


def compare(one: str, other: str, order: Sequence[str]) -> Comparison | None:
    """How the first level stands to the second; None when either is not among the levels."""
    if one not in order or other not in order:
        return None
    difference = order.index(one) - order.index(other)
    return "same" if difference == 0 else "higher" if difference > 0 else "lower"


def level_order(data: RoundData) -> list[str]:
    """The codes of the levels of maturity, lowest first, as the round's question has them."""
    return [option.code for _, question in data.questions("judged_level")[:1] for option in question.options]


def levels(data: RoundData, measure: str) -> dict[Reflection, str | None]:
    """The level of each cluster on each outcome put to it; None where there is none."""
    rows = data.of(measure)
    return {
        (cluster, outcome): value if state == ANSWERED else None
        for cluster, outcome, value, state in zip(
            rows["cluster"], rows["outcome"], rows["value"], rows["state"], strict=True
        )
    }


def movements(series: RoundSeries) -> list[Moved]:
    """One for each cluster and each outcome assigned to it now, in the order of codes."""
    now = levels(series.current, "judged_level")
    last = _last_asked(series)
    order = level_order(series.current)
    clusters = series.current.clusters
    boards, counted = clusters["board"].to_dict(), clusters["counted"].to_dict()
    found = []
    for (cluster, outcome), level in sorted(now.items()):
        year, before = last.get((cluster, outcome), (None, None))
        if not counted[cluster]:
            movement: Movement = "no_response"
        elif year is None:
            movement = "first_time"
        else:
            movement = (compare(level, before, order) if level and before else None) or "not_known"
        found.append(Moved(cluster, boards[cluster], outcome, year, before, level, movement))
    return found


def movement_counts(moved: Iterable[Moved]) -> Counter[Movement]:
    """How many went each way."""
    return Counter(one.movement for one in moved)


def calibration(data: RoundData) -> Mapping[Reflection, Comparison | None]:
    """How the level judged stands to the level indicated, for every reflection on an outcome that has levels.

    None where either is missing.
    """
    judged = levels(data, "judged_level")
    indicated = levels(data, "indicated_level")
    order = level_order(data)
    framework = data.snapshot.framework
    with_levels = {outcome.id for outcome in framework.outcomes if outcome.has_levels} if framework else set()
    found: dict[Reflection, Comparison | None] = {}
    for reflection, level in judged.items():
        if reflection[1] in with_levels:
            other = indicated.get(reflection)
            found[reflection] = compare(level, other, order) if level and other else None
    return found


def _last_asked(series: RoundSeries) -> dict[Reflection, tuple[str, str | None]]:
    """Reporting year and judged level of the last earlier time each cluster was asked about each outcome."""
    asked: dict[Reflection, tuple[str, str | None]] = {}
    for section, question in series.current.questions("judged_level")[:1]:
        for data in series.earlier:
            rows = earlier_rows(data, section, question)
            for cluster, outcome, value, state in zip(
                rows["cluster"], rows["outcome"], rows["value"], rows["state"], strict=True
            ):
                asked[cluster, outcome] = (data.year, value if state == ANSWERED else None)
    return asked
