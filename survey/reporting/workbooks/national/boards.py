"""What other sheets say by outcome, by health board: calibration, movement, years, criteria."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from survey.collection.rounds.clusters import HealthBoard
from survey.questionnaire.framework import Outcome
from survey.reporting.measures.clusters import distribution
from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.measures.declarations import CALIBRATION, JUDGED_LEVEL, MOVEMENT, Measure
from survey.reporting.measures.levels import Calibrated, Moved, calibration
from survey.reporting.workbooks.national.figures import figures_by_outcome
from survey.reporting.workbooks.national.maturity import base_lines
from survey.reporting.workbooks.national.trend import sheet_over_years, year_column
from survey.reporting.workbooks.national.ways import (
    both_levels_lines,
    moved_lines,
    ways_of_calibration,
    ways_of_movement,
    without_both_levels,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NOT_APPLICABLE,
    ColumnBlock,
    board_column,
    figures_of_clusters,
    outcome_columns,
)
from survey.reporting.xlsx.description import Cell, ColumnLine, Sheet, Table

Went = TypeVar("Went", bound=Moved | Calibrated)


def judged_and_indicated_by_board(report: Report) -> Sheet:
    """How the levels judged stand to the levels indicated, in Wales, each health board and each of its outcomes."""
    sheet = _by_board(
        report,
        CALIBRATION,
        report.pgettext("sheet name", "Judged and indicated by board"),
        report.pgettext("sheet title", "Level judged against level indicated, by health board"),
        "judged_and_indicated_by_board",
        report.pgettext(
            "workbook",
            "How many clusters of each health board judge themselves above, at or below the level indicated.",
        ),
        ways_of_calibration(report),
        calibration(report.data),
        {
            (board.code, outcome.id): without_both_levels(
                report, outcome, report.snapshot.clusters.of_board(board.code)
            )
            for board in report.boards
            for outcome in _without_levels(report, board)
        },
        *both_levels_lines(report),
    )
    meaning = report.pgettext("workbook", "a row for all outcomes has no code, or the outcome has no indicated level")
    return replace(sheet, shorthand={NOT_APPLICABLE: meaning})


def movement_by_board(report: Report) -> Sheet:
    """How many moved up, stayed or moved down in Wales, each health board and each of its outcomes."""
    return _by_board(
        report,
        MOVEMENT,
        report.pgettext("sheet name", "Movement by health board"),
        report.pgettext("sheet title", "Movement of the level judged since last asked, by health board"),
        "movement_by_board",
        report.pgettext("workbook", "How many clusters of each health board moved up, stayed or moved down."),
        ways_of_movement(report),
        report.movements,
        {},
        *moved_lines(report),
    )


def trend_by_board(report: Report) -> Sheet:
    """The levels judged in each health board in each year, of all its outcomes of then and of each."""
    options = report.options("judged_level")
    levels = figures_by_outcome(report, options, JUDGED_LEVEL)
    by_year = [
        (
            data.year,
            distribution(asked, JUDGED_LEVEL, options, ("board",)),
            distribution(asked, JUDGED_LEVEL, options, ("board", "outcome")),
        )
        for section, question in report.questions("judged_level")[:1]
        for data in report.series.rounds
        for asked in (earlier_rows(data, section, question),)
    ]
    rows: list[tuple[Cell, ...]] = []
    for board in report.boards:
        name = report.board_name(board.code)
        rows += [
            (name, NOT_APPLICABLE, report.all_outcomes(), year, *levels.cells(counts[board.code,]))
            for year, counts, _ in by_year
            if (board.code,) in counts
        ]
        rows += [
            (name, outcome.id, report.outcome_name(outcome), year, *levels.cells(counts[board.code, outcome.id]))
            for outcome in report.every_outcome
            for year, _, counts in by_year
            if (board.code, outcome.id) in counts
        ]
    return sheet_over_years(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Trend by health board"),
        report.pgettext("sheet title", "Level of maturity judged, by health board, in all years"),
        Table(
            "trend_by_board",
            report.pgettext("workbook", "The levels judged in each health board in each year."),
            (board_column(report), *outcome_columns(report), year_column(report), *levels.columns),
            rows,
        ),
        *base_lines(report),
        report.pgettext(
            "workbook", "A health board has other outcomes in other years: for change, see movement by health board."
        ),
        _together_line(report),
        not_applicable=_no_code(report),
    )


def _by_board(
    report: Report,
    measure: Measure,
    name: str,
    title: str,
    table: str,
    description: str,
    ways: ColumnBlock[Sequence[Went]],
    reflected: Sequence[Went],
    others: Mapping[tuple[str, str], tuple[Cell, ...]],
    *preamble: str | ColumnLine,
) -> Sheet:
    """A sheet of the ways that reflections went, first of all outcomes together, then of each that has any. `others`
    has the cells of outcomes whose reflections went none of them, by health board and outcome."""
    of_board: dict[str, list[Went]] = {board.code: [] for board in report.boards}
    for went in reflected:
        of_board[report.data.clusters[went.cluster].board].append(went)
    figures = dict(others)
    for board, reflections in of_board.items():
        figures |= {(board, outcome): ways.cells(those) for outcome, those in _by_outcome(reflections).items()}
    rows: list[tuple[Cell, ...]] = [(report.wales, NOT_APPLICABLE, report.all_outcomes(), *ways.cells(reflected))]
    rows += [
        (report.board_name(board.code), NOT_APPLICABLE, report.all_outcomes(), *ways.cells(of_board[board.code]))
        for board in report.boards
    ]
    rows += [
        (report.board_name(board.code), outcome.id, report.outcome_name(outcome), *cells)
        for board in report.boards
        for outcome in report.outcomes
        if (cells := figures.get((board.code, outcome.id)))
    ]
    columns = (board_column(report), *outcome_columns(report), *ways.columns)
    return figures_of_clusters(
        report,
        measure,
        name,
        title,
        Table(table, description, columns, rows),
        *preamble,
        _together_line(report),
        not_applicable=_no_code(report),
    )


def _by_outcome(reflected: Sequence[Went]) -> dict[str, list[Went]]:
    of_outcome: dict[str, list[Went]] = defaultdict(list)
    for went in reflected:
        of_outcome[went.outcome].append(went)
    return of_outcome


def _without_levels(report: Report, board: HealthBoard) -> list[Outcome]:
    clusters = report.snapshot.clusters.of_board(board.code)
    asked = {outcome for cluster in clusters for outcome in report.data.assigned[cluster.code]}
    return [outcome for outcome in report.outcomes if outcome.id in asked and not outcome.has_levels]


def _together_line(report: Report) -> str:
    return report.pgettext("workbook", "Rows for all outcomes count a cluster once for each of its outcomes.")


def _no_code(report: Report) -> str:
    return report.pgettext("workbook", "a row for all outcomes has no code")
