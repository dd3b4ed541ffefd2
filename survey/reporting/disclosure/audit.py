"""The attack on a release: how closely can anybody work out what is hidden, from all that is shown?

The attacker knows every figure shown, every sum, that no count is negative and that nobody is counted within a
group without being in it. Linear programming gives the least and the most that each hidden count can then be. The
range must be as wide as the threshold, so that nothing below the threshold can be told from nothing at all; or as wide
as it was before the release, where everybody knew more. What must stay possible of a cell must be within its range.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from survey.reporting.disclosure.counts import KNOWN_NOTHING, CountCell, Counts
from survey.reporting.disclosure.programs import Entries, LinearProgram, Numbers, Ties

LOOSE_WIDTH = 1
PATIENCE = 6
_ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most a hidden count can be, for somebody who knows what is shown."""

    low: float
    high: float

    def spans(self, wanted: float) -> bool:
        """Whether they are at least so far apart."""
        return self.high - self.low >= wanted - _ROUNDING

    def leaves_possible(self, low: float, high: float) -> bool:
        """Whether it may be at most the first and at least the second."""
        return self.low <= low + _ROUNDING and self.high >= high - _ROUNDING


class Recoverable(Exception):
    """A release that must not be written. `cells` are the hidden counts that can be worked out too closely."""

    def __init__(self, cells: tuple[CountCell, ...]) -> None:
        super().__init__(", ".join(f"{cell.of or 'respondents'} {'/'.join(cell.group)}" for cell in cells))
        self.cells = cells


def audit(counts: Counts, hidden: frozenset[CountCell], threshold: int) -> None:
    """Attack what would be shown. Raises Recoverable when any group below the threshold is shown or can be had."""
    cells = given_away(counts, hidden, threshold)
    if cells:
        raise Recoverable(cells)


def given_away(counts: Counts, hidden: frozenset[CountCell], threshold: int) -> tuple[CountCell, ...]:
    """The cells that are shown and must not be, or are hidden and can be had. Nothing may be written with any."""
    cells = (*plainly_given_away(counts, hidden, threshold), *too_narrow(counts, hidden, threshold))
    return tuple(dict.fromkeys(cells))


def plainly_given_away(counts: Counts, hidden: frozenset[CountCell], threshold: int) -> tuple[CountCell, ...]:
    """Those of them that are found by looking and subtracting, without a program."""
    shown = [
        cell
        for cell, value in counts.values.items()
        if cell not in hidden and (counts.is_small(cell, value, threshold) or counts.tells_too_much(cell))
    ]
    return (*shown, *pooled_too_small(counts, hidden, threshold))


def pooled_too_small(counts: Counts, hidden: frozenset[CountCell], threshold: int) -> Iterator[CountCell]:
    """Hidden cells that are, together, what is left of a total shown, and come to fewer than the threshold."""
    for total in counts.sums:
        parts = [cell for cell in total.parts if cell in hidden]
        if parts and total.whole not in hidden and counts.is_small(total.whole, counts.total(parts), threshold):
            yield from parts


def too_narrow(counts: Counts, hidden: frozenset[CountCell], threshold: int) -> list[CountCell]:
    """Hidden cells whose range is not as wide as the threshold, or for loose ones as one. Of nothing shown, none."""
    if len(hidden) == len(counts.values):
        return []
    wanted = {cell: _wanted(cell, counts, threshold) for cell in hidden}
    attack = _Attack(counts, hidden, threshold)
    attack.look_around(wanted)
    settled = attack.settled(wanted)
    narrow = {cell for cell in attack.cells if cell not in settled and not attack.exact(cell).spans(wanted[cell])}
    narrow.update(
        cell
        for cell, needed in counts.keep_possible.items()
        if cell in hidden and not attack.exact(cell).leaves_possible(*needed)
    )
    return sorted(narrow)


def ranges(
    counts: Counts, hidden: frozenset[CountCell], threshold: int, cells: Iterable[CountCell]
) -> dict[CountCell, Range]:
    """The exact range of some of the hidden cells."""
    attack = _Attack(counts, hidden, threshold)
    return {cell: attack.exact(cell) for cell in cells}


def _wanted(cell: CountCell, counts: Counts, threshold: int) -> float:
    """How wide the range of a hidden cell must be. One that everybody knew to be large only hides others."""
    if cell in counts.may_be_none and not counts.is_small(cell, counts.values[cell], threshold):
        return 0
    least, _ = counts.known.get(cell, KNOWN_NOTHING)
    if cell in counts.loose or least >= threshold:
        return LOOSE_WIDTH
    return min(threshold, counts.most_known(cell) - least)


