"""What a health board’s total must leave possible, beside every way in which its clusters could have come to it."""

from itertools import combinations_with_replacement, product

import pytest

from survey.reporting.disclosure.protection import board_known, board_must_stay_possible

THRESHOLD = 3


@pytest.mark.parametrize(
    "enough", [one for n in (1, 2, 3, 4) for one in combinations_with_replacement((False, True), n)]
)
def test_a_total_may_be_shown_only_if_each_small_cluster_can_have_any_number(enough: tuple[bool, ...]) -> None:
    most = THRESHOLD * 4
    ranges = [range(THRESHOLD, most + 1) if one else range(THRESHOLD) for one in enough]
    possible: dict[int, list[set[int]]] = {}
    for numbers in product(*ranges):
        seen = possible.setdefault(sum(numbers), [set() for _ in enough])
        for place, number in enumerate(numbers):
            seen[place].add(number)
    least, at_most = board_known(enough, THRESHOLD)
    low, high = board_must_stay_possible(enough, THRESHOLD)
    totals = [total for total in possible if total <= most]
    assert totals
    assert min(totals) == least
    assert max(possible) == at_most or any(enough)
    for total in totals:
        is_safe = all(len(seen) == THRESHOLD for seen, one in zip(possible[total], enough, strict=True) if not one)
        assert is_safe == (high <= total <= low), total
