"""Two levels of one cluster on one outcome, held against each other: judged and indicated, then and now."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from survey.questionnaire.levels import next_level
from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.records.round_data import AnswerRow, RoundData
from survey.reporting.records.series import RoundSeries
from survey.reporting.records.variables import ANSWERED

LevelComparison = Literal["higher", "same", "lower"]
Movement = Literal["higher", "same", "lower", "not_known", "first_time", "no_response"]


class Moved(NamedTuple):
    """How a cluster moved on an outcome assigned to it now. `year` is the reporting year in which it was last asked
    (None: never before), `before` and `now` are levels (None where none was given)."""

    cluster: str
    outcome: str
    year: str | None
    before: str | None
    now: str | None
    movement: Movement


class Calibrated(NamedTuple):
    """How the level that a cluster judged on an outcome stands to the level indicated (`way`: None where either is
    missing), and whether its response counts."""

    cluster: str
    outcome: str
    counted: bool
    way: LevelComparison | None


def compare(level: str | None, other: str | None, order: Sequence[str]) -> LevelComparison | None:
    """How a level stands to another; None when either is not among the levels."""
    if level not in order or other not in order:
        return None
    step = order.index(level) - order.index(other)
    return "higher" if step > 0 else "lower" if step else "same"


def level_order(data: RoundData) -> list[str]:
    """The codes of the levels of maturity, lowest first, as the round's question has them."""
    return [option.code for _, question in data.questions("judged_level")[:1] for option in question.options]


def movements(series: RoundSeries) -> list[Moved]:
    """How each cluster moved on each outcome assigned to it now, in the order of codes."""
    current, order = series.current, level_order(series.current)
    last_asked = _last_asked(series)
    moved = []
    for (cluster, outcome), now in sorted(_levels(current.of("judged_level")).items()):
        year, before = last_asked.get((cluster, outcome), (None, None))
        way: Movement = "first_time" if year is None else compare(now, before, order) or "not_known"
        if not current.clusters[cluster].counted:
            way = "no_response"
        moved.append(Moved(cluster, outcome, year, before, now, way))
    return moved


def calibration(data: RoundData) -> list[Calibrated]:
    """How the level judged stands to the level indicated, for every reflection on an outcome that has levels."""
    framework, order = data.snapshot.framework, level_order(data)
    with_levels = {outcome.id for outcome in framework.outcomes if outcome.has_levels} if framework else set()
    indicated = _levels(data.of("indicated_level"))
    return [
        Calibrated(*place, data.clusters[place[0]].counted, compare(judged, indicated.get(place), order))
        for place, judged in _levels(data.of("judged_level")).items()
        if place[1] in with_levels
    ]


class HoldingBack(NamedTuple):
    """A criterion of the level above that of `needed` clusters, of which it holds so many `back`; `alone`: it is all
    that they lack."""

    criterion: str
    needed: int
    back: int
    alone: int


def holding_back(data: RoundData) -> list[HoldingBack]:
    """The criteria that the next level of any cluster needs: first those that hold back most, then those that do
    so alone, then in their order."""
    framework, rule = data.snapshot.framework, data.snapshot.questionnaire.level_rule
    if framework is None or rule is None:
        return []
    states: dict[_Place, dict[str, str]] = {}
    for row in data.of("criteria"):
        if row.state == ANSWERED:
            states.setdefault((row.cluster, row.outcome), {})[row.suffix] = str(row.value)
    needed, back, alone = Counter[str](), Counter[str](), Counter[str]()
    outcomes = {outcome.id: outcome for outcome in framework.outcomes}
    for (_, code), of_cluster in states.items():
        relevant, unmet = next_level(framework, outcomes[code], of_cluster, rule)
        needed.update(criterion.id for criterion in relevant)
        back.update(criterion.id for criterion in unmet)
        alone.update(criterion.id for criterion in unmet if len(unmet) == 1)
    criteria = [
        HoldingBack(criterion.id, needed[criterion.id], back[criterion.id], alone[criterion.id])
        for outcome in framework.outcomes
        for criterion in outcome.criteria
        if needed[criterion.id]
    ]
    return sorted(criteria, key=lambda held: (-held.back, -held.alone))


_Place = tuple[str, str]
"""A cluster and an outcome."""


def _levels(rows: Iterable[AnswerRow]) -> dict[_Place, str | None]:
    """The level at each place; None where there is none."""
    return {(row.cluster, row.outcome): str(row.value) if row.state == ANSWERED else None for row in rows}


def _last_asked(series: RoundSeries) -> dict[_Place, tuple[str, str | None]]:
    """Reporting year and judged level of the last earlier time each cluster was asked about each outcome."""
    return {
        place: (data.year, level)
        for section, question in series.current.questions("judged_level")[:1]
        for data in series.earlier
        for place, level in _levels(earlier_rows(data, section, question)).items()
    }
