"""How important skills are, how confident people are in them, and the gap between the two."""

from dataclasses import replace

from survey.questionnaire.definition import MatrixRow, Question
from survey.reporting.measures.tallies import CONFIDENCE, GAP, IMPORTANCE
from survey.reporting.measures.workforce import SKILLS
from survey.reporting.workbooks.cells import NOT_APPLICABLE
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.cells import base_column, base_line, group_cells, group_columns, mean_column
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Heat, Sheet, Table


def skills(report: WorkforceReport) -> Sheet:
    """Mean importance, confidence and gap of each skill, for Wales, each health board and each profession."""
    scale = report.pgettext("unit", "mean, 1 to 4")
    gap = mean_column(GAP, report.pgettext("workbook", "Gap"), report.pgettext("unit", "importance minus confidence"))
    columns = (
        *group_columns(report),
        Column("skill_group", report.pgettext("workbook", "Group of skills")),
        Column("skill", report.pgettext("workbook", "Skill"), "long_text"),
        base_column(report),
        mean_column(IMPORTANCE, report.pgettext("workbook", "Importance"), scale),
        mean_column(CONFIDENCE, report.pgettext("workbook", "Confidence"), scale),
        replace(gap, heat=Heat(-3, 3, 0)),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *group_cells(report, group),
            _row_group(report, tally.question, tally.row),
            report.texts(tally.row.label) if tally.row else NOT_APPLICABLE,
            report.base(tally, group),
            *(report.mean(tally, name, group) for name in (IMPORTANCE, CONFIDENCE, GAP)),
        )
        for group in report.groups
        for tally in report.tallies("skills")
    ]
    description = report.pgettext("workbook", "Importance of each skill, confidence in it and the gap, group by group.")
    return figures_of_people(
        report,
        SKILLS,
        report.pgettext("sheet name", "Skills"),
        report.pgettext("sheet title", "Skills: importance, confidence and gap, by health board and profession"),
        Table("people_skills", description, columns, rows),
        base_line(report),
        report.pgettext(
            "workbook",
            "The gap is importance minus confidence. Above 0, confidence falls short of importance. "
            "All three are of the people who gave both scores.",
        ),
    )


def _row_group(report: WorkforceReport, question: Question, row: MatrixRow | None) -> Cell:
    groups = (group for group in question.row_groups if row is not None and group.id == row.group)
    return next((report.texts(group.label) for group in groups), NOT_APPLICABLE)
