"""The figures of a health board beside those of Wales: rows of sheets of the national workbook."""

from collections.abc import Sequence
from dataclasses import replace

from survey.reporting.reports.blocks import table_of
from survey.reporting.reports.board_clusters import asked_of, titled_of_board
from survey.reporting.workbooks.national import boards, levels, maturity
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Cell, Sheet, Shorthand

MATURITY = (maturity.maturity_by_board, maturity.maturity_by_outcome)
BESIDE_WALES: tuple[tuple[SheetMaker, SheetMaker], ...] = (
    MATURITY,
    (boards.judged_and_indicated_by_board, levels.judged_and_indicated),
    (boards.movement_by_board, levels.movement),
)
"""The sheets of health boards, and those that have the same columns of each outcome in Wales."""


def beside_wales(report: Report, board: str) -> list[Sheet]:
    """The figures of the health board and its outcomes, each below those of the same outcome in Wales."""
    taken = report.pgettext(
        "peer review",
        "Taken from the workbook for Wales: each row of this health board, below the same row of Wales.",
    )
    meaning = {Shorthand.NOT_APPLICABLE: report.pgettext("workbook", "the outcome has no indicated level")}
    return [
        replace(
            titled_of_board(report, board, report.made(sheets[0]), _named_here(report, board, *sheets)),
            preamble=(taken, *_alone_line(report, board), *report.made(sheets[0]).preamble),
            shorthand=meaning,
        )
        for sheets in BESIDE_WALES
    ]


def _named_here(report: Report, board: str, *sheets: SheetMaker) -> list[Sequence[Cell]]:
    """These rows with a short name for the health board, whose own stands above them."""
    here = report.pgettext("peer review", "This health board")
    rows = rows_beside_wales(report, board, *sheets)
    return [(here if row[0] == report.board_name(board) else row[0], *row[1:]) for row in rows]


def rows_beside_wales(report: Report, board: str, of_boards: SheetMaker, of_wales: SheetMaker) -> list[Sequence[Cell]]:
    """The rows of a health board, first of all its outcomes; before each that of the same outcomes in Wales."""
    rows, name = table_of(report.made(of_boards)).rows, report.board_name(board)
    wales = {row[0]: (report.wales, *row) for row in table_of(report.made(of_wales)).rows}
    wales |= {row[1]: tuple(row) for row in rows if row[0] == report.wales}
    return [each for row in rows if row[0] == name for each in (wales[row[1]], row)]


def _alone_line(report: Report, board: str) -> tuple[str, ...]:
    """Which outcomes nobody else is asked about, so that the board stands beside itself; none if there is none."""
    others = {
        outcome
        for cluster in report.clusters
        if cluster.health_board != board
        for outcome in report.data.assigned[cluster.code]
    }
    alone = [outcome for outcome in asked_of(report, board) if outcome.id not in others]
    if not alone:
        return ()
    return (
        report.pgettext(
            "peer review",
            "Some outcomes are asked of clusters of this health board only, so the row of Wales repeats theirs and is "
            "no comparison: %(outcomes)s.",
            outcomes=report.in_short(alone),
        ),
    )
