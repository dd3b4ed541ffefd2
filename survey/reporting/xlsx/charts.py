"""Excel’s own drawing of a chart: linked to the cells of a table, in the tones of every other drawing.

The first column of a table above its chart has the names, the next ones the series in their order. Where bars are laid
at a middle, hidden cells say where each begins: the last column of that table, or a column beside charts of other
sheets’ tables. A cell that holds a shorthand would be drawn as
nought. Its place in the series is taken by the empty cell to the right of the table in the same row, so that the chart
has a blank there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from survey.reporting.charts.canvas import LEADING, SIZE, TITLE_SIZE, set_in, text_width
from survey.reporting.charts.colours import GRID_LINE, INK, PAPER, QUIET, Tone, tones
from survey.reporting.charts.description import Chart
from survey.reporting.charts.rows import BAR, BETWEEN, MARK_ROOM
from survey.reporting.charts.slopes import HEIGHT
from survey.reporting.charts.svg import SWATCH, WIDTH
from survey.reporting.typesetting import BOLD, printable
from survey.reporting.xlsx.appearance import FONT
from survey.reporting.xlsx.chart_paper import POINTS
from survey.reporting.xlsx.description import Plot
from survey.reporting.xlsx.layout import DrawnTable
from survey.reporting.xlsx.package import PLACES

BESIDE_LABEL = 3.0
"""What the part of a bar has to have beside its label: that of a narrower part is left out."""
ROOM = 0.74  # of the width: LibreOffice would wrap longer lines once more
NO_BREAK = "\u00a0"
LEGEND = 0.88  # of the width: what LibreOffice cannot fit into the lines of a legend it leaves out
LINE_IN_LEGEND = 60.0
AXIS = 26.0
NAMES = 0.36
"""The most of the width that names take. With others tried, LibreOffice leaves some unwrapped, and draws all narrow."""
NARROWED = 0.9
"""Of the room of names: LibreOffice wraps them sooner."""
_FONT = {"name": FONT, "size": SIZE * POINTS, "color": INK, "bold": False}
_FAINT = {**_FONT, "color": QUIET}
_NAMES_AXIS = {
    "num_font": _FONT,
    "line": {"color": INK},
    "major_gridlines": {"visible": False},
    "major_tick_mark": "none",
    "interval_unit": 1,
    "reverse": True,
    "crossing": "max",
    "label_position": "low",
}
_FORMATS = {"percent": "0%", "whole": "#,##0", "decimal": "0"}
_DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash")
_MARKERS = ("circle", "diamond", "square", "triangle", "x")


CellPlaces = list[tuple[int, int]]
"""Columns (from 0) and rows (from 1) of a sheet."""


@dataclass(frozen=True, slots=True)
class ChartSource:
    """A chart and the cells of a sheet that it draws: those of the names, of each series, and of where bars begin,
    which may stand on another. `empty` is a column without any, on both."""

    chart: Chart
    sheet: str
    names: CellPlaces
    figures: list[CellPlaces]
    starts: CellPlaces
    starts_sheet: str
    empty: int

    def names_formula(self) -> str:
        """The formula of the cells that name the rows."""
        return _formula(self.sheet, self.names)

    def series_formula(self, place: int) -> str:
        """The formula of a series’ cells, with an empty cell for each figure that is not drawn."""
        drawn = (figure is not None for figure in self.chart.drawn(self.chart.series[place]))
        return _formula(self.sheet, self._or_empty(self.figures[place], drawn))

    def starts_formula(self) -> str:
        """The formula of the cells that say where each bar begins."""
        drawn = (self.chart.parts(place) is not None for place in range(len(self.chart.names)))
        return _formula(self.starts_sheet, self._or_empty(self.starts, drawn))

    def _or_empty(self, cells: CellPlaces, drawn: Iterable[bool]) -> CellPlaces:
        return [(column if is_drawn else self.empty, row) for (column, row), is_drawn in zip(cells, drawn, strict=True)]


def _formula(sheet: str, cells: CellPlaces) -> str:
    ranges = []
    numbered = enumerate(cells)
    for _, run in groupby(numbered, key=lambda placed: (placed[1][0], placed[1][1] - placed[0])):
        (_, (column, first)), *others = run
        letter = xl_col_to_name(column, True)
        ranges.append(f"{quote_sheetname(sheet)}!{letter}${first}:{letter}${first + len(others)}")
    return f"={ranges[0]}" if len(ranges) == 1 else f"=({','.join(ranges)})"


def source_of_table(chart: Chart, sheet: str, table: DrawnTable, top: int) -> ChartSource:
    """A chart of the table above it, whose first row of cells is the row `top` of its sheet (counted from 1)."""

    def column(place: int) -> CellPlaces:
        return [(place, top + row) for row in range(len(chart.names))]

    series = len(chart.series)
    figures = [column(place + 1) for place in range(series)]
    return ChartSource(chart, sheet, column(0), figures, column(series + 1), sheet, len(table.columns) + 1)


def source_of_plot(plot: Plot, table: DrawnTable, top: int, starts: CellPlaces, starts_sheet: str) -> ChartSource:
    """A chart of cells of another sheet’s table, whose first row of cells is the row `top` of its sheet. Where bars
    begin stands in the cells `starts` of its own."""

    def column(key: str, rows: tuple[int, ...]) -> CellPlaces:
        return [(table.position(key), top + row) for row in rows]

    figures = [column(plot.column_of(place), rows) for place, rows in enumerate(plot.rows)]
    names, empty = column(plot.names, plot.rows[0]), max(len(table.columns), *(at for at, _ in starts), 0) + 1
    return ChartSource(plot.chart, plot.sheet, names, figures, starts, starts_sheet, empty)


class _Layout:
    """Where in the picture everything stands, in pixels."""

    def __init__(self, chart: Chart) -> None:
        self.title = set_in(chart.title, WIDTH * ROOM / BOLD, TITLE_SIZE)
        self.below = [line for text in (chart.axis, *chart.facts) if text for line in set_in(text, WIDTH * ROOM)]
        self.legend_top = len(self.title) * TITLE_SIZE * LEADING + 8
        self.legend_height = 20.0 * _legend_lines(chart) if len(chart.series) > 1 else 0.0
        self.top = self.legend_top + self.legend_height + 8
        if chart.kind == "slopes":
            self.left, self.plot = 45.0, HEIGHT
        else:
            names = _names_in_table(chart)
            self.left = min(WIDTH * NAMES, max(map(text_width, names), default=0.0) + 10) + 6
            wrapped = [set_in(printable(name), (self.left - 14) * NARROWED) for name in names]
            bar = chart.row_height(BAR, MARK_ROOM)
            self.plot = _height_of_rows([max(bar, len(lines) * SIZE * LEADING) + BETWEEN for lines in wrapped])
            self.names = ["\n".join(lines) for lines in wrapped]
        self.plot_width = WIDTH - self.left - 20
        self.bottom = self.top + self.plot + (BETWEEN if chart.middle is not None else AXIS)
        self.height = self.bottom + len(self.below) * SIZE * LEADING + BETWEEN

    def part(self, x: float, y: float, across: float, down: float) -> dict[str, float]:
        """A rectangle as parts of the picture."""
        return {"x": x / WIDTH, "y": y / self.height, "width": across / WIDTH, "height": down / self.height}


# While a chart is placed and drawn it is asked for several times.
_layout = lru_cache(maxsize=4)(_Layout)


def _names_in_table(chart: Chart) -> list[str]:
    """The names as the table has them, with what is said in place of figures that are too few to draw."""
    return [chart.name_in_cell(place) for place in range(len(chart.names))]


def _height_of_rows(needed: list[float]) -> float:
    """The height of rows that are all as high: no name reaches into the next one, which LibreOffice would leave out."""
    most = max([(upper + lower) / 2 for upper, lower in pairwise(needed)], default=sum(needed))
    return max(sum(needed), most * len(needed))


def chart_height(chart: Chart) -> float:
    """How high the picture is, in pixels."""
    return _layout(chart).height


def add_chart(book: Any, source: ChartSource) -> Any:
    """Return a chart of XlsxWriter's, added to its workbook `book`."""
    described, layout = source.chart, _layout(source.chart)
    kinds = {
        "shares": {"type": "bar", "subtype": "percent_stacked" if described.middle is None else "stacked"},
        "bars": {"type": "bar"},
        "dots": {"type": "scatter"},
        "slopes": {"type": "line"},
    }
    chart = book.add_chart(kinds[described.kind])
    look = tones(described.palette, len(described.series))
    drawn = {"shares": _add_shares, "bars": _add_bars, "dots": _add_dots, "slopes": _add_lines}
    drawn[described.kind](chart, source, look)
    chart.set_title(
        {
            "name": printable("\n".join(layout.title)),
            "name_font": {**_FONT, "size": TITLE_SIZE * POINTS, "bold": True},
            "overlay": True,
            "layout": {"x": 0.005, "y": 2 / layout.height},
        }
    )
    legend = {
        "position": "top",
        "font": _FONT,
        "layout": layout.part(0, layout.legend_top, WIDTH * 0.98, layout.legend_height),
    }
    chart.set_legend(legend if len(described.series) > 1 else {"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": PAPER}})
    inner = layout.part(layout.left, layout.top, layout.plot_width, layout.plot)
    chart.set_plotarea({"layout": inner, "fill": {"none": True}})
    if described.middle is not None:
        chart.show_hidden_data()
    chart.set_size({"width": WIDTH, "height": layout.height})
    return chart


