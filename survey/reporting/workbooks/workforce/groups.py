"""Sheets of figures of people, group by group, and what the tables of such sheets share."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from survey.questionnaire.definition import Option
from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.tallies import Tally, share_of
from survey.reporting.workbooks.rounding_notes import several_line
from survey.reporting.workbooks.tables import ColumnBlock, figures_of_people, percent_column
from survey.reporting.workbooks.workforce.release import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def figures_by_group(
    report: WorkforceReport,
    measure: Measure,
    name: str,
    title: str,
    table: str,
    description: str,
    columns: Sequence[Column],
    rows: Callable[[PeopleGroup], Iterable[tuple[Cell, ...]]],
    *preamble: str,
) -> Sheet:
    """A sheet with the rows of Wales, of each health board and of each profession, named as such in front."""
    named = (
        Column("breakdown", report.pgettext("workbook", "Breakdown")),
        Column("group", report.pgettext("workbook", "Group")),
    )
    cells = [
        (report.breakdown(group), report.group_name(group), *row) for group in report.groups for row in rows(group)
    ]
    figures = Table(table, description, (*named, *columns), cells)
    return figures_of_people(report, measure, name, title, figures, base_line(report), *preamble)


def answers_by_group(
    report: WorkforceReport,
    measure: Measure,
    name: str,
    title: str,
    table: str,
    description: str,
    asked: Sequence[str],
) -> Sheet:
    """A sheet with a row for each answer to each question that feeds what is `asked`, group by group."""
    columns = (
        Column("question", report.pgettext("workbook", "Question"), "long_text"),
        Column("answer", report.pgettext("workbook", "Answer"), "long_text"),
        base_column(report),
        percent_column("share", report.pgettext("workbook", "People who chose it")),
    )

    def rows(group: PeopleGroup) -> Iterator[tuple[Cell, ...]]:
        for tally in report.tallies(*asked):
            for option in tally.options:
                texts = (report.texts(tally.question.label), report.texts(option.label))
                yield (*texts, report.base(tally, group), report.figure(tally, share_of(option.code), group))

    several = [several_line(report)] if any(not tally.one_of for tally in report.tallies(*asked)) else []
    return figures_by_group(report, measure, name, title, table, description, columns, rows, *several)


def base_column(report: WorkforceReport) -> Column:
    """The column of the number of people a figure is of."""
    return Column("base", report.pgettext("workbook", "People in the base"), "whole")


def mean_column(key: str, header: str, unit: str) -> Column:
    """A column of means to two decimals."""
    return Column(key, header, "decimal", unit=unit, decimals=2)


def option_shares(report: WorkforceReport, options: Sequence[Option]) -> ColumnBlock[tuple[Tally, PeopleGroup]]:
    """The base of an item in a group, and the share of each option."""
    names = [share_of(option.code) for option in options]
    columns = (percent_column(name, report.texts(option.label)) for name, option in zip(names, options, strict=True))
    return ColumnBlock(
        (base_column(report), *columns),
        lambda counted: (report.base(*counted), *(report.figure(counted[0], name, counted[1]) for name in names)),
    )


def base_line(report: WorkforceReport) -> str:
    """What percentages and means are of."""
    return report.pgettext(
        "workbook", "Base: people who answered, as the note says. Percentages and means are of the people in the base."
    )
