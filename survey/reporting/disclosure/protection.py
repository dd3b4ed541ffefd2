"""Counts of people gathered group by group, and what must not be shown of them taken out, whatever was asked.

All tables of a release are linked and protected as one. Of a cluster it is told whether it has as many respondents as
the threshold, as it was while the round was open; what is known by that goes into the protection.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.reporting.disclosure.audit import audit
from survey.reporting.disclosure.corrections import Table
from survey.reporting.disclosure.counts import ANYTHING, Bounds, CountCell, Counts, PeopleGroup, Sum
from survey.reporting.disclosure.suppression import hidden_cells
from survey.reporting.records.people import People

EVERYBODY: PeopleGroup = ()
BOARD = "board"
RESPONDENTS = ""


@dataclass(frozen=True, eq=False)
class Breakdown:
    """Groups of which each person is in exactly one: `places` has the place of theirs."""

    groups: tuple[PeopleGroup, ...]
    places: "pd.Series[Any]"

    @classmethod
    def of(cls, groups: Iterable[PeopleGroup], places: pd.Series) -> "Breakdown":
        """The breakdown into some groups, from the place of each person's group."""
        known = tuple(groups)
        return cls(known, places.astype(int).astype(pd.CategoricalDtype(list(range(len(known))))))


class Groups:
    """Everybody, then the groups of each breakdown."""

    def __init__(self, *breakdowns: Breakdown) -> None:
        self.breakdowns = breakdowns
        self.all: tuple[PeopleGroup, ...] = (EVERYBODY, *(group for each in breakdowns for group in each.groups))
        self.place = {group: place for place, group in enumerate(self.all)}

    def sums(self, numbers: pd.DataFrame) -> pd.DataFrame:
        """What columns of numbers, a row for each person, add up to: a row for each group, in order."""
        # pandas would group by each breakdown for every question; who is in which group is the same for all.
        return pd.DataFrame(self._members @ np.nan_to_num(numbers.to_numpy(float)), columns=numbers.columns)

    @cached_property
    def _members(self) -> NDArray[np.float64]:
        """A row for each group, a column for each person: 1 for those who are in it."""
        parts = [np.arange(len(each.groups))[:, None] == each.places.cat.codes.to_numpy() for each in self.breakdowns]
        return np.vstack([np.ones(parts[0].shape[1]), *parts])


@dataclass(frozen=True, slots=True)
class Issue:
    """A release: its number, when it was made, and of a correction by whom, why and what it had to leave out."""

    number: int
    at: datetime
    by: str = ""
    reason: str = ""
    left_out: frozenset[Table] = frozenset()


@dataclass(frozen=True, eq=False)
class Protected:
    """What may be shown of a round of people. `threshold` is the smallest number of people that is shown.

    `tells_clusters`: which clusters have that many may be told. `issue` says which release it is, if it is one.
    """

    people: People
    threshold: int
    counts: Counts
    hidden: frozenset[CountCell]
    tells_clusters: bool = field(default=True, kw_only=True)
    issue: Issue | None = field(default=None, kw_only=True)

    def count(self, group: PeopleGroup, of: str = RESPONDENTS) -> int | None:
        """How many people of a group responded, or gave an answer that counts to `of`; None where that is hidden."""
        cell = CountCell(of, group)
        return None if cell in self.hidden else self.counts.values[cell]

    def has_enough(self, cluster: str) -> bool | None:
        """Whether as many responded from a cluster as the threshold: all that is told of it, before and now. None
        where not even that may be told."""
        return bool(self._by_cluster[cluster] >= self.threshold) if self.tells_clusters else None

    @cached_property
    def _by_cluster(self) -> "pd.Series[int]":
        return responses_by_cluster(self.people)


