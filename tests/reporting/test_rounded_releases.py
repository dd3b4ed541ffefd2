"""What several releases of rounded numbers tell together, held against somebody else who solves the same puzzle."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from survey.reporting.disclosure.counts import Bounds, CountCell, Counts, Sum
from survey.reporting.disclosure.rounding_audit import RoundedRelease, RoundingAttack
from tests.reporting.releases.joint_attack import nearest
from tests.reporting.releases.puzzle import BEYOND, Puzzle

GROUPS = ((), ("board", "a"), ("board", "b"), ("board", "c"))
BREAKDOWN = [GROUPS[1:]]
RESPONDENTS, QUESTIONS = "", ("q", "r")
SUMS = tuple(
    Sum(CountCell(of, ()), tuple(CountCell(of, group) for group in GROUPS[1:])) for of in (RESPONDENTS, *QUESTIONS)
)
WITHIN = tuple((CountCell(of, group), CountCell(RESPONDENTS, group)) for of in QUESTIONS for group in GROUPS)
SEEDS = (0, 2, 3, 4, 5, 17, 19, 27, 36, 39)


@dataclass(frozen=True)
class Made:
    """A release as it might be: what it counts, what it does not show, and what was known before."""

    values: Mapping[CountCell, int]
    unseen: frozenset[CountCell]
    known: Mapping[CountCell, Bounds]


def releases(seed: int) -> list[Made]:
    """One, two or three, of a few people each."""
    random = np.random.default_rng(seed)
    unseen: frozenset[CountCell] = frozenset()
    made = []
    for _ in range(random.integers(1, 4)):
        values: dict[CountCell, int] = {}
        people = random.integers(0, 9, len(GROUPS) - 1)
        for of in (RESPONDENTS, *QUESTIONS):
            numbers = people if of == RESPONDENTS else np.minimum(people, random.integers(0, 9, len(people)))
            values |= dict(zip((CountCell(of, group) for group in GROUPS[1:]), numbers.tolist(), strict=True))
            values[CountCell(of, ())] = int(numbers.sum())
        unseen |= {cell for cell in values if random.random() < 0.15}
        known = {
            cell: (max(0.0, number - 2.0), number + 1.0) for cell, number in values.items() if random.random() < 0.1
        }
        made.append(Made(values, unseen, known))
    return made


def pinned(made: Sequence[Made], asked: str) -> set[CountCell]:
    """What can be one number only, of those who are asked for, when the numbers of other questions are given away."""
    puzzle, first = Puzzle(), made[0]
    place = {
        (number, cell): puzzle.add_unknown(release.values[cell])
        for number, release in enumerate(made)
        for cell in release.values
    }
    for (number, cell), unknown in place.items():
        truth, release = made[number].values[cell], made[number]
        if cell.of not in (RESPONDENTS, asked):
            puzzle.narrow(unknown, truth, truth)
        elif cell not in release.unseen and not number:
            puzzle.narrow(unknown, max(0, nearest(truth) - 2), nearest(truth) + 2)
        elif cell not in release.unseen:
            change = nearest(truth - first.values[cell])
            puzzle.tie([(unknown, 1), (place[0, cell], -1)], change - 2, change + 2)
        if cell in release.known:
            least, most = release.known[cell]
            puzzle.narrow(unknown, int(least), int(most))
    for number in range(len(made)):
        for total in SUMS:
            parts = [(place[number, part], 1) for part in total.parts]
            puzzle.tie([*parts, (place[number, total.whole], -1)], 0, 0)
        for part, whole in WITHIN:
            puzzle.tie([(place[number, whole], 1), (place[number, part], -1)], 0, BEYOND)
    attacked = {
        unknown: cell
        for (number, cell), unknown in place.items()
        if cell.of == asked and cell not in made[number].unseen
    }
    return {attacked[unknown] for unknown in puzzle.pinned(attacked)}


def told(made: Sequence[Made], left_out: Collection[CountCell] = ()) -> list[CountCell]:
    *before, last = made
    counts = Counts(last.values, SUMS, WITHIN, known=last.known)
    earlier = [
        RoundedRelease(
            {cell: number for cell, number in release.values.items() if number}, release.unseen, release.known
        )
        for release in before
    ]
    return RoundingAttack(counts, BREAKDOWN, earlier=earlier).told(last.unseen.union(left_out))


@pytest.mark.parametrize("seed", SEEDS)
def test_of_whatever_releases_exactly_what_another_solver_pins_is_told(seed: int) -> None:
    made = releases(seed)
    assert told(made) == sorted(cell for of in (RESPONDENTS, *QUESTIONS) for cell in pinned(made, of))
