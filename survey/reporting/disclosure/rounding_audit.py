"""The attack on rounded numbers: which of them can be known exactly, from all that is shown?

Of each number only that it is within an interval is known. What adds up may still narrow the intervals to a single
number: four groups of 8, each shown as 10, and 30 in all. So the attack looks for another set of whole numbers that
would show the same, and names the cells of which there is none.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup
from survey.reporting.disclosure.exchanges import Room, exchanged
from survey.reporting.disclosure.rounding import NEAREST

_Numbers = NDArray[np.float64]


class RoundingAttack:
    """Whole numbers for every cell, within what is shown of it, that add up: the true ones, and others.

    `breakdowns` are the groups of each: everybody is in one of each. Numbers are rounded `to` multiples.
    """

    def __init__(self, counts: Counts, breakdowns: Sequence[Sequence[PeopleGroup]], to: int = NEAREST) -> None:
        self._counts, self._breakdowns, self._to = counts, breakdowns, to
        self._cells = [*counts.values]
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        self._truth = np.array([*counts.values.values()], dtype=float)
        numbers: dict[str, int] = {}
        self._asked = {
            of: numbers.setdefault(of.partition("=")[0], len(numbers))
            for of in dict.fromkeys(cell.of for cell in self._cells)
        }
        self._question = np.array([self._asked[cell.of] for cell in self._cells])
        sums = [[*((part, 1.0) for part in total.parts), (total.whole, -1.0)] for total in counts.sums]
        inside = [[(whole, 1.0), (part, -1.0)] for part, whole in counts.within]
        self._constraints = [(self._matrix(rows), above) for rows, above in ((sums, 0.0), (inside, np.inf)) if rows]

    def told(self, unseen: frozenset[CountCell]) -> list[CountCell]:
        """The cells shown, rounded, of which the exact number can be worked out; of those `unseen`, none is.

        Where only a program can tell, the attacker is given all other questions exactly.
        """
        self._show_all_but(unseen)
        easily_changed = exchanged(self._counts, self._room(), self._breakdowns)
        return self._told_of(self._counts.values.keys() - unseen - easily_changed)

    def still_told(self, unseen: frozenset[CountCell], told: Iterable[CountCell]) -> list[CountCell]:
        """Those cells that are told still when more is unseen than when they were `told`, which were all.

        No other can be: any other numbers that would have shown the same then would show the same now, where no cell
        has a narrower interval than it had.
        """
        self._show_all_but(unseen)
        return self._told_of({*told} - unseen)

    def _show_all_but(self, unseen: frozenset[CountCell]) -> None:
        """Settle the least and the most that each cell can be by itself."""
        middle = (self._truth + self._to // 2) // self._to * self._to
        self._least, self._most = np.maximum(middle - self._to // 2, 0), middle + self._to // 2
        hidden = [self._place[cell] for cell in unseen if cell in self._place]
        self._least[hidden], self._most[hidden] = 0, self._truth.max() + 10.0 * self._to
        for cell, (least, most) in self._counts.known.items():
            place = self._place[cell]
            self._least[place] = max(self._least[place], least)
            self._most[place] = min(self._most[place], most)

    def _room(self) -> Room:
        """Which cells may be one more or one less, by themselves."""
        values = self._counts.values
        more, less = self._truth < self._most, self._truth > self._least
        for part, whole in self._counts.within:
            if values[part] == values[whole]:
                more[self._place[part]] = less[self._place[whole]] = False
        return dict(zip(self._cells, zip(more.tolist(), less.tolist(), strict=True), strict=True))

    def _told_of(self, cells: Iterable[CountCell]) -> list[CountCell]:
        """Those of some cells that can have no other number, where of other questions than their own all are known."""
        by_question: dict[int, list[CountCell]] = defaultdict(list)
        for cell in cells:
            by_question[self._asked[cell.of]].append(cell)
        return sorted(cell for question, those in by_question.items() for cell in self._told(question, those))

    def _told(self, question: int, cells: Collection[CountCell]) -> set[CountCell]:
        is_open = (self._question == question) | (self._question == self._asked.get("", question))
        places = np.flatnonzero(is_open)
        truth, bounds = self._truth[places], Bounds(self._least[places], self._most[places])
        constraints = [self._left_open(matrix, above, places, bounds) for matrix, above in self._constraints]
        left = {int(np.searchsorted(places, self._place[cell])): cell for cell in sorted(cells)}

        def solve(objective: _Numbers) -> None:
            whole = np.ones(len(places), dtype=np.int64)
            solution = milp(objective, constraints=constraints, bounds=bounds, integrality=whole)
            # A program that does not even find the true numbers has failed, and has shown nothing: the cell is hidden.
            if solution.x is not None:
                for place in np.flatnonzero(np.abs(solution.x - truth) > 0.5).tolist():
                    left.pop(place, None)

        self._look_around(left, len(places), solve)
        for place in sorted(left):
            for direction in (1, -1):
                if place in left:
                    objective = np.zeros(len(places))
                    objective[place] = direction
                    solve(objective)
        return set(left.values())

    def _left_open(self, matrix: csc_array, above: float, places: NDArray[np.intp], bounds: Bounds) -> LinearConstraint:
        """What a matrix says of the cells at some places when all others are known: at least what it comes to without
        what it leaves room for, and so much `above` that at most. Of one cell it says the bounds."""
        opened = matrix[:, places].tocsr()
        least = opened @ self._truth[places] - matrix @ self._truth
        number = np.diff(opened.indptr)
        alone = np.flatnonzero(number == 1)
        cells, signs = opened.indices[opened.indptr[alone]], opened.data[opened.indptr[alone]]
        ends = signs * least[alone]
        np.maximum.at(bounds.lb, cells, np.where((signs > 0) | (above == 0), ends, -np.inf))
        np.minimum.at(bounds.ub, cells, np.where((signs < 0) | (above == 0), ends, np.inf))
        several = np.flatnonzero(number > 1)
        return LinearConstraint(opened[several], least[several], least[several] + above)

    @staticmethod
    def _look_around(left: Mapping[int, CountCell], size: int, solve: Callable[[_Numbers], None]) -> None:
        """Solutions that drive many cells apart at once, as long as they settle any."""
        random, before = np.random.default_rng(0), len(left) + 1
        while left and len(left) < before:
            before, objective = len(left), np.zeros(size)
            objective[[*left]] = random.choice((-1.0, 1.0), len(left))
            solve(objective)
            solve(-objective)

    def _matrix(self, rows: Iterable[Iterable[tuple[CountCell, float]]]) -> csc_array:
        entries = [(number, self._place[cell], sign) for number, row in enumerate(rows) for cell, sign in row]
        numbers, columns, signs = (np.array(values) for values in zip(*entries, strict=True))
        return csc_array((signs, (numbers, columns)), shape=(int(numbers.max()) + 1, len(self._cells)))
