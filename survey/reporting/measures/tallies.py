"""Adding up the answers of people, group by group: how many gave an answer that counts, and what it comes to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from survey.questionnaire.definition import MatrixRow, Option, Question, Section
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.choices import Ranking
from survey.reporting.disclosure.protection import Groups, Sums
from survey.reporting.records.people import People

PeopleNumbers = NDArray[np.float64]
MEAN, FIRST, RANKED, POINTS = "mean", "first", "ranked", "points"
IMPORTANCE, CONFIDENCE, GAP = "importance", "confidence", "gap"


def share_of(code: str) -> str:
    """The name of the figure that is an option’s share."""
    return f"share.{code}"


@dataclass(frozen=True, slots=True)
class Average:
    """Numbers of people, each times its weight, out of all who gave one of the answers `among`, or of the base.

    With `of`, that times the share of the base who gave the answer `of`: rounded numbers that it is the sum of need not
    come to it, and so do not contradict it.
    """

    weights: Mapping[str, float]
    among: tuple[str, ...] = ()
    of: str = ""

    @property
    def needs(self) -> frozenset[str]:
        """The answers of which it needs the numbers."""
        return frozenset(self.weights) | ({self.of} if self.of else frozenset())


@dataclass(frozen=True, eq=False)
class Tally:
    """A question counted, or one row of a matrix. `key` is its place in the questionnaire.

    `base` is the number of people by group, in the order of the groups; `answers` has for each answer how
    many of the base gave it; of each of `one_of`, everybody in the base gave exactly one; `parts` has the answers that
    an answer is the sum of. A figure is the sum of some averages of such numbers: a share is the number of one out of
    the base.
    """

    key: str
    question: Question
    row: MatrixRow | None
    base: Sums
    answers: Mapping[str, Sums]
    one_of: tuple[tuple[str, ...], ...]
    figures: Mapping[str, tuple[Average, ...]]
    options: tuple[Option, ...]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def shared(self) -> list[str]:
        """The answers whose numbers are shown, as shares of the base."""
        return [
            answer
            for averages in self.figures.values()
            for average in averages
            if not average.among and len(average.weights) == 1
            for answer in average.weights
        ]

    @property
    def told(self) -> list[str]:
        """The same, and those that means are worked out from and that come to the base."""
        return list(dict.fromkeys([*self.shared, *(answer for answers in self.one_of for answer in answers)]))


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
        self._columns, self._groups, self._left_out = people.columns, groups, left_out
        self._section, self._question = section, question
        self._options = tuple(option for option in question.options if option.code not in left_out)

    def one(self) -> Tally:
        """The share of each option, and the mean where every option has a number."""
        answers = self._column("")
        chosen = {
            option.code: answers == place
            for place, option in enumerate(self._question.options)
            if option in self._options
        }
        base = np.any([*chosen.values()], axis=0) if chosen else np.zeros(len(answers), bool)
        figures = _shares(chosen)
        numbers = {option.code: option.value for option in self._options if option.value is not None}
        if len(numbers) == len(self._options):
            figures[MEAN] = (_mean(numbers),)
        return self._tally(base, chosen, [tuple(chosen)], figures)

    def several(self) -> Tally:
        """The share of each option."""
        chosen = {option.code: self._column(option.code) for option in self._question.options}
        base = ~np.isnan(next(iter(chosen.values())))
        for code in self._left_out & chosen.keys():
            base &= chosen[code] != 1
        counted = {option.code: chosen[option.code] == 1 for option in self._options}
        return self._tally(base, counted, [], _shares(counted))

    def ranking(self) -> Tally:
        """For each option: the share that ranks it first, the share that ranks it at all, and its points.

        The first choice has as many points as there are ranks to give, the last of them one, what is not chosen none.
        """
        places = range(1, Ranking.places(self._question) + 1)
        given: dict[str, NDArray[np.bool_]] = {}
        figures: dict[str, tuple[Average, ...]] = {}
        for option in self._options:
            rank, ranked = self._column(option.code), f"{RANKED}.{option.code}"
            at = {f"{place}.{option.code}": place for place in places}
            given |= {ranked: ~np.isnan(rank), **{name: rank == place for name, place in at.items()}}
            figures[f"{FIRST}.{option.code}"] = (Average({f"1.{option.code}": 1}),)
            figures[ranked] = (Average({ranked: 1}),)
            points = {name: len(at) + 1 - at[name] for name in at}
            figures[f"{POINTS}.{option.code}"] = (Average(points, tuple(at), ranked),)
        firsts = tuple(f"1.{option.code}" for option in self._options)
        base = np.any([given[f"{RANKED}.{option.code}"] for option in self._options], axis=0)
        ranks = {
            f"{RANKED}.{option.code}": tuple(f"{place}.{option.code}" for place in places) for option in self._options
        }
        return replace(self._tally(base, given, [firsts], figures), parts=ranks)

    def matrix(self) -> Iterator[Tally]:
        """For each row the mean of both scores and of their difference, over those who gave both."""
        columns = {column.id: column for column in self._question.columns}
        if not {IMPORTANCE, CONFIDENCE} <= columns.keys():
            return
        for row in self._question.rows:
            scores = {
                name: {
                    f"{name}.{option.code}": option.value
                    for option in columns[name].options
                    if option.value is not None
                }
                for name in (IMPORTANCE, CONFIDENCE)
            }
            given = {
                f"{name}.{option.code}": self._column(f"{row.id}.{name}") == place
                for name in scores
                for place, option in enumerate(columns[name].options)
                if option.value is not None
            }
            importance, confidence = (
                np.any([given[answer] for answer in of_one], axis=0) for of_one in scores.values()
            )
            means = {name: (_mean(values),) for name, values in scores.items()}
            gap = (_mean(scores[IMPORTANCE]), _mean(scores[CONFIDENCE], -1))
            yield self._tally(importance & confidence, given, map(tuple, scores.values()), means | {GAP: gap}, row)

    def _column(self, suffix: str) -> PeopleNumbers:
        name = ".".join(filter(None, (self._section.id, self._question.id, suffix)))
        return np.asarray(self._columns[name], dtype=np.float64)

    def _tally(
        self,
        base: NDArray[np.bool_],
        given: Mapping[str, NDArray[np.bool_]],
        one_of: Iterable[tuple[str, ...]],
        figures: Mapping[str, tuple[Average, ...]],
        row: MatrixRow | None = None,
    ) -> Tally:
        of_base = {name: chosen & base for name, chosen in given.items()}
        return Tally(
            key=".".join(filter(None, (self._section.id, self._question.id, row.id if row else ""))),
            question=self._question,
            row=row,
            base=self._groups.sums({"": base})[""],
            answers=self._groups.sums(of_base),
            one_of=tuple(one_of),
            figures=figures,
            options=self._options,
        )


def _shares(answers: Iterable[str]) -> dict[str, tuple[Average, ...]]:
    return {share_of(answer): (Average({answer: 1}),) for answer in answers}


def _mean(numbers: Mapping[str, float], sign: int = 1) -> Average:
    """The mean of the numbers of answers, of those who gave one of them."""
    return Average({answer: sign * number for answer, number in numbers.items()}, tuple(numbers))
