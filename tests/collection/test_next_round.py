"""What is proposed for the year after a round."""

import pytest

from survey.collection.rounds.next_round import next_round
from tests.collection.example import small_round

KNOWN = [("small", "2025"), ("small", "2026"), ("small", "2028"), ("other", "2027")]


@pytest.mark.parametrize(
    ("earlier", "taken", "expected"),
    [
        ("sr-2026", (), "sr-2027"),
        ("pilot", ("pilot",), "small-2027"),
        ("sr-2026", ("sr-2027",), "small-2027"),
        ("sr-2026", ("sr-2027", "small-2027"), ""),
    ],
)
def test_the_id_moves_on_by_a_year_and_is_free(earlier, taken, expected):
    proposed = next_round(small_round(earlier), KNOWN, taken)
    assert proposed.id == expected
    assert (proposed.edition, proposed.reporting_year) == ("2026", "2027-28")


def test_the_years_of_a_turn_of_the_century_are_written_with_two_digits():
    assert next_round(small_round(reporting_year="2098-99"), KNOWN, ()).reporting_year == "2099-00"
