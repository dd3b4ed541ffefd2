"""Adding up the answers of people, group by group: how many gave an answer that counts, and what it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.questionnaire.definition import MatrixRow, Option, Question, Section
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.choices import Ranking
from survey.reporting.disclosure.protection import Groups
from survey.reporting.records.people import People

Numbers = NDArray[np.float64]
MEAN, FIRST, RANKED, POINTS = "mean", "first", "ranked", "points"
IMPORTANCE, CONFIDENCE, GAP = "importance", "confidence", "gap"


def share_of(code: str) -> str:
    """The name of the figure that is an option’s share."""
    return f"share.{code}"


@dataclass(frozen=True, eq=False)
class Tally:
    """A question counted, or one row of a matrix. `key` is its place in the questionnaire.

    `base` is the number of people by group, in the order of the groups; `sums` has a column for each figure, of what it
    is the base’s average of: for a share the number of people who chose the option.
    """

    key: str
    question: Question
    row: MatrixRow | None
    base: "pd.Series[float]"
    sums: pd.DataFrame
    options: tuple[Option, ...]


def tallies(
    people: People, groups: Groups, section: Section, question: Question, left_out: frozenset[str]
) -> Iterator[Tally]:
    """A question counted: one tally, or for a matrix of importance and confidence one for each row.

    `left_out` are options whose choice counts as no answer. A type that cannot be counted gives nothing.
    """
    counting = _Counting(people, groups, section, question, left_out)
    match answer_type(question).counted_as:
        case "ratings":
            yield from counting.matrix()
        case "ranking":
            yield counting.ranking()
        case "choices":
            yield counting.several()
        case "choice" | "rating" | "level":
            yield counting.one()


class _Counting:
    def __init__(
        self, people: People, groups: Groups, section: Section, question: Question, left_out: frozenset[str]
    ) -> None:
        self._frame, self._groups, self._left_out = people.frame, groups, left_out
        self._section, self._question = section, question
        self._options = tuple(option for option in question.options if option.code not in left_out)

    def one(self) -> Tally:
        """The share of each option, and the mean where every option has a number."""
        answers = self._column("")
        numbers = {
            share_of(option.code): answers == place
            for place, option in enumerate(self._question.options)
            if option in self._options
        }
        base = np.any([*numbers.values()], axis=0) if numbers else np.zeros(len(answers), bool)
        if all(option.value is not None for option in self._options):
            numbers[MEAN] = _scores(self._question.options, answers)
        return self._tally(base, numbers)

    def several(self) -> Tally:
        """The share of each option."""
        chosen = {option.code: self._column(option.code) for option in self._question.options}
        base = ~np.isnan(next(iter(chosen.values())))
        for code in self._left_out & chosen.keys():
            base &= chosen[code] != 1
        return self._tally(base, {share_of(option.code): chosen[option.code] == 1 for option in self._options})

    def ranking(self) -> Tally:
        """For each option: the share that ranks it first, the share that ranks it at all, and its points.

        The first choice has as many points as there are ranks to give, the last of them one, what is not chosen none.
        """
        places = Ranking.places(self._question)
        ranks = {option.code: self._column(option.code) for option in self._options}
        numbers: dict[str, NDArray[np.generic]] = {}
        for code, rank in ranks.items():
            numbers[f"{FIRST}.{code}"] = rank == 1
            numbers[f"{RANKED}.{code}"] = ~np.isnan(rank)
            numbers[f"{POINTS}.{code}"] = np.nan_to_num(places + 1 - rank)
        return self._tally(np.any([~np.isnan(rank) for rank in ranks.values()], axis=0), numbers)

    def matrix(self) -> Iterator[Tally]:
        """For each row the mean of both scores and of their difference, over those who gave both."""
        columns = {column.id: column for column in self._question.columns}
        if not {IMPORTANCE, CONFIDENCE} <= columns.keys():
            return
        for row in self._question.rows:
            importance, confidence = (
                _scores(columns[name].options, self._column(f"{row.id}.{name}")) for name in (IMPORTANCE, CONFIDENCE)
            )
            both = ~np.isnan(importance) & ~np.isnan(confidence)
            numbers = {IMPORTANCE: importance, CONFIDENCE: confidence, GAP: importance - confidence}
            yield self._tally(both, numbers, row)

    def _column(self, suffix: str) -> Numbers:
        name = ".".join(filter(None, (self._section.id, self._question.id, suffix)))
        return self._frame[name].to_numpy(dtype=np.float64)

    def _tally(
        self, base: NDArray[np.bool_], numbers: Mapping[str, NDArray[np.generic]], row: MatrixRow | None = None
    ) -> Tally:
        key = ".".join(filter(None, (self._section.id, self._question.id, row.id if row else "")))
        answered = pd.Series(base, self._frame.index, dtype=float)
        given = pd.DataFrame(numbers, self._frame.index, dtype=float).where(answered == 1, 0.0)
        return Tally(
            key=key,
            question=self._question,
            row=row,
            base=self._groups.sums(answered.to_frame("base"))["base"],
            sums=self._groups.sums(given),
            options=self._options,
        )


def _scores(options: Sequence[Option], answers: Numbers) -> Numbers:
    """The numbers of the options chosen; nothing for an option without one."""
    values = np.array([np.nan if option.value is None else option.value for option in options] + [np.nan])
    return values[np.where(np.isnan(answers), len(options), answers).astype(np.int64)]
