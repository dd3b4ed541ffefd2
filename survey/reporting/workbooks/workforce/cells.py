"""Columns, cells and whole tables that sheets of people share."""

from collections.abc import Iterable, Sequence

from survey.languages import Language
from survey.questionnaire.definition import Option
from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.measures.tallies import Tally, share_of
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Heat

SHARE = Heat(0, 1)


def group_columns(language: Language) -> tuple[Column, Column]:
    """The columns of what a group is set apart by, and its name."""
    return (
        Column("breakdown", language.pgettext("workbook", "Breakdown")),
        Column("group", language.pgettext("workbook", "Group")),
    )


def group_cells(report: WorkforceReport, group: PeopleGroup) -> tuple[Cell, Cell]:
    """The cells of `group_columns`."""
    return report.breakdown(group), report.group_name(group)


def base_column(language: Language) -> Column:
    """The column of the number of people a figure is of."""
    return Column("base", language.pgettext("workbook", "People in the base"), "whole")


def share_column(key: str, header: str) -> Column:
    """A column of shares in whole percent."""
    return Column(key, header, "percent", unit="%", decimals=0, heat=SHARE)


def option_columns(report: WorkforceReport, options: Sequence[Option]) -> tuple[Column, ...]:
    """A column of shares for each option."""
    return tuple(share_column(share_of(option.code), report.texts(option.label)) for option in options)


def option_cells(
    report: WorkforceReport, tally: Tally, options: Sequence[Option], group: PeopleGroup
) -> tuple[Cell, ...]:
    """The cells of `option_columns`."""
    return tuple(report.share(tally, share_of(option.code), group) for option in options)


def base_line(report: WorkforceReport) -> str:
    """What percentages and means are of."""
    return report.language.pgettext(
        "workbook", "Base: people who answered, as the note says. Percentages and means are of the people in the base."
    )


def answer_columns(language: Language) -> tuple[Column, ...]:
    """The columns of a table with a row for each answer to each question."""
    return (
        *group_columns(language),
        Column("question", language.pgettext("workbook", "Question"), "long_text"),
        Column("answer", language.pgettext("workbook", "Answer"), "long_text"),
        base_column(language),
        share_column("share", language.pgettext("workbook", "People who chose it")),
    )


def answer_rows(report: WorkforceReport, counted: Iterable[Tally]) -> list[tuple[Cell, ...]]:
    """The rows of `answer_columns`, group by group."""
    found = tuple(counted)
    return [
        (
            *group_cells(report, group),
            report.texts(tally.item.question.label),
            report.texts(option.label),
            report.base(tally, group),
            report.share(tally, share_of(option.code), group),
        )
        for group in report.groups
        for tally in found
        for option in tally.options
    ]
