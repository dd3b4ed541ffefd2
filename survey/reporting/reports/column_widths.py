"""How wide the columns of a table in a document are, in twentieths of a point, and how many lines its rows take."""

from collections.abc import Iterable, Sequence
from math import ceil, sqrt

from survey.reporting.typesetting import width

ROOM = 10_200
"""The width of a page between its margins."""
LEAST_NUMBER = 850
LEAST_WORDS = 3_600
HEADER_LINES = (3, 4, 5, None)
"""In how many lines headers of numbers stand: as few as leave room for words; None for one word a line."""
RAGGED = 1.25
"""How much longer the lines of a header are than their share of it, since no word is broken."""
PADDING = 240
DIGIT_WIDTH = 109
"""That of a digit in a header: bold, 9 points."""


def column_widths(headers: Sequence[str], texts: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column, by its header and its texts: none for numbers. Those are as narrow as their headers
    allow, in few lines where there is room; what is left is shared by the columns of words."""
    of_words = [(header, *of_column) for header, of_column in zip(headers, texts, strict=True) if of_column]
    numbers: list[int] = []
    for lines in HEADER_LINES:
        numbers = [
            0 if of_column else _header_width(header, lines) for header, of_column in zip(headers, texts, strict=True)
        ]
        if ROOM - sum(numbers) >= LEAST_WORDS * len(of_words):
            break
    left = max(ROOM - sum(numbers), LEAST_NUMBER * len(of_words))
    shares = iter(_shared(left, of_words))
    return [number or next(shares) for number in numbers]


def lines_of(texts: Iterable[str], widths: Sequence[int]) -> int:
    """How many lines a row takes, about."""
    return max(ceil(width(text) * DIGIT_WIDTH / (room - PADDING)) for text, room in zip(texts, widths, strict=True))


def _shared(room: int, columns: Sequence[Sequence[str]]) -> list[int]:
    """Room for columns of words: one with a longer text gets more, and none less than its longest word takes, as far as
    there is room."""
    wishes = [sqrt(width(max(texts, key=len)) or 1) for texts in columns]
    needs = [_header_width(max({*" ".join(texts).split()}, key=width, default="–"), None) for texts in columns]
    shares = [int(room * wish / sum(wishes)) for wish in wishes]
    short = {place for place, (share, need) in enumerate(zip(shares, needs, strict=True)) if share < need}
    left = room - sum(needs[place] for place in short)
    others = sum(wish for place, wish in enumerate(wishes) if place not in short)
    if left < LEAST_NUMBER * (len(columns) - len(short)) or not others:
        return shares
    return [needs[place] if place in short else int(left * wish / others) for place, wish in enumerate(wishes)]


def _header_width(title: str, lines: int | None) -> int:
    """The room that a header takes when it stands in so many lines; in as many as it has words for None."""
    longest = max(map(width, title.split()))
    in_lines = width(title) * RAGGED / lines if lines else 0
    return max(LEAST_NUMBER, ceil(max(longest, in_lines) * DIGIT_WIDTH) + PADDING)
