"""What is hidden, and why: suppression and its attack on tables small enough to follow by hand, and on random ones."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.reporting.disclosure.audit import Recoverable, audit, ranges
from survey.reporting.disclosure.counts import CountCell, Counts, Sum
from survey.reporting.disclosure.suppression import hidden_cells

WALES = CountCell("", ())


def cell(name: str) -> CountCell:
    return CountCell("", tuple(name.split()))


def one_way(**numbers: int) -> Counts:
    """Groups that add up to Wales."""
    parts = {cell(name): number for name, number in numbers.items()}
    return Counts({WALES: sum(numbers.values()), **parts}, (Sum(WALES, tuple(parts)),))


def two_way(rows: list[list[int]]) -> Counts:
    """A table with both its margins and its total."""
    values: dict[CountCell, int] = {}
    across, down = range(len(rows)), range(len(rows[0]))
    for row, column in product(across, down):
        values[cell(f"r{row} c{column}")] = rows[row][column]
    sums = [Sum(cell(f"r{row}"), tuple(cell(f"r{row} c{column}") for column in down)) for row in across]
    sums += [Sum(cell(f"c{column}"), tuple(cell(f"r{row} c{column}") for row in across)) for column in down]
    for one in sums:
        values[one.whole] = sum(values[part] for part in one.parts)
    values[WALES] = sum(map(sum, rows))
    sums += [Sum(WALES, tuple(cell(f"r{row}") for row in across)), Sum(WALES, tuple(cell(f"c{c}") for c in down))]
    return Counts(values, tuple(sums))


def names(hidden: frozenset[CountCell]) -> set[str]:
    return {" ".join(one.group) for one in hidden}


def test_nothing_small_nothing_hidden() -> None:
    assert hidden_cells(one_way(a=5, b=9), 5) == frozenset()


def test_a_small_group_takes_the_smallest_other_with_it() -> None:
    assert names(hidden_cells(one_way(a=3, b=40, c=8, d=20), 5)) == {"a", "c"}


def test_the_cell_that_needs_no_other_is_hidden_before_a_smaller_one() -> None:
    """b is smaller than c, but stands in another sum, in which it would be alone: then d or e would have to follow."""
    a, b, c, d, e = map(cell, "abcde")
    sums = (Sum(WALES, (a, b, c)), Sum(cell("f"), (b, d, e)))
    counts = Counts({WALES: 31, a: 3, b: 8, c: 20, d: 30, e: 40, cell("f"): 78}, sums)
    assert hidden_cells(counts, 5) == {a, c}


def test_among_cells_that_need_another_each_the_one_that_needs_fewer_is_hidden() -> None:
    """b would be alone in two other sums, c in one, whose smallest other follows it."""
    a, b, c, d, e, f = map(cell, "abcdef")
    sums = (Sum(WALES, (a, b, c)), Sum(cell("x"), (b, d)), Sum(cell("y"), (b, e)), Sum(cell("z"), (c, f)))
    numbers = {WALES: 31, a: 3, b: 8, c: 20, d: 30, e: 40, f: 50, cell("x"): 38, cell("y"): 48, cell("z"): 70}
    assert hidden_cells(Counts(numbers, sums), 5) == {a, c, f}


def test_two_small_groups_that_are_large_together_take_none() -> None:
    assert names(hidden_cells(one_way(a=3, b=4, c=20), 5)) == {"a", "b"}


def test_two_small_groups_that_are_small_together_take_another() -> None:
    assert names(hidden_cells(one_way(a=1, b=2, c=20, d=30), 5)) == {"a", "b", "c"}


def test_a_group_of_nobody_is_hidden_too() -> None:
    assert names(hidden_cells(one_way(a=0, b=12, c=30), 5)) == {"a", "b"}


def test_when_all_is_small_everything_is_hidden() -> None:
    assert names(hidden_cells(one_way(a=1, b=2), 5)) == {"", "a", "b"}


def test_a_single_part_is_its_whole() -> None:
    """The only cluster of a health board has all of its people: what is hidden of one is hidden of the other."""
    board, other, cluster = cell("b1"), cell("b2"), cell("c1")
    counts = Counts({WALES: 43, board: 3, other: 40, cluster: 3}, (Sum(WALES, (board, other)), Sum(board, (cluster,))))
    assert hidden_cells(counts, 5) == {board, other, cluster}


def test_in_a_table_a_small_cell_needs_a_rectangle() -> None:
    hidden = names(hidden_cells(two_way([[2, 20, 30], [20, 30, 40], [50, 60, 70]]), 5))
    assert hidden == {"r0 c0", "r0 c1", "r1 c0", "r1 c1"}


def test_what_is_within_something_hidden_is_hidden() -> None:
    answered = {
        CountCell("q", ()): 40,
        CountCell("q", ("a",)): 3,
        CountCell("q", ("b",)): 8,
        CountCell("q", ("c",)): 29,
    }
    respondents = one_way(a=3, b=8, c=30)
    within = tuple((one, CountCell("", one.group)) for one in answered)
    counts = Counts(
        {**respondents.values, **answered},
        (*respondents.sums, Sum(CountCell("q", ()), tuple(one for one in answered if one.group))),
        within,
        frozenset(answered),
    )
    hidden = hidden_cells(counts, 5)
    assert (
        {one.group for one in hidden if one.of == "q"}
        == {one.group for one in hidden if not one.of}
        == {("a",), ("b",)}
    )


def test_who_is_missing_from_a_question_cannot_be_had_by_comparing_with_respondents() -> None:
    """Only the base of a is small, and of all respondents nothing is hidden: a partner hides the base of a."""
    respondents = one_way(a=6, b=8, c=30)
    answered = {
        CountCell("q", ()): 40,
        CountCell("q", ("a",)): 4,
        CountCell("q", ("b",)): 7,
        CountCell("q", ("c",)): 29,
    }
    within = tuple((one, CountCell("", one.group)) for one in answered)
    sums = (*respondents.sums, Sum(CountCell("q", ()), tuple(one for one in answered if one.group)))
    counts = Counts({**respondents.values, **answered}, sums, within, frozenset(answered))
    hidden = hidden_cells(counts, 5)
    assert hidden == {CountCell("q", ("a",)), CountCell("q", ("b",))}
    found = ranges(counts, hidden, 5, hidden)
    assert all(found[one].spans(1) for one in hidden)


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_threshold_is_the_smallest_number_shown(threshold: int) -> None:
    counts = one_way(a=2, b=3, c=4, d=5, e=9, f=10, g=50)
    hidden = hidden_cells(counts, threshold)
    assert min(number for one, number in counts.values.items() if one not in hidden) >= threshold
    audit(counts, hidden, threshold)


def test_the_audit_refuses_a_small_number_shown() -> None:
    with pytest.raises(Recoverable):
        audit(one_way(a=3, b=40, c=8), frozenset(), 5)


def test_the_audit_refuses_what_can_be_subtracted() -> None:
    with pytest.raises(Recoverable) as refused:
        audit(one_way(a=3, b=40, c=8), frozenset({cell("a")}), 5)
    assert refused.value.cells == (cell("a"),)


def test_the_audit_refuses_a_small_group_that_is_left_over() -> None:
    with pytest.raises(Recoverable):
        audit(one_way(a=1, b=2, c=40), frozenset({cell("a"), cell("b")}), 5)


def test_the_audit_refuses_three_corners_of_a_rectangle() -> None:

    counts = two_way([[2, 30, 30, 30], [30, 30, 30, 30], [30, 30, 8, 9]])
    careless = frozenset({cell("r0 c0"), cell("r0 c1"), cell("r2 c0"), cell("r2 c1")})
    audit(counts, careless, 5)
    broken = careless - {cell("r2 c1")}
    with pytest.raises(Recoverable):
        audit(counts, broken, 5)


tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=2, max_size=6)
)


@settings(max_examples=60, deadline=None)
@given(rows=tables, threshold=st.sampled_from((3, 5, 10)))
def test_no_random_table_gives_a_small_cell_away(rows: list[list[int]], threshold: int) -> None:
    counts = two_way(rows)
    hidden = hidden_cells(counts, threshold)
    assert {one for one, number in counts.values.items() if number < threshold} <= hidden
    audit(counts, hidden, threshold)
    if len(hidden) < len(counts.values):
        found = ranges(counts, hidden, threshold, hidden)
        for one in hidden:
            assert found[one].spans(threshold)
            assert found[one].low <= counts.values[one] + 1e-4
            assert found[one].high >= counts.values[one] - 1e-4


@settings(max_examples=30, deadline=None)
@given(numbers=st.lists(st.integers(0, 30), min_size=2, max_size=9))
def test_the_order_of_groups_does_not_matter(numbers: list[int]) -> None:
    given_names = {f"g{place}": number for place, number in enumerate(numbers)}
    turned = dict(reversed(given_names.items()))
    assert hidden_cells(one_way(**given_names), 5) == hidden_cells(one_way(**turned), 5)
