"""What is hidden, and why: suppression and its attack on tables small enough to follow by hand, and on random ones."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.reporting.disclosure.audit import Range, Recoverable, audit, pooled_too_small, ranges, too_narrow
from survey.reporting.disclosure.counts import CountCell, Counts, Sum
from survey.reporting.disclosure.suppression import hidden_cells
from tests.reporting.count_tables import WALES, cell, one_way, two_way


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


def test_a_group_may_be_as_small_as_the_threshold_and_two_hidden_ones_together_too() -> None:
    assert hidden_cells(one_way(a=5, b=5), 5) == frozenset()
    assert names(hidden_cells(one_way(a=2, b=3, c=20, d=30), 5)) == {"a", "b"}
    careless = frozenset({cell("a"), cell("b")})
    assert list(pooled_too_small(one_way(a=2, b=3, c=20), careless, 5)) == []
    assert list(pooled_too_small(one_way(a=1, b=3, c=20), careless, 5)) == [cell("a"), cell("b")]
    assert list(pooled_too_small(one_way(a=1, b=3, c=20), careless | {WALES}, 5)) == []
    assert list(pooled_too_small(one_way(a=1, b=3, c=20), frozenset(), 5)) == []


def test_the_partner_is_one_that_needs_no_other_partner() -> None:
    """In the second row the third cell is the smallest, but its column would then give it away."""
    hidden = names(hidden_cells(two_way([[2, 20, 30], [20, 40, 30], [50, 60, 70]]), 5))
    assert hidden == {"r0 c0", "r0 c1", "r1 c0", "r1 c1"}


@pytest.mark.parametrize(
    ("rows", "also"),
    [
        # The first row is small altogether: of a second one the total is hidden, and so something within it.
        ([[1, 2], [20, 30], [40, 50]], "r1, r1 c0, r1 c1"),
        # Every sum has two hidden parts, and the attack still has some of them: it takes totals and more cells.
        ([[6, 2, 1], [20, 0, 1], [6, 4, 1]], "c1, r0, r0 c0, r1, r1 c0, r2 c0"),
        ([[6, 6, 0, 1], [4, 8, 1, 6], [20, 5, 1, 9]], "c3, r0, r0 c0, r0 c1, r1, r1 c1, r1 c3, r2 c0, r2 c3"),
        # Nothing beside what the attack has is left to hide: the smallest of all is taken.
        ([[1, 0, 8], [1, 20, 20], [0, 1, 0]], "c1, r0, r0 c2, r1 c1, r1 c2"),
    ],
)
def test_as_long_as_the_attack_succeeds_more_is_hidden(rows: list[list[int]], also: str) -> None:
    counts = two_way(rows)
    hidden = hidden_cells(counts, 5)
    small = {one for one, number in counts.values.items() if number < 5}
    assert hidden - small == {cell(name) for name in also.split(", ")}
    audit(counts, hidden, 5)


def test_the_total_of_a_group_that_must_stay_possible_to_be_small_is_hidden_with_a_part() -> None:
    counts = replace(one_way(a=20, b=23), keep_possible={WALES: (30.0, 0.0)})
    assert names(hidden_cells(counts, 5)) == {"", "a"}


def test_where_the_only_part_is_hidden_so_is_its_whole() -> None:
    board, other, cluster = cell("b1"), cell("b2"), cell("c1")
    values = {WALES: 70, board: 40, other: 30, cluster: 40}
    counts = Counts(values, (Sum(board, (cluster,)), Sum(WALES, (board, other))), keep_possible={cluster: (10.0, 0.0)})
    assert hidden_cells(counts, 5) == {board, other, cluster}


def test_what_the_attack_knows_by_what_it_is_within_takes_that_along() -> None:
    answered, respondents, apart = CountCell("q", ("a",)), cell("a"), cell("b")
    counts = Counts(
        {answered: 3, respondents: 6, apart: 50}, (), ((answered, respondents),), known={answered: (2, inf)}
    )
    assert hidden_cells(counts, 5) == {answered, respondents}


def test_what_takes_along_what_it_is_within_takes_nothing_else_that_is_cheaper() -> None:
    """All nine of a had answered a question of which nothing is shown: so a is hidden, and no smaller one instead."""
    a, b, other = map(cell, "ab0")
    asked = {WALES: 10, a: 9, b: 1, other: 5}
    question = {whole: CountCell("q", whole.group) for whole in asked}
    values = {WALES: 14, a: 9, b: 5, other: 5, **{question[whole]: number for whole, number in asked.items()}}
    sums = (Sum(WALES, (a, b)), Sum(question[WALES], (question[a], question[b])))
    counts = Counts(values, sums, tuple((part, whole) for whole, part in question.items()))
    assert hidden_cells(counts, 5, frozenset({question[a]})) == {a, b, question[WALES], question[a], question[b]}


def test_where_nothing_can_protect_a_cell_all_is_hidden() -> None:
    counts = replace(one_way(a=3, b=40, c=50), known={cell("a"): (2, 20)}, keep_possible={cell("a"): (1.0, 0.0)})
    assert names(hidden_cells(counts, 5)) == {"", "a", "b", "c"}


@pytest.mark.parametrize(("number", "tells"), [(3, True), (4, False), (9, False), (10, True)])
def test_a_figure_tells_too_much_when_it_rules_out_what_must_stay_possible(number: int, tells: bool) -> None:
    """At most 9 and at least 4 must both stay possible."""
    counts = replace(one_way(a=number, b=100), keep_possible={cell("a"): (9.0, 4.0)})
    assert counts.tells_too_much(cell("a")) is tells
    assert not counts.tells_too_much(cell("b"))
    if tells:
        with pytest.raises(Recoverable) as refused:
            audit(counts, frozenset(), 1)
        assert refused.value.cells == (cell("a"),)
    else:
        audit(counts, frozenset(), 1)


def test_a_cell_is_known_to_be_no_larger_than_its_totals() -> None:
    counts = replace(one_way(a=3, b=40), known={WALES: (0, 50), cell("b"): (0, 45)})
    assert [counts.most_known(cell(name)) for name in ("a", "b", "")] == [50, 45, 50]
    assert one_way(a=3).most_known(cell("a")) == inf


def test_a_range_is_wide_enough_up_to_the_rounding_of_the_attack() -> None:
    assert Range(2, 7).spans(5)
    assert Range(2, 6.99995).spans(5)
    assert not Range(2, 6.9).spans(5)
    assert not Range(3, 7).spans(5)
    assert Range(0, 5 - 1e-4).spans(5)


def test_a_range_leaves_possible_what_lies_within_it() -> None:
    assert Range(2, 7).leaves_possible(2, 7)
    assert Range(2.00005, 6.99995).leaves_possible(2, 7)
    assert Range(2, 7).leaves_possible(6, 3)
    assert not Range(2, 7).leaves_possible(1, 7)
    assert not Range(2, 7).leaves_possible(2, 8)
    assert Range(1e-4, 5 - 1e-4).leaves_possible(0, 5), "up to the rounding of the attack"


def bounds_of(counts: Counts, *hidden: CountCell) -> dict[str, tuple[float, float]]:
    """What the attack finds out about the hidden cells."""
    found = ranges(counts, frozenset(hidden), 5, hidden)
    return {" ".join((one.of, *one.group)).strip(): (round(r.low, 3), round(r.high, 3)) for one, r in found.items()}


def test_the_attack_adds_up_and_uses_what_everybody_knows() -> None:
    counts = one_way(a=3, b=4, c=20)
    assert bounds_of(counts, cell("a"), cell("b")) == {"a": (0, 7), "b": (0, 7)}
    known = replace(counts, known={cell("a"): (2, 4)})
    assert bounds_of(known, cell("a"), cell("b")) == {"a": (2, 4), "b": (3, 5)}


def test_the_attack_knows_that_nobody_is_counted_within_a_group_without_being_in_it() -> None:
    a, b, q_a, q_b = cell("a"), cell("b"), CountCell("q", ("a",)), CountCell("q", ("b",))
    q = CountCell("q", ())
    counts = Counts(
        {WALES: 7, a: 3, b: 4, q: 6, q_a: 2, q_b: 4},
        (Sum(WALES, (a, b)), Sum(q, (q_a, q_b))),
        ((q_a, a), (q_b, b)),
    )
    assert bounds_of(counts, q_a, q_b) == {"q a": (2, 3), "q b": (3, 4)}, "the respondents are shown"
    known = replace(counts, known={a: (3, 4)})
    assert bounds_of(known, a, b, q_a, q_b) == {"a": (3, 4), "b": (3, 4), "q a": (2, 4), "q b": (2, 4)}


def test_what_is_known_of_all_hidden_parts_of_a_total_is_used() -> None:
    counts = replace(one_way(a=5, b=5), known={cell("a"): (4, inf), cell("b"): (4, inf)})
    assert too_narrow(counts, frozenset({cell("a"), cell("b")}), 5) == [cell("a"), cell("b")]


def test_what_is_known_of_those_within_all_hidden_parts_of_a_total_is_used() -> None:
    a, b = cell("a"), cell("b")
    inside = {CountCell("q", part.group): part for part in (a, b)}
    counts = Counts(
        {**one_way(a=5, b=5).values, **dict.fromkeys(inside, 5)},
        one_way(a=5, b=5).sums,
        tuple(inside.items()),
        known=dict.fromkeys(inside, (4, inf)),
    )
    assert {a, b} <= {*too_narrow(counts, frozenset({a, b, *inside}), 5)}


def test_without_a_total_a_count_may_be_anything() -> None:
    hidden = frozenset({WALES, cell("a")})
    assert too_narrow(one_way(a=3, b=20), hidden, 10) == []
    assert bounds_of(one_way(a=3, b=20), *hidden)["a"][0] == 0


def test_a_group_that_was_known_to_be_large_need_only_stay_untold() -> None:
    counts = replace(one_way(a=6, b=3, c=30), known={cell("a"): (5, inf)})
    careless = frozenset({cell("a"), cell("b")})
    assert too_narrow(counts, careless, 5) == [cell("b")], "at most four, as the other has at least five"


def test_a_range_need_not_become_wider_than_it_was() -> None:
    counts = replace(one_way(a=3, b=10, c=20), known={cell("a"): (2, 4)})
    assert too_narrow(counts, frozenset({cell("a"), cell("b")}), 5) == [cell("b")]


def test_what_must_stay_possible_of_a_hidden_cell_is_held_against_its_range() -> None:
    careless = frozenset({cell("a"), cell("b")})
    fine = replace(one_way(a=3, b=4, c=20), keep_possible={cell("a"): (1.0, 7.0)})
    assert too_narrow(fine, careless, 5) == []
    more = replace(fine, keep_possible={cell("a"): (1.0, 8.0), cell("c"): (0.0, 99.0)})
    assert too_narrow(more, careless, 5) == [cell("a")]


def test_a_refusal_names_each_cell_once() -> None:
    counts = one_way(a=1, b=2, c=40)
    answered = CountCell("q", ("a", "x"))
    both = Counts({**counts.values, answered: 1}, counts.sums)
    with pytest.raises(Recoverable) as refused:
        audit(both, frozenset({cell("a"), cell("b")}), 5)
    assert sorted(refused.value.cells) == [cell("a"), cell("b"), answered]
    assert str(refused.value) == "q a/x, respondents a, respondents b"


def test_an_attack_that_cannot_be_carried_out_is_no_all_clear() -> None:
    impossible = replace(one_way(a=3, b=4, c=20), known={cell("a"): (50, 60)})
    with pytest.raises(RuntimeError, match=r"the audit cannot be carried out: .*Infeasible"):
        too_narrow(impossible, frozenset({cell("a"), cell("b")}), 5)
