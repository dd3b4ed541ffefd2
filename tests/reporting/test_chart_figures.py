"""The figures of the national charts, worked out again from the second path’s rows."""

from collections.abc import Callable

import pytest

from survey.reporting.workbooks.national.charts import CHARTS as DRAWN
from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import Stored

Counts = dict[str, list[int]]
LEVELS = 4


def by_name(rows: list[list], name: int, first: int, number: int) -> Counts:
    return {row[name]: row[first : first + number] for row in rows}


def response(stored: Stored) -> Counts:
    return by_name(stored.response_by_board(), 0, 2, 4)


def maturity_by_outcome(stored: Stored) -> Counts:
    return by_name(stored.maturity_by_outcome(), 1, 4, LEVELS)


def maturity_by_board(stored: Stored) -> Counts:
    return by_name([row for row in stored.maturity_by_board() if row[1] == "[z]"], 0, 5, LEVELS)


def calibration(stored: Stored) -> Counts:
    rows = stored.judged_and_indicated()
    return {row[1]: row[5:8][::-1] for row in rows if row[5] != "[z]"}


def movement(stored: Stored) -> Counts:
    return {row[1]: row[5:8][::-1] for row in stored.movement()}


def enablers(stored: Stored) -> Counts:
    rows = stored.enablers_and_barriers()
    return by_name([row for row in rows if row[0] == rows[0][0]], 1, 4, 5)


def help_wanted(stored: Stored) -> Counts:
    return by_name(stored.help_wanted_from(), 0, 4, 5)


def actions(stored: Stored) -> Counts:
    return by_name(stored.actions_of_last_year(), 1, 4, 4)


CHARTS: dict[str, Callable[[Stored], Counts] | None] = {
    "Chart of response": response,
    "Chart of maturity by outcome": maturity_by_outcome,
    "Chart of maturity by board": maturity_by_board,
    "Chart of calibration": calibration,
    "Chart of movement": movement,
    "Chart of enablers": enablers,
    "Chart of help wanted": help_wanted,
    "Chart of actions of last year": actions,
    "Chart of levels then and now": None,
    "Chart of response over years": None,
    "Chart of enablers over years": None,
}
FEWEST = 5


def test_every_chart_is_compared() -> None:
    assert len(CHARTS) + 1 == len(DRAWN), "test_question_charts.py has the other"


@pytest.mark.parametrize("name", [name for name, counts in CHARTS.items() if counts])
def test_shares_are_those_of_the_counts_and_few_clusters_are_said_as_counts(
    name: str, book: ReadWorkbook, stored: Stored
) -> None:
    work_out = CHARTS[name]
    assert work_out is not None
    expected, found = work_out(stored), book.rows(name)
    assert len(found) == len(expected) > 0
    for row in found:
        named = next(key for key in sorted(expected, key=len, reverse=True) if row[0].startswith(f"{key} ("))
        counts = expected[named]
        assert row[0].startswith(f"{named} ({sum(counts)})")
        shares = row[1 : 1 + len(counts)]
        if isinstance(shares[0], float | int):
            assert shares == pytest.approx([count / sum(counts) for count in counts])
            continue
        assert shares == ["[u]"] * len(counts)
        assert all(f" {count}" in row[0].partition("):\n")[2] for count in counts if count)
        assert not sum(counts) or row[0].partition("):\n")[2]


def test_the_example_has_few_clusters_and_none(book: ReadWorkbook) -> None:
    """So that the comparison above cannot pass for want of cases."""
    few = [row[0] for name in CHARTS for row in book.rows(name) if row[1] == "[u]"]
    assert any("(0)" in name for name in few)
    assert any("(0)" not in name for name in few)
