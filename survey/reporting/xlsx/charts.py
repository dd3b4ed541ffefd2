"""Charts: drawn from the cells of another sheet's table, in colours that hold in greyscale.

A cell that holds a shorthand would be drawn as nought. Its place in the series is taken by the empty cell to
the right of the table in the same row, so that the chart has a blank there and its other figures stay linked.
"""

from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from survey.languages import Language
from survey.reporting.xlsx.appearance import (
    BODY_SIZE,
    FONT,
    GRID_LINE,
    HEADING_2_SIZE,
    INK,
    PALETTES,
    PAPER,
    mixed,
    text_on,
)
from survey.reporting.xlsx.description import Chart, Column, Kind, Palette, Series
from survey.reporting.xlsx.layout import DrawnTable
from survey.reporting.xlsx.plan import SheetPlan
from survey.reporting.xlsx.text import lines, printable

WIDTH = 960  # pixels
LOWEST = 320
HIGHEST = 1040  # two of Excel's highest rows
BAR = 28  # pixels: room for a name of one line
NEXT_LINE = 18  # of the name, or the next bar beside it
NAME_WIDTH = 42.0  # digits, about where programs wrap the names of bars
ROOM_AROUND_BARS = 170
_TYPES: dict[str, dict[str, str]] = {
    "stacked_percent": {"type": "bar", "subtype": "percent_stacked"},
    "stacked": {"type": "bar", "subtype": "stacked"},
    "clustered": {"type": "bar"},
    "line": {"type": "line"},
}
_FONT = {"name": FONT, "size": BODY_SIZE, "color": INK, "bold": False}
_LINE_STYLES = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "square_dot")
_MARKERS = ("circle", "square", "diamond", "triangle", "x", "plus")


@dataclass(frozen=True, slots=True)
class ChartSource:
    """What a chart draws: rows of a drawn table, from the row `top` of its sheet (counted from 1).

    `names` are those of the bars or points, `small` says of each whether it adds up to too few for shares to be drawn.
    `figures` has those of each series, None where a shorthand stands or the bar is too small.
    """

    chart: Chart
    table: DrawnTable
    top: int
    names: list[str]
    small: list[bool]
    figures: list[list[float | None]]

    def described(self, series: Series) -> Column:
        """Return the column of a series."""
        return self.table.column(series.column).described

    def category_formula(self) -> str:
        """Return the formula of the cells that name the bars or points."""
        return self._formula([self.table.position(self.chart.categories)] * len(self.names))

    def figure_formula(self, key: str, figures: list[float | None]) -> str:
        """Return the formula of a column's cells, with an empty cell for each that holds no figure."""
        column, beside = self.table.position(key), len(self.table.columns) + 1
        return self._formula([beside if figure is None else column for figure in figures])

    def _formula(self, columns: list[int]) -> str:
        ranges = []
        row = self.top
        for column, run in groupby(columns):
            end = row + len(list(run))
            letter = xl_col_to_name(column, True)
            ranges.append(f"{quote_sheetname(self.chart.sheet)}!{letter}${row}:{letter}${end - 1}")
            row = end
        return f"={ranges[0]}" if len(ranges) == 1 else f"=({','.join(ranges)})"


def chart_source(chart: Chart, plans: dict[str, SheetPlan]) -> ChartSource:
    """Return what the chart draws, from the plans of the workbook's sheets."""
    plan = plans[chart.sheet]
    if plan.table is None:
        raise KeyError(chart.sheet)
    first, end = chart.rows or (0, plan.table.height)
    names = [str(name) for name in plan.table.column(chart.categories).cells[first:end]]
    given = [
        [cell if isinstance(cell, int | float) else None for cell in plan.table.column(series.column).cells[first:end]]
        for series in chart.series
    ]
    small = [0 <= sum(figure or 0 for figure in bar) < chart.smallest_base for bar in zip(*given, strict=True)]
    figures = [
        [None if is_small else figure for figure, is_small in zip(series, small, strict=True)] for series in given
    ]
    return ChartSource(chart, plan.table, plan.first_body_row + 2 + first, names, small, figures)


def alternative_text(source: ChartSource, language: Language) -> str:
    """Return the chart's alternative text and, where figures are not given, for which categories."""
    bars = list(zip(source.names, source.small, zip(*source.figures, strict=True), strict=True))
    without = [name for name, is_small, figures in bars if None in figures and not is_small]
    small = [name for name, is_small, _ in bars if is_small]
    sentences = [source.chart.alt_text]
    if without:
        sentences.append(
            language.pgettext(
                "workbook", "Blank in the chart, because a figure is not given: %(names)s.", names="; ".join(without)
            )
        )
    if small:
        sentences.append(
            language.pgettext(
                "workbook",
                "Blank in the chart, because no percentage is given of fewer than %(least)s: %(names)s.",
                least=source.chart.smallest_base,
                names="; ".join(small),
            )
        )
    return " ".join(sentences)


