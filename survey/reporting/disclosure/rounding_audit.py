"""The attack on rounded numbers: which of them can be known exactly, from all that is shown?

Of each number only that it is within an interval is known. What adds up may still narrow the intervals to a single
number: four groups of 8, each shown as 10, and 30 in all. So the attack looks for another set of whole numbers that
would show the same, and names the cells of which there is none.

**Releases together.** Of a correction the change since the first release is known to be within an interval (see
`rounding`), and that nobody is fewer than none. Of an answer shown as 5 by the first release, and as none by either of
two health boards, and as none by the correction, where a profession is shown as 5 still, each release and each change
leave room for more than one number; together they leave none. So all releases are attacked at once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.reporting.disclosure.counts import Bounds, CountCell, Counts, PeopleGroup
from survey.reporting.disclosure.exchanges import RoomForExchange, exchanged
from survey.reporting.disclosure.possible_numbers import PossibleNumbers
from survey.reporting.disclosure.programs import Numbers, Ties
from survey.reporting.disclosure.rounding import NEAREST


@dataclass(frozen=True, eq=False)
class RoundedRelease:
    """What a release counted in each cell; those in which it shows nothing are `unseen`. `known` was so much before."""

    values: Mapping[CountCell, int]
    unseen: frozenset[CountCell]
    known: Mapping[CountCell, Bounds]


class RoundingAttack:
    """Whole numbers for every cell of each release, within what is shown of it, that add up: the true ones, and others.

    `counts` are those of the last release, after some `earlier` ones, oldest first. `breakdowns` are the groups of
    each: everybody is in one of each. Numbers are rounded `to` multiples.
    """

    def __init__(
        self,
        counts: Counts,
        breakdowns: Sequence[Sequence[PeopleGroup]],
        to: int = NEAREST,
        earlier: Sequence[RoundedRelease] = (),
    ) -> None:
        self._counts, self._breakdowns, self._to, self._earlier = counts, breakdowns, to, earlier
        self._cells = [*counts.values]
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        tables = [*(release.values for release in earlier), counts.values]
        self._truth = np.array([[values.get(cell, 0) for cell in self._cells] for values in tables], dtype=float)
        numbers: dict[str, int] = {}
        asked = [numbers.setdefault(cell.of.partition("=")[0], len(numbers)) for cell in self._cells]
        self._questions = np.tile(np.array(asked, dtype=np.int64), len(tables)), numbers.get("")
        self._ties, self._of_tables = self._tied()

    def told(self, unseen: frozenset[CountCell]) -> list[CountCell]:
        """The cells shown, rounded, of which the exact number can be worked out; of those `unseen`, none is.

        Where only a program can tell, the attacker is given all other questions exactly.
        """
        bounds = self._bounds(unseen)
        easily_changed = exchanged(self._counts, self._room(*bounds), self._breakdowns)
        return self._told_of(self._counts.values.keys() - easily_changed, unseen, bounds)

    def still_told(self, unseen: frozenset[CountCell], told: Iterable[CountCell]) -> list[CountCell]:
        """Those cells that are told still when more is unseen than when they were `told`, which were all.

        No other can be: any other numbers that would have shown the same then would show the same now, where no cell
        has a narrower interval than it had.
        """
        return self._told_of({*told}, unseen, self._bounds(unseen))

    def _tied(self) -> tuple[Ties, tuple[Numbers, Numbers]]:
        """What adds up in each release, and the least and the most that comes to; then the change of each cell from the
        first to each later one."""
        place, size, releases = self._place, len(self._cells), len(self._truth)
        sums = [
            [*((place[part], 1.0) for part in total.parts), (place[total.whole], -1.0)] for total in self._counts.sums
        ]
        inside = [[(place[whole], 1.0), (place[part], -1.0)] for part, whole in self._counts.within]
        tied = [
            [(place + size * number, sign) for place, sign in entries]
            for number in range(releases)
            for entries in (*sums, *inside)
        ]
        changes = [
            [(place + size * number, 1.0), (place, -1.0)] for number in range(1, releases) for place in range(size)
        ]
        most = np.tile(np.repeat((0.0, np.inf), (len(sums), len(inside))), releases)
        return Ties.of([*tied, *changes]), (np.zeros(len(tied)), most)

    def _seen(self, unseen: frozenset[CountCell]) -> list[frozenset[CountCell]]:
        """What is not seen of each release, the last of which shows all but some cells."""
        return [*(release.unseen for release in self._earlier), unseen]

    def _bounds(self, unseen: frozenset[CountCell]) -> tuple[Numbers, Numbers]:
        """The least and the most that each cell of each release can be by itself."""
        anything = self._truth.max() + 10.0 * self._to
        low, high = np.zeros(self._truth.shape), np.full(self._truth.shape, anything)
        middle = (self._truth[0] + self._to // 2) // self._to * self._to
        low[0], high[0] = np.maximum(middle - self._to // 2, 0), middle + self._to // 2
        hidden = self._places(self._seen(unseen)[0])
        low[0, hidden], high[0, hidden] = 0, anything
        for number, known in enumerate([*(release.known for release in self._earlier), self._counts.known]):
            for cell, (least, most) in known.items():
                place = self._place[cell]
                low[number, place] = max(low[number, place], least)
                high[number, place] = min(high[number, place], most)
        return low, high

    def _changes(self, unseen: frozenset[CountCell]) -> tuple[Numbers, Numbers]:
        """The least and the most that each cell can have changed by since the first release."""
        change = self._truth[1:] - self._truth[0]
        middle = (change + self._to // 2) // self._to * self._to
        least, most = middle - self._to // 2, middle + self._to // 2
        for number, cells in enumerate(self._seen(unseen)[1:]):
            hidden = self._places(cells)
            least[number, hidden], most[number, hidden] = -np.inf, np.inf
        return least.ravel(), most.ravel()

    def _room(self, low: Numbers, high: Numbers) -> RoomForExchange:
        """Which cells may be one more or one less in all releases, by themselves."""
        more, less = np.all(self._truth < high, axis=0), np.all(self._truth > low, axis=0)
        pairs = [(self._place[part], self._place[whole]) for part, whole in self._counts.within]
        parts, wholes = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        full = np.any(self._truth[:, parts] == self._truth[:, wholes], axis=0)
        more[parts[full]] = less[wholes[full]] = False
        return dict(zip(self._cells, zip(more.tolist(), less.tolist(), strict=True), strict=True))

    def _told_of(
        self, cells: Collection[CountCell], unseen: frozenset[CountCell], bounds: tuple[Numbers, Numbers]
    ) -> list[CountCell]:
        """Those of some cells that can have no other number in a release that shows them."""
        size, (least, most) = len(self._cells), self._of_tables
        low, high = self._changes(unseen)
        possible = PossibleNumbers(
            self._truth.ravel(),
            self._questions,
            (bounds[0].ravel(), bounds[1].ravel()),
            self._ties,
            (np.concatenate((least, low)), np.concatenate((most, high))),
        )
        asked = [
            self._place[cell] + size * number
            for number, hidden in enumerate(self._seen(unseen))
            for cell in cells
            if cell not in hidden
        ]
        return sorted({self._cells[place % size] for place in possible.settled(asked)})

    def _places(self, cells: Iterable[CountCell]) -> list[int]:
        return [self._place[cell] for cell in cells if cell in self._place]
