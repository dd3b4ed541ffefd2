"""Somebody who has every number that the figures of a sequence of releases are worked out from, and looks for one that
can only be one thing. Nothing of `survey` is used: what adds up to what, any reader of the questionnaire knows.

No share and no mean says more than the numbers that it is worked out from, so nobody who has only the files can do
more. Where numbers are rounded, they know how; and of every cell by how many it has changed since the first release,
which nobody has who does not know each of those people. Integer programming over all cells at once looks for other
numbers that would have been shown as these were.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from tests.reporting.releases.puzzle import BEYOND, Puzzle

Group = tuple[str, ...]
Cell = tuple[str, Group]
Row = Sequence[tuple[Cell, int]]
Changes = Mapping[Cell, int]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a release: exact in every cell, and as shown in those that are."""

    exact: Mapping[Cell, int]
    shown: Mapping[Cell, int]


class Rounding(Protocol):
    """How a correction rounds."""

    def shows(self, number: int, before: int, change: int) -> int:
        """What it shows, when so many were in the first release, and shown, and so many have come since."""

    def knows(self, before: int, shown: int) -> tuple[int, int, int]:
        """How often the first number counts beside the present one; the least and the most they then come to."""


class FromTheFirst:
    """What the first release showed, and the change, rounded."""

    def shows(self, number: int, before: int, change: int) -> int:
        return before + nearest(change)

    def knows(self, before: int, shown: int) -> tuple[int, int, int]:
        return -1, shown - before - 2, shown - before + 2


class ByItself:
    """As if nothing had been released before."""

    def shows(self, number: int, before: int, change: int) -> int:
        return nearest(number + change)

    def knows(self, before: int, shown: int) -> tuple[int, int, int]:
        return 0, shown - 2, shown + 2


def nearest(number: int) -> int:
    """The multiple of five that is nearest."""
    return 5 * round(number / 5)


class JointAttack:
    """The releases of a round, first to last, attacked together. `several` are the questions with several answers.

    Attacked are the cells that the first release shows; those that it hides are attacked where numbers are exact, of
    which whoever has rounded ones knows less.
    """

    def __init__(self, releases: Sequence[Numbers], several: Collection[str], rounding: Rounding) -> None:
        self._first, self._corrections, self._rounding = releases[0], releases[1:], rounding
        self.cells = sorted({cell for release in releases for cell in release.exact})
        self.attacked = sorted(self._first.shown)
        self._ties = [*tied(self.cells, several)]
        self._changes = [
            {cell: release.exact.get(cell, 0) - self._first.exact.get(cell, 0) for cell in self.cells}
            for release in self._corrections
        ]

    def told(self) -> set[Cell]:
        """The cells of which a number can only be what it is: for whoever knows no change; or for whoever knows all, if
        the corrections tell it.

        What the first release tells somebody who knows all changes, no correction can take back: of a group shown as
        none, which has two at most, two have gone. But then nobody else must be able to tell it.
        """
        found = self._pinned(*self._knowing_all_changes(self._corrections), self.attacked)
        known = self._pinned(*self._knowing_all_changes(()), sorted(found))
        return (found - known) | self._told_to_strangers(sorted(found))

    def _knowing_all_changes(self, corrections: Sequence[Numbers]) -> tuple[Puzzle, dict[Cell, int]]:
        puzzle = Puzzle()
        places = self._add_first(puzzle)
        for change in self._changes:
            for cell in self.cells:
                puzzle.narrow(places[cell], -change[cell], BEYOND)
            for row, is_exact in self._ties:
                if not is_exact:
                    least = -sum(change[cell] * times for cell, times in row)
                    puzzle.tie([(places[cell], times) for cell, times in row], least, BEYOND)
        for release, change in zip(corrections, self._changes, strict=False):
            for cell, shown in release.shown.items():
                if cell in self._first.shown:
                    before, place = self._first.shown[cell], places[cell]
                    possible = [
                        number
                        for number in range(max(before - 2, 0), before + 3)
                        if self._rounding.shows(number, before, change[cell]) == shown
                    ]
                    assert possible, f"{cell} is shown as {shown} after {before} and a change of {change[cell]}"
                    puzzle.narrow(place, possible[0], possible[-1])
        return puzzle, places

    def _told_to_strangers(self, cells: Sequence[Cell]) -> set[Cell]:
        puzzle, found = Puzzle(), set[Cell]()
        first = self._add_first(puzzle)
        tables = [first]
        for release in self._corrections:
            places = self._add_table(puzzle, release)
            tables.append(places)
            for cell, shown in release.shown.items():
                times, least, most = self._rounding.knows(self._first.shown.get(cell, 0), shown)
                puzzle.tie([(places[cell], 1), (first[cell], times)], least, most)
        for places in tables:
            found |= self._pinned(puzzle, places, cells)
        return found

    def _add_first(self, puzzle: Puzzle) -> dict[Cell, int]:
        places = self._add_table(puzzle, self._first)
        for cell, shown in self._first.shown.items():
            puzzle.narrow(places[cell], shown - 2, shown + 2)
        return places

    def _add_table(self, puzzle: Puzzle, release: Numbers) -> dict[Cell, int]:
        places = {cell: puzzle.add_unknown(release.exact.get(cell, 0)) for cell in self.cells}
        for row, is_exact in self._ties:
            puzzle.tie([(places[cell], times) for cell, times in row], 0, 0 if is_exact else BEYOND)
        return places

    def _pinned(self, puzzle: Puzzle, places: Mapping[Cell, int], cells: Sequence[Cell]) -> set[Cell]:
        pinned = puzzle.pinned([places[cell] for cell in cells]) if cells else set()
        return {cell for cell in cells if places[cell] in pinned}


