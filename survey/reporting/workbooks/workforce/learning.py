"""How people prefer to learn, what gets in the way, and whether they have time set aside."""

from survey.reporting.measures.workforce import LEARNING
from survey.reporting.workbooks.workforce.cells import answers_sheet
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Sheet


def learning(report: WorkforceReport) -> Sheet:
    """The share of people who chose each answer about learning."""
    return answers_sheet(
        report,
        LEARNING,
        report.pgettext("sheet name", "Learning and obstacles"),
        report.pgettext("sheet title", "Learning preferences and obstacles, by health board and profession"),
        (
            "people_learning",
            report.pgettext("workbook", "How people prefer to learn and what gets in the way, group by group."),
        ),
        ("learning_preferences", "obstacles", "protected_time"),
        report.pgettext("workbook", "Where several answers may be chosen, the percentages add up to more than 100."),
    )
