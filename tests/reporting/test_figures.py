"""Every cell of every table of the national workbook is what a second path works out from the stored answers."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.reporting.workbooks.national.own_words import SHEETS as SHEETS_OF_WORDS
from survey.reporting.workbooks.national.workbook import SHEETS
from tests.reporting import second_answers, second_boards
from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import Stored
from tests.reporting.test_chart_figures import CHARTS


def upper_levels(stored: Stored) -> list[list]:
    """Outcome by board, from the counts of the long table: a cluster’s outcomes are those of its board."""
    rows = stored.maturity_by_board()
    boards = list(dict.fromkeys(row[0] for row in rows[1:] if row[1] == "[z]"))
    counted = {(row[0], row[2]): row for row in rows}
    outcomes = [(row[0], row[1]) for row in stored.maturity_by_outcome()]
    everything = rows[0][2]
    together = {row[1]: row[4:8] for row in stored.maturity_by_outcome()} | {everything: rows[0][5:9]}
    few = {row[1] for row in stored.maturity_by_outcome() if row[-1] == "[u]"}

    def cell(board: str, outcome: str) -> float | str:
        row = counted.get((board, outcome))
        if row is None:
            return "[z]"
        return "[u]" if row[-1] == "[u]" else sum(row[7:9]) / sum(row[5:9])

    return [
        [
            code,
            name,
            sum(together[name]),
            "[u]" if name in few else sum(together[name][2:]) / sum(together[name]),
            *(cell(board, name) for board in boards),
        ]
        for code, name in [("[z]", everything), *outcomes]
    ]


def without(rows: list[list], *places: int) -> list[list]:
    """The rows without the names that another sheet has by their codes."""
    return [[cell for place, cell in enumerate(row) if place not in places] for row in rows]


TABLES: dict[str, Callable[[Stored], list[list[Any]]]] = {
    "Response by health board": Stored.response_by_board,
    "Response by cluster": Stored.response_by_cluster,
    "Maturity by outcome": Stored.maturity_by_outcome,
    "Maturity by health board": Stored.maturity_by_board,
    "Outcomes and health boards": upper_levels,
    "Maturity by cluster": lambda stored: without(stored.maturity_by_cluster(), 3, 6, 7),
    "Judged and indicated": Stored.judged_and_indicated,
    "Judged and indicated by board": second_boards.judged_and_indicated,
    "Criteria": Stored.criteria,
    "Criteria by health board": lambda stored: without(second_boards.criteria(stored), 2, 5),
    "Criteria holding clusters back": second_boards.holding_back,
    "Movement": Stored.movement,
    "Movement by health board": second_boards.movement,
    "Movement from level to level": Stored.movement_of_levels,
    "Movement by cluster": lambda stored: without(stored.movement_by_cluster(), 3),
    "Trend": Stored.trend,
    "Trend by health board": second_boards.trend,
    "Trend of response": Stored.trend_of_response,
    "Trend of enablers": Stored.trend_of_enablers,
    "Enablers and barriers": Stored.enablers_and_barriers,
    "Actions of last year": Stored.actions_of_last_year,
    "Good practice": Stored.good_practice,
    "Help wanted": Stored.help_wanted,
    "Help wanted from whom": Stored.help_wanted_from,
    "Answers": second_answers.answers,
    "Numbers": second_answers.numbers,
}
IN_WORDS: dict[str, Callable[[Stored], list[list[Any]]]] = {
    "Maturity by cluster": Stored.maturity_by_cluster,
    "What went well": lambda stored: stored.own_words("went_well"),
    "What went less well": lambda stored: stored.own_words("went_less_well"),
    "What to do differently": lambda stored: stored.own_words("do_differently"),
    "Evidence": Stored.evidence,
    "Evidence files": Stored.evidence_files,
    "Actions": Stored.actions,
    "Last year’s actions in words": Stored.words_on_actions_of_last_year,
    "Written answers": second_answers.written,
}
"""The tables of the workbook of what clusters wrote."""
ELSEWHERE = ["Key findings", "Themes", "Charts of answers"]  # test_themes.py, test_question_charts.py


@pytest.mark.parametrize("sheet", TABLES)
def test_every_cell_is_what_the_second_path_gives(sheet: str, book: ReadWorkbook, stored: Stored) -> None:
    compare(book.rows(sheet), TABLES[sheet](stored))


@pytest.mark.parametrize("sheet", IN_WORDS)
def test_every_word_stands_in_the_workbook_of_words(
    sheet: str, own_words: dict[str, ReadWorkbook], code: str, stored: Stored
) -> None:
    compare(own_words[code].rows(sheet), IN_WORDS[sheet](stored))


def compare(found: list[list[Any]], expected: list[list[Any]]) -> None:
    assert len(found) == len(expected) > 0
    for number, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
        assert len(ours) == len(theirs), (number, ours, theirs)
        for place, (cell, wanted) in enumerate(zip(ours, theirs, strict=True)):
            if isinstance(wanted, float):
                assert cell == pytest.approx(wanted), (number, place, ours, theirs)
            else:
                assert (cell, type(cell)) == (wanted, type(wanted)), (number, place, ours, theirs)


def test_no_sheet_is_without_a_second_path() -> None:
    assert len(TABLES) + len(CHARTS) + len(ELSEWHERE) == len(SHEETS)
    assert len(IN_WORDS) == len(SHEETS_OF_WORDS)


def test_the_example_has_what_the_rules_are_about(stored: Stored) -> None:
    """So that the comparison above cannot pass for want of cases."""
    moves = {row[-1] for row in stored.movement_by_cluster()}
    assert len(moves) >= 5, moves
    last = {row[4] for row in stored.movement_by_cluster()}
    assert {"[z]", "2024-25", "2025-26"} <= last
    percentages = [cell for row in stored.maturity_by_outcome() for cell in row[-4:]]
    assert any(isinstance(cell, float) for cell in percentages)
    assert "[u]" in percentages
    judged = [sum(row[5:9]) for row in stored.maturity_by_board() if row[-1] == "[u]"]
    assert max(judged) >= 5, "many reflections of few clusters"
    assert any(row[-1] != "[x]" and row[-2] != "[z]" for row in stored.maturity_by_cluster())
    assert 0 < len(stored.good_practice()) < sum(len(stored.examples(code)) for code in stored.clusters)
    assert {"not_started", "in_progress", "submitted", "reopened"} == {stored.status(code) for code in stored.clusters}


def test_both_languages_have_the_same_numbers(workbooks: dict[str, ReadWorkbook]) -> None:
    for sheet in TABLES:
        english, welsh = (
            sorted(repr([cell for cell in row if isinstance(cell, int | float)]) for row in workbooks[code].rows(sheet))
            for code in ("en", "cy")
        )
        assert english == welsh, sheet
