"""Charts of lines over time: a line for each series, named at its end."""

from survey.reporting.charts.canvas import LEADING, MARK, SIZE, Canvas, set_in, text_width
from survey.reporting.charts.colours import QUIET, tones
from survey.reporting.charts.description import Chart

HEIGHT = 200.0
DASHES = ("", "7 3", "2 3", "10 3 2 3", "4 2")


def draw_slopes(canvas: Canvas, chart: Chart, top: float, width: float) -> float:
    """Draw the lines and the axis from `top` downwards; where they end."""
    ends = [(chart.say(series.figures[-1]) if series.figures[-1] is not None else "") for series in chart.series]
    room = max(map(text_width, ends), default=0.0) + 14
    left = max(text_width(chart.say(chart.high)), text_width(chart.names[0]) / 2 if chart.names else 0) + 10
    right = width - max(room, text_width(chart.names[-1]) / 2 + 2 if chart.names else 0)
    bottom = top + HEIGHT
    step = (right - left) / max(len(chart.names) - 1, 1)

    def at(place: int, figure: float) -> tuple[float, float]:
        return left + place * step, bottom - (figure - chart.low) / (chart.high - chart.low) * (HEIGHT - 12)

    for quarter in range(5):
        figure = chart.low + quarter * (chart.high - chart.low) / 4
        _, y = at(0, figure)
        canvas.stroke([(left, y), (right, y)])
        canvas.lines(left - 8, y - SIZE * 0.6, [chart.say(figure)], anchor="end", colour=QUIET)
    for number, (series, tone) in enumerate(zip(chart.series, tones(chart.palette, len(chart.series)), strict=True)):
        points = [at(place, figure) for place, figure in enumerate(series.figures) if figure is not None]
        if len(points) > 1:
            canvas.stroke(points, tone.shade, 2, DASHES[number % len(DASHES)])
        for x, y in points:
            canvas.mark(x, y, number)
    last = [(series.figures[-1], end) for series, end in zip(chart.series, ends, strict=True)]
    _name_ends(canvas, [(at(0, figure)[1], end) for figure, end in last if figure is not None], right)
    for place, name in enumerate(chart.names):
        canvas.lines(left + place * step, bottom + 5, [name], anchor="middle")
    y = bottom + 5 + SIZE * LEADING
    return canvas.lines(0, y, set_in(chart.axis, width) if chart.axis else [], colour=QUIET) + 6


def _name_ends(canvas: Canvas, ends: list[tuple[float, str]], right: float) -> None:
    """The last figure of each line beside it, moved down where two would touch."""
    lowest = float("-inf")
    for y, label in sorted(ends):
        lowest = max(y - SIZE * 0.6, lowest + SIZE * 1.05)
        canvas.lines(right + MARK + 5, lowest, [label])
