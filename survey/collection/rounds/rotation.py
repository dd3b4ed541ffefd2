"""Which outcomes each health board might reflect on next, by what was assigned in earlier years."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from survey.collection.rounds.assignments import Assignments
from survey.collection.rounds.round import Round


def last_assigned(earlier: Sequence[Round]) -> dict[str, dict[str, str]]:
    """By health board and outcome, the reporting year in which it was assigned last."""
    years: dict[str, dict[str, str]] = {}
    for round_ in sorted(earlier, key=lambda round_: round_.reporting_year):
        for board, outcomes in round_.assignments.items():
            years.setdefault(board, {}).update(dict.fromkeys(outcomes, round_.reporting_year))
    return years


def suggested(
    outcomes: Sequence[str], boards: Sequence[str], earlier: Sequence[Round], others: Assignments
) -> Assignments:
    """For each health board as many outcomes as it had last: none that it had just then, as far as there are others;
    first those that no other would have, so that all are asked about; then those that it never had, then those that it
    had longest ago, and of these the ones that fewest others would have. `others` are the health boards that are not
    asked about, with what they keep. The order of `boards` makes no difference.

    A board that had none gets as many as it takes for every outcome to be asked about once.
    """
    years, counted = last_assigned(earlier), Counter(outcome for kept in others.values() for outcome in kept)
    chosen: dict[str, list[str]] = {board: [] for board in sorted(boards)}
    each = -(-len(outcomes) // max(1, len(chosen) + len(others)))
    newest = max(earlier, key=lambda round_: round_.reporting_year, default=None)
    wanted = {board: len(newest.assigned(board)) if newest and newest.assigned(board) else each for board in chosen}
    # One at a time for every board in turn: otherwise the last would be left with what nobody else had.
    for turn in range(max(wanted.values(), default=0)):
        for board in chosen:
            left = [outcome for outcome in outcomes if outcome not in chosen[board]]
            if turn < wanted[board] and left:
                best = min(left, key=partial(_rank, years.get(board, {}), counted))
                chosen[board].append(best)
                counted[best] += 1
    order = {outcome: place for place, outcome in enumerate(outcomes)}
    return {board: tuple(sorted(taken, key=order.__getitem__)) for board, taken in chosen.items()}


def _rank(had: Mapping[str, str], counted: Counter[str], outcome: str) -> tuple[bool, bool, str, int]:
    """What comes first for a health board that `had` outcomes in these years, where so many have each now."""
    last = had.get(outcome, "")
    return last == max(had.values(), default=None), counted[outcome] > 0, last, counted[outcome]


def out_of_balance(outcomes: Sequence[str], assignments: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """The outcomes that no health board has, and those that have two more boards than the fewest that any has."""
    counted = Counter(outcome for taken in assignments.values() for outcome in taken)
    fewest = min((counted[outcome] for outcome in outcomes if counted[outcome]), default=0)
    nobody = [outcome for outcome in outcomes if not counted[outcome]]
    return nobody, [outcome for outcome in outcomes if counted[outcome] >= fewest + 2 and counted[outcome]]
