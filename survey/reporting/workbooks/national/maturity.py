"""The level of maturity that clusters judge themselves to be at: by outcome, by health board, by cluster."""

from survey.reporting.measures.declarations import INDICATED_LEVEL, JUDGED_LEVEL, OWN_WORDS
from survey.reporting.measures.distribution import distribution
from survey.reporting.workbooks.cells import NOT_APPLICABLE, board_column, outcome_columns
from survey.reporting.workbooks.national.distributions import distribution_cells, distribution_columns
from survey.reporting.workbooks.national.reflections import (
    assigned_line,
    labels,
    reflection_cells,
    reflection_columns,
    reflection_places,
    reflections,
    words,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import figures_of_clusters, words_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def maturity_by_outcome(report: Report) -> Sheet:
    """For each assigned outcome, how many assigned clusters judge themselves to be at each level."""
    options = report.options("judged_level")
    counts = distribution(report.data.of("judged_level"), JUDGED_LEVEL, options, ("outcome",))
    rows = [
        (outcome.id, report.outcome_name(outcome), *distribution_cells(counts[outcome.id,], options, JUDGED_LEVEL))
        for outcome in report.outcomes
    ]
    columns = (*outcome_columns(report), *distribution_columns(report, options, JUDGED_LEVEL))
    description = report.pgettext(
        "workbook", "How many assigned clusters judge themselves to be at each level, by outcome."
    )
    return figures_of_clusters(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Maturity by outcome"),
        report.pgettext("sheet title", "Level of maturity judged, by outcome"),
        Table("maturity_by_outcome", description, columns, rows),
        base_line(report),
    )


def maturity_by_board(report: Report) -> Sheet:
    """First all outcomes of Wales and of each health board, then each of its outcomes."""
    options = report.options("judged_level")
    judged = report.data.of("judged_level")
    boards = distribution(judged, JUDGED_LEVEL, options, ("board",))
    each = distribution(judged, JUDGED_LEVEL, options, ("board", "outcome"))
    groups = [(report.wales, counts) for counts in distribution(judged, JUDGED_LEVEL, options, ()).values()]
    groups += [
        (report.board_name(board.code), boards[board.code,]) for board in report.boards if (board.code,) in boards
    ]
    together = report.all_outcomes()
    rows: list[tuple[Cell, ...]] = [
        (name, NOT_APPLICABLE, together, *distribution_cells(counts, options, JUDGED_LEVEL)) for name, counts in groups
    ]
    rows += [
        (
            report.board_name(board.code),
            outcome.id,
            report.outcome_name(outcome),
            *distribution_cells(each[board.code, outcome.id], options, JUDGED_LEVEL),
        )
        for board in report.boards
        for outcome in report.outcomes
        if (board.code, outcome.id) in each
    ]
    columns = (
        board_column(report),
        *outcome_columns(report),
        *distribution_columns(report, options, JUDGED_LEVEL),
    )
    description = report.pgettext(
        "workbook", "How many assigned clusters of each health board judge themselves to be at each level."
    )
    return figures_of_clusters(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Maturity by health board"),
        report.pgettext("sheet title", "Level of maturity judged, by health board"),
        Table("maturity_by_board", description, columns, rows),
        base_line(report),
        report.pgettext("workbook", "Rows for all outcomes count a cluster once for each of its outcomes."),
        not_applicable=report.pgettext(
            "workbook", "a row for all outcomes has no code, and there is no percentage of fewer than five clusters"
        ),
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
    why = words(report, "level_difference", places)
    rows = [(*names, *cells) for names, *cells in zip(reflection_cells(report), judged, indicated, why, strict=True)]
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


def base_line(report: Report) -> str:
    """What figures by outcome are counted out of."""
    return report.pgettext(
        "workbook", "Base: assigned clusters. Percentages are of those that responded and judged their level."
    )
