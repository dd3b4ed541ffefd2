"""Text made fit for a cell: what anybody typed stays text and stays whole."""

from survey.reporting.typesetting import printable

# Excel's limit is 32,767 UTF-16 code units. One is kept for the space that `_not_markup` may add.
CELL_LIMIT = 32_766
_LONGEST_WORD_KEPT_WHOLE = 200


def length(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


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


def _not_markup(text: str) -> str:
    """Return text that XlsxWriter does not take for formatting of its own and write as markup, unescaped."""
    if text[:3] == "<r>" and text.endswith("</r>"):
        return text + " "
    return text


def _longest_fit(text: str) -> int:
    """Return how many of the first characters of a printable text fit one cell."""
    units = text.encode("utf-16-le")[: 2 * CELL_LIMIT]
    return len(units.decode("utf-16-le", "ignore"))
