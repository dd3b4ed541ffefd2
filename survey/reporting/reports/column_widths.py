"""How wide the columns of a table in a document are, in twentieths of a point, and how many lines its rows take."""

from collections.abc import Iterable, Sequence
from math import ceil, sqrt

from survey.reporting.typesetting import width

ROOM = 10_200
"""The width of a page between its margins."""
LEAST_NUMBER = 850
LEAST_WORDS = 3_600
FEW_LINES = 3
RAGGED = 1.25
"""How much longer the lines of a header are than their share of it, since no word is broken."""
PADDING = 240
DIGIT_WIDTH = 109
"""That of a digit in a header: bold, 9 points."""


def column_widths(headers: Sequence[str], longest: Sequence[str | None]) -> list[int]:
    """The width of each column, by its header and its longest text: None for numbers. Those are as narrow as their
    headers allow, in few lines where there is room; what is left is shared by the columns of words."""
    in_few_lines, by_word = (
        [_header_width(header, lines) if words is None else 0 for header, words in zip(headers, longest, strict=True)]
        for lines in (FEW_LINES, None)
    )
    texts = [(header, words) for header, words in zip(headers, longest, strict=True) if words is not None]
    has_room = ROOM - sum(in_few_lines) >= LEAST_WORDS * len(texts)
    numbers = in_few_lines if has_room else by_word
    of_words = iter(_shared(ROOM - sum(numbers), texts))
    return [number or next(of_words) for number in numbers]


def lines_of(texts: Iterable[str], widths: Sequence[int]) -> int:
    """How many lines a row takes, about."""
    return max(ceil(width(text) * DIGIT_WIDTH / (room - PADDING)) for text, room in zip(texts, widths, strict=True))


def _shared(room: int, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Room for columns of words, each of a header and its longest text: a longer text gets more, and none less than its
    longest word takes, as far as there is room."""
    wishes = [sqrt(max(width(header), width(words), 1)) for header, words in texts]
    needs = [_header_width(f"{header} {words}", None) for header, words in texts]
    shares = [int(room * wish / sum(wishes)) for wish in wishes]
    short = {place for place, (share, need) in enumerate(zip(shares, needs, strict=True)) if share < need}
    taken = sum(needs[place] for place in short)
    others = sum(wish for place, wish in enumerate(wishes) if place not in short)
    if not short or not others or taken >= room / 2:
        return shares
    return [
        needs[place] if place in short else int((room - taken) * wish / others) for place, wish in enumerate(wishes)
    ]


def _header_width(title: str, lines: int | None) -> int:
    """The room that a header takes when it stands in so many lines; in as many as it has words for None."""
    longest = max(map(width, title.split()))
    in_lines = width(title) * RAGGED / lines if lines else 0
    return max(LEAST_NUMBER, ceil(max(longest, in_lines) * DIGIT_WIDTH) + PADDING)
