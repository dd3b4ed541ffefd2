"""Somebody who has the exact numbers of a sequence of releases, and knows who is in which, as far as figures show.

They know of every cell that the last release shows how many people of each pattern are in it (who are in these releases
and not in those), and how many there are in all. Integer programming looks for a small number that can only be one
thing: of a group that a release hides, or of those of a pattern in such a group.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from tests.reporting.releases.joint_attack import Cell, tied
from tests.reporting.releases.puzzle import BEYOND, Puzzle

Pattern = tuple[bool, ...]
EVERYBODY: Cell = ("", ())


class PatternAttack:
    """`cells` are all that are protected, `shown` those that each release shows, `people` the cells that each person is
    counted in, by pattern. `asked` has the small numbers that are looked for, by what they are of."""

    def __init__(
        self,
        cells: Collection[Cell],
        shown: Sequence[Collection[Cell]],
        people: Mapping[Pattern, Sequence[Collection[Cell]]],
        several: Collection[str],
        threshold: int,
    ) -> None:
        self._puzzle, self._threshold = Puzzle(), threshold
        self.asked: dict[int, tuple[str, Cell]] = {}
        # Those who did not give an answer are no unknowns: they are the others of those who answered.
        self._cells = sorted(cell for cell in cells if not cell[0].endswith("!"))
        self._counted = {
            pattern: Counter(cell for one in of_pattern for cell in one) for pattern, of_pattern in people.items()
        }
        self._places = {
            pattern: {cell: self._puzzle.add_unknown(numbers[cell]) for cell in self._cells}
            for pattern, numbers in self._counted.items()
        }
        ties = [*tied(self._cells, several)]
        for pattern, places in self._places.items():
            for row, is_exact in ties:
                self._puzzle.tie([(places[cell], times) for cell, times in row], 0, 0 if is_exact else BEYOND)
            if not all(pattern):
                self._look_at_pattern(pattern, shown[-1])
        for number, of_release in enumerate(shown):
            self._look_at_release(number, of_release)

    def told(self) -> set[tuple[str, Cell]]:
        """The small numbers that can only be what they are."""
        pinned = self._puzzle.pinned([*self.asked]) if self.asked else set()
        return {self.asked[place] for place in pinned}

    def _look_at_pattern(self, pattern: Pattern, shown: Collection[Cell]) -> None:
        for cell, place in self._places[pattern].items():
            number = self._counted[pattern][cell]
            if cell == EVERYBODY or cell in shown:
                self._puzzle.narrow(place, number, number)
            elif 0 < number < self._threshold:
                self.asked[place] = ("".join("01"[is_in] for is_in in pattern), cell)

    def _look_at_release(self, number: int, shown: Collection[Cell]) -> None:
        inside = [pattern for pattern in self._places if pattern[number]]
        for cell in self._cells:
            total = sum(self._counted[pattern][cell] for pattern in inside)
            row = [(self._places[pattern][cell], 1) for pattern in inside]
            if cell in shown:
                self._puzzle.tie(row, total, total)
            elif 0 < total < self._threshold:
                whole = self._puzzle.add_unknown(total)
                self._puzzle.tie([*row, (whole, -1)], 0, 0)
                self.asked[whole] = (f"release {number + 1}", cell)