def _add_shares(chart: Any, source: ChartSource, look: list[Tone]) -> None:
    described = source.chart
    parts = [shares for place in range(len(described.names)) if (shares := described.parts(place))]
    left = described.furthest_before()
    side = max([left, *(1 - described.before_middle(each) for each in parts)])
    span = 1.0 if described.middle is None else 2 * side
    if described.middle is not None:
        starts = described.starts()
        nothing = {"fill": {"none": True}, "border": {"none": True}}
        _add(chart, source, source.starts_formula(), starts, {"name": " ", **nothing})
    for place, (series, tone) in enumerate(zip(described.series, look, strict=True)):
        if not described.is_named(series):
            continue
        label = {
            "value": True,
            "position": "center",
            "num_format": "0%",
            "custom": labels_with_room(described, place, span),
            "font": {**_FONT, "color": tone.text},
            **({"fill": {"color": PAPER}} if tone.stripes else {}),
        }
        filling = {"name": printable(series.label), "border": {"color": tone.outline, "width": 0.75}, **_filled(tone)}
        _add(chart, source, source.series_formula(place), described.drawn(series), filling | {"data_labels": label})
    axis: dict[str, Any] = {**_value_axis(described), **_below(described), "min": 0, "max": span}
    names = _NAMES_AXIS
    if described.middle is not None:
        # As far to either side, so that the middle is a line of the grid. An axis of names there would not do:
        # LibreOffice wraps names into what lies before it, and makes the whole drawing narrow where they are longer.
        axis |= {"min": left - side, "max": left + side, "major_unit": side, "num_format": '"";""'}
        axis |= {"crossing": "min", "major_gridlines": {"visible": True, "line": {"color": QUIET, "width": 0.75}}}
        names = {**_NAMES_AXIS, "line": {"none": True}}
    chart.set_x_axis(axis)
    chart.set_y_axis(names)


