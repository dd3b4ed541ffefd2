"""Charts of Wales: skills, and Welsh language skills."""

from survey.reporting.measures.tallies import CONFIDENCE, IMPORTANCE, share_of
from survey.reporting.measures.workforce import WELSH_LEVELS
from survey.reporting.workbooks.charts import chart_sheet
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.workbooks.workforce.skills import skills, welsh_by_board
from survey.reporting.xlsx.description import Series, Sheet


def chart_of_skills(report: WorkforceReport) -> Sheet:
    """Mean importance and confidence of each skill, in Wales."""
    return chart_sheet(
        report,
        report.pgettext("sheet name", "Chart of skills"),
        report.pgettext("chart title", "Importance of skills and confidence in them, Wales"),
        skills(report),
        "skill",
        (
            Series(IMPORTANCE, report.pgettext("workbook", "Importance")),
            Series(CONFIDENCE, report.pgettext("workbook", "Confidence")),
        ),
        "distinct",
        report.pgettext("workbook chart", "Mean, from 1 to 4"),
        kind="clustered",
        leading="group",
        say=lambda figure: report.language.number(round(figure, 2)),
    )


def chart_of_welsh(report: WorkforceReport) -> Sheet:
    """The share of people at each level of each Welsh language skill, in Wales."""
    return chart_sheet(
        report,
        report.pgettext("sheet name", "Chart of Welsh skills"),
        report.pgettext("chart title", "Levels of Welsh language skills, Wales"),
        welsh_by_board(report),
        "skill",
        [Series(share_of(option.code), report.texts(option.label)) for option in report.options(*WELSH_LEVELS)],
        "ordered",
        report.pgettext("workbook chart", "Share of the people who gave their level"),
        leading="group",
        say=report.language.percent,
    )
