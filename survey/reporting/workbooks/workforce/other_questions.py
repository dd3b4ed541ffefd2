"""The questions that no other sheet of the workforce workbook counts, each by its type."""

from survey.reporting.measures.workforce import OTHER_ANSWERS
from survey.reporting.workbooks.generic.people import adding_up_lines, answer_columns, answer_rows, no_part_line
from survey.reporting.workbooks.provenance import PROTECTION
from survey.reporting.workbooks.tables import NOT_APPLICABLE, sheet_of
from survey.reporting.workbooks.workforce.groups import base_line
from survey.reporting.workbooks.workforce.release import WorkforceReport
from survey.reporting.xlsx.description import Column, Sheet, Table


def answers(report: WorkforceReport) -> Sheet:
    """How many people gave each answer, in Wales, in each health board and in each profession."""
    columns = (
        Column("breakdown", report.pgettext("workbook", "Breakdown")),
        Column("group", report.pgettext("workbook", "Group")),
        *answer_columns(report),
    )
    groups = [(group, (report.breakdown(group), report.group_name(group))) for group in report.groups]
    return sheet_of(
        report,
        report.pgettext("sheet name", "Answers"),
        report.pgettext("sheet title", "How often each answer was given, by health board and profession"),
        Table(
            "people_answers",
            report.pgettext("workbook", "How many people gave each answer to each question."),
            columns,
            answer_rows(report, groups),
        ),
        (
            base_line(report),
            report.pgettext("workbook", "Questions that have sheets of their own are not repeated here."),
            *adding_up_lines(report),
        ),
        (OTHER_ANSWERS.id, *PROTECTION),
        report.hidden_meaning | {NOT_APPLICABLE: no_part_line(report)},
    )
