"""The level of maturity that clusters judge themselves to be at, by outcome, board and cluster; and its criteria."""

from survey.reporting.measures.clusters import distribution
from survey.reporting.measures.declarations import INDICATED_LEVEL, JUDGED_LEVEL, OWN_WORDS
from survey.reporting.workbooks.national.figures import asked_for_line, distributions_by_board, figures_by_outcome
from survey.reporting.workbooks.national.reflections import (
    answers_at,
    assigned_line,
    labels,
    reflection_columns,
    reflection_places,
    reflection_rows,
    reflections,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NOT_APPLICABLE,
    board_column,
    figures_of_clusters,
    outcome_columns,
    percentages_line,
    words_of_clusters,
)
from survey.reporting.xlsx.description import Cell, Column, ColumnLine, Sheet, Table


def maturity_by_outcome(report: Report) -> Sheet:
    """For each assigned outcome, how many assigned clusters judge themselves to be at each level."""
    options = report.options("judged_level")
    counts = distribution(report.data.of("judged_level"), JUDGED_LEVEL, options, ("outcome",))
    levels = figures_by_outcome(report, options, JUDGED_LEVEL)
    rows = [
        (outcome.id, report.outcome_name(outcome), *levels.cells(counts[outcome.id,])) for outcome in report.outcomes
    ]
    description = report.pgettext(
        "workbook", "How many assigned clusters judge themselves to be at each level, by outcome."
    )
    return figures_of_clusters(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Maturity by outcome"),
        report.pgettext("sheet title", "Level of maturity judged, by outcome"),
        Table("maturity_by_outcome", description, (*outcome_columns(report), *levels.columns), rows),
        *base_lines(report),
    )


def maturity_by_board(report: Report) -> Sheet:
    """First all outcomes of Wales and of each health board, then each of its outcomes."""
    options = report.options("judged_level")
    each = distribution(report.data.of("judged_level"), JUDGED_LEVEL, options, ("board", "outcome"))
    levels = figures_by_outcome(report, options, JUDGED_LEVEL)
    rows: list[tuple[Cell, ...]] = [
        (name, NOT_APPLICABLE, report.all_outcomes(), *levels.cells(counts))
        for name, counts in distributions_by_board(report, JUDGED_LEVEL)
    ]
    rows += [
        (report.board_name(board.code), outcome.id, report.outcome_name(outcome), *levels.cells(counts))
        for board in report.boards
        for outcome in report.outcomes
        if (counts := each.get((board.code, outcome.id)))
    ]
    columns = (board_column(report), *outcome_columns(report), *levels.columns)
    description = report.pgettext(
        "workbook", "How many assigned clusters of each health board judge themselves to be at each level."
    )
    return figures_of_clusters(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Maturity by health board"),
        report.pgettext("sheet title", "Level of maturity judged, by health board"),
        Table("maturity_by_board", description, columns, rows),
        *base_lines(report),
        report.pgettext("workbook", "Rows for all outcomes count a cluster once for each of its outcomes."),
        not_applicable=report.pgettext("workbook", "a row for all outcomes has no code"),
    )


def maturity_by_cluster(report: Report) -> Sheet:
    """Every cluster on each of its outcomes: the level judged, the level indicated, and why they differ."""
    places, options = reflection_places(report), report.options("judged_level")
    judged = labels(report, "judged_level", options, places)
    pointed_to = labels(report, "indicated_level", options, places)
    indicated = [
        level if outcome.has_levels else NOT_APPLICABLE
        for level, (_, outcome) in zip(pointed_to, reflections(report), strict=True)
    ]
    rows = reflection_rows(report, judged, indicated, answers_at(report, "level_difference", places))
    columns = (
        *reflection_columns(report),
        Column("judged", report.pgettext("workbook", "Level judged")),
        Column("indicated", report.pgettext("workbook", "Level indicated")),
        Column("why", report.pgettext("workbook", "Why the two differ"), "verbatim"),
    )
    description = report.pgettext("workbook", "The levels of each cluster on each outcome assigned to it.")
    return words_of_clusters(
        report,
        (JUDGED_LEVEL, INDICATED_LEVEL, OWN_WORDS),
        report.pgettext("sheet name", "Maturity by cluster"),
        report.pgettext("sheet title", "Level of maturity by cluster"),
        Table("maturity_by_cluster", description, columns, rows),
        assigned_line(report),
        not_applicable=report.pgettext(
            "workbook", "not asked: the outcome has no levels to point to, or the two levels do not differ"
        ),
    )


def base_lines(report: Report) -> tuple[ColumnLine, ColumnLine]:
    """What figures by outcome are counted out of."""
    return (
        asked_for_line(report),
        percentages_line(report.pgettext("workbook", "Percentages are of those that were submitted with a level.")),
    )
