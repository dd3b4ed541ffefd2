"""Linear programs: unknowns within bounds, and sums of them within bounds.

Each is built once and asked again and again, so that every answer starts from the one before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from highspy import Highs, HighsModelStatus, HighsVarType, MatrixFormat, ObjSense
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Entries = Sequence[tuple[int, float]]
"""The unknowns of one sum: the place of each, and how often it counts."""

_SETTINGS = {"output_flag": False, "threads": 1}
_WHOLE = 1e-6


@dataclass(frozen=True, eq=False)
class Ties:
    """Sums of unknowns, in order: which of them, which unknown and how often, for each entry; and how many they are."""

    rows: Places
    places: Places
    signs: Numbers
    number: int

    @classmethod
    def of(cls, sums: Iterable[Entries]) -> "Ties":
        """From the entries of each sum."""
        ties = [(row, place, sign) for row, entries in enumerate(sums) for place, sign in entries]
        rows, places, signs = (np.array(values) for values in (zip(*ties, strict=True) if ties else ((), (), ())))
        number = int(rows[-1]) + 1 if ties else 0
        return cls(rows.astype(np.int64), places.astype(np.int64), signs.astype(np.float64), number)

    def of_numbers(self, numbers: Numbers) -> Numbers:
        """What each sum comes to."""
        totals: Numbers = np.bincount(self.rows, self.signs * numbers[self.places], self.number).astype(np.float64)
        return totals

    def among(self, is_open: NDArray[np.bool_]) -> "Ties":
        """The same sums of some of the unknowns only, which are numbered anew."""
        kept, anew = is_open[self.places], np.cumsum(is_open) - 1
        return Ties(self.rows[kept], anew[self.places[kept]], self.signs[kept], self.number)

    def only(self, wanted: NDArray[np.bool_]) -> "Ties":
        """Some of the sums, numbered anew."""
        kept, anew = wanted[self.rows], np.cumsum(wanted) - 1
        return Ties(anew[self.rows[kept]], self.places[kept], self.signs[kept], int(wanted.sum()))

    @property
    def sizes(self) -> Places:
        """How many unknowns each sum has."""
        return np.bincount(self.rows, minlength=self.number)


class LinearProgram:
    """Unknowns from `low` to `high` of which some sums are from `least` to `most`."""

    def __init__(self, low: Numbers, high: Numbers, ties: Ties, least: Numbers, most: Numbers) -> None:
        self._low, self._high = low, high
        self._all = np.arange(len(low), dtype=np.int32)
        self._solver = Highs()  # type: ignore[no-untyped-call]
        for name, value in _SETTINGS.items():
            self._solver.setOptionValue(name, value)
        starts = np.concatenate(([0], np.cumsum(ties.sizes)[:-1])).astype(np.int32)
        self._solver.passModel(
            len(low),
            ties.number,
            len(ties.signs),
            MatrixFormat.kRowwise.value,
            ObjSense.kMinimize.value,
            0.0,
            np.zeros(len(low)),
            low,
            high,
            least,
            most,
            starts,
            ties.places.astype(np.int32),
            ties.signs,
            np.full(len(low), HighsVarType.kInteger.value, dtype=np.int32),
        )

    def least_of(self, objective: Numbers) -> Numbers | None:
        """Numbers of which the objective comes to the least; None where the solver finds none."""
        self._solver.changeColsCost(len(objective), self._all, objective)
        return self._solved(relaxed=True)

    def whole_least_of(self, objective: Numbers) -> Numbers | None:
        """Whole numbers of which it comes to the least; None where the solver finds none."""
        self._solver.changeColsCost(len(objective), self._all, objective)
        return self._whole()

    def whole_within(self, place: int, low: float, high: float) -> Numbers | None:
        """Any whole numbers, of which one unknown is within narrower bounds; None where the solver finds none."""
        self._solver.changeColsCost(len(self._all), self._all, np.zeros(len(self._all)))
        self._solver.changeColBounds(place, max(low, self._low[place]), min(high, self._high[place]))
        numbers = self._whole()
        self._solver.changeColBounds(place, self._low[place], self._high[place])
        return numbers

    @property
    def outcome(self) -> str:
        """What the solver says of the last that was asked."""
        return self._solver.modelStatusToString(self._solver.getModelStatus())

    def _whole(self) -> Numbers | None:
        """Numbers that need not be whole are found soon, and mostly are; where there are none, no whole ones are."""
        relaxed = self._solved(relaxed=True)
        numbers = relaxed if relaxed is None or _are_whole(relaxed) else self._solved(relaxed=False)
        return None if numbers is None else np.rint(numbers)

    def _solved(self, *, relaxed: bool) -> Numbers | None:
        self._solver.setOptionValue("solve_relaxation", relaxed)
        self._solver.run()
        if self._solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)


def _are_whole(numbers: Numbers) -> bool:
    return bool(np.all(np.abs(numbers - np.rint(numbers)) < _WHOLE))
