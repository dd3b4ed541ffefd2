"""How the sheets of a meeting pack look: formats, widths and heights, names of tabs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from survey.reporting.documents.description import BETWEEN_LANGUAGES, DocumentRow, Heading, PackSheet
from survey.reporting.typesetting import lines
from survey.reporting.xlsx import appearance

LONGEST_TAB = 31
NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\']")
LINE_HEIGHT, ROW_SPACE, HIGHEST_ROW = 15.5, 6, 409
TITLE_HEIGHT = 34
PADDING = 2.5
ROOM_FOR_LONG_TEXT = 4
"""Lines that an empty cell for a long text shows."""
COVER_WIDTHS = {1: 80.0, 2: 55.0}
QUESTION_WIDTHS = {1: 60.0, 2: 44.0}
TEXT_WIDTHS = (45.0, 60.0, 75.0, 100.0)
"""Of the columns of answers: the narrowest in which every text can be seen whole."""
MOST_LINES = 25

ANSWER_CELL: appearance.Format = {
    "locked": False,
    "text_wrap": True,
    "valign": "top",
    "align": "left",
    "indent": 1,
    "bg_color": "#FFF8DC",
    "border": 1,
    "border_color": "#5F6B76",
}
QUESTION_CELL: appearance.Format = {**appearance.PARAGRAPH, **appearance.ROW_END}
EARLIER_CELL: appearance.Format = {**QUESTION_CELL, "align": "left", "indent": 1}
BOLD_CELL: appearance.Format = {**QUESTION_CELL, "bold": True}
SUBHEADING: appearance.Format = {**appearance.PARAGRAPH, "valign": "bottom", "bold": True}
SMALL: appearance.Format = {"font_color": "#5F6B76"}
NUMBER_FORMATS = {"text": "@", "date": "dd/mm/yyyy", "integer": "0", "rank": "0", "decimal": "General"}
PROTECTED = {"objects": True, "format_rows": True, "format_columns": True}
OPTIONS = {
    "default_format_properties": appearance.NORMAL,
    "default_column_width": 80,
    "default_row_height": 21,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def numbers_of(sheets: Iterable[PackSheet]) -> Iterator[str]:
    """The number of each sheet; that of a worksheet is the number of the sheet that it stands behind, and a letter."""
    number, letters = 0, iter("")
    for sheet in sheets:
        if sheet.is_worksheet:
            yield f"{number}{next(letters)}"
        else:
            number, letters = number + 1, iter(ascii_lowercase[1:])
            yield str(number)


def tab_name(names: Sequence[str], number: str = "") -> str:
    """The name of a sheet: a number, if it has one, and a name for each language, as far as there is room for it."""
    names = list(dict.fromkeys(NOT_IN_A_TAB.sub("", name) for name in names))
    room = LONGEST_TAB - len(number)
    if len(BETWEEN_LANGUAGES.join(names)) > room:
        each = (room - len(BETWEEN_LANGUAGES) * (len(names) - 1)) // len(names)
        names = [name if len(name) <= each else _whole_words(name, each) for name in names]
    return number + BETWEEN_LANGUAGES.join(names)


def _whole_words(name: str, room: int) -> str:
    """As many words of a name as there is room for; of a word that is longer than that, its beginning."""
    words, _, _ = name[:room].rpartition(" ")
    return f"{words or name[: room - 1]}…"


def fitting(texts: Iterable[str]) -> float:
    """The narrowest width at which every text can be seen whole in its row, or else the widest."""
    whole = list(texts)
    wide_enough = (width for width in TEXT_WIDTHS if all(lines(text, width - PADDING) <= MOST_LINES for text in whole))
    return next(wide_enough, TEXT_WIDTHS[-1])


def style_of(row: DocumentRow) -> appearance.Format:
    """The format of a row that asks nothing."""
    if not isinstance(row, Heading):
        return appearance.PARAGRAPH
    return appearance.HEADING_2 | {"text_wrap": True} if row.level == 2 else SUBHEADING


def height(number: float) -> float:
    """The height in points of a row of so many lines."""
    return min(number * LINE_HEIGHT + ROW_SPACE, HIGHEST_ROW)