class LinkedCounts:
    """The counts of a release being gathered: of respondents, and of whatever is added, in every group."""

    def __init__(self, people: People, groups: Groups) -> None:
        self._people, self._groups = people, groups
        self._values: dict[CountCell, int] = {}
        self._sums: list[Sum] = []
        self._within: list[tuple[CountCell, CountCell]] = []
        everybody = pd.DataFrame({RESPONDENTS: np.ones(len(people.frame))})
        self.add(RESPONDENTS, groups.sums(everybody)[RESPONDENTS])

    def add(self, of: str, numbers: Iterable[float]) -> None:
        """How many people of each group count to `of`: each breakdown adds up to everybody."""
        counted = zip(self._groups.all, numbers, strict=True)
        self._values.update((CountCell(of, group), int(number)) for group, number in counted)
        self._sums += [_sum(of, EVERYBODY, each.groups) for each in self._groups.breakdowns]

    def add_answered(self, of: str, numbers: Iterable[float]) -> None:
        """The same for those who answered something: they are among the respondents of their group."""
        self.add(of, numbers)
        self._within += [(CountCell(of, group), CountCell(RESPONDENTS, group)) for group in self._groups.all]

    def add_answers(self, of: str, answers: Sequence[str]) -> None:
        """That some answers, counted already, add up to those who answered, in each group."""
        self._sums += [
            Sum(CountCell(of, group), tuple(CountCell(answer, group) for answer in answers))
            for group in self._groups.all
        ]

    def add_crossed(self, first: Breakdown, second: Breakdown) -> None:
        """Respondents by two breakdowns together: they add up to both."""
        numbers = pd.crosstab(first.places, second.places, dropna=False)
        table = [[(*row, *column) for column in second.groups] for row in first.groups]
        for cells, counted in zip(table, numbers.to_numpy().tolist(), strict=True):
            self._values.update(zip((CountCell(RESPONDENTS, group) for group in cells), counted, strict=True))
        self._sums += [_sum(RESPONDENTS, group, cells) for group, cells in zip(first.groups, table, strict=True)]
        columns = zip(*table, strict=True)
        self._sums += [_sum(RESPONDENTS, group, cells) for group, cells in zip(second.groups, columns, strict=True)]

    @property
    def values(self) -> Mapping[CountCell, int]:
        """Every number that was counted."""
        return self._values

    def protected(
        self, threshold: int, withheld: frozenset[CountCell] = frozenset()
    ) -> tuple[Counts, frozenset[CountCell]]:
        """All counts, and which of them must be hidden: `withheld` in any case.

        Raises Recoverable when that does not withstand the attack.
        """
        known, keep_possible = known_of_clusters(self._people, threshold)
        loose = frozenset(cell for cell in self._values if cell.of != RESPONDENTS)
        counts = Counts(self._values, tuple(self._sums), tuple(self._within), loose, known, keep_possible)
        hidden = hidden_cells(counts, threshold, withheld)
        audit(counts, hidden, threshold)
        return counts, hidden


def board_breakdown(people: People) -> Breakdown:
    """The groups by health board, in the order of codes."""
    return Breakdown.of(((BOARD, code) for code in people.boards), people.frame["board"])


def responses_by_cluster(people: People) -> "pd.Series[int]":
    """How many responded from each cluster, by its code. Not for showing: see `Protected.has_enough`."""
    numbers = people.frame["cluster"].value_counts().reindex(range(len(people.clusters)), fill_value=0)
    return numbers.set_axis(people.clusters)


def known_of_clusters(people: People, threshold: int) -> tuple[dict[CountCell, Bounds], dict[CountCell, Bounds]]:
    """What everybody knew of each health board's total, by which of its clusters have enough, and what the total must
    leave possible: see `Counts`."""
    return known_of_told(people, clusters_with_enough(people, threshold), threshold)


def clusters_with_enough(people: People, threshold: int) -> tuple[str, ...]:
    """The clusters from which as many responded as the threshold, in the order of codes of the round's list."""
    numbers = responses_by_cluster(people)
    return tuple(code for code in people.clusters if numbers[code] >= threshold)


def known_of_told(
    people: People, enough: Collection[str], threshold: int
) -> tuple[dict[CountCell, Bounds], dict[CountCell, Bounds]]:
    """The same when it was told of some clusters that they have enough."""
    clusters = people.snapshot.clusters
    of_boards = {
        CountCell(RESPONDENTS, (BOARD, board)): [cluster.code in enough for cluster in clusters.of_board(board)]
        for board in people.boards
    }
    return (
        {cell: board_known(enough, threshold) for cell, enough in of_boards.items()},
        {cell: board_must_stay_possible(enough, threshold) for cell, enough in of_boards.items()},
    )


def board_known(enough: Sequence[bool], threshold: int) -> Bounds:
    """The least and the most a health board can have, given which of its clusters have as many as the threshold."""
    return sum(enough) * threshold, inf if any(enough) else len(enough) * (threshold - 1)


def board_must_stay_possible(enough: Sequence[bool], threshold: int) -> Bounds:
    """What its total must leave possible, so that each small cluster can have any number below the threshold.

    It has none when the others take up the whole total: any total, if one of them is large; else no more than they can
    have. It has as many as a small cluster can when the others, at their least, leave it so many.
    """
    small = len(enough) - sum(enough)
    if not small:
        return ANYTHING
    return (
        inf if any(enough) else (small - 1) * (threshold - 1),
        sum(enough) * threshold + threshold - 1,
    )


def _sum(of: str, whole: PeopleGroup, parts: Iterable[PeopleGroup]) -> Sum:
    return Sum(CountCell(of, whole), tuple(CountCell(of, part) for part in parts))
