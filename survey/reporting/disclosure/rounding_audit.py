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
    left: dict[str, list[CountCell]] = defaultdict(list)
    for cell in counts.values.keys() - unseen - exchanged(counts, attack.room(), breakdowns):
        left[_question(cell)].append(cell)
    return sorted(cell for question, cells in left.items() for cell in attack.told(question, cells))


def _question(cell: CountCell) -> str:
    return cell.of.partition("=")[0]


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
        self._constraints = [(self._matrix(rows), most) for rows, most in ((sums, 0), (inside, np.inf)) if rows]

    def room(self) -> Room:
        """Which cells may be one more or one less, by themselves."""
        values = self._counts.values
        more, less = self._truth < self._most, self._truth > self._least
        for part, whole in self._counts.within:
            if values[part] == values[whole]:
                more[self._place[part]] = less[self._place[whole]] = False
        return dict(zip(self._cells, zip(more.tolist(), less.tolist(), strict=True), strict=True))

    def told(self, question: str, cells: Collection[CountCell]) -> set[CountCell]:
        """Those of some cells, of respondents or of a question, that can have no other number if all other questions
        are known."""
        is_open = np.array([not cell.of or _question(cell) == question for cell in self._cells])
        places = np.flatnonzero(is_open)
        truth, bounds = self._truth[places], Bounds(self._least[places], self._most[places])
        known, constraints = np.where(is_open, 0, self._truth), []
        for matrix, most in self._constraints:
            rows = np.flatnonzero(abs(matrix) @ is_open)
            come_to = matrix[rows] @ known
            constraints.append(LinearConstraint(matrix[rows][:, places], -come_to, most - come_to))
        left = {int(np.searchsorted(places, self._place[cell])): cell for cell in sorted(cells)}

        def solve(objective: NDArray[np.float64]) -> None:
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

    @staticmethod
    def _look_around(left: Mapping[int, CountCell], size: int, solve: Callable[[NDArray[np.float64]], None]) -> None:
        """Solutions that drive many cells apart at once, as long as they settle any."""
        random, before = np.random.default_rng(0), len(left) + 1
        while left and len(left) < before:
            before, objective = len(left), np.zeros(size)
            objective[[*left]] = random.choice((-1.0, 1.0), len(left))
            solve(objective)
            solve(-objective)

    def _matrix(self, rows: Iterable[Iterable[tuple[CountCell, float]]]) -> csr_array:
        entries = [(number, self._place[cell], sign) for number, row in enumerate(rows) for cell, sign in row]
        numbers, columns, signs = (np.array(values) for values in zip(*entries, strict=True))
        return csr_array((signs, (numbers, columns)), shape=(int(numbers.max()) + 1, len(self._cells)))
