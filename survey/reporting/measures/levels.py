"""Two levels of one cluster on one outcome, held against each other: judged and indicated, then and now."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from survey.questionnaire.levels import next_level
from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.records.frames import RoundData
from survey.reporting.records.series import RoundSeries
from survey.reporting.records.variables import ANSWERED

Comparison = Literal["higher", "same", "lower"]
Movement = Literal["higher", "same", "lower", "not_known", "first_time", "no_response"]
_PLACE = ["cluster", "outcome"]


def compare(levels: pd.Series, others: pd.Series, order: Sequence[str]) -> pd.Series:
    """How each level stands to the other beside it; None when either is not among the levels."""
    place_of = {code: float(place) for place, code in enumerate(order)}
    steps = levels.astype(object).map(place_of).astype(float) - others.astype(object).map(place_of).astype(float)
    ways = np.select([steps > 0, steps == 0], ["higher", "same"], "lower")
    return pd.Series(ways, levels.index, dtype=object).where(steps.notna(), None)


def level_order(data: RoundData) -> list[str]:
    """The codes of the levels of maturity, lowest first, as the round's question has them."""
    return [option.code for _, question in data.questions("judged_level")[:1] for option in question.options]


def movements(series: RoundSeries) -> pd.DataFrame:
    """A row for each cluster and each outcome assigned to it now, in the order of codes.

    Columns: cluster, outcome, year (the reporting year in which the cluster was last asked; None: never before),
    before and now (levels; None where none was given), movement.
    """
    current = series.current
    now = _levels(current.of("judged_level")).rename(columns={"level": "now"})
    moved = now.merge(_last_asked(series), on=_PLACE, how="left").sort_values(_PLACE, ignore_index=True)
    moved = moved.astype(object).where(moved.notna(), None)
    ways = compare(moved["now"], moved["before"], level_order(current))
    ways = ways.where(ways.notna(), "not_known").where(moved["year"].notna(), "first_time")
    has_response = moved["cluster"].map(current.clusters["counted"]).astype(bool)
    return moved.assign(movement=ways.where(has_response, "no_response"))


def calibration(data: RoundData) -> pd.DataFrame:
    """How the level judged stands to the level indicated, for every reflection on an outcome that has levels.

    Columns: cluster, outcome, counted (whether the cluster's response counts), way (None where either is missing).
    """
    levels = _levels(data.of("judged_level")).merge(_levels(data.of("indicated_level")), on=_PLACE, how="left")
    framework = data.snapshot.framework
    with_levels = [outcome.id for outcome in framework.outcomes if outcome.has_levels] if framework else []
    levels = levels[levels["outcome"].isin(with_levels)]
    return levels[_PLACE].assign(
        counted=levels["cluster"].map(data.clusters["counted"]).astype(bool),
        way=compare(levels["level_x"], levels["level_y"], level_order(data)),
    )


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
    rows = data.of("criteria")
    states: dict[tuple[str, str], dict[str, str]] = {}
    for cluster, outcome, criterion, state in zip(
        *(rows.loc[rows["state"] == ANSWERED, column] for column in (*_PLACE, "suffix", "value")), strict=True
    ):
        states.setdefault((cluster, outcome), {})[criterion] = state
    needed, back, alone = Counter[str](), Counter[str](), Counter[str]()
    outcomes = {outcome.id: outcome for outcome in framework.outcomes}
    for (_, code), of_cluster in states.items():
        relevant, unmet = next_level(framework, outcomes[code], of_cluster, rule)
        needed.update(criterion.id for criterion in relevant)
        back.update(criterion.id for criterion in unmet)
        alone.update(criterion.id for criterion in unmet if len(unmet) == 1)
    found = [
        HoldingBack(criterion.id, needed[criterion.id], back[criterion.id], alone[criterion.id])
        for outcome in framework.outcomes
        for criterion in outcome.criteria
        if needed[criterion.id]
    ]
    return sorted(found, key=lambda held: (-held.back, -held.alone))


def _levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Cluster, outcome and level; None where there is none."""
    level = rows["value"].where(rows["state"] == ANSWERED, None)
    return rows[_PLACE].astype(object).assign(level=level)


def _last_asked(series: RoundSeries) -> pd.DataFrame:
    """Reporting year and judged level of the last earlier time each cluster was asked about each outcome."""
    asked = [
        _levels(earlier_rows(data, section, question)).assign(year=data.year)
        for section, question in series.current.questions("judged_level")[:1]
        for data in series.earlier
    ]
    if not asked:
        return pd.DataFrame(columns=[*_PLACE, "before", "year"], dtype=object)
    return pd.concat(asked).drop_duplicates(_PLACE, keep="last").rename(columns={"level": "before"})
