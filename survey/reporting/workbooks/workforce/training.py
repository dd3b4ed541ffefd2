"""Which training people need most."""

from survey.reporting.measures.tallies import FIRST, POINTS, RANKED
from survey.reporting.measures.workforce import TRAINING
from survey.reporting.workbooks.people_report import SMALL_GROUPS
from survey.reporting.workbooks.workforce.cells import (
    base_column,
    base_line,
    group_cells,
    group_columns,
    share_column,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Column, Sheet, Table


def training(report: WorkforceReport) -> Sheet:
    """For each training: who ranks it first, who ranks it at all, and its mean points."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Training priorities"),
        title=report.titled(
            language.pgettext("sheet title", "Training needed in the next year, by health board and profession")
        ),
        preamble=(
            base_line(report),
            language.pgettext(
                "workbook",
                "A first choice has 5 points, a second 4, down to 1 for a fifth; training not chosen has none.",
            ),
        ),
        notes=(TRAINING.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_training",
            language.pgettext("workbook", "How often each training is ranked first or at all, and its mean points."),
            (
                *group_columns(language),
                Column("training", language.pgettext("workbook", "Training"), "long_text"),
                base_column(language),
                share_column(FIRST, language.pgettext("workbook", "Ranked first")),
                share_column(RANKED, language.pgettext("workbook", "Ranked at all")),
                Column(
                    POINTS,
                    language.pgettext("workbook", "Mean points"),
                    "decimal",
                    unit=language.pgettext("unit", "0 to 5"),
                    decimals=2,
                ),
            ),
            [
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
            ],
        ),
    )
