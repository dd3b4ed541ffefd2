"""A chart as SVG: title, legend, the kind’s own drawing, and below it base, source and date."""

from survey.reporting.charts.canvas import LEADING, MARK, SIZE, Canvas, set_in, text_width
from survey.reporting.charts.colours import QUIET, tones
from survey.reporting.charts.description import Chart
from survey.reporting.charts.rows import draw_rows
from survey.reporting.charts.slopes import draw_slopes

WIDTH = 605.0
"""16 cm at 96 pixels an inch, where the smallest text has 9 points."""
NARROW = 340.0
"""For pages: on a telephone the text stays as large as that beside it."""
GAP = 10.0
SWATCH = 14.0


def svg(chart: Chart, width: float = WIDTH, name: str = "chart") -> str:
    """The drawing, as high as it needs to be. `name` parts its ids from those of other drawings on a page."""
    canvas = Canvas(name, tones(chart.palette, len(chart.series)))
    y = canvas.title(0, 2, chart.title, width) + GAP / 2
    if len(chart.series) > 1:
        y = _legend(canvas, chart, y, width) + GAP / 2
    y = draw_slopes(canvas, chart, y, width) if chart.kind == "slopes" else draw_rows(canvas, chart, y, width)
    for fact in chart.facts:
        y = canvas.lines(0, y, set_in(fact, width), colour=QUIET)
    return canvas.finished(width, y + 4, chart.title, chart.alt_text, chart.language.tag)


def _legend(canvas: Canvas, chart: Chart, y: float, width: float) -> float:
    x = 0.0
    for place, series in enumerate(chart.series):
        if not chart.is_named(series):
            continue
        needed = SWATCH + 5 + text_width(series.label)
        if x and x + needed > width:
            x, y = 0.0, y + SIZE * LEADING + 4
        if chart.kind == "shares":
            canvas.bar(x + 1, y + 1, SWATCH - 2, SIZE, place)
        else:
            canvas.mark(x + MARK + 2, y + SIZE / 2 + 1, place)
        canvas.lines(x + SWATCH + 5, y, [series.label])
        x += needed + GAP * 1.5
    return y + SIZE * LEADING + 4
