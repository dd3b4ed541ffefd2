"""Counts of people with what must not be shown taken out, whichever questionnaire they answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.reporting.disclosure.counts import Cell, Counts, Group, Sum
from survey.reporting.people import People

EVERYBODY: Group = ()
BOARD, CLUSTER = "board", "cluster"
RESPONDENTS = ""


@dataclass(frozen=True, eq=False)
class Protected:
    """What may be shown of a round of people. `threshold` is the smallest number of people that is shown."""

    people: People
    threshold: int
    counts: Counts
    hidden: frozenset[Cell]

    def count(self, group: Group, of: str = RESPONDENTS) -> int | None:
        """How many people of a group responded, or gave an answer that counts to `of`; None where that is hidden."""
        cell = Cell(of, group)
        return None if cell in self.hidden else self.counts.values[cell]


def board_groups(people: People) -> list[Group]:
    """The groups by health board, in the order of codes."""
    return [(BOARD, code) for code in people.boards]


def places_of(people: People, column: str) -> NDArray[np.int64]:
    """For each person the place of the cluster or health board."""
    return people.frame[column].to_numpy(dtype=np.int64)


def one_way(of: str, *breakdowns: Sequence[Group]) -> list[Sum]:
    """Each breakdown adds up to everybody."""
    return [Sum(Cell(of, EVERYBODY), tuple(Cell(of, group) for group in groups)) for groups in breakdowns]


def respondents_by_cluster(people: People) -> tuple[dict[Cell, int], list[Sum]]:
    """Respondents by cluster, and that the clusters of a health board add up to it."""
    found = np.bincount(places_of(people, "cluster"), minlength=len(people.clusters))
    values = {Cell(RESPONDENTS, (CLUSTER, code)): int(n) for code, n in zip(people.clusters, found, strict=True)}
    sums = [
        Sum(
            Cell(RESPONDENTS, (BOARD, board)),
            tuple(Cell(RESPONDENTS, (CLUSTER, cluster.code)) for cluster in people.frozen.clusters.of_board(board)),
        )
        for board in people.boards
    ]
    return values, sums
