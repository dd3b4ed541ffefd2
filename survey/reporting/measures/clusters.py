"""What is counted of clusters: how many responded, and how many gave each answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from survey.collection.progress import UNREADABLE
from survey.collection.responses.response import STATUSES
from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import Measure
from survey.reporting.records.frames import RoundData
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ANSWERED, NOT_ASKED


@dataclass(frozen=True, slots=True)
class Responding:
    """Clusters by status, and how many have a submission that counts."""

    expected: int
    by_status: Mapping[str, int]
    counted: int


def responding(data: RoundData, board: str | None = None) -> Responding:
    """The clusters of a health board, or of Wales."""
    clusters = data.clusters if board is None else data.clusters[data.clusters["board"] == board]
    statuses = clusters["status"].value_counts()
    return Responding(
        expected=len(clusters),
        by_status={status: int(statuses.get(status, 0)) for status in (*STATUSES, UNREADABLE)},
        counted=int(clusters["counted"].sum()),
    )


@dataclass(frozen=True, slots=True)
class Distribution:
    """Counts of one group of rows. `by_code` has every option of the question, nought included.

    `expected` = `silent` + `not_asked` + `not_answered` + the sum of `by_code`; `base` is the denominator of
    percentages: those who answered, without the answers that the measure leaves out; `clusters` is how many clusters
    they are of.
    """

    expected: int
    silent: int
    not_asked: int
    not_answered: int
    by_code: Mapping[str, int]
    base: int
    clusters: int

    @property
    def responded(self) -> int:
        """Of those expected, how many responses count."""
        return self.expected - self.silent

    def mean(self, options: Sequence[Option], measure: Measure) -> float | None:
        """The mean of the options' numbers, or None when too few clusters answered."""
        numbers = {option.code: option.value for option in options if option.value is not None}
        answered = sum(self.by_code[code] for code in numbers)
        if self.clusters < measure.smallest_base or not answered:
            return None
        return sum(value * self.by_code[code] for code, value in numbers.items()) / answered


def distribution(
    rows: pd.DataFrame, measure: Measure, options: Sequence[Option], by: Sequence[str]
) -> dict[tuple[str, ...], Distribution]:
    """Counts for each group of rows of a `RoundData.answers` frame. `by` names its columns; none is one group, ().

    A group that has no rows is not in the result: nobody was expected to answer.
    """
    if rows.empty:
        return {}
    answers = rows["value"].where(rows["state"] == ANSWERED, rows["state"].astype(object)).rename("answer")
    in_base = (rows["state"] == ANSWERED) & ~rows["value"].isin(measure.left_out)
    clusters = rows.loc[in_base, "cluster"].astype(object)
    keys = [rows[name].astype(object) for name in by]
    numbers = answers.groupby([*keys, answers.astype(object)], sort=False).size()
    if not by:
        return {(): _counts(numbers.to_dict(), measure, options, clusters.nunique())}
    clusters_of = clusters.groupby([key[in_base] for key in keys], sort=False).nunique().to_dict()
    return {
        _key(key): _counts(counts, measure, options, clusters_of.get(key, 0))
        for key, counts in numbers.unstack(fill_value=0).to_dict("index").items()
    }


def _key(key: Any) -> tuple[str, ...]:
    return tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)


def _counts(numbers: Mapping[Any, int], measure: Measure, options: Sequence[Option], clusters: int) -> Distribution:
    by_code = {option.code: int(numbers.get(option.code, 0)) for option in options}
    silent, not_asked, not_answered = (int(numbers.get(state, 0)) for state in (NO_RESPONSE, NOT_ASKED, NOT_ANSWERED))
    return Distribution(
        expected=int(sum(numbers.values())),
        silent=silent,
        not_asked=not_asked,
        not_answered=not_answered,
        by_code=by_code,
        base=sum(number for code, number in by_code.items() if code not in measure.left_out),
        clusters=clusters,
    )
