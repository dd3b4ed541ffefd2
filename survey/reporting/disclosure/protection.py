"""What may be shown of a round of people, and the groups that they are counted in.

Of a cluster it is told whether it has as many respondents as the threshold, as it was while the round was open; what is
known by that goes into the protection.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.reporting.disclosure.all_counts import AllCounts
from survey.reporting.disclosure.counts import ANYTHING, Bounds, CountCell, Counts, PeopleGroup, TableKey
from survey.reporting.disclosure.rounding import LEAST_BASE, NEAREST, NOT_ROUNDED, rounded
from survey.reporting.records.people import BOARD, CLUSTER, People

EVERYBODY: PeopleGroup = ()
RESPONDENTS = ""
Sums = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Breakdown:
    """Groups of which each person is in exactly one: `places` has the place of theirs."""

    groups: tuple[PeopleGroup, ...]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, groups: Iterable[PeopleGroup], places: ArrayLike) -> "Breakdown":
        """The breakdown into some groups, from the place of each person's group."""
        return cls(tuple(groups), np.asarray(places).astype(np.int64))


class Groups:
    """Everybody, then the groups of each breakdown."""

    def __init__(self, *breakdowns: Breakdown) -> None:
        self.breakdowns = breakdowns
        self.all: tuple[PeopleGroup, ...] = (EVERYBODY, *(group for each in breakdowns for group in each.groups))
        self.place = {group: place for place, group in enumerate(self.all)}

    def sums(self, numbers: Mapping[str, ArrayLike]) -> dict[str, Sums]:
        """What columns of numbers, a row for each person, add up to: a row for each group, in order."""
        kind, members = self._kinds
        return {
            name: members @ np.bincount(kind, np.asarray(column, dtype=float), members.shape[1])
            for name, column in numbers.items()
        }

    @cached_property
    def _kinds(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """People are of one kind who are in the same groups: that of each; then a row for each group, a column for each
        kind: 1 where it is in it."""
        places = np.array([each.places for each in self.breakdowns], dtype=np.int64)
        kinds, kind = np.unique(places, axis=1, return_inverse=True)
        parts = [np.arange(len(each.groups))[:, None] == of for each, of in zip(self.breakdowns, kinds, strict=True)]
        return kind.ravel(), np.vstack([np.ones(kinds.shape[1]), *parts])


@dataclass(frozen=True, slots=True)
class Issue:
    """A release: its number, when it was made, and of a correction by whom, why and what it had to leave out."""

    number: int
    at: datetime
    by: str = ""
    reason: str = ""
    left_out: frozenset[TableKey] = frozenset()


@dataclass(frozen=True, eq=False)
class Protected:
    """What may be shown of a round of people. `threshold` is the smallest number of people that is shown.

    `ordinary` has the numbers of answers that are shown wherever their base is; of those `untold`, none is, nor a mean
    that is worked out from it. `every` has both kinds of numbers, tied. `rounded_to` is what every number shown
    is a multiple of, `first` what the first release counted, if this is a correction. `tells_clusters`: which clusters
    have as many as the threshold may be told. `issue` says which release it is, if it is one.
    """

    people: People
    threshold: int
    counts: Counts
    hidden: frozenset[CountCell]
    ordinary: Mapping[CountCell, int] = field(default_factory=dict, kw_only=True)
    untold: frozenset[CountCell] = field(default=frozenset(), kw_only=True)
    every: AllCounts = field(default=AllCounts(Counts({}, ()), {}, ()), kw_only=True)
    rounded_to: int = field(default=NEAREST, kw_only=True)
    first: Mapping[CountCell, int] = field(default_factory=dict, kw_only=True)
    tells_clusters: bool = field(default=True, kw_only=True)
    issue: Issue | None = field(default=None, kw_only=True)

    def count(self, group: PeopleGroup, of: str = RESPONDENTS) -> int | None:
        """How many people of a group responded, or gave an answer that counts to `of`, rounded; None where that is
        hidden."""
        cell = CountCell(of, group)
        return self.shown(self.counts.values[cell], cell)

    def shown(self, number: float, *cells: CountCell) -> int | None:
        """A number as it is shown, rounded; None where any of the cells that it stands or falls with is hidden.

        The last of these is its own. In a correction it is what the first release showed and the change since, each
        rounded: so it says nothing of the number to whoever knows the change.
        """
        if not (self.hidden.isdisjoint(cells) and self.untold.isdisjoint(cells)):
            return None
        before = self.first.get(cells[-1], 0)
        return rounded(before, self.rounded_to) + rounded(number - before, self.rounded_to)

    def of_base(self, base: int | None, number: int | None) -> int | None:
        """A number of people of a base, both as they are shown: never more; None where either is hidden."""
        return None if base is None or number is None else min(base, number)

    def is_coarse(self, base: int | None) -> bool:
        """Whether shares and means of a base, as it is shown, would be mostly rounding. Nothing but the base tells."""
        return self.rounded_to != NOT_ROUNDED and base is not None and base < LEAST_BASE

    def has_enough(self, cluster: str) -> bool | None:
        """Whether as many responded from a cluster as the threshold: all that is told of it, before and now. None
        where not even that may be told."""
        return self._by_cluster[cluster] >= self.threshold if self.tells_clusters else None

    @cached_property
    def _by_cluster(self) -> Mapping[str, int]:
        return responses_by_cluster(self.people)


def board_breakdown(people: People) -> Breakdown:
    """The groups by health board, in the order of codes."""
    return Breakdown.of(((BOARD, code) for code in people.boards), people.columns[BOARD])


def responses_by_cluster(people: People) -> Mapping[str, int]:
    """How many responded from each cluster, by its code. Not for showing: see `Protected.has_enough`."""
    numbers = np.bincount(people.columns[CLUSTER].astype(np.int64), minlength=len(people.clusters))
    return dict(zip(people.clusters, numbers.tolist(), strict=True))


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
