"""The questions that no other sheet of the national workbook counts or quotes, each by its type.

A question is here unless what it feeds has sheets of its own: new ones are, until somebody makes some for them.
"""

from survey.reporting.workbooks.generic.clusters import answers_sheet, numbers_sheet
from survey.reporting.workbooks.generic.written_answers import written_sheet
from survey.reporting.workbooks.national.words import EXAMPLE
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Sheet

SHEETS_OF_THEIR_OWN = frozenset(
    {
        "judged_level",
        "indicated_level",
        "criteria",
        "level_difference",
        "went_well",
        "went_less_well",
        "do_differently",
        "evidence",
        "evidence_title",
        "evidence_link",
        "evidence_date",
        "evidence_shows",
        "action",
        "action_lead",
        "action_due",
        "action_before",
        "action_went",
        "action_went_comment",
        "enabler",
        "help_wanted",
        "help_from",
        *EXAMPLE,
    }
)
"""The measures of the questionnaire whose answers other sheets of this workbook hold."""


def answers(report: Report) -> Sheet:
    """How many clusters gave each answer to each of the other questions, and how many wrote anything."""
    line = report.pgettext("workbook", "Questions that have sheets of their own are not repeated here.")
    return answers_sheet(report, SHEETS_OF_THEIR_OWN, line)


def numbers(report: Report) -> Sheet:
    """What the numbers of the other questions come to."""
    return numbers_sheet(report, SHEETS_OF_THEIR_OWN)


def written_answers(report: Report) -> Sheet:
    """What clusters wrote in answer to the other questions."""
    return written_sheet(report, SHEETS_OF_THEIR_OWN)
