"""All kept years side by side: response, maturity, enablers."""

from survey.reporting.measures.continuity import earlier_rows
from survey.reporting.measures.declarations import ENABLERS, JUDGED_LEVEL, RESPONSE
from survey.reporting.measures.distribution import distribution
from survey.reporting.measures.response import responding
from survey.reporting.workbooks.cells import (
    SHARE,
    SMALL_BASE,
    TOO_FEW,
    board_column,
    outcome_columns,
    percent,
)
from survey.reporting.workbooks.national.enablers import enabler_cells, enabler_columns
from survey.reporting.workbooks.national.maturity import base_line, level_cells, level_columns
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table


def trend(report: Report) -> Sheet:
    """Each outcome in each year in which it was assigned: how many clusters judged themselves at each level."""
    language = report.language
    options = report.options("judged_level")
    rows: list[tuple[Cell, ...]] = []
    framework = report.data.snapshot.framework
    for section, question in report.questions("judged_level")[:1]:
        by_year = [
            (data.year, distribution(earlier_rows(data, section, question), JUDGED_LEVEL, options, ("outcome",)))
            for data in report.series.rounds
        ]
        for outcome in framework.outcomes if framework else ():
            rows += [
                (outcome.id, report.outcome_name(outcome), year, *level_cells(counts[outcome.id,], options))
                for year, counts in by_year
                if (outcome.id,) in counts
            ]
    return Sheet(
        name=language.pgettext("sheet name", "Trend"),
        title=report.titled(language.pgettext("sheet title", "Level of maturity judged, by outcome, in all years")),
        preamble=(
            base_line(report),
            language.pgettext(
                "workbook",
                "Different clusters are assigned an outcome in different years: see the movement of the same clusters.",
            ),
        ),
        notes=(JUDGED_LEVEL.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "trend",
            language.pgettext("workbook", "The levels judged for each outcome in each year in which it was assigned."),
            (*outcome_columns(language), year_column(report), *level_columns(report, options)),
            rows,
        ),
    )


def trend_of_response(report: Report) -> Sheet:
    """The response rate of Wales and of each health board in each year."""
    language = report.language
    rows: list[tuple[Cell, ...]] = []
    for name, board in [
        (report.wales, None),
        *((report.board_name(board.code), board.code) for board in report.boards),
    ]:
        for data in report.series.rounds:
            found = responding(data, board)
            if found.expected:
                rows.append(
                    (name, data.year, found.expected, found.counted, percent(RESPONSE, found.counted, found.expected))
                )
    return Sheet(
        name=language.pgettext("sheet name", "Trend of response"),
        title=report.titled(language.pgettext("sheet title", "Response by health board in all years")),
        preamble=(language.pgettext("workbook", "Base: all clusters on the list of each year’s round."),),
        notes=(RESPONSE.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "trend_of_response",
            language.pgettext("workbook", "The response rate of each health board in each year."),
            (
                board_column(language),
                year_column(report),
                Column("expected", language.pgettext("workbook", "Clusters expected"), "whole"),
                Column("counted", language.pgettext("workbook", "Responses that count"), "whole"),
                Column(
                    "rate",
                    language.pgettext("workbook", "Response rate"),
                    "percent",
                    unit="%",
                    decimals=0,
                    heat=SHARE,
                ),
            ),
            rows,
        ),
    )


def trend_of_enablers(report: Report) -> Sheet:
    """Each enabler in each year in which it was asked, for Wales."""
    language = report.language
    options = report.options("enabler")
    rows: list[tuple[Cell, ...]] = []
    for section, question in report.questions("enabler"):
        for data in report.series.rounds:
            counts = distribution(earlier_rows(data, section, question), ENABLERS, options, ())
            rows += [
                (report.texts(question.label), data.year, *enabler_cells(found, options)) for found in counts.values()
            ]
    return Sheet(
        name=language.pgettext("sheet name", "Trend of enablers"),
        title=report.titled(language.pgettext("sheet title", "Enablers and barriers in all years, Wales")),
        preamble=(language.pgettext("workbook", "Base: all clusters on the list of each year’s round."),),
        notes=(ENABLERS.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "trend_of_enablers",
            language.pgettext("workbook", "How clusters rated each enabler in each year in which it was asked."),
            (
                Column("enabler", language.pgettext("workbook", "Enabler"), "long_text"),
                year_column(report),
                *enabler_columns(report, options),
            ),
            rows,
        ),
    )


def year_column(report: Report) -> Column:
    """The column of reporting years."""
    return Column("year", report.language.pgettext("workbook", "Reporting year"))
