"""A chart as a described object: finished texts and figures, before anybody draws them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from survey.languages import Language
from survey.reporting.charts.colours import Palette

COVERED = 0.025
"""How near dots cover each other, as a part of the scale."""
LANES = 0.75
"""Of a row, the part in which dots are spread that would cover each other."""
ChartKind = Literal["shares", "bars", "dots", "slopes"]
NumberForm = Literal["whole", "percent", "decimal"]


@dataclass(frozen=True, slots=True)
class Series:
    """A level, answer or year: its name, and its figure for each of the chart’s names; None where there is none."""

    label: str
    figures: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language.

    `shares`: a bar for each name, as long as all others, in which each series has its part; with `middle` the bars are
    laid so that this place among the series (2: between the second and the third; 2.5: half-way through the third)
    stands below one another. `bars`: a bar for each name, of one series, on a scale from `low` to `high`. `dots`: a row
    for each name and a dot for each series on such a scale.
    `slopes`: a line for each series over the names, which follow one another.

    `facts` are the base, the source and the date, one a line. `instead` has for each name what is said in place of its
    figures where they are too few to draw, or nothing; `said`, if anything, what stands at the end of each of `bars` in
    place of its figure. `alt_text` is short: a table with the figures stands beside.
    """

    language: Language
    kind: ChartKind
    title: str
    facts: tuple[str, ...]
    alt_text: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    instead: tuple[str, ...]
    figures: NumberForm = "whole"
    palette: Palette = "ordered"
    axis: str = ""
    low: float = 0
    high: float = 1
    middle: float | None = None
    said: tuple[str, ...] = ()

    def said_of_bar(self, place: int) -> str:
        """What stands at the end of a bar."""
        figure = self.series[0].figures[place]
        return self.said[place] if self.said else "" if figure is None else self.say(figure)

    def say(self, figure: float) -> str:
        """A figure as its label has it."""
        if self.figures == "percent":
            return self.language.percent(figure)
        return self.language.number(round(figure, 1) if self.figures == "decimal" else figure).replace("-", "−")

    def name_in_cell(self, place: int) -> str:
        """A name with what is said in place of its figures, as the table of the chart has it.

        That has a line of its own beside bars: LibreOffice, left to wrap all that is said of a few clusters, may not,
        and then draws the whole chart narrow.
        """
        return (":\n" if self.kind == "shares" else ": ").join(filter(None, (self.names[place], self.instead[place])))

    def parts(self, place: int) -> list[float] | None:
        """The parts of a whole that the series have for a name; None where they are not drawn."""
        given = [series.figures[place] for series in self.series]
        whole = sum(figure or 0 for figure in given)
        if self.instead[place] or None in given or whole <= 0:
            return None
        return [(figure or 0) / whole for figure in given]

    def is_named(self, series: Series) -> bool:
        """Whether a series is drawn and in the legend: one of shares, only where any bar has a part of it."""
        if self.kind != "shares" or any(self.drawn(series)):
            return True
        return not any(any(self.drawn(other)) for other in self.series)

    def lanes(self) -> list[float]:
        """How far below the middle of its row each series has its dots, in parts of a row: nought, unless any of them
        would cover others."""
        span = (self.high - self.low) * COVERED
        rows = (sorted(figures) for figures in map(self._given, range(len(self.names))))
        is_covered = self.kind == "dots" and any(
            higher - lower < span for row in rows for lower, higher in pairwise(row)
        )
        if not is_covered:
            return [0.0] * len(self.series)
        step = LANES / len(self.series)
        return [(place - (len(self.series) - 1) / 2) * step for place in range(len(self.series))]

    def row_height(self, least: float, mark: float) -> float:
        """How high a row is drawn at least, so that its dots have room below one another."""
        return max(least, len(self.series) * mark) if any(self.lanes()) else least

    def _given(self, place: int) -> list[float]:
        return [figure for series in self.series if (figure := series.figures[place]) is not None]

    def drawn(self, series: Series) -> list[float | None]:
        """The figures of a series that are drawn: those of a bar of shares only where it has all its parts."""
        if self.kind != "shares":
            return list(series.figures)
        return [figure if self.parts(place) else None for place, figure in enumerate(series.figures)]

    def before_middle(self, parts: list[float]) -> float:
        """How much of a bar lies before the middle."""
        if self.middle is None:
            return 0.0
        whole, half = divmod(self.middle, 1)
        return sum(parts[: int(whole)]) + (parts[int(whole)] * half if half else 0)

    def furthest_before(self) -> float:
        """How much of the bar that reaches furthest lies before the middle."""
        drawn = (self.parts(place) for place in range(len(self.names)))
        return max((self.before_middle(parts) for parts in drawn if parts), default=0.0)

    def starts(self) -> list[float | None]:
        """Where the bar of each name begins, so that all middles stand below one another; None where there is none."""
        furthest, parts = self.furthest_before(), map(self.parts, range(len(self.names)))
        return [None if shares is None else furthest - self.before_middle(shares) for shares in parts]
