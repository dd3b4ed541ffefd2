"""The attack on rounded numbers: which of them can be known exactly, from all that is shown?

Of each number only that it is within an interval is known. What adds up may still narrow the intervals to a single
number: four groups of 8, each shown as 10, and 30 in all. So the attack looks for another set of whole numbers that
would show the same, and names the cells of which there is none.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from survey.reporting.disclosure.counts import KNOWN_NOTHING, CountCell, Counts, PeopleGroup
from survey.reporting.disclosure.exchanges import Room, exchanged
from survey.reporting.disclosure.rounding import NEAREST, rounded


def told_exactly(
    counts: Counts, unseen: frozenset[CountCell], breakdowns: Sequence[Sequence[PeopleGroup]], to: int = NEAREST
) -> list[CountCell]:
    """The cells shown, rounded, of which the exact number can be worked out; of those `unseen`, none is.

    Where only a program can tell, the attacker is given all other questions exactly.
    """
    attack = _Attack(counts, unseen, to)
    left = counts.values.keys() - unseen - exchanged(counts, attack.room(), breakdowns)
    return sorted(cell for cell in left if not attack.has_another_number(cell))


class _Attack:
    """Whole numbers for every cell, within what is shown of it, that add up: the true ones, and others."""

    def __init__(self, counts: Counts, unseen: frozenset[CountCell], to: int) -> None:
        self._counts = counts
        self._cells = [*counts.values]
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        self._truth = np.array([*counts.values.values()], dtype=float)
        middle = np.array([rounded(number, to) for number in counts.values.values()], dtype=float)
        is_shown = np.array([cell not in unseen for cell in self._cells])
        known = np.array([counts.known.get(cell, KNOWN_NOTHING) for cell in self._cells])
        beyond = self._truth.max() + 10.0 * to
        self._least = np.maximum(known[:, 0], np.where(is_shown, middle - to // 2, 0))
        self._most = np.minimum(np.minimum(known[:, 1], beyond), np.where(is_shown, middle + to // 2, beyond))
        sums = [[*((part, 1.0) for part in total.parts), (total.whole, -1.0)] for total in counts.sums]
        inside = [[(whole, 1.0), (part, -1.0)] for part, whole in counts.within]
        self._constraints = [
            LinearConstraint(self._matrix(rows), 0, most) for rows, most in ((sums, 0), (inside, np.inf)) if rows
        ]

    def room(self) -> Room:
        """Which cells may be one more or one less, by themselves."""
        values = self._counts.values
        more, less = self._truth < self._most, self._truth > self._least
        for part, whole in self._counts.within:
            if values[part] == values[whole]:
                more[self._place[part]] = less[self._place[whole]] = False
        return dict(zip(self._cells, zip(more.tolist(), less.tolist(), strict=True), strict=True))

    def has_another_number(self, cell: CountCell) -> bool:
        """Whether a cell may have another number than it has, by two programs, if all other questions are known."""
        question = cell.of.partition("=")[0]
        is_open = np.array([not one.of or one.of.partition("=")[0] == question for one in self._cells])
        bounds = Bounds(np.where(is_open, self._least, self._truth), np.where(is_open, self._most, self._truth))
        place = self._place[cell]
        for direction in (1, -1):
            objective = np.zeros(len(self._cells))
            objective[place] = direction
            whole = np.ones(len(self._cells), dtype=np.int64)
            solution = milp(objective, constraints=self._constraints, bounds=bounds, integrality=whole)
            # A program that does not even find the true numbers has failed, and has shown nothing: the cell is hidden.
            if solution.x is not None and abs(solution.x[place] - self._truth[place]) > 0.5:
                return True
        return False

    def _matrix(self, rows: Iterable[Iterable[tuple[CountCell, float]]]) -> csr_array:
        entries = [(number, self._place[cell], sign) for number, row in enumerate(rows) for cell, sign in row]
        numbers, columns, signs = (np.array(values) for values in zip(*entries, strict=True))
        return csr_array((signs, (numbers, columns)), shape=(int(numbers.max()) + 1, len(self._cells)))
