"""Text made fit for a cell, so that what anybody typed stays text and stays whole."""

import re

# Excel's limit is 32,767 UTF-16 code units. One is kept for the space that `_not_markup` may add.
CELL_LIMIT = 32_766
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = "\N{REPLACEMENT CHARACTER}"
_LONGEST_WORD_KEPT_WHOLE = 200


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
    if len(text) * 2 <= CELL_LIMIT:
        return [_not_markup(text)]
    pieces = []
    while not fits_cell(text):
        end = _longest_fit(text)
        space = text.rfind(" ", end - _LONGEST_WORD_KEPT_WHOLE, end)
        if space > 0:
            end = space + 1
        pieces.append(_not_markup(text[:end]))
        text = text[end:]
    return [*pieces, _not_markup(text)]


def _not_markup(text: str) -> str:
    """Return text that XlsxWriter does not take for formatting of its own and write as markup, unescaped."""
    if text[:3] == "<r>" and text.endswith("</r>"):
        return text + " "
    return text


def _longest_fit(text: str) -> int:
    """Return how many of the first characters fit one cell."""
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > CELL_LIMIT:
            return index
    return len(text)
