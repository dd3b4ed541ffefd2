"""Charts of which each name is a row: bars of shares, bars and dots on a scale."""

from survey.reporting.charts.canvas import LEADING, MARK, SIZE, Canvas, set_in, text_width
from survey.reporting.charts.colours import INK, QUIET, tones
from survey.reporting.charts.description import Chart

BAR = 18.0
BETWEEN = 7.0
NAMES = 0.38
"""The most of the width that names take; they are wrapped into it."""
MARK_ROOM = 10.0
"""How high a row of dots is for each that stands below another."""
NARROWEST = 450.0
"""A drawing that is narrower has each name above its row."""
RIGHT = 16.0


def draw_rows(canvas: Canvas, chart: Chart, top: float, width: float) -> float:
    """Draw the rows and the axis from `top` downwards; where they end."""
    is_wide = width >= NARROWEST
    room = min(width * NAMES, max(map(text_width, chart.names), default=0.0) + 2) if is_wide else width
    left = room + 10 if is_wide else MARK + 4
    plot = _Plot(canvas, chart, left, width - RIGHT)
    names = [set_in(name, room) for name in chart.names]
    least = chart.row_height(BAR, MARK_ROOM)
    bars = [max(least, len(plot.said_instead(place)) * SIZE * LEADING + 3) for place in range(len(names))]
    heights = [
        max(bar, len(lines) * SIZE * LEADING) if is_wide else bar + len(lines) * SIZE * LEADING
        for lines, bar in zip(names, bars, strict=True)
    ]
    bottom = top + sum(heights) + BETWEEN * len(heights)
    plot.grid(top, bottom)
    y = top + BETWEEN / 2
    for place, (lines, bar, height) in enumerate(zip(names, bars, heights, strict=True)):
        text_height = len(lines) * SIZE * LEADING
        if is_wide:
            canvas.lines(room, y + (height - text_height) / 2 + 1, lines, anchor="end")
            plot.row(place, y + (height - bar) / 2, bar)
        else:
            canvas.lines(0, y, lines)
            plot.row(place, y + text_height, bar)
        y += height + BETWEEN
    return plot.axis(bottom)


class _Plot:
    """The part of the drawing between the names and the right edge."""

    def __init__(self, canvas: Canvas, chart: Chart, left: float, right: float) -> None:
        self._canvas, self._chart = canvas, chart
        self._left, self._right = left, right
        self._tones = tones(chart.palette, len(chart.series))
        self._lanes = chart.lanes()
        parts = [chart.parts(place) for place in range(len(chart.names))] if chart.kind == "shares" else []
        before = [chart.before_middle(each) for each in parts if each]
        self._before = max(before, default=0.0)
        """How much of the longest bar lies before the middle, and beyond it."""
        self._span = self._before + max((1 - each for each in before), default=1.0)

    def grid(self, top: float, bottom: float) -> None:
        for at, _ in self._ticks():
            self._canvas.stroke([(at, top), (at, bottom)])

    def axis(self, bottom: float) -> float:
        for at, label in self._ticks():
            self._canvas.lines(at, bottom + 3, [label] if label else [], anchor="middle", colour=QUIET)
        y = bottom + 3 + (SIZE * LEADING if any(label for _, label in self._ticks()) else 0)
        y = self._canvas.lines(
            self._left, y, set_in(self._chart.axis, self._right - self._left) if self._chart.axis else [], colour=QUIET
        )
        if self._chart.middle is not None:
            self._canvas.stroke([(self._ticks()[0][0], bottom - 4), (self._ticks()[0][0], bottom + 3)], INK, 1.5)
        return y + 6

    def said_instead(self, place: int) -> list[str]:
        """The lines of what is said in place of a bar."""
        said = self._chart.instead[place]
        return set_in(said, self._right - self._left) if said else []

    def row(self, place: int, y: float, high: float) -> None:
        """Draw one row, so high, with the upper edge of its bar at `y`."""
        if self._chart.instead[place]:
            said = self.said_instead(place)
            self._canvas.paper(self._left + 1, y, max(map(text_width, said)) + 3, high)
            self._canvas.lines(self._left + 2, y + 2, said)
        elif self._chart.kind == "shares":
            self._parts(place, y)
        elif self._chart.kind == "bars":
            self._bar(place, y)
        else:
            self._dots(place, y + high / 2, high)

    def _bar(self, place: int, y: float) -> None:
        figure = self._chart.series[0].figures[place]
        if figure is None:
            return
        end = self._at(figure)
        self._canvas.bar(self._left, y, end - self._left, BAR, 0)
        label = self._chart.said_of_bar(place)
        room = text_width(label) + 4
        beyond = end + room <= self._right + RIGHT
        self._canvas.lines(end + 4 if beyond else end - 4, y + 2.5, [label], anchor="start" if beyond else "end")

    def _parts(self, place: int, y: float) -> None:
        parts = self._chart.parts(place)
        if parts is None:
            return
        scale = (self._right - self._left) / self._span
        x = self._left + (self._before - self._chart.before_middle(parts)) * scale
        for number, (part, series) in enumerate(zip(parts, self._chart.series, strict=True)):
            across = part * scale
            if across:
                self._canvas.bar(x, y, across, BAR, number)
                self._label(x, y, across, self._chart.say(series.figures[place] or 0), number)
            x += across

    def _label(self, x: float, y: float, across: float, label: str, number: int) -> None:
        needed = text_width(label) + 3
        if needed > across:
            return
        if self._tones[number].stripes:
            self._canvas.paper(x + (across - needed) / 2, y + 2, needed, BAR - 4)
        self._canvas.lines(x + across / 2, y + 2.5, [label], anchor="middle", colour=self._tones[number].text)

    def _dots(self, place: int, y: float, row: float) -> None:
        dots = [
            (number, self._at(series.figures[place] or 0), y + lane * row)
            for number, (series, lane) in enumerate(zip(self._chart.series, self._lanes, strict=True))
            if series.figures[place] is not None
        ]
        if len(dots) > 1:
            points = [(at, down) for _, at, down in dots]
            self._canvas.stroke(points if any(self._lanes) else [min(points), max(points)], QUIET, 1.5)
        for number, at, down in reversed(dots):
            self._canvas.mark(at, down, number)

    def _at(self, figure: float) -> float:
        chart = self._chart
        return self._left + (figure - chart.low) / (chart.high - chart.low) * (self._right - self._left)

    def _ticks(self) -> list[tuple[float, str]]:
        """Where the lines of the grid stand, with their labels."""
        chart = self._chart
        if chart.middle is not None:
            return [(self._left + self._before * (self._right - self._left) / self._span, "")]
        if chart.kind == "shares":
            quarters = [quarter / 4 for quarter in range(5)]
            return [(self._left + part * (self._right - self._left), chart.language.percent(part)) for part in quarters]
        steps = [chart.low + step * (chart.high - chart.low) / 4 for step in range(5)]
        if chart.figures == "decimal":
            steps = [float(step) for step in range(round(chart.low), round(chart.high) + 1)]
        return [(self._at(step), chart.say(step)) for step in steps]
