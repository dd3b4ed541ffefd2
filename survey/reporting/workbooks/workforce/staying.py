"""How long people expect to stay, what would help them to, and how they are."""

from survey.reporting.measures.tallies import MEAN
from survey.reporting.measures.workforce import STAY, WELLBEING
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.cells import (
    answers_sheet,
    base_column,
    base_line,
    group_cells,
    group_columns,
    mean_column,
    option_cells,
    option_columns,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def intention_to_stay(report: WorkforceReport) -> Sheet:
    """How much longer people expect to work in primary care."""
    options = report.options("stay")
    columns = (*group_columns(report), base_column(report), *option_columns(report, options))
    rows: list[tuple[Cell, ...]] = [
        (*group_cells(report, group), report.base(tally, group), *option_cells(report, tally, options, group))
        for group in report.groups
        for tally in report.tallies("stay")
    ]
    description = report.pgettext("workbook", "How much longer people expect to work in primary care, group by group.")
    return figures_of_people(
        report,
        STAY,
        report.pgettext("sheet name", "Intention to stay"),
        report.pgettext("sheet title", "Intention to stay, by health board and profession"),
        Table("people_stay", description, columns, rows),
        base_line(report),
    )


def help_to_stay(report: WorkforceReport) -> Sheet:
    """What would most help people to stay."""
    return answers_sheet(
        report,
        STAY,
        report.pgettext("sheet name", "Help to stay"),
        report.pgettext("sheet title", "What would help people to stay, by health board and profession"),
        (
            "people_help_to_stay",
            report.pgettext("workbook", "What would help people to stay in primary care, group by group."),
        ),
        ("stay_help",),
    )


def wellbeing(report: WorkforceReport) -> Sheet:
    """How far people agree with the statements on well-being."""
    options = report.options("wellbeing")
    columns = (
        *group_columns(report),
        Column("statement", report.pgettext("workbook", "Statement"), "long_text"),
        base_column(report),
        mean_column(MEAN, report.pgettext("workbook", "Mean"), report.pgettext("unit", "1 to 5")),
        *option_columns(report, options),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *group_cells(report, group),
            report.texts(tally.question.label),
            report.base(tally, group),
            report.mean(tally, MEAN, group),
            *option_cells(report, tally, options, group),
        )
        for group in report.groups
        for tally in report.tallies("wellbeing")
    ]
    description = report.pgettext("workbook", "How far people agree with each statement, group by group.")
    return figures_of_people(
        report,
        WELLBEING,
        report.pgettext("sheet name", "Well-being"),
        report.pgettext("sheet title", "Well-being, by health board and profession"),
        Table("people_wellbeing", description, columns, rows),
        base_line(report),
    )