def labels_with_room(chart: Chart, place: int, span: float) -> list[dict[str, bool] | None]:
    """For each name, whether the part of a series is too narrow for its label, which is then left out."""
    across = _layout(chart).plot_width / (span or 1)
    narrow: list[dict[str, bool] | None] = []
    for name, figure in enumerate(chart.drawn(chart.series[place])):
        parts = chart.parts(name)
        room = parts[place] * across if parts else 0.0
        narrow.append({"delete": True} if text_width(chart.say(figure or 0)) + BESIDE_LABEL > room else None)
    return narrow


def _add_bars(chart: Any, source: ChartSource, look: list[Tone]) -> None:
    described = source.chart
    for place, (series, tone) in enumerate(zip(described.series, look, strict=True)):
        label = {"value": True, "position": "outside_end", "num_format": _FORMATS[described.figures], "font": _FONT}
        if described.said:
            label["custom"] = [{"value": printable(said), "font": _FONT} for said in described.said]
        filling = {"name": printable(series.label), "border": {"color": tone.outline, "width": 0.75}, **_filled(tone)}
        _add(chart, source, source.series_formula(place), series.figures, filling | {"data_labels": label})
    axis = {**_value_axis(described), **_below(described), "min": described.low, "max": described.high}
    quarters = {"major_unit": described.high / 4} if described.figures == "whole" and not described.low else {}
    chart.set_x_axis(axis | quarters)
    chart.set_y_axis(_NAMES_AXIS)


