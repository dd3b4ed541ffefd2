"""Charts of the workforce survey, each on a sheet of its own."""

from collections.abc import Sequence

from survey.languages import Phrase
from survey.reporting.charts.description import Chart
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.tallies import CONFIDENCE, GAP, IMPORTANCE, share_of
from survey.reporting.measures.workforce import SKILLS, WELSH, WELSH_LEVELS
from survey.reporting.workbooks.charts import (
    NARROW,
    CellsByKey,
    ChartSheet,
    base_fact,
    chart_of,
    figure,
    rows_at_top,
    rows_of,
)
from survey.reporting.workbooks.generic.people_charts import facts_of_people, origin_of_people
from survey.reporting.workbooks.provenance import SMALL_GROUPS
from survey.reporting.workbooks.report import HIDDEN
from survey.reporting.workbooks.workforce.question_charts import charts_of_answers
from survey.reporting.workbooks.workforce.release import SheetMaker, WorkforceReport
from survey.reporting.workbooks.workforce.skills import skills, welsh_by_board
from survey.reporting.xlsx.description import Cell, Shorthand

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
        [_said_instead(row[GAP]) for row in rows],
        palette="ordered",
        figures="decimal",
        low=1,
        high=4,
        axis=report.pgettext("workbook chart", "Mean, from 1 to 4; the skill with the widest gap first"),
    )


def gaps_of_professions(report: WorkforceReport) -> Chart:
    """The gap of each profession in the skills with the widest gaps in Wales."""
    sheet = report.made(skills)
    wales = sorted(rows_at_top(sheet, "group"), key=_gap, reverse=True)
    widest = [str(row["skill"]) for row in wales[:WIDEST_GAPS]]
    profession = report.pgettext("workbook", "Profession")
    of_professions = {(row["group"], row["skill"]): row for row in rows_of(sheet) if row["breakdown"] == profession}
    names = [report.group_name(group) for group in report.shown.professions]
    rows = [[of_professions[name, skill] for skill in widest] for name in names]
    gaps = [[figure(row[GAP]) for row in of_one] for of_one in rows]
    drawn = [place for place, of_one in enumerate(gaps) if None not in of_one]
    drawn_gaps = [gap for place in drawn for gap in gaps[place] if gap is not None]
    without = report.pgettext(
        "workbook chart",
        "Professions without all figures are not drawn. The sheet “%(sheet)s” says why.",
        sheet=sheet.name,
    )
    return chart_of(
        report,
        "dots",
        report.pgettext(
            "chart title",
            "Gap between importance and confidence, by profession: the skills with the widest gaps in Wales",
        ),
        (
            *((without,) if len(drawn) < len(names) else ()),
            *facts(report, SKILLS),
        ),
        [_with_base(report, names[place], rows[place]) for place in drawn],
        widest,
        [gaps[place] for place in drawn],
        [""] * len(drawn),
        palette="ordered",
        figures="decimal",
        low=min(-1.0, *(float(round(value - 0.5)) for value in drawn_gaps)) if drawn_gaps else -1,
        high=max(2.0, *(float(round(value + 0.5)) for value in drawn_gaps)) if drawn_gaps else 2,
        axis=report.pgettext(
            "workbook chart",
            "Importance minus confidence; above 0, confidence falls short. In brackets, how many people gave both "
            "scores, of the skill for which fewest did",
        ),
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
        (base_fact(report, WELSH), report.language.say(NARROW), *facts_of_people(report)),
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
        [_said_instead(*(row[share_of(option.code)] for option in options)) for row in rows],
        palette="ordered",
        axis=report.pgettext("workbook chart", "Share of the people who gave their level; in brackets, how many"),
    )


def facts(report: WorkforceReport, measure: Measure) -> tuple[str, ...]:
    """What stands below a chart of means: base, how numbers are rounded, source and date, and that they are final."""
    return base_fact(report, measure), report.form, *origin_of_people(report)


def _gap(row: CellsByKey) -> float:
    value = figure(row[GAP])
    return float("-inf") if value is None else value


def _with_base(report: WorkforceReport, name: str, rows: Sequence[CellsByKey]) -> str:
    """A name, and in brackets the smallest of the bases of some rows."""
    least = min(base for row in rows if isinstance(base := row["base"], int))
    return report.pgettext("workbook chart", "%(name)s (%(number)s)", name=name, number=report.language.number(least))


def _said_instead(*cells: Cell) -> str:
    """The shorthand that stands in any of some cells; nothing where all are figures."""
    return next((cell.value for cell in cells if isinstance(cell, Shorthand)), "")


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
        Phrase("unit", "importance minus confidence"),
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
