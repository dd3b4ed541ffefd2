"""Sheets of health boards of which only the rows of Wales are shown, with titles that say so."""

from dataclasses import replace

from survey.reporting.reports.blocks import table_of
from survey.reporting.workbooks.national.enablers import enablers_and_barriers
from survey.reporting.workbooks.national.trend import trend_of_response
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Sheet


def response_over_years(report: Report) -> Sheet:
    """The response in Wales in each year."""
    return _of_wales(report, trend_of_response, report.pgettext("report", "Response in Wales, by year"))


def enablers_of_wales(report: Report) -> Sheet:
    """What helps clusters and what holds them back, in Wales."""
    return _of_wales(
        report, enablers_and_barriers, report.titled(report.pgettext("report", "Enablers and barriers in Wales"))
    )


def _of_wales(report: Report, maker: SheetMaker, title: str) -> Sheet:
    sheet = report.made(maker)
    table = table_of(sheet)
    board = [column.key for column in table.columns].index("board")
    rows = [row for row in table.rows if row[board] == report.wales]
    return replace(sheet, title=title, body=replace(table, rows=rows))
