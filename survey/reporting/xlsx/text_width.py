"""How wide a text is in Arial and how many lines it takes, so that no program cuts it off.

Neither Excel nor LibreOffice can be relied on to fit the height of a row to its text when it opens a file, so
rows with wrapped text get theirs from here. Widths are in digits of the body font, as column widths are.
"""

import unicodedata
from heapq import nlargest
from math import ceil

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
_PUNCTUATION = {"‘": 222, "’": 222, "“": 333, "”": 333, "–": 556, "—": 1000, "…": 1000, "•": 350, "\u00a0": 278}
_MEASURED = 400


class _Widths(dict[str, int]):
    """Widths by character; a letter with an accent is as wide as without."""

    def __missing__(self, character: str) -> int:
        base = unicodedata.normalize("NFD", character)[0]
        width = 0 if unicodedata.combining(character) else self.get(base, _UNKNOWN)
        self[character] = width
        return width


_WIDTHS = _Widths(zip(map(chr, range(32, 127)), map(int, _ASCII.split()), strict=True))
_WIDTHS.update(_PUNCTUATION)
_WIDTHS["\n"] = 0
_SPACE = _WIDTHS[" "] / DIGIT


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
