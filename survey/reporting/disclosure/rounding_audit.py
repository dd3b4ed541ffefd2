"""The attack on rounded numbers: which of them can be known exactly, from all that is shown?

Of each number only that it is within an interval is known. What adds up may still narrow the intervals to a single
number: four groups of 8, each shown as 10, and 30 in all. So the attack looks for another set of whole numbers that
would show the same, and names the cells of which there is none.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup
from survey.reporting.disclosure.exchanges import Room, exchanged
from survey.reporting.disclosure.programs import Numbers, Program, Ties
from survey.reporting.disclosure.rounding import NEAREST


class RoundingAttack:
    """Whole numbers for every cell, within what is shown of it, that add up: the true ones, and others.

    `breakdowns` are the groups of each: everybody is in one of each. Numbers are rounded `to` multiples.
    """

    def __init__(self, counts: Counts, breakdowns: Sequence[Sequence[PeopleGroup]], to: int = NEAREST) -> None:
        self._counts, self._breakdowns, self._to = counts, breakdowns, to
        self._cells = [*counts.values]
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        self._truth = np.array([*counts.values.values()], dtype=float)
        numbers: dict[str, int] = {}
        self._asked = {
            of: numbers.setdefault(of.partition("=")[0], len(numbers))
            for of in dict.fromkeys(cell.of for cell in self._cells)
        }
        self._question = np.array([self._asked[cell.of] for cell in self._cells])
        place = self._place
        sums = [[*((place[part], 1.0) for part in total.parts), (place[total.whole], -1.0)] for total in counts.sums]
        inside = [[(place[whole], 1.0), (place[part], -1.0)] for part, whole in counts.within]
        self._ties = Ties.of([*sums, *inside])
        self._above = np.where(np.arange(self._ties.number) < len(sums), 0, np.inf)

    def told(self, unseen: frozenset[CountCell]) -> list[CountCell]:
        """The cells shown, rounded, of which the exact number can be worked out; of those `unseen`, none is.

        Where only a program can tell, the attacker is given all other questions exactly.
        """
        self._show_all_but(unseen)
        easily_changed = exchanged(self._counts, self._room(), self._breakdowns)
        return self._told_of(self._counts.values.keys() - unseen - easily_changed)

    def still_told(self, unseen: frozenset[CountCell], told: Iterable[CountCell]) -> list[CountCell]:
        """Those cells that are told still when more is unseen than when they were `told`, which were all.

        No other can be: any other numbers that would have shown the same then would show the same now, where no cell
        has a narrower interval than it had.
        """
        self._show_all_but(unseen)
        return self._told_of({*told} - unseen)

    def _show_all_but(self, unseen: frozenset[CountCell]) -> None:
        """Settle the least and the most that each cell can be by itself."""
        middle = (self._truth + self._to // 2) // self._to * self._to
        self._least, self._most = np.maximum(middle - self._to // 2, 0), middle + self._to // 2
        hidden = [self._place[cell] for cell in unseen if cell in self._place]
        self._least[hidden], self._most[hidden] = 0, self._truth.max() + 10.0 * self._to
        for cell, (least, most) in self._counts.known.items():
            place = self._place[cell]
            self._least[place] = max(self._least[place], least)
            self._most[place] = min(self._most[place], most)

    def _room(self) -> Room:
        """Which cells may be one more or one less, by themselves."""
        values = self._counts.values
        more, less = self._truth < self._most, self._truth > self._least
        for part, whole in self._counts.within:
            if values[part] == values[whole]:
                more[self._place[part]] = less[self._place[whole]] = False
        return dict(zip(self._cells, zip(more.tolist(), less.tolist(), strict=True), strict=True))

    def _told_of(self, cells: Iterable[CountCell]) -> list[CountCell]:
        """Those of some cells that can have no other number, where of other questions than their own all are known."""
        by_question: dict[int, list[CountCell]] = defaultdict(list)
        for cell in cells:
            by_question[self._asked[cell.of]].append(cell)
        return sorted(cell for question, those in by_question.items() for cell in self._told(question, those))

    def _told(self, question: int, cells: Collection[CountCell]) -> set[CountCell]:
        is_open = (self._question == question) | (self._question == self._asked.get("", question))
        truth, program = self._truth[is_open], self._left_open(is_open)
        anew = np.cumsum(is_open) - 1
        left = {int(anew[self._place[cell]]): cell for cell in sorted(cells)}

        def look_at(found: Numbers | None) -> None:
            # A program that finds nothing has shown nothing: the cell is hidden.
            if found is not None:
                for place in np.flatnonzero(found != truth).tolist():
                    left.pop(place, None)

        self._look_around(left, len(truth), lambda objective: look_at(program.whole_least_of(objective)))
        for place in sorted(left):
            for low, high in ((truth[place] + 1, np.inf), (0, truth[place] - 1)):
                if place in left:
                    look_at(program.whole_within(place, low, high))
        return set(left.values())

    def _left_open(self, is_open: NDArray[np.bool_]) -> Program:
        """What all that is known says of some cells when all others are known: at least what each sum comes to without
        what it leaves room for, and so much `above` that at most. Of one cell it says the bounds."""
        opened = self._ties.among(is_open)
        low, high = self._least[is_open], self._most[is_open]
        least = opened.of_numbers(self._truth[is_open]) - self._ties.of_numbers(self._truth)
        most, is_exact = least + self._above, self._above == 0
        alone = (opened.sizes == 1)[opened.rows]
        rows, cells, signs = opened.rows[alone], opened.places[alone], opened.signs[alone]
        ends = signs * least[rows]
        np.maximum.at(low, cells, np.where((signs > 0) | is_exact[rows], ends, -np.inf))
        np.minimum.at(high, cells, np.where((signs < 0) | is_exact[rows], ends, np.inf))
        several = opened.sizes > 1
        return Program(low, high, opened.only(several), least[several], most[several])

    @staticmethod
    def _look_around(left: Mapping[int, CountCell], size: int, solve: Callable[[Numbers], None]) -> None:
        """Solutions that drive many cells apart at once, as long as they settle any."""
        random, before = np.random.default_rng(0), len(left) + 1
        while left and len(left) < before:
            before, objective = len(left), np.zeros(size)
            objective[[*left]] = random.choice((-1.0, 1.0), len(left))
            solve(objective)
            solve(-objective)
