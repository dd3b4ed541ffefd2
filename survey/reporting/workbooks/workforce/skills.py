"""How important skills are, how confident people are in them, and the gap between the two."""

from survey.questionnaire.definition import MatrixRow, Question
from survey.reporting.measures.tallies import CONFIDENCE, GAP, IMPORTANCE
from survey.reporting.measures.workforce import SKILLS
from survey.reporting.workbooks.people_report import SMALL_GROUPS
from survey.reporting.workbooks.workforce.cells import (
    base_column,
    base_line,
    group_cells,
    group_columns,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Heat, Sheet, Shorthand, Table


def skills(report: WorkforceReport) -> Sheet:
    """Mean importance, confidence and gap of each skill, for Wales, each health board and each profession."""
    language = report.language
    scale = language.pgettext("unit", "mean, 1 to 4")
    rows: list[tuple[Cell, ...]] = [
        (
            *group_cells(report, group),
            _row_group(report, tally.item.question, tally.item.row),
            report.texts(tally.item.row.label) if tally.item.row else Shorthand.NOT_APPLICABLE,
            report.base(tally, group),
            *(report.mean(tally, name, group) for name in (IMPORTANCE, CONFIDENCE, GAP)),
        )
        for group in report.groups
        for tally in report.tallies("skills")
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Skills"),
        title=report.titled(
            language.pgettext("sheet title", "Skills: importance, confidence and gap, by health board and profession")
        ),
        preamble=(
            base_line(report),
            language.pgettext(
                "workbook",
                "The gap is importance minus confidence. Above 0, confidence falls short of importance. "
                "All three are of the people who gave both scores.",
            ),
        ),
        notes=(SKILLS.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_skills",
            language.pgettext("workbook", "Importance of each skill, confidence in it and the gap, group by group."),
            (
                *group_columns(language),
                Column("skill_group", language.pgettext("workbook", "Group of skills")),
                Column("skill", language.pgettext("workbook", "Skill"), "long_text"),
                base_column(language),
                Column(IMPORTANCE, language.pgettext("workbook", "Importance"), "decimal", unit=scale, decimals=2),
                Column(CONFIDENCE, language.pgettext("workbook", "Confidence"), "decimal", unit=scale, decimals=2),
                Column(
                    GAP,
                    language.pgettext("workbook", "Gap"),
                    "decimal",
                    unit=language.pgettext("unit", "importance minus confidence"),
                    decimals=2,
                    heat=Heat(-3, 3, 0),
                ),
            ),
            rows,
        ),
    )


def _row_group(report: WorkforceReport, question: Question, row: MatrixRow | None) -> Cell:
    found = (group for group in question.row_groups if row is not None and group.id == row.group)
    return next((report.texts(group.label) for group in found), Shorthand.NOT_APPLICABLE)
