"""Text made fit for a cell: what anybody typed stays text and stays whole; and how much room it takes in Arial, so that
no program cuts it off.

Neither Excel nor LibreOffice can be relied on to fit the height of a row to its text when it opens a file, so
rows with wrapped text get theirs from here. Widths are in digits of the body font, as column widths are.
"""

import re
import unicodedata
from heapq import nlargest
from math import ceil

# Excel's limit is 32,767 UTF-16 code units. One is kept for the space that `_not_markup` may add.
CELL_LIMIT = 32_766
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = "\N{REPLACEMENT CHARACTER}"
_LONGEST_WORD_KEPT_WHOLE = 200
DIGIT = 556
BOLD = 1.09
_UNKNOWN = 1000
# Advance widths of Arial in thousandths of its size, for the characters from space to tilde.
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 "
    "278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 "
    "611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 "
    "556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_OTHERS = {"\n": 0, "‘": 222, "’": 222, "“": 333, "”": 333, "–": 556, "—": 1000, "…": 1000, "•": 350, "\u00a0": 278}
_MEASURED = 400


class _Widths(dict[str, int]):
    """Widths by character; a letter with an accent is as wide as without."""

    def __missing__(self, character: str) -> int:
        base = unicodedata.normalize("NFD", character)[0]
        width = 0 if unicodedata.combining(character) else self.get(base, _UNKNOWN)
        self[character] = width
        return width


_WIDTHS = _Widths(zip(map(chr, range(32, 127)), map(int, _ASCII.split()), strict=True), **_OTHERS)
_SPACE = _WIDTHS[" "] / DIGIT


def printable(text: str) -> str:
    """Return text that XML can hold: other line ends become \\n, characters that XML forbids become “�”."""
    if text.isprintable():
        return text
    return _FORBIDDEN.sub(_MARK, text.replace("\r\n", "\n").replace("\r", "\n"))


def length(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def fits_cell(text: str) -> bool:
    """Return whether one cell can hold the text."""
    return len(text) * 2 <= CELL_LIMIT or length(text) <= CELL_LIMIT


def cell_pieces(text: str) -> list[str]:
    """Return the text in printable pieces that fit a cell each; joined they are the text again."""
    text = printable(text)
    pieces = []
    while not fits_cell(text):
        end = _longest_fit(text)
        space = text.rfind(" ", end - _LONGEST_WORD_KEPT_WHOLE, end)
        if space > 0:
            end = space + 1
        pieces.append(_not_markup(text[:end]))
        text = text[end:]
    return [*pieces, _not_markup(text)]


def width(text: str) -> float:
    """Return the width of a text on one line, in digits."""
    return sum(map(_WIDTHS.__getitem__, text)) / DIGIT


def widest(texts: set[str]) -> float:
    """Return the width of the widest of many texts, judged by the longest of them."""
    # Among texts of one length the choice must not hang on the order of a set, which differs between processes.
    longest = nlargest(_MEASURED, texts, key=lambda text: (len(text), text))
    return max(map(width, longest), default=0.0)


def lines(text: str, room: float) -> int:
    """Return how many lines a text takes when wrapped between words at a width of `room` digits."""
    return sum(_paragraph_lines(paragraph, room) for paragraph in text.split("\n"))


def _not_markup(text: str) -> str:
    """Return text that XlsxWriter does not take for formatting of its own and write as markup, unescaped."""
    if text[:3] == "<r>" and text.endswith("</r>"):
        return text + " "
    return text


def _longest_fit(text: str) -> int:
    """Return how many of the first characters of a printable text fit one cell."""
    units = text.encode("utf-16-le")[: 2 * CELL_LIMIT]
    return len(units.decode("utf-16-le", "ignore"))


def _paragraph_lines(paragraph: str, room: float) -> int:
    if len(paragraph) * 2 <= room or width(paragraph) <= room:
        return 1
    count, used = 1, 0.0
    for word in paragraph.split(" "):
        needed = width(word)
        if used and used + _SPACE + needed > room:
            count, used = count + 1, 0.0
        if needed > room:
            broken = ceil(needed / room)
            count, used = count + broken - 1, needed - (broken - 1) * room
        else:
            used += needed + (_SPACE if used else 0.0)
    return count
