"""What a correction may show beside earlier releases, on tables small enough to follow by hand."""

from collections.abc import Mapping, Sequence

import pytest

from survey.reporting.disclosure.corrections import Correction, Pattern, ReleasedCounts, correction, exposed, table_of
from survey.reporting.disclosure.counts import CountCell, Counts, Sum
from survey.reporting.disclosure.suppression import hidden_cells
from tests.reporting.count_tables import WALES, cell, two_way

BOARDS = ("", ("board",))
THRESHOLD = 5


def board(name: str, of: str = "") -> CountCell:
    return CountCell(of, ("board", name))


def table(**numbers: int) -> dict[CountCell, int]:
    return {WALES: sum(numbers.values()), **{board(name): number for name, number in numbers.items()}}


def counts_of(values: dict[CountCell, int]) -> Counts:
    boards = tuple(cell for cell in values if cell != WALES)
    return Counts(values, (Sum(WALES, boards),))


def release(**numbers: int) -> ReleasedCounts:
    counts = counts_of(table(**numbers))
    return ReleasedCounts(counts, hidden_cells(counts, THRESHOLD))


def made_after(
    present: ReleasedCounts,
    earlier: Sequence[ReleasedCounts],
    patterns: Mapping[Pattern, Mapping[CountCell, int]],
    threshold: int,
) -> Correction:
    """The correction where rounded numbers tell nothing."""
    return correction(present, earlier, patterns, threshold, lambda hidden: ())


def test_a_table_is_what_is_counted_and_by_what() -> None:
    assert table_of(CountCell("skills.row", ("profession", "gp", "board", "W1"))) == (
        "skills.row",
        ("profession", "board"),
    )
    assert table_of(WALES) == ("", ())


def test_where_nobody_changed_everything_is_shown() -> None:
    made = made_after(release(a=20, b=30), [release(a=20, b=30)], {"11": table(a=20, b=30)}, THRESHOLD)
    assert (made.hidden, made.left_out) == (frozenset(), frozenset())


def test_a_table_of_which_rounded_numbers_would_tell_one_is_left_out() -> None:
    def told(hidden: frozenset[CountCell]) -> list[CountCell]:
        return [board("a")] if board("b") not in hidden else []

    made = correction(release(a=20, b=30), [release(a=20, b=30)], {"11": table(a=20, b=30)}, THRESHOLD, told)
    assert (made.hidden, made.left_out) == ({board("a"), board("b")}, {BOARDS})


def asked(a: int, b: int, answered_a: int, answered_b: int) -> dict[CountCell, int]:
    question = {board("a", "q"): answered_a, board("b", "q"): answered_b}
    return {**table(a=a, b=b), CountCell("q", ()): answered_a + answered_b, **question}


def linked(values: dict[CountCell, int]) -> ReleasedCounts:
    sums = tuple(Sum(CountCell(of, ()), (board("a", of), board("b", of))) for of in ("", "q"))
    within = tuple((cell, CountCell("", cell.group)) for cell in values if cell.of)
    loose = frozenset(cell for cell in values if cell.of)
    return ReleasedCounts(Counts(values, sums, within, loose), frozenset())


def test_what_is_told_still_when_its_table_is_left_out_takes_the_tables_along_that_it_adds_up_with() -> None:
    values = asked(20, 30, 15, 25)

    def told(hidden: frozenset[CountCell]) -> list[CountCell]:
        return [board("a", "q")] if CountCell("q", ()) not in hidden else []

    made = correction(linked(values), [linked(values)], {"11": values}, THRESHOLD, told)
    assert made.left_out == {("q", ()), ("q", ("board",))}
    assert made.hidden == {cell for cell in values if cell.of}


def test_what_was_left_out_once_stays_out() -> None:
    values = asked(20, 30, 15, 25)

    def told(hidden: frozenset[CountCell]) -> list[CountCell]:
        return [one for one in (board("a", "q"), board("a")) if one not in hidden][:1]

    made = correction(linked(values), [linked(values)], {"11": values}, THRESHOLD, told)
    assert made.left_out == {("q", ("board",)), BOARDS}


def test_what_is_told_still_when_all_that_it_adds_up_with_is_left_out_takes_everything_along() -> None:
    values = asked(20, 30, 15, 25)
    made = correction(linked(values), [linked(values)], {"11": values}, THRESHOLD, lambda hidden: [board("a", "q")])
    assert made.left_out == {("", ()), BOARDS, ("q", ()), ("q", ("board",))}
    assert made.hidden == values.keys()


def test_a_group_that_changed_by_as_many_as_the_threshold_is_shown() -> None:
    patterns = {"11": table(a=20, b=30), "10": table(a=5, b=0)}
    made = made_after(release(a=20, b=30), [release(a=25, b=30)], patterns, THRESHOLD)
    assert (made.hidden, made.left_out) == (frozenset(), frozenset())


def test_a_group_that_changed_by_fewer_takes_its_whole_table_along() -> None:
    """Were only b and c hidden, the gap would say where the three are."""
    patterns = {"11": table(a=20, b=27, c=40), "10": table(a=6, b=3, c=0)}
    made = made_after(release(a=20, b=27, c=40), [release(a=26, b=30, c=40)], patterns, THRESHOLD)
    assert made.left_out == {BOARDS}
    assert made.hidden == {board("a"), board("b"), board("c")}


def test_those_who_came_and_those_who_went_do_not_make_up_for_each_other() -> None:
    """Four went and four came: the numbers are the same, the answers are not."""
    patterns = {"11": table(a=20, b=30), "10": table(a=4, b=9), "01": table(a=4, b=9)}
    made = made_after(release(a=24, b=39), [release(a=24, b=39)], patterns, THRESHOLD)
    assert made.left_out == {BOARDS}


