"""The dashboard of a round: response, maturity, movement, enablers and barriers, each a chart with its table.

Of Wales, or of one health board beside Wales. Every figure is a row of a table of the national workbook, with the same
figures left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from survey.languages import Phrase
from survey.reporting.charts.description import Chart
from survey.reporting.reports.blocks import Block, Picture, figures_of, keys_like, table_of
from survey.reporting.reports.of_wales import enablers_of_wales
from survey.reporting.reports.wales_comparison import MATURITY, rows_beside_wales
from survey.reporting.workbooks import response as sheets_of_response
from survey.reporting.workbooks.charts import CellsByKey, rows_of
from survey.reporting.workbooks.national import boards, charts, drawn_rows, enablers, levels, maturity
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Sheet

ALT_TEXT = Phrase("dashboard", "Bar chart: %(title)s. The figures are in the table below it.")
Blocks = Iterator[Block]


def dashboard(report: Report, board: str = "") -> Mapping[str, Sequence[Block]]:
    """The parts of the dashboard by name, of Wales or of the health board with this code."""
    parts = OF_BOARD if board else OF_WALES
    return {name: list(part(report, board)) for name, part in parts.items()}


def _response(report: Report, _board: str) -> Blocks:
    yield _chart(report, charts.response(report))
    yield from _response_table(report, report.made(sheets_of_response.response_by_board))


def _maturity(report: Report, _board: str) -> Blocks:
    yield _chart(report, charts.maturity_of_outcomes(report))
    by_outcome = report.made(maturity.maturity_by_outcome)
    yield from figures_of(by_outcome, report.language, keys_like(by_outcome, "outcome", "responded", "n_", "p_"))
    yield _chart(report, charts.maturity_of_boards(report))
    by_board = report.made(maturity.maturity_by_board)
    keys = keys_like(by_board, "board", "responded", "n_", "p_")
    yield from figures_of(by_board, report.language, keys, lambda row: row["outcome"] == report.all_outcomes())


def _movement(report: Report, _board: str) -> Blocks:
    yield _chart(report, charts.moved(report))
    sheet = report.made(levels.movement)
    yield from figures_of(sheet, report.language, keys_like(sheet, "outcome", "compared", "n_", "first_time", "p_"))


def _enablers(report: Report, _board: str) -> Blocks:
    yield _chart(report, charts.enabler_ratings(report))
    sheet = enablers_of_wales(report)
    yield from figures_of(sheet, report.language, keys_like(sheet, "enabler", "responded", "n_", "mean"))


def _response_beside_wales(report: Report, board: str) -> Blocks:
    sheet = _beside_wales(report, board, report.made(sheets_of_response.response_by_board))
    yield _chart(report, drawn_rows.statuses(report, rows_of(sheet)))
    yield from _response_table(report, sheet)


def _maturity_beside_wales(report: Report, board: str) -> Blocks:
    whole = report.made(maturity.maturity_by_board)
    sheet = _with_rows(report, board, whole, rows_beside_wales(report, board, *MATURITY))
    title = report.pgettext("chart title", "Level of maturity judged, by outcome")
    yield _chart(report, drawn_rows.levels(report, title, _paired(sheet, "outcome"), "name"))
    keys = keys_like(sheet, "outcome", "board", "responded", "n_", "p_")
    yield from figures_of(sheet, report.language, keys)


def _movement_beside_wales(report: Report, board: str) -> Blocks:
    sheet = _beside_wales(report, board, report.made(boards.movement_by_board))
    title = report.pgettext("chart title", "Movement of the level judged since last asked, by outcome")
    yield _chart(report, drawn_rows.movements(report, title, _paired(sheet, "outcome"), "name"))
    keys = keys_like(sheet, "outcome", "board", "compared", "n_", "first_time", "p_")
    yield from figures_of(sheet, report.language, keys)


def _enablers_beside_wales(report: Report, board: str) -> Blocks:
    sheet = _beside_wales(report, board, report.made(enablers.enablers_and_barriers))
    rows = sorted(table_of(sheet).rows, key=lambda row: [other[1] for other in table_of(sheet).rows].index(row[1]))
    sheet = replace(sheet, body=replace(table_of(sheet), rows=rows))
    title = report.pgettext("chart title", "Enablers and barriers, by health board")
    yield _chart(report, drawn_rows.ratings(report, title, _paired(sheet, "enabler"), "name"))
    keys = keys_like(sheet, "enabler", "board", "responded", "n_", "mean")
    yield from figures_of(sheet, report.language, keys)


DashboardPart = Callable[[Report, str], Blocks]
OF_WALES: Mapping[str, DashboardPart] = {
    "response": _response,
    "maturity": _maturity,
    "movement": _movement,
    "enablers": _enablers,
}
OF_BOARD: Mapping[str, DashboardPart] = {
    "response": _response_beside_wales,
    "maturity": _maturity_beside_wales,
    "movement": _movement_beside_wales,
    "enablers": _enablers_beside_wales,
}
"""The parts in their order."""


def _response_table(report: Report, sheet: Sheet) -> Blocks:
    keys = ("board", "expected", *sheets_of_response.BY_BOARD_STATUSES, "counted", "rate")
    yield from figures_of(sheet, report.language, keys)


def _chart(report: Report, chart: Chart) -> Block:
    """A chart, which on a dashboard stands above its table."""
    return Picture(replace(chart, alt_text=report.language.say(ALT_TEXT, title=chart.title)))


def _beside_wales(report: Report, board: str, sheet: Sheet) -> Sheet:
    names = (report.wales, report.board_name(board))
    return _with_rows(report, board, sheet, [row for row in table_of(sheet).rows if row[0] in names])


def _with_rows(report: Report, board: str, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> Sheet:
    title = report.pgettext("peer review", "%(title)s: %(board)s", title=sheet.title, board=report.board_name(board))
    return replace(sheet, title=title, body=replace(table_of(sheet), rows=rows))


def _paired(sheet: Sheet, subject: str) -> Iterable[CellsByKey]:
    """The rows, each named by what it is of and by its area."""
    return [{**row, "name": f"{row[subject]}: {row['board']}"} for row in rows_of(sheet)]
