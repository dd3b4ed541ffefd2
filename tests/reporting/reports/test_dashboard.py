"""The dashboard has the workbook’s figures: those of a second path, and none where the workbook gives none."""

import pytest

from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.reports.blocks import FigureTable, Picture, said
from survey.reporting.reports.dashboard import OF_BOARD, OF_WALES, dashboard
from survey.reporting.reports.plain_blocks import plain
from survey.reporting.workbooks.report import Report
from tests.reporting import second_boards
from tests.reporting.small_wales import BOARD_NAMES, ROUND, SIX, THREE

PARTS = ("response", "maturity", "movement", "enablers")


@pytest.fixture(scope="module")
def reports(wales):
    series = read_series(wales, ROUND)
    return {code: Report(series, language(code), is_open=True) for code in ("cy", "en")}


def figures(parts, name):
    """The rows of each table of a part, as numbers and names."""
    return [[list(row) for row in block.rows] for block in parts[name] if isinstance(block, FigureTable)]


def plain_cell(cell):
    """A cell of a description as a second path has it: shorthands by their letters."""
    return str(cell) if hasattr(cell, "name") else pytest.approx(cell) if isinstance(cell, float) else cell


def same(found, expected):
    assert len(found) == len(expected) > 0
    for row, cells in zip(found, expected, strict=True):
        assert [plain_cell(cell) for cell in row] == cells


def test_the_tables_of_wales_are_those_of_the_second_path(reports, stored, code):
    parts = dashboard(reports[code])
    assert tuple(parts) == PARTS == tuple(OF_WALES) == tuple(OF_BOARD)
    (by_board,) = figures(parts, "response")
    same(by_board, stored.response_by_board())
    by_outcome, by_board = figures(parts, "maturity")
    same(by_outcome, [[row[1], row[3], *row[4:8], *row[9:13]] for row in stored.maturity_by_outcome()])
    together = [row for row in stored.maturity_by_board() if row[1] == "[z]"]
    same(by_board, [[row[0], row[4], *row[5:9], *row[10:14]] for row in together])
    (moved,) = figures(parts, "movement")
    same(moved, [[row[1], row[4], *row[5:9], *row[10:13]] for row in stored.movement()])
    (rated,) = figures(parts, "enablers")
    of_wales = [row for row in stored.enablers_and_barriers() if row[0] == stored.wales]
    same(rated, [[row[1], row[3], *row[4:9], row[10]] for row in of_wales])


@pytest.mark.parametrize("board", [SIX, THREE])
def test_those_of_a_health_board_have_its_rows_and_those_of_wales_and_nobody_elses(reports, stored, code, board):
    parts = dashboard(reports[code], board)
    names = (stored.wales, stored.board(board))
    same(figures(parts, "response")[0], [row for row in stored.response_by_board() if row[0] in names])
    moved = [row for row in second_boards.movement(stored) if row[0] in names]
    same(figures(parts, "movement")[0], [[row[0], row[2], row[5], *row[6:10], *row[11:14]] for row in moved])
    rated = {(row[0], row[1]): row for row in stored.enablers_and_barriers() if row[0] in names}
    found = figures(parts, "enablers")[0]
    assert {(row[0], row[1]) for row in found} == rated.keys()
    same(found, [[*row[:2], row[3], *row[4:9], row[10]] for row in (rated[one[0], one[1]] for one in found)])
    own = {row[2]: row for row in stored.maturity_by_board() if row[0] == stored.board(board)}
    levels = {row[1]: row for row in figures(parts, "maturity")[0] if row[0] == stored.board(board)}
    assert levels.keys() == own.keys()
    rows = (own[name] for name in levels)
    same([*levels.values()], [[row[0], row[2], row[4], *row[5:9], *row[10:14]] for row in rows])
    others = {names[code] for other, names in BOARD_NAMES.items() if other != board}
    told = str(parts)
    assert not any(other in told for other in others)


def test_of_fewer_than_five_clusters_no_share_is_drawn_or_said_in_any_part(reports):
    parts = dashboard(reports["en"], THREE)
    for name in PARTS:
        assert any(isinstance(block, Picture) for block in parts[name]), name
        assert any(isinstance(block, FigureTable) for block in parts[name]), name
        for block in parts[name]:
            if isinstance(block, Picture):
                own = [place for place, bar in enumerate(block.chart.names) if BOARD_NAMES[THREE]["en"] in bar]
                assert own
                assert all(series.figures[place] is None for series in block.chart.series for place in own)
                assert all(block.chart.instead[place] for place in own)
            if isinstance(block, FigureTable):
                shares = [at for at, column in enumerate(block.columns) if column.kind in ("percent", "decimal")]
                mine = [row for row in block.rows if BOARD_NAMES[THREE]["en"] in row]
                assert mine
                assert {said(row[at], block.columns[at], language("en")) for row in mine for at in shares} == {"[u]"}


@pytest.mark.parametrize("board", ["", SIX])
def test_each_part_has_a_chart_above_its_table_that_says_so_and_no_two_share_an_id(reports, code, board):
    drawn = [plain(blocks, language(code)) for blocks in dashboard(reports[code], board).values()]
    for blocks in drawn:
        kinds = [block["kind"] for block in blocks if block["kind"] in ("picture", "figures")]
        assert kinds == ["picture", "figures"] * (len(kinds) // 2)
    pictures = [block["svg"] for blocks in drawn for block in blocks if block["kind"] == "picture"]
    assert len({svg.partition("-title")[0] for svg in pictures}) == len(pictures) >= 4
    below = {"en": "in the table below it", "cy": "yn y tabl oddi tano"}[code]
    assert all(below in svg for svg in pictures)
