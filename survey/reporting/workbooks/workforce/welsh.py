"""Welsh language skills, and how Welsh is used at work."""

from collections.abc import Sequence

from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.disclosure.protection import EVERYBODY
from survey.reporting.measures.workforce import WELSH, WELSH_LEVELS, WELSH_USE
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.cells import (
    answers_sheet,
    base_column,
    base_line,
    option_cells,
    option_columns,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def welsh_by_board(report: WorkforceReport) -> Sheet:
    """The share of people at each level of each Welsh language skill, for Wales and each health board."""
    return _levels(
        report,
        report.pgettext("sheet name", "Welsh skills by health board"),
        report.pgettext("sheet title", "Welsh language skills, by health board"),
        "people_welsh_by_board",
        report.pgettext("workbook", "Health board"),
        report.board_groups,
    )


def welsh_by_profession(report: WorkforceReport) -> Sheet:
    """The same for Wales and each profession."""
    return _levels(
        report,
        report.pgettext("sheet name", "Welsh skills by profession"),
        report.pgettext("sheet title", "Welsh language skills, by profession"),
        "people_welsh_by_profession",
        report.pgettext("workbook", "Profession"),
        report.release.professions,
    )


def use_of_welsh(report: WorkforceReport) -> Sheet:
    """How often people use Welsh at work, and whether they wish to improve it."""
    return answers_sheet(
        report,
        WELSH_USE,
        report.pgettext("sheet name", "Use of Welsh"),
        report.pgettext("sheet title", "Use of Welsh at work, by health board and profession"),
        (
            "people_use_of_welsh",
            report.pgettext("workbook", "How often people use Welsh at work and wish to improve it, group by group."),
        ),
        ("welsh_use", "welsh_wish"),
    )


def _levels(
    report: WorkforceReport, name: str, title: str, table: str, breakdown: str, groups: Sequence[PeopleGroup]
) -> Sheet:
    options = report.options(*WELSH_LEVELS)
    columns = (
        Column("group", breakdown),
        Column("skill", report.pgettext("workbook", "Skill"), "long_text"),
        base_column(report),
        *option_columns(report, options),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            report.group_name(group),
            report.texts(tally.question.label),
            report.base(tally, group),
            *option_cells(report, tally, options, group),
        )
        for group in (EVERYBODY, *groups)
        for tally in report.tallies(*WELSH_LEVELS)
    ]
    description = report.pgettext("workbook", "How many people in a hundred are at each level of each skill.")
    return figures_of_people(report, WELSH, name, title, Table(table, description, columns, rows), base_line(report))
