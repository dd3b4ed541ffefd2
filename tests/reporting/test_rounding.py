"""Rounded numbers, and which of them can be known exactly: held against every table there is, where there are few."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.reporting.disclosure.counts import CountCell, Counts, Sum
from survey.reporting.disclosure.rounding import NOT_ROUNDED, rounded
from survey.reporting.disclosure.rounding_audit import RoundedRelease, RoundingAttack

WALES = CountCell("", ())
BOARDS = [CountCell("", ("board", name)) for name in "abcd"]
BREAKDOWN = [[cell.group for cell in BOARDS]]


def table(*numbers: int) -> Counts:
    cells = BOARDS[: len(numbers)]
    return Counts({WALES: sum(numbers), **dict(zip(cells, numbers, strict=True))}, (Sum(WALES, tuple(cells)),))


def told(counts: Counts, hidden: frozenset[CountCell] = frozenset()) -> list[CountCell]:
    groups = [[cell.group for cell in counts.values if cell != WALES]]
    return RoundingAttack(counts, groups).told(hidden)


@given(st.integers(0, 10_000))
def test_a_number_is_rounded_to_the_nearest_multiple(number: int) -> None:
    assert rounded(number, 5) % 5 == 0
    assert abs(rounded(number, 5) - number) <= 2
    assert rounded(number, NOT_ROUNDED) == number


def test_what_adds_up_can_give_every_number_away() -> None:
    """Four of 8 are each shown as 10, so at least 8; and 32 as 30, so at most 32."""
    assert told(table(8, 8, 8, 8)) == [WALES, *BOARDS]


def test_one_that_is_hidden_leaves_the_others_open() -> None:
    assert told(table(8, 8, 8, 8), frozenset(BOARDS[:2])) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.data())
def test_exactly_those_are_told_that_are_alike_in_every_table_shown_so(numbers: list[int], data: st.DataObject) -> None:
    counts = table(*numbers)
    hidden = frozenset(data.draw(st.sets(st.sampled_from([*counts.values]), max_size=len(numbers))))
    cells = [cell for cell in counts.values if cell != WALES]
    shown = {cell: number for cell, number in counts.values.items() if cell not in hidden}
    possible: dict[CountCell, set[int]] = {cell: set() for cell in counts.values}
    for tried in product(range(14), repeat=len(numbers)):
        found = dict(zip(cells, tried, strict=True)) | {WALES: sum(tried)}
        if all(round(found[cell] / 5) == round(number / 5) for cell, number in shown.items()):
            for cell, number in found.items():
                possible[cell].add(number)
    assert told(counts, hidden) == sorted(
        cell for cell in counts.values if cell not in hidden and len(possible[cell]) == 1
    )


@pytest.mark.parametrize(("answered", "is_told"), [((8, 8), True), ((7, 8), False)])
def test_answers_are_told_by_those_who_answered(answered: tuple[int, int], is_told: bool) -> None:
    """Of 8, four answers of 2 each are shown as none of 10: each is at most 2 and they are at least 8 together."""
    base = [CountCell("q", cell.group) for cell in (WALES, *BOARDS[:2])]
    numbers = [[2, 2, 2, answered[0] - 6], [2, 2, 2, answered[1] - 6]]
    values = {WALES: 100, BOARDS[0]: 50, BOARDS[1]: 50, base[0]: sum(answered)}
    values |= dict(zip(base[1:], answered, strict=True))
    sums = [Sum(WALES, tuple(BOARDS[:2])), Sum(base[0], tuple(base[1:]))]
    for place, code in enumerate("wxyz"):
        cells = [CountCell(f"q={code}", cell.group) for cell in base]
        values |= {cells[1]: numbers[0][place], cells[2]: numbers[1][place]}
        values[cells[0]] = values[cells[1]] + values[cells[2]]
        sums.append(Sum(cells[0], (cells[1], cells[2])))
    sums += [Sum(cell, tuple(CountCell(f"q={code}", cell.group) for code in "wxyz")) for cell in base]
    found = RoundingAttack(Counts(values, tuple(sums)), [[cell.group for cell in BOARDS[:2]]]).told(frozenset())
    assert (CountCell("q=w", BOARDS[0].group) in found) == is_told


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.data())
def test_of_what_was_told_the_same_is_told_still_as_when_everything_is_asked(
    numbers: list[int], data: st.DataObject
) -> None:
    counts = table(*numbers)
    hidden = frozenset(data.draw(st.sets(st.sampled_from([*counts.values]))))
    more = hidden | data.draw(st.sets(st.sampled_from([*counts.values])))
    attack = RoundingAttack(counts, [[cell.group for cell in counts.values if cell != WALES]])
    assert attack.still_told(more, attack.told(hidden)) == attack.told(more)


def together(first: Counts, hidden: frozenset[CountCell], last: Counts) -> RoundingAttack:
    groups = [[cell.group for cell in last.values if cell != WALES]]
    return RoundingAttack(last, groups, earlier=[RoundedRelease(first.values, hidden, {})])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.data())
def test_what_two_releases_tell_together_is_what_no_other_numbers_would_have_shown(
    numbers: list[int], data: st.DataObject
) -> None:
    """The oracle tries every pair of tables of two groups."""
    first, last = table(*numbers[:2]), table(*numbers[2:])
    hidden = frozenset(data.draw(st.sets(st.sampled_from([*first.values]), max_size=1)))
    unseen = hidden | data.draw(st.sets(st.sampled_from([*first.values]), max_size=1))
    tried = np.stack(np.meshgrid(*[np.arange(15)] * 4, indexing="ij")).reshape(4, -1)
    before = dict(zip(first.values, (tried[0] + tried[1], tried[0], tried[1]), strict=True))
    after = dict(zip(first.values, (tried[2] + tried[3], tried[2], tried[3]), strict=True))
    possible = np.ones(tried.shape[1], dtype=bool)
    for cell in first.values.keys() - hidden:
        possible &= np.abs(before[cell] - rounded(first.values[cell], 5)) <= 2
    for cell in first.values.keys() - unseen:
        change = rounded(last.values[cell] - first.values[cell], 5)
        possible &= np.abs(after[cell] - before[cell] - change) <= 2
    told = {cell for cell in first.values.keys() - hidden if np.ptp(before[cell][possible]) == 0}
    told |= {cell for cell in first.values.keys() - unseen if np.ptp(after[cell][possible]) == 0}
    assert together(first, hidden, last).told(unseen) == sorted(told)


def test_a_correction_may_tell_what_neither_release_tells_by_itself() -> None:
    """Four people, two of each health board, were of one profession. Three have gone.

    The first release shows 5, of each health board none, of the profession 5; the correction none, and of the
    profession 5 still, so that somebody is left of three at least who went.
    """
    jobs = [CountCell("", ("job", name)) for name in "xy"]

    def counted(boards: tuple[int, int], professions: tuple[int, int]) -> Counts:
        values = {WALES: sum(boards), **dict(zip([*BOARDS[:2], *jobs], (*boards, *professions), strict=True))}
        return Counts(values, (Sum(WALES, tuple(BOARDS[:2])), Sum(WALES, tuple(jobs))))

    first, last = counted((2, 2), (3, 1)), counted((1, 0), (1, 0))
    breakdowns = [[cell.group for cell in BOARDS[:2]], [cell.group for cell in jobs]]
    assert not RoundingAttack(first, breakdowns).told(frozenset())
    attack = RoundingAttack(last, breakdowns, earlier=[RoundedRelease(first.values, frozenset(), {})])
    assert WALES in attack.told(frozenset())
    assert not attack.told(frozenset(last.values))
