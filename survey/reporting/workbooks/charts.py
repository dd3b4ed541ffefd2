"""Sheets that draw another sheet's table, saying its figures again in the chart's alternative text."""

from collections.abc import Callable, Sequence
from itertools import takewhile

from survey.languages import Phrase
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.description import Chart, ChartKind, Charts, Palette, Series, Sheet, Shorthand, Table

WORDS: dict[ChartKind, Phrase] = {
    "stacked_percent": Phrase("workbook chart", "%(title)s. Bars from left to right:\n%(figures)s"),
    "clustered": Phrase("workbook chart", "%(title)s. Bars of each group from top to bottom:\n%(figures)s"),
}


def chart_sheet(
    report: LocalisedRound,
    name: str,
    title: str,
    source: Sheet,
    categories: str,
    series: Sequence[Series],
    palette: Palette,
    axis: str,
    *,
    kind: ChartKind = "stacked_percent",
    leading: str = "",
    smallest_base: int = 0,
    say: Callable[[float], str] | None = None,
) -> Sheet:
    """A sheet with one chart of the table of `source`.

    `leading` is the key of a column: only the rows at the top of the table that have the same cell in it are drawn.
    `say` puts a figure into words, if it is not just a number.
    """
    table = source.body
    if not isinstance(table, Table):
        raise TypeError(source.name)
    keys = [column.key for column in table.columns]
    place = keys.index(leading or categories)
    drawn = list(takewhile(lambda row: not leading or row[place] == table.rows[0][place], table.rows))
    say = say or report.language.number
    lines = [", ".join(bar.label for bar in series)]
    for row in drawn:
        cells = (row[keys.index(bar.column)] for bar in series)
        figures = (cell.value if isinstance(cell, Shorthand) else say(cell) for cell in cells)  # type: ignore[arg-type]
        lines.append(f"{row[keys.index(categories)]}: {', '.join(figures)}")
    title = report.titled(title)
    chart = Chart(
        kind=kind,
        title=title,
        alt_text=report.language.say(WORDS[kind], title=title, figures="\n".join(lines)),
        sheet=source.name,
        categories=categories,
        series=tuple(series),
        rows=(0, len(drawn)) if leading else None,
        palette=palette,
        value_axis=axis,
        smallest_base=smallest_base,
    )
    return Sheet(name=name, title=title, body=Charts((chart,)))
