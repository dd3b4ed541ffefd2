"""The rows of a list that somebody keeps in a spreadsheet, as CSV or as the first sheet of an .xlsx workbook."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from survey.collection.errors import DomainError
from survey.collection.package_file import opened
from survey.collection.workbook_file import Cells, CellValue, NoValue, workbook_cells
from survey.languages import Phrase

_PACKAGE = b"PK\x03\x04"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
MOST_COLUMNS = 50

NOT_UTF8 = Phrase("contacts", "This is neither an .xlsx workbook nor a CSV file in UTF-8. Save the list again.")
UNREADABLE = Phrase(
    "contacts",
    "This workbook cannot be read as a list. Save it again without pictures and without a password, or as CSV.",
)
FORMULAS = Phrase("contacts", "This list has formulas in it, or errors. Put values in their place, or save it as CSV.")

NOT_A_LIST = Phrase("contacts", "The first row has to be these names of columns: %(columns)s")
WRONG_CELLS = Phrase("contacts", "Row %(row)s has another number of columns than the first row")
RowFault = tuple[Phrase, Mapping[str, str | Phrase]]
"""What is wrong with a list: a sentence, and what fills it."""


class BadList(Exception):
    """A list that cannot be taken in, with every fault there is; nothing was changed."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(faults)
        self.faults = faults


class NotAList(Exception):
    """Something that is no list. `phrase` says what to do."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase)
        self.phrase = phrase


NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class ListRows:
    """The rows of a list by their numbers, each as the texts of its columns; None for one of another length. `heads`
    are the columns as the list itself calls them."""

    heads: Mapping[str, str]
    rows: Sequence[tuple[int, dict[str, str] | None]]


def entries_of(content: bytes, columns: Sequence[str], also: Mapping[str, str] = NO_NAMES) -> ListRows:
    """What stands in a list. `also` are other names of columns, those that are said first.

    Raises BadList for what is no list of these columns.
    """
    try:
        rows = rows_of(content)
    except NotAList as no_list:
        raise BadList([(no_list.phrase, {})]) from None
    written = [head.strip() for head in rows[0][1]] if rows else []
    heads = [also.get(head.lower(), head.lower()) for head in written]
    if sorted(heads) != sorted(columns):
        spellings = [", ".join(names) for names in (columns, list(also)[: len(columns)]) if names]
        raise BadList([(NOT_A_LIST, {"columns": " / ".join(spellings)})])
    return ListRows(
        dict(zip(heads, written, strict=True)), [(number, _entry(heads, cells)) for number, cells in rows[1:]]
    )


def _entry(heads: Sequence[str], cells: Sequence[str]) -> dict[str, str] | None:
    return dict(zip(heads, map(str.strip, cells), strict=True)) if len(cells) == len(heads) else None


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows that have anything in them, each with its number, the first with the names of the columns.

    Raises NotAList for what cannot be read as such a list.
    """
    try:
        rows = _of_workbook(content) if content.startswith(_PACKAGE) else _of_csv(content)
    except UnicodeDecodeError:
        raise NotAList(NOT_UTF8) from None
    except DomainError:
        raise NotAList(UNREADABLE) from None
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _of_csv(content: bytes) -> list[tuple[int, list[str]]]:
    text = content.decode("utf-8-sig")
    first_line = text.partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in first_line else ",")
    return list(enumerate(rows, start=1))


def _of_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    with opened(content) as package:
        sheets = workbook_cells(package)
    cells = next(iter(sheets.values()), {})
    by_row: dict[int, dict[int, str]] = {}
    for name, value in cells.items():
        place = _CELL.fullmatch(name)
        if place and _column(place[1]) < MOST_COLUMNS:
            by_row.setdefault(int(place[2]), {})[_column(place[1])] = _text(value)
    width = _width(cells)
    return [(number, [by_row[number].get(column, "") for column in range(width)]) for number in sorted(by_row)]


def _width(cells: Cells) -> int:
    """How many columns the first row has."""
    places = [_CELL.fullmatch(name) for name in cells]
    heads = [_column(place[1]) for place in places if place and place[2] == "1"]
    return min(max(heads, default=-1) + 1, MOST_COLUMNS)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(value: CellValue) -> str:
    if isinstance(value, NoValue):
        raise NotAList(FORMULAS)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
