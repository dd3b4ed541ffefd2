"""Charts of Wales: skills, and Welsh language skills. Each says its figures again in its alternative text."""

from collections.abc import Callable

from survey.languages import Phrase
from survey.reporting.measures.tallies import CONFIDENCE, IMPORTANCE
from survey.reporting.measures.workforce import WELSH_LEVELS
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.workbooks.workforce.skills import skills
from survey.reporting.workbooks.workforce.welsh import welsh_by_board
from survey.reporting.xlsx.description import Cell, Chart, ChartKind, Charts, Palette, Series, Sheet, Table

BARS_BESIDE = Phrase("workbook chart", "%(title)s. Bars from left to right:\n%(figures)s")
BARS_ABOVE = Phrase("workbook chart", "%(title)s. Bars of each group from top to bottom:\n%(figures)s")


def chart_of_skills(report: WorkforceReport) -> Sheet:
    """Mean importance and confidence of each skill, in Wales."""
    language = report.language
    return _sheet(
        report,
        name=language.pgettext("sheet name", "Chart of skills"),
        title=report.titled(language.pgettext("chart title", "Importance of skills and confidence in them, Wales")),
        source=skills(report),
        rows=sum(1 for _ in report.tallies("skills")),
        categories="skill",
        series=(
            Series(IMPORTANCE, language.pgettext("workbook", "Importance")),
            Series(CONFIDENCE, language.pgettext("workbook", "Confidence")),
        ),
        kind="clustered",
        palette="distinct",
        axis=language.pgettext("workbook chart", "Mean, from 1 to 4"),
        say=lambda figure: language.number(round(figure, 2)),
    )


def chart_of_welsh(report: WorkforceReport) -> Sheet:
    """The share of people at each level of each Welsh language skill, in Wales."""
    language = report.language
    table = welsh_by_board(report)
    return _sheet(
        report,
        name=language.pgettext("sheet name", "Chart of Welsh skills"),
        title=report.titled(language.pgettext("chart title", "Levels of Welsh language skills, Wales")),
        source=table,
        rows=sum(1 for _ in report.tallies(*WELSH_LEVELS)),
        categories="skill",
        series=tuple(
            Series(f"share.{option.code}", report.texts(option.label)) for option in report.options(*WELSH_LEVELS)
        ),
        kind="stacked_percent",
        palette="ordered",
        axis=language.pgettext("workbook chart", "Share of the people who gave their level"),
        say=language.percent,
    )


def _sheet(
    report: WorkforceReport,
    *,
    name: str,
    title: str,
    source: Sheet,
    rows: int,
    categories: str,
    series: tuple[Series, ...],
    kind: ChartKind,
    palette: Palette,
    axis: str,
    say: Callable[[float], str],
) -> Sheet:
    chart = Chart(
        kind=kind,
        title=title,
        alt_text=_in_words(report, title, source, categories, series, rows, say, kind),
        sheet=source.name,
        categories=categories,
        series=series,
        rows=(0, rows),
        palette=palette,
        value_axis=axis,
    )
    return Sheet(name=name, title=title, body=Charts((chart,)))


def _in_words(
    report: WorkforceReport,
    title: str,
    source: Sheet,
    categories: str,
    series: tuple[Series, ...],
    rows: int,
    say: Callable[[float], str],
    kind: ChartKind,
) -> str:
    """The title, the names of the bars, then a line of figures for each category."""
    if not isinstance(source.body, Table):
        raise TypeError(source.name)
    places = {column.key: place for place, column in enumerate(source.body.columns)}

    def said(cell: Cell) -> str:
        return say(float(cell)) if isinstance(cell, int | float) else "[c]"

    lines = [", ".join(one.label for one in series)]
    for row in source.body.rows[:rows]:
        figures = ", ".join(said(row[places[one.column]]) for one in series)
        lines.append(f"{row[places[categories]]}: {figures}")
    said_of = BARS_ABOVE if kind == "clustered" else BARS_BESIDE
    return report.language.say(said_of, title=title, figures="\n".join(lines))
