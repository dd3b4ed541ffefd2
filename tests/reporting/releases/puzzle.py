"""Whole numbers of which something is known, and which of them can only be what they are."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

BEYOND, PATIENCE = 10_000, 3
"""More than any number is; how often many are driven apart at once for nothing, before one is looked at alone."""
SOLVED, IMPOSSIBLE = 0, 2


class Puzzle:
    """Unknowns, each of which is a whole number from nothing to `BEYOND`, and what is known of them."""

    def __init__(self) -> None:
        self._truth: list[int] = []
        self._low: list[int] = []
        self._high: list[int] = []
        self._rows: list[tuple[Sequence[tuple[int, int]], int, int]] = []

    def add_unknown(self, truth: int) -> int:
        """Another unknown, by its place. Its number serves to see that nothing false is known."""
        self._truth.append(truth)
        self._low.append(0)
        self._high.append(BEYOND)
        return len(self._truth) - 1

    def narrow(self, place: int, low: int, high: int) -> None:
        """Known: it is within these bounds."""
        self._low[place], self._high[place] = max(self._low[place], low), min(self._high[place], high)
        assert self._low[place] <= self._truth[place] <= self._high[place], "what is known is not true"

    def tie(self, row: Sequence[tuple[int, int]], least: int, most: int) -> None:
        """Known: some unknowns, each as often as is said, come to what is within these bounds."""
        assert least <= sum(self._truth[place] * times for place, times in row) <= most, "what is known is not true"
        self._rows.append((row, least, most))

    def pinned(self, places: Collection[int]) -> set[int]:
        """Which of some unknowns can only have the number they have."""
        entries = [(number, place, times) for number, (row, *_) in enumerate(self._rows) for place, times in row]
        numbers, columns, signs = (np.array(values) for values in zip(*entries, strict=True))
        matrix = csr_array((signs.astype(float), (numbers, columns)), shape=(len(self._rows), len(self._truth)))
        tied = LinearConstraint(matrix, [row[1] for row in self._rows], [row[2] for row in self._rows])
        low, high = np.array(self._low, dtype=float), np.array(self._high, dtype=float)
        whole = np.ones(len(self._truth), dtype=np.int64)
        truth, random = np.array(self._truth), np.random.default_rng(1)
        left = {place for place in places if self._low[place] < self._high[place]}
        always = set(places) - left

        def settle(objective: NDArray[np.float64], bounds: Bounds) -> None:
            found = milp(objective, constraints=tied, bounds=bounds, integrality=whole, options={"mip_rel_gap": 0.5})
            if found.x is not None:
                left.difference_update(np.flatnonzero(np.abs(found.x - truth) > 0.5).tolist())
            assert found.status in (SOLVED, IMPOSSIBLE), found.message

        fruitless = 0
        while left and fruitless < PATIENCE:
            before, weights = len(left), np.zeros(len(truth))
            weights[sorted(left)] = random.choice((-1.0, 1.0), len(left)) * random.uniform(0.5, 1, len(left))
            settle(weights, Bounds(low, high))
            fruitless = 0 if len(left) < before else fruitless + 1
        for place in sorted(left):
            for above, below in ((low[place], truth[place] - 1), (truth[place] + 1, high[place])):
                if place in left and above <= below:
                    narrow_low, narrow_high = low.copy(), high.copy()
                    narrow_low[place], narrow_high[place] = above, below
                    settle(np.zeros(len(truth)), Bounds(narrow_low, narrow_high))
        return always | left