def chart_height(source: ChartSource) -> int:
    """Return the chart's height in pixels: enough for every bar and its name."""
    if source.chart.kind == "line":
        return LOWEST
    bars = len(source.chart.series) if source.chart.kind == "clustered" else 1
    wrapped = max(lines(name, NAME_WIDTH) for name in source.names)
    each = BAR + NEXT_LINE * (max(wrapped, bars) - 1)
    return max(LOWEST, min(ROOM_AROUND_BARS + len(source.names) * each, HIGHEST))


def add_chart(book: Any, source: ChartSource) -> Any:
    """Return a chart of XlsxWriter's, added to its workbook `book`."""
    described = source.chart
    chart = book.add_chart(_TYPES[described.kind])
    colours = _colours(described.palette, len(described.series))
    for place, (series, figures) in enumerate(zip(described.series, source.figures, strict=True)):
        column = source.described(series)
        chart.add_series(
            {
                "name": printable(series.label or column.header),
                "categories": source.category_formula(),
                "values": source.figure_formula(series.column, figures),
                "categories_data": source.names,
                "values_data": figures,
                "gap": 45,
                **_series_style(source, column.kind, colours[place], place),
            }
        )
    chart.set_title(
        {
            "name": printable(described.title),
            "name_font": {**_FONT, "size": HEADING_2_SIZE, "bold": True},
            "overlay": False,
        }
    )
    chart.set_legend({"position": "bottom", "font": _FONT} if len(described.series) > 1 else {"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": PAPER}})
    _set_axes(chart, source)
    chart.set_size({"width": WIDTH, "height": chart_height(source)})
    return chart


def _series_style(source: ChartSource, kind: Kind, colour: str, place: int) -> dict[str, Any]:
    if source.chart.kind == "line":
        return {
            "line": {"color": colour, "width": 2.5, "dash_type": _LINE_STYLES[place % len(_LINE_STYLES)]},
            "marker": {
                "type": _MARKERS[place % len(_MARKERS)],
                "size": 8,
                "fill": {"color": colour},
                "border": {"color": colour},
            },
        }
    bar = {"fill": {"color": colour}, "border": {"color": PAPER, "width": 0.75}}
    stands_inside = source.chart.kind != "clustered"
    label = {
        "value": True,
        "num_format": _label_format(kind, stands_inside),
        "font": {**_FONT, "color": text_on(colour) if stands_inside else INK},
    }
    return {**bar, "data_labels": label | ({"position": "center"} if stands_inside else {})}


def _label_format(kind: Kind, stands_inside: bool) -> str:
    """Return the number format of the labels; a label that would not fit inside its bar is left out."""
    if kind == "percent":
        return '[<0.06]"";0%' if stands_inside else "0%"
    if kind == "decimal":
        return "0.00"
    return '[=0]"";#,##0' if stands_inside else "#,##0"


def _set_axes(chart: Any, source: ChartSource) -> None:
    kinds = {source.described(series).kind for series in source.chart.series}
    as_percent = source.chart.kind == "stacked_percent" or kinds == {"percent"}
    figures: dict[str, Any] = {
        "num_format": "0%" if as_percent else "#,##0",
        "num_font": _FONT,
        "name": printable(source.chart.value_axis) or None,
        "name_font": _FONT,
        "major_gridlines": {"visible": True, "line": {"color": GRID_LINE, "width": 0.75}},
        "line": {"none": True},
    }
    if as_percent:
        figures |= {"min": 0, "max": 1}
    elif source.chart.kind == "clustered" and all((figure or 0) >= 0 for figure in chain(*source.figures)):
        figures["min"] = 0  # or the bars’ lengths would not be as their figures
    names = {"num_font": _FONT, "line": {"color": INK}, "major_gridlines": {"visible": False}, "interval_unit": 1}
    if source.chart.kind == "line":
        chart.set_x_axis(names)
        chart.set_y_axis(figures)
        return
    # The first row of the table is the uppermost bar; the axis of figures stays below.
    chart.set_x_axis(figures)
    chart.set_y_axis(names | {"reverse": True, "crossing": "max", "label_position": "low"})


def _colours(palette: Palette, number: int) -> list[str]:
    """Return as many colours of a palette; from an ordered one the two ends and what lies between."""
    colours = PALETTES[palette]
    if palette == "distinct":
        return [colours[place % len(colours)] for place in range(number)]
    if number == 1:
        return [colours[-2]]
    if number > len(colours):
        return [mixed(colours, place / (number - 1)) for place in range(number)]
    return [colours[round(place * (len(colours) - 1) / (number - 1))] for place in range(number)]
