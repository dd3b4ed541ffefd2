"""Columns, cells and whole tables that sheets of people share."""

from collections.abc import Sequence

from survey.questionnaire.definition import Option
from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.tallies import Tally, share_of
from survey.reporting.workbooks.cells import percent_column
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def group_columns(report: WorkforceReport) -> tuple[Column, Column]:
    """The columns of what a group is set apart by, and its name."""
    return (
        Column("breakdown", report.pgettext("workbook", "Breakdown")),
        Column("group", report.pgettext("workbook", "Group")),
    )


def group_cells(report: WorkforceReport, group: PeopleGroup) -> tuple[Cell, Cell]:
    """The cells of `group_columns`."""
    return report.breakdown(group), report.group_name(group)


def base_column(report: WorkforceReport) -> Column:
    """The column of the number of people a figure is of."""
    return Column("base", report.pgettext("workbook", "People in the base"), "whole")


def mean_column(key: str, header: str, unit: str) -> Column:
    """A column of means to two decimals."""
    return Column(key, header, "decimal", unit=unit, decimals=2)


def option_columns(report: WorkforceReport, options: Sequence[Option]) -> tuple[Column, ...]:
    """A column of shares for each option."""
    return tuple(percent_column(share_of(option.code), report.texts(option.label)) for option in options)


def option_cells(
    report: WorkforceReport, tally: Tally, options: Sequence[Option], group: PeopleGroup
) -> tuple[Cell, ...]:
    """The cells of `option_columns`."""
    return tuple(report.share(tally, share_of(option.code), group) for option in options)


def base_line(report: WorkforceReport) -> str:
    """What percentages and means are of."""
    return report.pgettext(
        "workbook", "Base: people who answered, as the note says. Percentages and means are of the people in the base."
    )


def answers_sheet(
    report: WorkforceReport,
    measure: Measure,
    name: str,
    title: str,
    table: tuple[str, str],
    asked: Sequence[str],
    *preamble: str,
) -> Sheet:
    """A sheet with a row for each answer to each question that feeds what is `asked`, group by group.

    `table` is the name and the description of its table.
    """
    columns = (
        *group_columns(report),
        Column("question", report.pgettext("workbook", "Question"), "long_text"),
        Column("answer", report.pgettext("workbook", "Answer"), "long_text"),
        base_column(report),
        percent_column("share", report.pgettext("workbook", "People who chose it")),
    )
    rows = [
        (
            *group_cells(report, group),
            report.texts(tally.question.label),
            report.texts(option.label),
            report.base(tally, group),
            report.share(tally, share_of(option.code), group),
        )
        for group in report.groups
        for tally in report.tallies(*asked)
        for option in tally.options
    ]
    return figures_of_people(report, measure, name, title, Table(*table, columns, rows), base_line(report), *preamble)
