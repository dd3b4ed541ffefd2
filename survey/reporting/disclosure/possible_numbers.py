"""Whole numbers that could stand behind what is shown: within bounds, and adding up as everybody knows they do.

A number that can only be one is *settled*: whoever has what is shown knows it. Of each place the question is given that
it belongs to. Where only a program can tell, the attacker is given the numbers of all other questions than its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from survey.reporting.disclosure.programs import LinearProgram, Numbers, Places, Ties


class PossibleNumbers:
    """The true numbers, a place each, and others: each within its `bounds`, some sums of them within those `of_ties`.

    `questions` are numbers of questions, by place, and the one that is never given.
    """

    def __init__(
        self,
        truth: Numbers,
        questions: tuple[Places, int | None],
        bounds: tuple[Numbers, Numbers],
        ties: Ties,
        of_ties: tuple[Numbers, Numbers],
    ) -> None:
        self._truth, self._ties = truth, ties
        self._questions, self._of_all = questions
        self._low, self._high = bounds
        self._least, self._most = of_ties

    def settled(self, places: Iterable[int]) -> set[int]:
        """Those of some places that can have no other number."""
        by_question: dict[int, list[int]] = defaultdict(list)
        for place in places:
            by_question[int(self._questions[place])].append(place)
        return {place for question, asked in by_question.items() for place in self._settled(question, sorted(asked))}

    def _settled(self, question: int, asked: Collection[int]) -> set[int]:
        is_open = (self._questions == question) | (self._questions == self._of_all)
        truth, program = self._truth[is_open], self._left_open(is_open)
        anew = np.cumsum(is_open) - 1
        left = {int(anew[place]): place for place in asked}

        def look_at(solution: Numbers | None) -> None:
            # A program that finds nothing has shown nothing: the place is settled.
            if solution is not None:
                for place in np.flatnonzero(solution != truth).tolist():
                    left.pop(place, None)

        _look_around(left, len(truth), lambda objective: look_at(program.whole_least_of(objective)))
        for place in sorted(left):
            for least, most in ((truth[place] + 1, np.inf), (0, truth[place] - 1)):
                if place in left:
                    look_at(program.whole_within(place, least, most))
        return set(left.values())

    def _left_open(self, is_open: NDArray[np.bool_]) -> LinearProgram:
        """What all that is known says of some places when all others are known. Of one place it says the bounds."""
        opened = self._ties.among(is_open)
        given = self._ties.of_numbers(self._truth) - opened.of_numbers(self._truth[is_open])
        least, most = self._least - given, self._most - given
        low, high = self._low[is_open], self._high[is_open]
        alone = (opened.sizes == 1)[opened.rows]
        rows, places, signs = opened.rows[alone], opened.places[alone], opened.signs[alone]
        np.maximum.at(low, places, np.where(signs > 0, least[rows], -most[rows]))
        np.minimum.at(high, places, np.where(signs > 0, most[rows], -least[rows]))
        several = opened.sizes > 1
        return LinearProgram(low, high, opened.only(several), least[several], most[several])


def _look_around(left: Collection[int], size: int, solve: Callable[[Numbers], None]) -> None:
    """Solutions that drive many places apart at once, as long as they settle any."""
    random, before = np.random.default_rng(0), len(left) + 1
    while left and len(left) < before:
        before, objective = len(left), np.zeros(size)
        objective[[*left]] = random.choice((-1.0, 1.0), len(left))
        solve(objective)
        solve(-objective)
