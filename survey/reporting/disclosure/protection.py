"""Counts of people with what must not be shown taken out, whichever questionnaire they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from survey.reporting.disclosure.counts import ANYTHING, Bounds, CountCell, Counts, PeopleGroup, Sum
from survey.reporting.records.people import People

EVERYBODY: PeopleGroup = ()
BOARD = "board"
RESPONDENTS = ""


class Known(NamedTuple):
    """What everybody knew of the health boards’ totals, and what these must leave possible: see `Counts`."""

    known: dict[CountCell, Bounds]
    keep_possible: dict[CountCell, Bounds]


@dataclass(frozen=True, eq=False)
class Protected:
    """What may be shown of a round of people. `threshold` is the smallest number of people that is shown."""

    people: People
    threshold: int
    counts: Counts
    hidden: frozenset[CountCell]

    def count(self, group: PeopleGroup, of: str = RESPONDENTS) -> int | None:
        """How many people of a group responded, or gave an answer that counts to `of`; None where that is hidden."""
        cell = CountCell(of, group)
        return None if cell in self.hidden else self.counts.values[cell]

    def has_enough(self, cluster: str) -> bool:
        """Whether as many responded from a cluster as the threshold: all that is told of it, before and now."""
        return self._by_cluster[cluster] >= self.threshold

    @cached_property
    def _by_cluster(self) -> dict[str, int]:
        return responses_by_cluster(self.people)


def board_groups(people: People) -> list[PeopleGroup]:
    """The groups by health board, in the order of codes."""
    return [(BOARD, code) for code in people.boards]


def places_of(people: People, column: str) -> NDArray[np.int64]:
    """For each person the place of the cluster or health board."""
    return people.frame[column].to_numpy(dtype=np.int64)


def one_way(of: str, *breakdowns: Sequence[PeopleGroup]) -> list[Sum]:
    """Each breakdown adds up to everybody."""
    return [Sum(CountCell(of, EVERYBODY), tuple(CountCell(of, group) for group in groups)) for groups in breakdowns]


def responses_by_cluster(people: People) -> dict[str, int]:
    """How many responded from each cluster, by its code. Not for showing: see `Protected.has_enough`."""
    found = np.bincount(places_of(people, "cluster"), minlength=len(people.clusters))
    return dict(zip(people.clusters, map(int, found), strict=True))


def known_of_clusters(people: People, threshold: int) -> Known:
    """What follows for each health board from which of its clusters have enough, as everybody could see."""
    responses = responses_by_cluster(people)
    known: dict[CountCell, Bounds] = {}
    keep: dict[CountCell, Bounds] = {}
    for board in people.boards:
        enough = [responses[one.code] >= threshold for one in people.snapshot.clusters.of_board(board)]
        known[CountCell(RESPONDENTS, (BOARD, board))] = board_known(enough, threshold)
        keep[CountCell(RESPONDENTS, (BOARD, board))] = board_must_stay_possible(enough, threshold)
    return Known(known, keep)


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