def test_when_fewer_changed_in_all_nothing_is_left_to_show() -> None:
    one, two = release(a=20, b=30), release(a=19, b=30)
    made = made_after(two, [one], {"11": table(a=19, b=30), "10": table(a=1, b=0)}, THRESHOLD)
    assert made.hidden == two.counts.values.keys()


def test_what_was_hidden_stays_hidden() -> None:
    first = release(a=3, b=9, c=40)
    assert first.hidden == {board("a"), board("b")}
    patterns = {"11": table(a=3, b=9, c=40), "01": table(a=30, b=20, c=0)}
    made = made_after(release(a=33, b=29, c=40), [first], patterns, THRESHOLD)
    assert made.hidden == first.hidden
    assert made.left_out == frozenset()


@pytest.mark.parametrize(("in_a", "in_b", "is_left_out"), [(2, 2, True), (2, 3, False), (0, 0, False), (1, 0, True)])
def test_the_people_of_hidden_groups_together_are_nobody_or_enough(in_a: int, in_b: int, is_left_out: bool) -> None:
    first = release(a=4, b=9, c=40)
    patterns = {"11": table(a=4, b=9, c=40), "01": table(a=in_a, b=in_b, c=10)}
    made = made_after(release(a=4 + in_a, b=9 + in_b, c=50), [first], patterns, THRESHOLD)
    assert (made.left_out == {BOARDS}) == is_left_out


def test_hidden_groups_of_which_the_few_can_be_told_by_programming_are_found() -> None:
    """Eight went from a and b together. Of each there were five: so three at least went from either."""
    patterns = {"11": table(a=2, b=0, c=40), "10": table(a=3, b=5, c=0)}
    present = ReleasedCounts(counts_of(table(a=2, b=0, c=40)), frozenset({board("a"), board("b")}))
    assert exposed([release(a=5, b=5, c=40), present], patterns, THRESHOLD) == {board("a")}


def test_what_only_earlier_releases_show_is_not_attacked_again() -> None:
    """Three of each went before the last, which hides both groups."""
    present = ReleasedCounts(counts_of(table(a=17, b=17)), frozenset({board("a"), board("b")}))
    patterns = {"111": table(a=17, b=17), "110": table(a=3, b=3)}
    earlier = [release(a=20, b=20), release(a=20, b=20)]
    assert exposed([*earlier, present], patterns, THRESHOLD) == set()


def test_of_those_who_answered_something_only_the_figure_need_stay_untold() -> None:
    """Eight went from a, of whom six had answered: how many went is seen, so at most eight of them had."""
    before, now, gone = asked(9, 4, 7, 1), asked(1, 4, 1, 1), asked(8, 0, 6, 0)
    hidden = frozenset({WALES, board("b"), board("a", "q"), board("b", "q")})
    releases = [ReleasedCounts(linked(values).counts, hidden) for values in (before, now)]
    assert exposed(releases, {"11": now, "10": gone}, THRESHOLD) == set()


def test_what_is_exposed_is_called_as_in_the_release() -> None:
    before, now, gone = asked(5, 22, 1, 18), asked(4, 18, 0, 15), asked(1, 4, 1, 3)
    hidden = frozenset({board("b"), CountCell("q", ()), board("b", "q")})
    releases = [ReleasedCounts(linked(values).counts, hidden) for values in (before, now)]
    assert exposed(releases, {"11": now, "10": gone}, THRESHOLD) == {board("a"), board("b"), board("a", "q")}


def test_whoever_is_not_in_the_numbers_of_a_pattern_is_none_of_its_people() -> None:
    patterns = {"11": table(a=20, b=30), "10": {WALES: 5, board("a"): 5}}
    made = made_after(release(a=20, b=30), [release(a=25, b=30)], patterns, THRESHOLD)
    assert made.hidden == frozenset()


def test_of_a_pattern_everybody_knows_that_no_group_has_more_people_than_all() -> None:
    """Four went: so wide a range is all that there can be, and enough."""
    now, gone = two_way([[1, 8], [8, 7]]), two_way([[3, 1], [0, 0]])
    before = Counts({one: number + gone.values[one] for one, number in now.values.items()}, now.sums)
    hidden = frozenset(now.values) - {cell("r1 c1")}
    releases = [ReleasedCounts(counts, hidden) for counts in (before, now)]
    assert exposed(releases, {"11": now.values, "10": gone.values}, THRESHOLD) == set()


def test_each_of_several_releases_is_held_against_the_last() -> None:
    """From the first to the third one went, and from the second to the third one came."""
    patterns = {"111": table(a=20, b=30), "101": table(a=0, b=1), "010": table(a=0, b=6)}
    releases = [release(a=20, b=31), release(a=20, b=36)]
    made = made_after(release(a=20, b=31), releases, patterns, THRESHOLD)
    assert made.hidden == set(table(a=0, b=0))


def test_a_question_is_left_out_by_itself() -> None:
    """Seven went from a, of whom three had answered: without the question, the rest can be shown."""

    patterns = {"11": asked(20, 30, 15, 25), "10": asked(7, 0, 3, 0)}
    made = made_after(linked(asked(20, 30, 15, 25)), [linked(asked(27, 30, 18, 25))], patterns, THRESHOLD)
    assert made.left_out == {("q", ()), ("q", ("board",))}
    assert made.hidden == {cell for cell in asked(0, 0, 0, 0) if cell.of}


def test_the_attack_finds_a_release_that_was_only_protected_for_itself() -> None:
    releases = [release(a=18, b=30), release(a=17, b=30)]
    patterns = {"11": table(a=17, b=30), "10": table(a=1, b=0)}
    assert exposed(releases, patterns, THRESHOLD) == {WALES, board("a")}