def tied(cells: Collection[Cell], several: Collection[str]) -> Iterator[tuple[Row, bool]]:
    """What comes to nothing, or (False) to nothing or more, in every table of a questionnaire."""
    parts: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
    answers: dict[Cell, dict[str, Cell]] = defaultdict(dict)
    for of, group in cells:
        if len(group) == 2:
            parts[(of, ()), group[0]].append((of, group))
        if len(group) == 4:
            for mine, other in ((group[:2], group[2]), (group[2:], group[0])):
                parts[(of, mine), other].append((of, group))
        question, _, answer = of.partition("=")
        if answer:
            answers[question, group][answer] = (of, group)
            yield [((question, group), 1), ((of, group), -1)], False
        elif of:
            yield [(("", group), 1), ((of, group), -1)], False
    for (whole, _), together in parts.items():
        yield _difference(together, [whole]), True
    for base, given in answers.items():
        yield from _of_answers(base, given, several)


def _of_answers(base: Cell, given: Mapping[str, Cell], several: Collection[str]) -> Iterator[tuple[Row, bool]]:
    if "importance" in {answer.partition(".")[0] for answer in given}:
        for scale in ("importance.", "confidence."):
            yield _difference([cell for answer, cell in given.items() if answer.startswith(scale)], [base]), True
    elif any(answer.startswith("ranked.") for answer in given):
        at: dict[str, dict[str, Cell]] = defaultdict(dict)
        for answer, cell in given.items():
            place, _, option = answer.partition(".")
            at[place][option] = cell
        ranked, places = at.pop("ranked"), [at[place] for place in sorted(at)]
        yield _difference([*places[0].values()], [base]), True
        for option, cell in ranked.items():
            yield _difference([place[option] for place in places], [cell]), True
        for earlier, later in pairwise(places):
            yield _difference([*earlier.values()], [*later.values()]), False
    else:
        is_several = base[0].endswith(":ranked") or base[0].split(".")[-1] in several
        yield _difference([*given.values()], [base]), not is_several


def _difference(some: Sequence[Cell], others: Sequence[Cell]) -> Row:
    return [*((cell, 1) for cell in some), *((cell, -1) for cell in others)]
