"""Text set in Arial: fit for XML, and how much room it takes, in digits of its size (as column widths are)."""

import re
import unicodedata
from functools import lru_cache
from heapq import nlargest
from math import ceil

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = "\N{REPLACEMENT CHARACTER}"
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


def width(text: str) -> float:
    """Return the width of a text on one line, in digits."""
    return sum(map(_WIDTHS.__getitem__, text)) / DIGIT


_width_of_word = lru_cache(maxsize=10_000)(width)


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
        needed = _width_of_word(word)
        if used and used + _SPACE + needed > room:
            count, used = count + 1, 0.0
        if needed > room:
            broken = ceil(needed / room)
            count, used = count + broken - 1, needed - (broken - 1) * room
        else:
            used += needed + (_SPACE if used else 0.0)
    return count


def wrapped(text: str, room: float) -> list[str]:
    """Return the lines of a text wrapped between words at a width of `room` digits; a longer word stands alone."""
    wrapped_lines = [""]
    for word in text.split():
        longer = f"{wrapped_lines[-1]} {word}".strip()
        if wrapped_lines[-1] and width(longer) > room:
            wrapped_lines.append(word)
        else:
            wrapped_lines[-1] = longer
    return wrapped_lines