class _Attack:
    """The linear program of a release: one unknown for each hidden cell."""

    def __init__(self, counts: Counts, hidden: frozenset[CountCell], threshold: int) -> None:
        self.cells = sorted(hidden)
        self._place = {cell: place for place, cell in enumerate(self.cells)}
        self._truth = np.array([counts.values[cell] for cell in self.cells], dtype=float)
        self._low, self._high = self._truth.copy(), self._truth.copy()
        # Where no total is shown, nothing bounds a count from above; this bound is beyond every one.
        most = np.full(len(self.cells), max(counts.values.values(), default=0) + 10.0 * threshold)
        least = np.array([counts.known.get(cell, KNOWN_NOTHING)[0] for cell in self.cells])
        most = np.minimum(most, [counts.known.get(cell, KNOWN_NOTHING)[1] for cell in self.cells])
        inside: list[Entries] = []
        for part, whole in counts.within:
            if part in hidden and whole in hidden:
                inside.append([(self._place[whole], 1.0), (self._place[part], -1.0)])
            elif part in hidden:
                most[self._place[part]] = min(most[self._place[part]], counts.values[whole])
        self._shift_within_sums(counts, hidden, most)
        sums = list(self._sums(counts))
        ties = Ties.of([*sums, *inside])
        left = ties.of_numbers(self._truth)
        is_sum = np.arange(ties.number) < len(sums)
        self._program = LinearProgram(least, most, ties, np.where(is_sum, left, 0), np.where(is_sum, left, np.inf))

    def settled(self, wanted: Mapping[CountCell, float]) -> set[CountCell]:
        """The cells whose range is known to be wide enough by the solutions found so far."""
        return {cell for cell in self.cells if self._seen(cell).spans(wanted[cell])}

    def look_around(self, wanted: Mapping[CountCell, float]) -> None:
        """Solutions that drive many cells apart at once; they settle nearly all that can be settled."""
        random = np.random.default_rng(0)
        fruitless, settled = 0, self.settled(wanted)
        while len(settled) < len(self.cells) and fruitless < PATIENCE:
            weight = np.array([0.01 if cell in settled else 1.0 for cell in self.cells])
            self._solve((1.0 if fruitless % 2 else -1.0) * weight * random.uniform(0.5, 1.0, len(self.cells)))
            before, settled = len(settled), self.settled(wanted)
            fruitless = 0 if len(settled) > before else fruitless + 1

    def exact(self, cell: CountCell) -> Range:
        """The range of one cell, by two programs."""
        for direction in (1.0, -1.0):
            objective = np.zeros(len(self.cells))
            objective[self._place[cell]] = direction
            self._solve(objective)
        return self._seen(cell)

    def _shift_within_sums(self, counts: Counts, hidden: frozenset[CountCell], most: Numbers) -> None:
        """Solutions that need no program: people moved between hidden parts of one sum, all else as it is.

        It may be done where no hidden part stands in another sum, has anything counted within it, or is known of.
        """
        holders = {whole for _, whole in counts.within}
        room = dict(zip(self.cells, most.tolist(), strict=True))
        for part, whole in counts.within:
            if part in hidden:
                room[part] = min(room[part], counts.values[whole])
        for total in counts.sums:
            parts = [cell for cell in total.parts if cell in hidden]
            if any(len(counts.sums_of[cell]) > 1 or cell in holders or cell in counts.known for cell in parts):
                continue
            free = sum(room[cell] - counts.values[cell] for cell in parts)
            for cell in parts:
                value, place = counts.values[cell], self._place[cell]
                self._high[place] = min(room[cell], counts.total(parts))
                self._low[place] = max(0.0, value - (free - (room[cell] - value)))

    def _seen(self, cell: CountCell) -> Range:
        place = self._place[cell]
        return Range(float(self._low[place]), float(self._high[place]))

    def _solve(self, objective: Numbers) -> None:
        numbers = self._program.least_of(objective)
        if numbers is None:
            raise RuntimeError(f"the audit cannot be carried out: {self._program.outcome}")
        self._low = np.minimum(self._low, numbers)
        self._high = np.maximum(self._high, numbers)

    def _sums(self, counts: Counts) -> Iterator[Entries]:
        """Each sum that has something hidden: its hidden parts less its hidden whole are what the rest leaves."""
        for total in counts.sums:
            signed = [*((part, 1.0) for part in total.parts), (total.whole, -1.0)]
            row = [(self._place[cell], sign) for cell, sign in signed if cell in self._place]
            if row:
                yield row
