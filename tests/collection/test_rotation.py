"""Outcomes that are suggested: what no other health board has, what one never had, then what it had longest ago."""

from survey.collection.rounds.rotation import last_assigned, out_of_balance, suggested
from tests.collection.example import small_round

OUTCOMES = ["a", "b", "c", "d"]
BOARDS = ["north", "south"]


def year(name, **assignments):
    return small_round(f"r-{name[:4]}", reporting_year=name, assignments=assignments)


def test_a_board_gets_what_it_never_had_and_then_what_it_had_longest_ago():
    earlier = [year("2025-26", north=("b", "c", "d"), south=("a",)), year("2024-25", north=("a",), south=("b",))]
    assert last_assigned(earlier)["north"] == {"a": "2024-25", "b": "2025-26", "c": "2025-26", "d": "2025-26"}
    found = suggested(OUTCOMES, BOARDS, earlier, {})
    assert "a" in found["north"]
    assert found["south"] == ("c",) or found["south"] == ("d",)
    assert len(found["north"]) == 3


def test_without_an_earlier_year_every_outcome_is_asked_about_once():
    found = suggested(OUTCOMES, BOARDS, [], {})
    assert sorted(outcome for taken in found.values() for outcome in taken) == OUTCOMES


def test_of_what_nobody_had_boards_get_different_outcomes():
    earlier = [year("2025-26", north=("a",), south=("a",))]
    found = suggested(OUTCOMES, BOARDS, earlier, {})
    assert found["north"] != found["south"]


def test_the_order_in_which_health_boards_are_named_makes_no_difference():
    earlier = [year("2025-26", north=("a", "b"), south=("c",), west=("d",))]
    boards = ["west", "north", "south"]
    assert suggested(OUTCOMES, boards, earlier, {}) == suggested(OUTCOMES, sorted(boards), earlier, {})


def test_health_boards_that_are_not_asked_about_count_by_what_they_keep():
    earlier = [year("2025-26", north=("a",), south=("b",), west=("d",))]
    found = suggested(OUTCOMES, ["north"], earlier, {"south": ("b", "d"), "west": ("b",)})
    assert found == {"north": ("c",)}, "b is kept by two and d by one; c by nobody"
    assert len(suggested(OUTCOMES, ["north"], [], {"south": ("b", "d")})["north"]) == 2, "half of four"


def test_what_no_other_health_board_has_comes_before_what_this_one_never_had():
    earlier = [year("2026-27", north=("a",)), year("2025-26", north=("b",))]
    assert suggested(OUTCOMES, ["north"], earlier, {"south": ("a", "c", "d")}) == {"north": ("b",)}


def test_what_a_health_board_had_last_waits_a_year_even_if_no_other_has_it():
    earlier = [year("2026-27", north=("a",))]
    assert suggested(OUTCOMES, ["north"], earlier, {"south": ("b", "c", "d")}) == {"north": ("b",)}


def test_one_health_board_after_another_in_the_end_every_outcome_is_asked_about():
    boards = ["north", "south", "west"]
    earlier = [year("2026-27", north=("a", "b"), south=("c",), west=("d",)), year("2025-26", north=("c", "d"))]
    kept = dict(earlier[0].assignments)
    for board in boards:
        kept |= suggested(OUTCOMES, [board], earlier, {one: kept[one] for one in boards if one != board})
    assert {outcome for taken in kept.values() for outcome in taken} == set(OUTCOMES)


def test_what_is_out_of_balance_is_named():
    assert out_of_balance(OUTCOMES, {"north": ("a", "b"), "south": ("a",), "east": ("a",)}) == (["c", "d"], ["a"])
    assert out_of_balance(OUTCOMES, {}) == (OUTCOMES, [])
