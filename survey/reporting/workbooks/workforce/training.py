"""Which training people need most."""

from survey.reporting.measures.tallies import FIRST, POINTS, RANKED
from survey.reporting.measures.workforce import TRAINING
from survey.reporting.workbooks.cells import percent_column
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.cells import base_column, base_line, group_cells, group_columns, mean_column
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def training(report: WorkforceReport) -> Sheet:
    """For each training: who ranks it first, who ranks it at all, and its mean points."""
    columns = (
        *group_columns(report),
        Column("training", report.pgettext("workbook", "Training"), "long_text"),
        base_column(report),
        percent_column(FIRST, report.pgettext("workbook", "Ranked first")),
        percent_column(RANKED, report.pgettext("workbook", "Ranked at all")),
        mean_column(POINTS, report.pgettext("workbook", "Mean points"), report.pgettext("unit", "0 to 5")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *group_cells(report, group),
            report.texts(option.label),
            report.base(tally, group),
            report.share(tally, f"{FIRST}.{option.code}", group),
            report.share(tally, f"{RANKED}.{option.code}", group),
            report.mean(tally, f"{POINTS}.{option.code}", group),
        )
        for group in report.groups
        for tally in report.tallies("training_needs")
        for option in tally.options
    ]
    description = report.pgettext("workbook", "How often each training is ranked first or at all, and its mean points.")
    return figures_of_people(
        report,
        TRAINING,
        report.pgettext("sheet name", "Training priorities"),
        report.pgettext("sheet title", "Training needed in the next year, by health board and profession"),
        Table("people_training", description, columns, rows),
        base_line(report),
        report.pgettext(
            "workbook", "A first choice has 5 points, a second 4, down to 1 for a fifth; training not chosen has none."
        ),
    )
