"""How people prefer to learn, what gets in the way, and whether they have time set aside."""

from survey.reporting.measures.workforce import LEARNING
from survey.reporting.workbooks.people_report import SMALL_GROUPS
from survey.reporting.workbooks.workforce.cells import (
    answer_columns,
    answer_rows,
    base_line,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Sheet, Table


def learning(report: WorkforceReport) -> Sheet:
    """The share of people who chose each answer about learning."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Learning and obstacles"),
        title=report.titled(
            language.pgettext("sheet title", "Learning preferences and obstacles, by health board and profession")
        ),
        preamble=(
            base_line(report),
            language.pgettext(
                "workbook", "Where several answers may be chosen, the percentages add up to more than 100."
            ),
        ),
        notes=(LEARNING.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_learning",
            language.pgettext("workbook", "How people prefer to learn and what gets in the way, group by group."),
            answer_columns(language),
            answer_rows(report, report.tallies("learning_preferences", "obstacles", "protected_time")),
        ),
    )
