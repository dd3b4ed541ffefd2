"""Somebody who has the exact numbers of the first of a sequence of releases, as many as are given out, and the rounded
ones of the others; and knows who is in which, as far as figures show.

They know of every cell that the last exact release shows how many people of each pattern are in it (who are in these
releases and not in those), and how many there are in all. Of a release after those they know of each cell shown what
it can be at the least and at the most. Integer programming looks for a small number that can only be one thing: of a
group that a release hides, or of those of a pattern in such a group.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from tests.reporting.releases.joint_attack import Cell, tied
from tests.reporting.releases.puzzle import BEYOND, Puzzle

Pattern = tuple[bool, ...]
EVERYBODY: Cell = ("", ())


class PatternAttack:
    """`cells` are all that are protected, `shown` those that each release shows, `people` the cells that each person is
    counted in, by pattern; `bounds` what each cell shown can be, of the releases whose exact numbers nobody has, which
    come last. `asked` has the small numbers that are looked for, by what they are of."""

    def __init__(
        self,
        cells: Collection[Cell],
        shown: Sequence[Collection[Cell]],
        people: Mapping[Pattern, Sequence[Collection[Cell]]],
        several: Collection[str],
        threshold: int,
        bounds: Sequence[Mapping[Cell, tuple[int, int]]] = (),
    ) -> None:
        self._puzzle, self._threshold = Puzzle(), threshold
        exact = len(shown) - len(bounds)
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
        for places in self._places.values():
            for row, is_exact in ties:
                self._puzzle.tie([(places[cell], times) for cell, times in row], 0, 0 if is_exact else BEYOND)
        alike: dict[Pattern, list[Pattern]] = defaultdict(list)
        for pattern in self._places:
            alike[pattern[:exact]].append(pattern)
        for pattern, patterns in alike.items():
            if any(pattern) and not all(pattern):
                self._look_at_pattern(pattern, patterns, shown[exact - 1])
        for number, of_release in enumerate(shown[:exact]):
            self._look_at_release(number, dict.fromkeys(of_release))
        for number, of_release in enumerate(bounds, exact):
            self._look_at_release(number, of_release)

    def told(self) -> set[tuple[str, Cell]]:
        """The small numbers that can only be what they are."""
        pinned = self._puzzle.pinned([*self.asked]) if self.asked else set()
        return {self.asked[place] for place in pinned}

    def _look_at_pattern(self, pattern: Pattern, patterns: Sequence[Pattern], shown: Collection[Cell]) -> None:
        """What is known, and asked, of the people of some patterns, which are one as far as exact numbers tell."""
        for cell in self._cells:
            whole, number = self._together(cell, patterns)
            if cell == EVERYBODY or cell in shown:
                self._puzzle.narrow(whole, number, number)
            elif 0 < number < self._threshold:
                self.asked[whole] = ("".join("01"[is_in] for is_in in pattern), cell)

    def _look_at_release(self, number: int, shown: Mapping[Cell, tuple[int, int] | None]) -> None:
        """The cells that a release shows, with what each can be if it is not shown exactly."""
        inside = [pattern for pattern in self._places if pattern[number]]
        for cell in self._cells:
            whole, total = self._together(cell, inside)
            if cell in shown:
                self._puzzle.narrow(whole, *(shown[cell] or (total, total)))
            elif 0 < total < self._threshold:
                self.asked[whole] = (f"release {number + 1}", cell)

    def _together(self, cell: Cell, patterns: Sequence[Pattern]) -> tuple[int, int]:
        """The place of the number of the people of some patterns in a cell, and that number."""
        places = [self._places[pattern][cell] for pattern in patterns]
        total = sum(self._counted[pattern][cell] for pattern in patterns)
        if len(places) == 1:
            return places[0], total
        whole = self._puzzle.add_unknown(total)
        self._puzzle.tie([*((place, 1) for place in places), (whole, -1)], 0, 0)
        return whole, total
