"""Counts of people that belong together: every one that a release holds, and all that ties them to one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import NamedTuple

PeopleGroup = tuple[str, ...]
"""Who is counted, as pairs of a breakdown and a code: () is everybody, ("board", "W1"), ("profession", "gp")."""

TableKey = tuple[str, tuple[str, ...]]
"""What is counted, and the breakdowns that it is counted by; none for everybody."""

Bounds = tuple[float, float]
"""Two numbers of people; infinity where there is none."""


KNOWN_NOTHING: Bounds = (0.0, inf)
ANYTHING: Bounds = (inf, 0.0)


class CountCell(NamedTuple):
    """One count: the people of a group who gave an answer that counts to `of`; nothing stands for all respondents."""

    of: str
    group: PeopleGroup


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts add up to the whole, and any reader knows it."""

    whole: CountCell
    parts: tuple[CountCell, ...]

    @property
    def cells(self) -> tuple[CountCell, ...]:
        """The parts, then the whole."""
        return (*self.parts, self.whole)


@dataclass(frozen=True, eq=False)
class Counts:
    """A set of linked tables.

    `within` are pairs of a part and a whole that is never smaller: those who answered a question are among all
    respondents of their group. `loose` are cells that this alone narrows down, however much is hidden: of those
    an attacker may learn a range, never the figure. `known` holds for some cells the least and the most that everybody
    knows them to be before anything is released. `keep_possible` holds for some cells, shown or hidden, two numbers:
    that they are at most the first, and that they are at least the second, must both stay possible. `may_be_none`
    are cells of which it may be known that nobody is in them; of those with any people it may not.
    """

    values: Mapping[CountCell, int]
    sums: tuple[Sum, ...]
    within: tuple[tuple[CountCell, CountCell], ...] = ()
    loose: frozenset[CountCell] = frozenset()
    known: Mapping[CountCell, Bounds] = field(default_factory=dict)
    keep_possible: Mapping[CountCell, Bounds] = field(default_factory=dict)
    may_be_none: frozenset[CountCell] = frozenset()

    @cached_property
    def sums_of(self) -> dict[CountCell, list[Sum]]:
        """The sums that each cell stands in."""
        by_cell: dict[CountCell, list[Sum]] = {cell: [] for cell in self.values}
        for total in self.sums:
            for cell in total.cells:
                by_cell[cell].append(total)
        return by_cell

    def total(self, cells: Iterable[CountCell]) -> int:
        """What some cells add up to."""
        return sum(self.values[cell] for cell in cells)

    def is_small(self, cell: CountCell, number: int, threshold: int) -> bool:
        """Whether so many people, of a cell or of several that stand in for it, are too few to be known of."""
        return number < threshold and not (number == 0 and cell in self.may_be_none)

    def tells_too_much(self, cell: CountCell) -> bool:
        """Whether the figure of a cell, shown, would rule out what must stay possible."""
        low, high = self.keep_possible.get(cell, ANYTHING)
        return not high <= self.values[cell] <= low

    def most_known(self, cell: CountCell) -> float:
        """What a cell is at most, by what is known of it and of the totals that it stands in."""
        wholes = (total.whole for total in self.sums_of[cell] if total.whole != cell)
        return min(self.known.get(bounded, KNOWN_NOTHING)[1] for bounded in (cell, *wholes))
