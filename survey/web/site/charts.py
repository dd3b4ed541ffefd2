"""Charts on pages, each above the table that it is drawn from."""

from collections.abc import Sequence

from flask_babel import pgettext
from markupsafe import Markup

from survey.reporting.charts.colours import Palette
from survey.reporting.charts.description import Chart, Series
from survey.reporting.charts.svg import NARROW, svg
from survey.web.site.language import current_language


def bars_of_counts(
    title: str, counted: str, names: Sequence[str], series: Sequence[Series], palette: Palette
) -> Markup:
    """A bar for each name, all of one length, with the counts of the series on its parts; nothing without names.

    `counted` says of what the numbers are.
    """
    if not names:
        return Markup()
    chart = Chart(
        language=current_language(),
        kind="shares",
        title=title,
        facts=(counted,),
        alt_text=pgettext("chart", "Bar chart: %(title)s. It is drawn from the table below it.", title=title),
        names=tuple(names),
        series=tuple(series),
        instead=("",) * len(names),
        palette=palette,
    )
    return _drawn(chart, "chart")


def dots(title: str, scale: str, names: Sequence[str], series: Series, highest: int) -> Markup:
    """A row for each name, with a dot on a scale from nothing to `highest`; nothing without names. `scale` says what
    its numbers mean.
    """
    if not names:
        return Markup()
    chart = Chart(
        language=current_language(),
        kind="dots",
        title=title,
        facts=(),
        alt_text=pgettext("chart", "Chart of dots: %(title)s. It is drawn from the table below it.", title=title),
        names=tuple(names),
        series=(series,),
        instead=("",) * len(names),
        palette="distinct",
        axis=scale,
        high=highest,
    )
    return _drawn(chart, "dots")


def line(title: str, axis: str, names: Sequence[str], series: Series, highest: int) -> Markup:
    """A line over names that follow one another, from nothing to `highest`. `axis` says what is counted by what."""
    chart = Chart(
        language=current_language(),
        kind="slopes",
        title=title,
        facts=(),
        alt_text=pgettext("chart", "Line chart: %(title)s. It is drawn from the table below it.", title=title),
        names=tuple(names),
        series=(series,),
        instead=("",) * len(names),
        palette="distinct",
        axis=axis,
        high=highest,
    )
    return _drawn(chart, "line")


def _drawn(chart: Chart, name: str) -> Markup:
    return Markup(svg(chart, NARROW, name))  # noqa: S704 - the drawing escapes its texts
