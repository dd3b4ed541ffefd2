"""Counts of people that belong together: every one that a release holds, and all that ties them to one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Group = tuple[str, ...]
"""Who is counted, as pairs of a breakdown and a code: () is everybody, ("board", "W1"), ("profession", "gp")."""


class Cell(NamedTuple):
    """One count: the people of a group who gave an answer that counts to `of`; nothing stands for all respondents."""

    of: str
    group: Group


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts add up to the whole, and any reader knows it."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The parts, then the whole."""
        return (*self.parts, self.whole)


@dataclass(frozen=True, eq=False)
class Counts:
    """A set of linked tables.

    `within` are pairs of a part and a whole that is never smaller: those who answered a question are among all
    respondents of their group. `loose` are cells that this alone narrows down, however much is hidden: of those
    an attacker may learn a range, never the figure.
    """

    values: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    within: tuple[tuple[Cell, Cell], ...] = ()
    loose: frozenset[Cell] = frozenset()

    @cached_property
    def sums_of(self) -> dict[Cell, list[Sum]]:
        """The sums that each cell stands in."""
        found: dict[Cell, list[Sum]] = {cell: [] for cell in self.values}
        for one in self.sums:
            for cell in one.cells:
                found[cell].append(one)
        return found

    def total(self, cells: Iterable[Cell]) -> int:
        """What some cells add up to."""
        return sum(self.values[cell] for cell in cells)
