"""Charts of the workforce survey, each on a sheet of its own."""

from survey.languages import Phrase
from survey.reporting.charts.description import Chart
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.tallies import CONFIDENCE, GAP, IMPORTANCE, share_of
from survey.reporting.measures.workforce import SKILLS, WELSH, WELSH_LEVELS
from survey.reporting.workbooks.charts import (
    Cells,
    ChartSheet,
    base_fact,
    chart_of,
    figure,
    rows_at_top,
    rows_of,
)
from survey.reporting.workbooks.generic.people_charts import facts_of_people
from survey.reporting.workbooks.provenance import SMALL_GROUPS
from survey.reporting.workbooks.report import HIDDEN
from survey.reporting.workbooks.workforce.question_charts import charts_of_answers
from survey.reporting.workbooks.workforce.release import SheetMaker, WorkforceReport
from survey.reporting.workbooks.workforce.skills import skills, welsh_by_board

WIDEST_GAPS = 3


def skills_in_wales(report: WorkforceReport) -> Chart:
    """Mean importance of each skill and confidence in it, in Wales, from the widest gap to the narrowest."""
    rows = sorted(rows_at_top(report.made(skills), "group"), key=_gap, reverse=True)
    return chart_of(
        report,
        "dots",
        report.pgettext("chart title", "Importance of skills and confidence in them, Wales"),
        facts(report, SKILLS),
        [str(row["skill"]) for row in rows],
        [report.pgettext("workbook", "Importance"), report.pgettext("workbook", "Confidence")],
        [[figure(row[name]) for name in (IMPORTANCE, CONFIDENCE)] for row in rows],
        [_hidden(row[GAP]) for row in rows],
        palette="ordered",
        figures="decimal",
        low=1,
        high=4,
        axis=report.pgettext("workbook chart", "Mean, from 1 to 4; the skill with the widest gap first"),
    )


def gaps_of_professions(report: WorkforceReport) -> Chart:
    """The gap of each profession in the skills with the widest gaps in Wales."""
    rows = rows_of(report.made(skills))
    wales = sorted(rows_at_top(report.made(skills), "group"), key=_gap, reverse=True)
    widest = [str(row["skill"]) for row in wales[:WIDEST_GAPS]]
    names = [report.group_name(group) for group in report.shown.professions]
    profession = report.pgettext("workbook", "Profession")
    gaps = {(row["group"], row["skill"]): row[GAP] for row in rows if row["breakdown"] == profession}
    given = [[figure(gaps[name, skill]) for skill in widest] for name in names]
    found = [value for row in given for value in row if value is not None]
    return chart_of(
        report,
        "dots",
        report.pgettext("chart title", "The widest gaps between importance and confidence, by profession"),
        facts(report, SKILLS),
        names,
        widest,
        given,
        ["" if any(value is not None for value in row) else HIDDEN.value for row in given],
        palette="ordered",
        figures="decimal",
        low=min(-1.0, *(float(round(value - 0.5)) for value in found)) if found else -1,
        high=max(2.0, *(float(round(value + 0.5)) for value in found)) if found else 2,
        axis=report.pgettext("workbook chart", "Importance minus confidence; above 0, confidence falls short"),
    )


def levels_of_welsh(report: WorkforceReport) -> Chart:
    """The share of people at each level of each Welsh language skill, in Wales."""
    options = report.options(*WELSH_LEVELS)
    rows = rows_at_top(report.made(welsh_by_board), "group")
    given = [[figure(row[share_of(option.code)]) for option in options] for row in rows]
    return chart_of(
        report,
        "shares",
        report.pgettext("chart title", "Levels of Welsh language skills, Wales"),
        facts(report, WELSH),
        [
            report.pgettext(
                "workbook chart",
                "%(name)s (%(number)s)",
                name=row["skill"],
                number=report.language.number(number) if isinstance(number := row["base"], int) else number,
            )
            for row in rows
        ],
        [report.texts(option.label) for option in options],
        given,
        [HIDDEN.value if None in row else "" for row in given],
        palette="ordered",
        axis=report.pgettext("workbook chart", "Share of the people who gave their level; in brackets, how many"),
    )


def facts(report: WorkforceReport, measure: Measure) -> tuple[str, ...]:
    """What stands below every chart: base, source and date, and that figures are final."""
    return base_fact(report, measure), *facts_of_people(report)


def _gap(row: Cells) -> float:
    value = figure(row[GAP])
    return float("-inf") if value is None else value


def _hidden(cell: object) -> str:
    return HIDDEN.value if cell is HIDDEN else ""


CHARTS: tuple[SheetMaker, ...] = (
    ChartSheet(
        Phrase("sheet name", "Chart of skills"),
        "chart_skills",
        Phrase("workbook", "Skill"),
        skills,
        skills_in_wales,
        (SKILLS.id, SMALL_GROUPS),
        HIDDEN,
    ),
    ChartSheet(
        Phrase("sheet name", "Chart of gaps by profession"),
        "chart_gaps_by_profession",
        Phrase("workbook", "Profession"),
        skills,
        gaps_of_professions,
        (SKILLS.id, SMALL_GROUPS),
        HIDDEN,
    ),
    ChartSheet(
        Phrase("sheet name", "Chart of Welsh skills"),
        "chart_welsh_skills",
        Phrase("workbook", "Skill"),
        welsh_by_board,
        levels_of_welsh,
        (WELSH.id, SMALL_GROUPS),
        HIDDEN,
    ),
    charts_of_answers,
)
"""The charts in their order."""
