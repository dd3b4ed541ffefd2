"""How long people expect to stay, what would help them to, and how they are."""

from survey.reporting.measures.tallies import MEAN
from survey.reporting.measures.workforce import STAY, WELLBEING
from survey.reporting.workbooks.people_report import SMALL_GROUPS
from survey.reporting.workbooks.workforce.cells import (
    answer_columns,
    answer_rows,
    base_column,
    base_line,
    group_cells,
    group_columns,
    option_cells,
    option_columns,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Column, Sheet, Table


def intention_to_stay(report: WorkforceReport) -> Sheet:
    """How much longer people expect to work in primary care."""
    language = report.language
    options = report.options("stay")
    return Sheet(
        name=language.pgettext("sheet name", "Intention to stay"),
        title=report.titled(language.pgettext("sheet title", "Intention to stay, by health board and profession")),
        preamble=(base_line(report),),
        notes=(STAY.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_stay",
            language.pgettext("workbook", "How much longer people expect to work in primary care, group by group."),
            (*group_columns(language), base_column(language), *option_columns(report, options)),
            [
                (
                    *group_cells(report, group),
                    report.base(tally, group),
                    *option_cells(report, tally, options, group),
                )
                for group in report.groups
                for tally in report.tallies("stay")
            ],
        ),
    )


def help_to_stay(report: WorkforceReport) -> Sheet:
    """What would most help people to stay."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Help to stay"),
        title=report.titled(
            language.pgettext("sheet title", "What would help people to stay, by health board and profession")
        ),
        preamble=(base_line(report),),
        notes=(STAY.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_help_to_stay",
            language.pgettext("workbook", "What would help people to stay in primary care, group by group."),
            answer_columns(language),
            answer_rows(report, report.tallies("stay_help")),
        ),
    )


def wellbeing(report: WorkforceReport) -> Sheet:
    """How far people agree with the statements on well-being."""
    language = report.language
    options = report.options("wellbeing")
    return Sheet(
        name=language.pgettext("sheet name", "Well-being"),
        title=report.titled(language.pgettext("sheet title", "Well-being, by health board and profession")),
        preamble=(base_line(report),),
        notes=(WELLBEING.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_wellbeing",
            language.pgettext("workbook", "How far people agree with each statement, group by group."),
            (
                *group_columns(language),
                Column("statement", language.pgettext("workbook", "Statement"), "long_text"),
                base_column(language),
                Column(
                    MEAN,
                    language.pgettext("workbook", "Mean"),
                    "decimal",
                    unit=language.pgettext("unit", "1 to 5"),
                    decimals=2,
                ),
                *option_columns(report, options),
            ),
            [
                (
                    *group_cells(report, group),
                    report.texts(tally.item.question.label),
                    report.base(tally, group),
                    report.mean(tally, MEAN, group),
                    *option_cells(report, tally, options, group),
                )
                for group in report.groups
                for tally in report.tallies("wellbeing")
            ],
        ),
    )
