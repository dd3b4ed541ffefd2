"""Boards beside outcomes: one figure each of the long table by health board, to be seen at a glance."""

from survey.reporting.measures.declarations import JUDGED_LEVEL
from survey.reporting.workbooks.charts import rows_of
from survey.reporting.workbooks.national.maturity import base_lines, maturity_by_board, maturity_by_outcome
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NOT_APPLICABLE, figures_of_clusters, outcome_columns, percent_column
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table


def boards_by_outcome(report: Report) -> Sheet:
    """For each outcome and health board, the share of reflections at the upper half of the levels."""
    options = report.options("judged_level")
    upper = options[len(options) // 2 :]
    shares = {
        (row["board"], row["outcome"]): _together([row[f"p_{option.code}"] for option in upper])
        for row in rows_of(report.made(maturity_by_board))
    }
    boards = {f"board_{board.code}": report.board_name(board.code) for board in report.boards}
    outcomes: list[tuple[Cell, str]] = [(NOT_APPLICABLE, report.all_outcomes())]
    outcomes += [(outcome.id, report.outcome_name(outcome)) for outcome in report.outcomes]
    levels_of_all = [*rows_of(report.made(maturity_by_board))[:1], *rows_of(report.made(maturity_by_outcome))]
    of_all = {row["outcome"]: row for row in levels_of_all}
    rows = [
        (
            code,
            name,
            sum(int(str(of_all[name][f"n_{option.code}"])) for option in options),
            _together([of_all[name][f"p_{option.code}"] for option in upper]),
            *(shares.get((board, name), NOT_APPLICABLE) for board in boards.values()),
        )
        for code, name in outcomes
        if name in of_all
    ]
    columns = (
        *outcome_columns(report),
        Column("base", report.pgettext("workbook", "Reflections with a level, all health boards"), "whole"),
        percent_column("all_boards", report.pgettext("workbook", "All health boards")),
        *(percent_column(key, name) for key, name in boards.items()),
    )
    description = report.pgettext("workbook", "The share of reflections at the upper levels, by outcome and board.")
    levels = "; ".join(report.texts(option.label) for option in upper)
    return figures_of_clusters(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Outcomes and health boards"),
        report.pgettext("sheet title", "Reflections at the upper levels of maturity, by outcome and health board"),
        Table("boards_by_outcome", description, columns, rows),
        *base_lines(report),
        report.pgettext("workbook", "Counted together are the levels: %(levels)s.", levels=levels),
        report.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
        not_applicable=report.pgettext(
            "workbook", "the outcome is not assigned to the board, or the row for all outcomes has no code"
        ),
    )


def _together(cells: list[Cell]) -> Cell:
    """The sum of some shares, or the shorthand that stands in their place."""
    missing = next((cell for cell in cells if isinstance(cell, Shorthand)), None)
    return missing or sum(cell for cell in cells if isinstance(cell, int | float))
