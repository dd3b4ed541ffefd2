"""All kept years side by side: response, maturity, enablers."""

from dataclasses import replace

from survey.reporting.measures.clusters import distribution, responding
from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.measures.declarations import ENABLERS, JUDGED_LEVEL, RESPONSE, Measure
from survey.reporting.workbooks.national.enablers import enabler_column, enabler_ratings
from survey.reporting.workbooks.national.figures import figures_by_outcome
from survey.reporting.workbooks.national.maturity import base_lines
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.response import responses_counted
from survey.reporting.workbooks.tables import board_column, expected_column, figures_of_clusters, outcome_columns
from survey.reporting.xlsx.description import Cell, Column, ColumnLine, Sheet, Table


def trend(report: Report) -> Sheet:
    """Each outcome in each year in which it was assigned: how many clusters judged themselves at each level."""
    options = report.options("judged_level")
    levels = figures_by_outcome(report, options, JUDGED_LEVEL)
    rows: list[tuple[Cell, ...]] = []
    for section, question in report.questions("judged_level")[:1]:
        by_year = [
            (data.year, distribution(earlier_rows(data, section, question), JUDGED_LEVEL, options, ("outcome",)))
            for data in report.series.rounds
        ]
        rows = [
            (outcome.id, report.outcome_name(outcome), year, *levels.cells(counts[outcome.id,]))
            for outcome in report.every_outcome
            for year, counts in by_year
            if (outcome.id,) in counts
        ]
    columns = (*outcome_columns(report), year_column(report), *levels.columns)
    description = report.pgettext(
        "workbook", "The levels judged for each outcome in each year in which it was assigned."
    )
    return sheet_over_years(
        report,
        JUDGED_LEVEL,
        report.pgettext("sheet name", "Trend"),
        report.pgettext("sheet title", "Level of maturity judged, by outcome, in all years"),
        Table("trend", description, columns, rows),
        *base_lines(report),
        report.pgettext(
            "workbook",
            "Different clusters are assigned an outcome in different years: see the movement of the same clusters.",
        ),
    )


def trend_of_response(report: Report) -> Sheet:
    """The response rate of Wales and of each health board in each year."""
    counted = responses_counted(report)
    groups = [(report.wales, None), *((report.board_name(board.code), board.code) for board in report.boards)]
    rows: list[tuple[Cell, ...]] = [
        (name, data.year, clusters.expected, *counted.cells(clusters))
        for name, board in groups
        for data in report.series.rounds
        if (clusters := responding(data, board)).expected
    ]
    columns = (board_column(report), year_column(report), expected_column(report), *counted.columns)
    description = report.pgettext("workbook", "The response rate of each health board in each year.")
    return sheet_over_years(
        report,
        RESPONSE,
        report.pgettext("sheet name", "Trend of response"),
        report.pgettext("sheet title", "Response by health board in all years"),
        Table("trend_of_response", description, columns, rows),
        each_year_line(report),
    )


def trend_of_enablers(report: Report) -> Sheet:
    """Each enabler in each year in which it was asked, for Wales."""
    options = report.options("enabler")
    ratings = enabler_ratings(report, options)
    rows: list[tuple[Cell, ...]] = [
        (report.texts(question.label), data.year, *ratings.cells(counts))
        for section, question in report.questions("enabler")
        for data in report.series.rounds
        for counts in distribution(earlier_rows(data, section, question), ENABLERS, options, ()).values()
    ]
    columns = (enabler_column(report), year_column(report), *ratings.columns)
    description = report.pgettext("workbook", "How clusters rated each enabler in each year in which it was asked.")
    return sheet_over_years(
        report,
        ENABLERS,
        report.pgettext("sheet name", "Trend of enablers"),
        report.pgettext("sheet title", "Enablers and barriers in all years, Wales"),
        Table("trend_of_enablers", description, columns, rows),
        report.pgettext(
            "workbook",
            "Base: all clusters on the list of each year’s round. Percentages and means are of those that rated the "
            "enabler.",
        ),
    )


def sheet_over_years(
    report: Report,
    measure: Measure,
    name: str,
    title: str,
    table: Table,
    *preamble: str | ColumnLine,
    not_applicable: str = "",
) -> Sheet:
    """A sheet of figures of clusters in every kept year, which its title names."""
    sheet = figures_of_clusters(report, measure, name, title, table, *preamble, not_applicable=not_applicable)
    return replace(sheet, title=report.over_years(title))


def each_year_line(report: Report) -> str:
    """Of whom figures of all clusters in every year are."""
    return report.pgettext("workbook", "Base: all clusters on the list of each year’s round.")


def year_column(report: Report) -> Column:
    """The column of the year that a figure is of."""
    return Column("year", report.pgettext("workbook", "Reporting year"))
