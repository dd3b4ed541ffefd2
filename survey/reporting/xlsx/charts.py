"""Charts: drawn from the cells of another sheet's table, in colours that hold in greyscale.

A cell that holds a shorthand would be drawn as nought. Its place in the series is taken by the empty cell to
the right of the table in the same row, so that the chart has a blank there and its other figures stay linked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
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
from survey.reporting.xlsx.description import Chart, Palette
from survey.reporting.xlsx.layout import Drawn, DrawnColumn, DrawnTable
from survey.reporting.xlsx.plan import SheetPlan
from survey.reporting.xlsx.text import printable
from survey.reporting.xlsx.text_width import lines

WIDTH = 960  # pixels
LOWEST = 320
HIGHEST = 1040  # two of Excel's highest rows
BAR = 28  # pixels: room for a name of one line
NAME_LINE = 18
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
    """The rows of a drawn table that a chart draws. `top` is the first row's number in its sheet, from 1."""

    chart: Chart
    table: DrawnTable
    top: int

    @property
    def rows(self) -> slice:
        """The rows of the table that are drawn."""
        return slice(*(self.chart.rows or (0, self.table.height)))

    def column(self, key: str) -> DrawnColumn:
        """Return the drawn column of that key."""
        return self.table.columns[self.table.position(key)]

    def categories(self) -> Sequence[Drawn]:
        """Return the names of the bars or points."""
        return self.column(self.chart.categories).cells[self.rows]

    def figures(self, key: str) -> list[float | None]:
        """Return a column's figures, None where a shorthand stands or the bar is too small to be drawn."""
        return [
            None if is_small else figure for figure, is_small in zip(self._given(key), self.small_bars(), strict=True)
        ]

    def small_bars(self) -> list[bool]:
        """Return of each bar whether it adds up to too few for shares to be drawn."""
        bars = zip(*(self._given(series.column) for series in self.chart.series), strict=True)
        return [0 <= sum(figure or 0 for figure in bar) < self.chart.smallest_base for bar in bars]

    def _given(self, key: str) -> list[float | None]:
        return [cell if isinstance(cell, int | float) else None for cell in self.column(key).cells[self.rows]]

    @property
    def lowest(self) -> float:
        """The lowest figure that is drawn; 0 where there is none."""
        figures = (figure for series in self.chart.series for figure in self.figures(series.column))
        return min((figure for figure in figures if figure is not None), default=0)

    def category_formula(self) -> str:
        """Return the formula of the cells that name the bars or points."""
        return self._formula([self.table.position(self.chart.categories)] * len(self.categories()))

    def figure_formula(self, key: str) -> str:
        """Return the formula of a column's cells, with an empty cell for each that holds no figure."""
        column, beside = self.table.position(key), len(self.table.columns) + 1
        return self._formula([beside if figure is None else column for figure in self.figures(key)])

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
    first = chart.rows[0] if chart.rows else 0
    return ChartSource(chart, plan.table, plan.first_body_row + 2 + first)


def alternative_text(source: ChartSource, language: Language) -> str:
    """Return the chart's alternative text and, where figures are not given, for which categories."""
    bars = zip(*(source.figures(series.column) for series in source.chart.series), strict=True)
    small: list[str] = []
    without: list[str] = []
    for name, figures, is_small in zip(source.categories(), bars, source.small_bars(), strict=True):
        if is_small:
            small.append(str(name))
        elif None in figures:
            without.append(str(name))
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
    names = [str(name) for name in source.categories()]
    if source.chart.kind == "line":
        return LOWEST
    bars = len(source.chart.series) if source.chart.kind == "clustered" else 1
    wrapped = max(lines(name, NAME_WIDTH) for name in names)
    each = max(BAR + NAME_LINE * (wrapped - 1), BAR + 18 * (bars - 1))
    return max(LOWEST, min(ROOM_AROUND_BARS + len(names) * each, HIGHEST))


def add_chart(book: Any, source: ChartSource) -> Any:
    """Return a chart of XlsxWriter's, added to its workbook `book`."""
    described = source.chart
    chart = book.add_chart(_TYPES[described.kind])
    colours = _colours(described.palette, len(described.series))
    for place, series in enumerate(described.series):
        column = source.column(series.column)
        chart.add_series(
            {
                "name": printable(series.label or column.label),
                "categories": source.category_formula(),
                "values": source.figure_formula(series.column),
                "categories_data": [str(name) for name in source.categories()],
                "values_data": source.figures(series.column),
                "gap": 45,
                **_series_style(source, column, colours[place], place),
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


def _series_style(source: ChartSource, column: DrawnColumn, colour: str, place: int) -> dict[str, Any]:
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
        "num_format": _label_format(column, stands_inside),
        "font": {**_FONT, "color": text_on(colour) if stands_inside else INK},
    }
    return {**bar, "data_labels": label | ({"position": "center"} if stands_inside else {})}


def _label_format(column: DrawnColumn, stands_inside: bool) -> str:
    """Return the number format of the labels; a label that would not fit inside its bar is left out."""
    if column.kind == "percent":
        return '[<0.06]"";0%' if stands_inside else "0%"
    if column.kind == "decimal":
        return "0.00"
    return '[=0]"";#,##0' if stands_inside else "#,##0"


def _set_axes(chart: Any, source: ChartSource) -> None:
    kinds = {source.column(series.column).kind for series in source.chart.series}
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
    elif source.chart.kind == "clustered" and source.lowest >= 0:
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
