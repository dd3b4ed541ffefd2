"""SVG, element by element: texts in a sans-serif, shapes in the tones of the charts, no style that a page forbids."""

from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from survey.reporting.charts.colours import GRID_LINE, INK, PAPER, Tone
from survey.reporting.typesetting import BOLD, DIGIT, printable, width, wrapped

SIZE = 12.0  # pixels: 9 points
TITLE_SIZE = 15.0
LEADING = 1.25
MARK = 5.0  # half of the size of a dot
Anchor = Literal["start", "middle", "end"]


def text_width(text: str, size: float = SIZE) -> float:
    """The width of a text in pixels."""
    return width(text) * DIGIT / 1000 * size


def set_in(text: str, room: float, size: float = SIZE) -> list[str]:
    """The lines of a text that has so many pixels; bold needs `BOLD` times as many."""
    return wrapped(text, room / (DIGIT / 1000 * size))


class Canvas:
    """A drawing that grows. `name` parts its ids from those of other drawings on a page."""

    def __init__(self, name: str, tones: Sequence[Tone]) -> None:
        self._name = name
        self._tones = tones
        self._parts: list[str] = []

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = SIZE,
        anchor: Anchor = "start",
        colour: str = INK,
        bold: bool = False,
    ) -> float:
        """Texts one below the other, the first with its top at `y`; where they end."""
        weight = ' font-weight="bold"' if bold else ""
        for line in lines:
            self._add(
                f'<text x="{x:.1f}" y="{y + size * 0.95:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
                f'fill="{colour}"{weight}>{escape(printable(line))}</text>'
            )
            y += size * LEADING
        return y

    def title(self, x: float, y: float, text: str, room: float) -> float:
        """A heading; where it ends."""
        return self.lines(x, y, set_in(text, room / BOLD, TITLE_SIZE), size=TITLE_SIZE, bold=True)

    def bar(self, x: float, y: float, across: float, down: float, place: int) -> None:
        """A part of a bar in the tone of the series at this place."""
        tone = self._tones[place]
        fill = f"url(#{self._name}-{place})" if tone.stripes else tone.fill
        self._add(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{across:.1f}" height="{down:.1f}" fill="{fill}" '
            f'stroke="{tone.outline}" stroke-width="1"/>'
        )

    def paper(self, x: float, y: float, across: float, down: float) -> None:
        """Bare paper for a text to stand on."""
        self._add(f'<rect x="{x:.1f}" y="{y:.1f}" width="{across:.1f}" height="{down:.1f}" fill="{PAPER}"/>')

    def stroke(
        self, points: Sequence[tuple[float, float]], colour: str = GRID_LINE, thick: float = 1, dashes: str = ""
    ) -> None:
        """A line through some points."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._add(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{thick:g}"{dashed}/>')

    def mark(self, x: float, y: float, place: int) -> None:
        """The mark of the series at this place: each has a shape of its own."""
        r, colour = MARK, self._tones[place].shade
        look = f'fill="{PAPER if place % 2 else colour}" stroke="{colour}" stroke-width="2"'
        corners = (
            (),
            ((0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)),
            ((-r, -r), (r, -r), (r, r), (-r, r)),
            ((0, -r - 1), (r + 1, r), (-r - 1, r)),
            ((0, r + 1), (r + 1, -r), (-r - 1, -r)),
        )[place % 5]
        if not corners:
            self._add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {look}/>')
            return
        path = " ".join(f"{x + across:.1f},{y + down:.1f}" for across, down in corners)
        self._add(f'<polygon points="{path}" {look}/>')

    def finished(self, across: float, down: float, title: str, description: str, tag: str) -> str:
        """The whole drawing."""
        stripes = "".join(
            f'<pattern id="{self._name}-{place}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{tone.fill}"/>'
            f'<rect width="2.5" height="6" fill="{tone.stripes}"/></pattern>'
            for place, tone in enumerate(self._tones)
            if tone.stripes
        )
        size = f'viewBox="0 0 {across:.0f} {down:.0f}" width="{across:.0f}" height="{down:.0f}"'
        named = f'aria-labelledby="{self._name}-title {self._name}-text" lang={quoteattr(tag)}'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {named} '
            'font-family="Arial, sans-serif">'
            f'<title id="{self._name}-title">{escape(printable(title))}</title>'
            f'<desc id="{self._name}-text">{escape(printable(description))}</desc>'
            f'<defs>{stripes}</defs><rect width="100%" height="100%" fill="{PAPER}"/>{"".join(self._parts)}</svg>'
        )

    def _add(self, element: str) -> None:
        self._parts.append(element)
