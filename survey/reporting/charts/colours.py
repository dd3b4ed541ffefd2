"""The colours of charts: neighbours differ by 3 to 1 in lightness, or by a pattern, so that they hold in greyscale.

Hues are blue and orange, which the colour-blind tell apart.
"""

from dataclasses import dataclass
from typing import Literal

INK = "#1D1D1B"
PAPER = "#FFFFFF"
GRID_LINE = "#D5DADF"
QUIET = "#5F6B76"

VISIBLE = 3.0
"""The least contrast with which a shape is seen (WCAG 2.2, 1.4.11)."""

Palette = Literal["ordered", "distinct", "status", "done", "diverging"]


@dataclass(frozen=True, slots=True)
class Tone:
    """How a series is filled: in a colour, with stripes of another or without, and with which outline."""

    fill: str
    stripes: str = ""
    outline: str = PAPER

    @property
    def shade(self) -> str:
        """The colour of a line, or of a mark on paper."""
        return self.outline if contrast(self.fill, PAPER) < VISIBLE else self.fill

    @property
    def text(self) -> str:
        """The colour of a text on it, which stands on paper of its own where there are stripes."""
        return INK if self.stripes else text_on(self.fill)


_NAVY, _BLUE, _DEEP = "#12436D", "#5694C7", "#051626"
_BROWN, _ORANGE, _SAND = "#6E2C0B", "#D97B3A", "#F4E3D3"
_EMPTY = Tone(PAPER, outline=QUIET)
_STRIPED = Tone(PAPER, stripes=_BROWN, outline=_BROWN)
# Tones of one palette alternate so that every two neighbours are told apart in grey.
PALETTES: dict[Palette, tuple[Tone, ...]] = {
    "ordered": (
        _EMPTY,
        Tone(PAPER, stripes=_BLUE, outline=_BLUE),
        Tone(_BLUE),
        Tone(PAPER, stripes=_NAVY, outline=_NAVY),
        Tone(_NAVY),
        Tone(_BLUE, stripes=_DEEP),
        Tone(_DEEP),
    ),
    "distinct": (
        Tone(_BLUE),
        Tone(_NAVY),
        _STRIPED,
        Tone(_ORANGE),
        Tone(_BROWN),
        _EMPTY,
    ),
    # What has not begun is empty, what is under way half dark, what is done dark: in the one order and in the other.
    "status": (_EMPTY, Tone(_BLUE), Tone(_NAVY), _STRIPED, Tone(_ORANGE)),
    "done": (Tone(_NAVY), Tone(_BLUE), _EMPTY, _STRIPED),
    "diverging": (Tone(_BROWN), Tone(_ORANGE), _EMPTY, Tone(_BLUE), Tone(_NAVY)),
}
_FEW = ((), (2,), (2, 4), (0, 2, 4))
"""Of the tones of what has an order, those for no series, one, two and three."""
_BELOW_AND_ABOVE = (Tone(_BROWN), Tone(_SAND, outline=_ORANGE), Tone("#3A79AE"), Tone(_DEEP))


def tones(palette: Palette, number: int) -> list[Tone]:
    """As many tones of a palette as there are series; what has an order takes them from end to end."""
    if palette == "diverging" and number == len(_BELOW_AND_ABOVE):
        return [*_BELOW_AND_ABOVE]
    if number > len(PALETTES["diverging"]) and palette == "diverging":
        palette = "ordered"
    all_tones = PALETTES[palette]
    if palette == "diverging" and number == 3:
        return [all_tones[0], all_tones[2], all_tones[-1]]
    if palette == "ordered" and number < len(_FEW):
        return [all_tones[place] for place in _FEW[number]]
    return [all_tones[place % len(all_tones)] for place in range(number)]


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours (`#RRGGBB`), from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return the colour, dark or white, in which text on this colour reads best."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
