"""Whole numbers of which something is known, and which of them can only be what they are."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from tests.reporting.whole_numbers import Row, WholeNumbers

BEYOND, PATIENCE = 10_000, 3
"""More than any number is; how often many are driven apart at once for nothing, before one is looked at alone."""


class Puzzle:
    """Unknowns, each of which is a whole number from nothing to `BEYOND`, and what is known of them."""

    def __init__(self) -> None:
        self._truth: list[int] = []
        self._low: list[int] = []
        self._high: list[int] = []
        self._rows: list[Row] = []

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
        possible = WholeNumbers(self._low, self._high, self._rows)
        truth, random = np.array(self._truth), np.random.default_rng(1)
        left = {place for place in places if self._low[place] < self._high[place]}
        always = set(places) - left

        def settle(found: NDArray[np.float64] | None) -> None:
            if found is not None:
                left.difference_update(np.flatnonzero(found != truth).tolist())

        fruitless = 0
        while left and fruitless < PATIENCE:
            before, weights = len(left), np.zeros(len(truth))
            weights[sorted(left)] = random.choice((-1.0, 1.0), len(left)) * random.uniform(0.5, 1, len(left))
            settle(possible.least(weights))
            fruitless = 0 if len(left) < before else fruitless + 1
        for place in sorted(left):
            number = self._truth[place]
            for above, below in ((self._low[place], number - 1), (number + 1, self._high[place])):
                if place in left and above <= below:
                    settle(possible.within(place, above, below))
        return always | left
