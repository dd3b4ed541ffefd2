"""All kept years side by side: response, maturity, enablers."""

from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.measures.declarations import ENABLERS, JUDGED_LEVEL, RESPONSE
from survey.reporting.measures.distribution import distribution
from survey.reporting.measures.response import responding
from survey.reporting.workbooks.cells import board_column, expected_column, outcome_columns
from survey.reporting.workbooks.national.distributions import distribution_cells, distribution_columns
from survey.reporting.workbooks.national.enablers import enabler_cells, enabler_columns
from survey.reporting.workbooks.national.maturity import base_line
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.response import counted_cells, counted_columns
from survey.reporting.workbooks.tables import figures_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def trend(report: Report) -> Sheet:
    """Each outcome in each year in which it was assigned: how many clusters judged themselves at each level."""
    options = report.options("judged_level")
    rows: list[tuple[Cell, ...]] = []
    for section, question in report.questions("judged_level")[:1]:
        by_year = [
            (data.year, distribution(earlier_rows(data, section, question), JUDGED_LEVEL, options, ("outcome",)))
            for data in report.series.rounds
        ]
        rows = [
            (
                outcome.id,
                report.outcome_name(outcome),
                year,
                *distribution_cells(counts[outcome.id,], options, JUDGED_LEVEL),
            )
            for outcome in report.every_outcome
            for year, counts in by_year
            if (outcome.id,) in counts
        ]
    columns = (
        *outcome_columns(report),
        _year_column(report),
        *distribution_columns(report, options, JUDGED_LEVEL),
    )
    description = report.pgettext(
        "workbook", "The levels judged for each outcome in each year in which it was assigned."
    )
    return figures_of_clusters(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Trend"),
        report.pgettext("sheet title", "Level of maturity judged, by outcome, in all years"),
        Table("trend", description, columns, rows),
        base_line(report),
        report.pgettext(
            "workbook",
            "Different clusters are assigned an outcome in different years: see the movement of the same clusters.",
        ),
    )


def trend_of_response(report: Report) -> Sheet:
    """The response rate of Wales and of each health board in each year."""
    groups = [(report.wales, None), *((report.board_name(board.code), board.code) for board in report.boards)]
    rows: list[tuple[Cell, ...]] = [
        (name, data.year, clusters.expected, *counted_cells(clusters))
        for name, board in groups
        for data in report.series.rounds
        if (clusters := responding(data, board)).expected
    ]
    columns = (board_column(report), _year_column(report), expected_column(report), *counted_columns(report))
    description = report.pgettext("workbook", "The response rate of each health board in each year.")
    return figures_of_clusters(
        report,
        RESPONSE,
        report.pgettext("sheet name", "Trend of response"),
        report.pgettext("sheet title", "Response by health board in all years"),
        Table("trend_of_response", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters on the list of each year’s round."),
    )


def trend_of_enablers(report: Report) -> Sheet:
    """Each enabler in each year in which it was asked, for Wales."""
    options = report.options("enabler")
    rows: list[tuple[Cell, ...]] = [
        (report.texts(question.label), data.year, *enabler_cells(counts, options))
        for section, question in report.questions("enabler")
        for data in report.series.rounds
        for counts in distribution(earlier_rows(data, section, question), ENABLERS, options, ()).values()
    ]
    columns = (
        Column("enabler", report.pgettext("workbook", "Enabler"), "long_text"),
        _year_column(report),
        *enabler_columns(report, options),
    )
    description = report.pgettext("workbook", "How clusters rated each enabler in each year in which it was asked.")
    return figures_of_clusters(
        report,
        ENABLERS,
        report.pgettext("sheet name", "Trend of enablers"),
        report.pgettext("sheet title", "Enablers and barriers in all years, Wales"),
        Table("trend_of_enablers", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters on the list of each year’s round."),
    )


def _year_column(report: Report) -> Column:
    return Column("year", report.pgettext("workbook", "Reporting year"))
