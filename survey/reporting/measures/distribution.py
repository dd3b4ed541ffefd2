"""How many clusters gave each answer: the one way in which answers are counted, whatever the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import Measure
from survey.reporting.records.answers import ANSWERED, NO_RESPONSE, NOT_ANSWERED, NOT_ASKED


@dataclass(frozen=True, slots=True)
class Distribution:
    """Counts of one group of rows. `by_code` has every option of the question, nought included.

    `expected` = `silent` + `not_asked` + `not_answered` + the sum of `by_code`; `base` is the denominator of
    percentages: those who answered, without the answers that the measure leaves out.
    """

    expected: int
    silent: int
    not_asked: int
    not_answered: int
    by_code: Mapping[str, int]
    base: int

    @property
    def responded(self) -> int:
        """Of those expected, how many responses count."""
        return self.expected - self.silent

    def mean(self, options: Sequence[Option], measure: Measure) -> float | None:
        """The mean of the options' numbers, or None when too few answered."""
        numbers = {option.code: option.value for option in options if option.value is not None}
        answered = sum(self.by_code[code] for code in numbers)
        if answered < measure.smallest_base:
            return None
        return sum(value * self.by_code[code] for code, value in numbers.items()) / answered


def distribution(
    rows: pd.DataFrame, measure: Measure, options: Sequence[Option], by: Sequence[str]
) -> dict[tuple[str, ...], Distribution]:
    """Counts for each group of rows of a `RoundData.answers` frame. `by` names its columns; none is one group, ().

    A group that has no rows is not in the result: nobody was expected to answer.
    """
    answers = rows["value"].where(rows["state"] == ANSWERED, rows["state"]).astype(object)
    if not by:
        return {(): _counts(answers.value_counts(), measure, options)} if len(rows) else {}
    groups = answers.groupby([rows[name] for name in by], sort=False)
    return {_key(key): _counts(group.value_counts(), measure, options) for key, group in groups}


def _key(key: Any) -> tuple[str, ...]:
    return tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)


def _counts(found: "pd.Series[int]", measure: Measure, options: Sequence[Option]) -> Distribution:
    numbers = {str(code): int(number) for code, number in found.items()}
    by_code = {option.code: numbers.get(option.code, 0) for option in options}
    return Distribution(
        expected=sum(numbers.values()),
        silent=numbers.get(NO_RESPONSE, 0),
        not_asked=numbers.get(NOT_ASKED, 0),
        not_answered=numbers.get(NOT_ANSWERED, 0),
        by_code=by_code,
        base=sum(number for code, number in by_code.items() if code not in measure.left_out),
    )
