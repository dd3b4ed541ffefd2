"""Whole numbers within bounds of which some sums are within bounds, found by a solver. Nothing of `survey` is used."""

from collections.abc import Iterable, Sequence

import numpy as np
from highspy import Highs, HighsModelStatus, HighsVarType
from numpy.typing import ArrayLike, NDArray

Row = tuple[Sequence[tuple[int, float]], float, float]
"""A sum: its unknowns, each as often as is said; the least and the most that it comes to."""


class WholeNumbers:
    """Unknowns from `low` to `high`, and sums of them. The solver keeps them from one question to the next."""

    def __init__(self, low: ArrayLike, high: ArrayLike, rows: Iterable[Row]) -> None:
        self._low, self._high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        self._places = np.arange(len(self._low), dtype=np.int32)
        self._solver = Highs()  # type: ignore[no-untyped-call]
        self._solver.silent()
        self._solver.setOptionValue("threads", 1)
        self._solver.addVars(len(self._low), self._low, self._high)
        whole = np.full(len(self._low), HighsVarType.kInteger.value, dtype=np.uint8)
        self._solver.changeColsIntegrality(len(self._low), self._places, whole)
        for entries, least, most in rows:
            places, times = np.array([*zip(*entries, strict=True)])
            self._solver.addRow(least, most, len(places), places.astype(np.int32), times.astype(float))

    def least(self, objective: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Those of which the objective comes to the least; None where there are none."""
        self._solver.changeColsCost(len(self._places), self._places, objective)
        return self._solved()

    def within(self, place: int, low: float, high: float) -> NDArray[np.float64] | None:
        """Any, of which one is within these bounds; None where there are none."""
        self._solver.changeColsCost(len(self._places), self._places, np.zeros(len(self._places)))
        self._solver.changeColBounds(place, low, high)
        found = self._solved()
        self._solver.changeColBounds(place, self._low[place], self._high[place])
        return found

    def _solved(self) -> NDArray[np.float64] | None:
        """Where there are none that need not be whole, there are none; else whole ones are looked for."""
        for relaxed in (True, False):
            self._solver.setOptionValue("solve_relaxation", relaxed)
            self._solver.run()
            status = self._solver.getModelStatus()
            if status == HighsModelStatus.kInfeasible:
                return None
            assert status == HighsModelStatus.kOptimal, self._solver.modelStatusToString(status)
            found = np.array(self._solver.getSolution().col_value)
            if np.all(np.abs(found - np.rint(found)) < 1e-6):
                break
        return np.rint(found)