def _add_dots(chart: Any, source: ChartSource, look: list[Tone]) -> None:
    described = source.chart
    rows = [float(row) for row in range(1, len(described.names) + 1)]
    names = {
        "name": " ",
        "categories": f"={PLACES}edge",
        "categories_data": [described.low] * len(rows),
        "values": f"={PLACES}rows",
        "values_data": rows,
        "marker": {"type": "none"},
        "line": {"none": True},
        "data_labels": {
            "value": True,
            "position": "left",
            "font": _FONT,
            "custom": [{"value": text, "font": _FONT} for text in _beside_dots(_layout(described).names)],
        },
    }
    chart.add_series(names)
    lanes = described.lanes()
    for place, (series, tone) in enumerate(zip(described.series, look, strict=True)):
        chart.add_series(
            {
                "name": printable(series.label),
                "categories": source.series_formula(place),
                "categories_data": list(series.figures),
                "values": f"={PLACES}lane{place}",
                "values_data": [row + lanes[place] for row in rows],
                "line": {"none": True},
                "marker": _marker(place, tone),
            }
        )
    axis = {**_value_axis(described), **_below(described), "min": described.low, "max": described.high}
    chart.set_x_axis(axis | ({"major_unit": 1} if described.figures == "decimal" else {}))
    rows_axis = {"min": 0.5, "max": len(rows) + 0.5, "reverse": True, "num_format": '"";""', "major_unit": 1}
    hidden = {"line": {"none": True}, "major_gridlines": {"visible": False}, "major_tick_mark": "none"}
    chart.set_y_axis(rows_axis | hidden | {"crossing": "max", "label_position": "none"})


def _add_lines(chart: Any, source: ChartSource, look: list[Tone]) -> None:
    described = source.chart
    places = places_of_labels([series.figures[-1] for series in described.series], described.high - described.low)
    for place, (series, tone) in enumerate(zip(described.series, look, strict=True)):
        line = {"color": tone.shade, "width": 1.75, "dash_type": _DASHES[place % len(_DASHES)]}
        ends = [{"delete": True}] * (len(described.names) - 1)
        label = {"value": True, "position": places[place], "num_format": "0%", "font": _FONT, "custom": ends}
        styled = {"name": printable(series.label), "line": line, "marker": _marker(place, tone), "data_labels": label}
        _add(chart, source, source.series_formula(place), series.figures, styled)
    chart.set_x_axis({**_below(described), "num_font": _FONT, "line": {"color": INK}})
    chart.set_y_axis({**_value_axis(described), "min": described.low, "max": described.high})


def _beside_dots(names: Iterable[str]) -> list[str]:
    """Names of rows with room behind them, which a dot at the edge would cover."""
    return [re.sub("$", NO_BREAK * 2, name, flags=re.MULTILINE) for name in names]


def places_of_labels(ends: Sequence[float | None], span: float) -> list[str]:
    """Where each line has the label of its end: beside it, or above or below it where the next end is too near."""
    near = SIZE * LEADING / HEIGHT * span
    places = ["right"] * len(ends)
    given = sorted((end, place) for place, end in enumerate(ends) if end is not None)
    for (lower, below), (upper, above) in pairwise(given):
        if upper - lower < near:
            places[above] = "above"
            places[below] = "right" if places[below] == "above" else "below"
    return places


def _add(chart: Any, source: ChartSource, values: str, figures: Any, styled: dict[str, Any]) -> None:
    names = {"categories": source.names_formula(), "categories_data": list(source.chart.names)}
    chart.add_series({"values": values, "values_data": list(figures), "gap": 35, "overlap": 100, **names, **styled})


def _below(chart: Chart) -> dict[str, Any]:
    """What stands below the drawing: what its axis shows, base, source and date, as the title of the lower axis."""
    layout = _layout(chart)
    place = {"x": 0.005, "y": layout.bottom / layout.height}
    return {"name": printable("\n".join(layout.below)), "name_font": _FAINT, "name_layout": place}


def _value_axis(chart: Chart) -> dict[str, Any]:
    is_fine = chart.figures != "percent" and chart.high - chart.low < 1
    return {
        "num_format": "0.0##" if is_fine else _FORMATS[chart.figures],
        "num_font": _FAINT,
        "major_gridlines": {"visible": True, "line": {"color": GRID_LINE, "width": 0.75}},
        "line": {"none": True},
    }


def _filled(tone: Tone) -> dict[str, Any]:
    if tone.stripes:
        look = {"pattern": "wide_upward_diagonal", "fg_color": tone.stripes, "bg_color": tone.fill}
        return {"pattern": look}
    return {"fill": {"color": tone.fill}}


def _marker(place: int, tone: Tone) -> dict[str, Any]:
    inside = {"color": tone.shade}  # LibreOffice draws no outline
    kind = _MARKERS[place % len(_MARKERS)]
    return {"type": kind, "size": 8, "fill": inside, "border": {"color": tone.shade, "width": 1.5}}


def _legend_lines(chart: Chart) -> int:
    used, count = 0.0, 1
    mark = LINE_IN_LEGEND if chart.kind == "slopes" else SWATCH
    for series in filter(chart.is_named, chart.series):
        needed = mark + 30 + text_width(series.label)
        if used and used + needed > WIDTH * LEGEND:
            used, count = 0.0, count + 1
        used += needed
    return count
