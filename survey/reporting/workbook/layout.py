"""A table as it will stand in its sheet: texts fit for their cells, columns added where one is not enough,
widths of columns and heights of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from survey.languages import Language
from survey.reporting.workbook import wording
from survey.reporting.workbook.description import (
    NUMBER_KINDS,
    TEXT_KINDS,
    Cell,
    Column,
    Heat,
    Kind,
    Shorthand,
    Table,
    Verbatim,
    Workbook,
)
from survey.reporting.workbook.measure import BOLD, lines, widest, width
from survey.reporting.workbook.text import cell_pieces, printable

WIDEST_TEXT = 42.0  # digits
WIDEST_LONG_TEXT = 75.0
WIDEST_VERY_LONG_TEXT = 120.0
VERY_LONG = 1_200.0  # digits; wrapped at 75 they would take half a screen
NARROWEST = 9.0
DATE_WIDTH = 19.0  # 30 September 2026
PADDING = 2.5  # digits: the cell’s own margins, an indent, and room for fonts that differ a little
HEADER_PADDING = 1.5
HEADER_LINES = 3

Drawn = str | int | float | date


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """A column as it is drawn; shorthand has become its text. `key` is that of the described column."""

    key: str
    header: str
    kind: Kind
    cells: Sequence[Drawn]
    width: float
    decimals: int = 1
    heat: Heat | None = None


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table as it is drawn, the shorthand its cells use, and whether a text goes on in another column."""

    columns: tuple[DrawnColumn, ...]
    height: int
    shorthand: tuple[Shorthand, ...]
    is_empty: bool
    is_continued: bool

    def position(self, key: str) -> int:
        """Return where the first drawn column of a described column stands, from 0."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def header_lines(self) -> int:
        """Return how many lines the header needs."""
        return max(lines(column.header, (column.width - HEADER_PADDING) / BOLD) for column in self.columns)

    def row_lines(self) -> dict[int, int]:
        """Return how many lines each row needs that needs more than one, by its number from 0."""
        found: dict[int, int] = {}
        for column in self.columns:
            if column.kind in TEXT_KINDS:
                room = column.width - PADDING
                for row, text in enumerate(column.cells):
                    if isinstance(text, str) and (len(text) * 2 > room or "\n" in text):
                        needed = lines(text, room)
                        if needed > found.get(row, 1):
                            found[row] = needed
        return found


def drawn_table(table: Table, workbook: Workbook) -> DrawnTable:
    """Return the table as it is drawn in this workbook's language, with its notes' marks."""
    nothing: Sequence[Sequence[Cell]] = [[Shorthand.NOT_APPLICABLE] * len(table.columns)]
    columns = list(zip(*(table.rows or nothing), strict=True))
    used = {cell for cells in columns for cell in cells if type(cell) is Shorthand}
    drawn: list[DrawnColumn] = []
    for column, cells in zip(table.columns, columns, strict=True):
        drawn.extend(_drawn_columns(column, cells, workbook))
    keys = [column.key for column in drawn]
    is_continued = len(set(keys)) < len(keys)
    if is_continued:
        used.add(Shorthand.NOT_APPLICABLE)
    return DrawnTable(
        columns=tuple(drawn),
        height=len(columns[0]),
        shorthand=tuple(shorthand for shorthand in Shorthand if shorthand in used),
        is_empty=not table.rows,
        is_continued=is_continued,
    )


def _drawn_columns(column: Column, cells: Sequence[Cell], workbook: Workbook) -> list[DrawnColumn]:
    header = f"{column.header} ({column.unit})" if column.unit else column.header
    header = printable(header + workbook.marker(column.notes))
    if column.kind not in TEXT_KINDS:
        return [_number_column(column, header, cells)]
    texts = [_text(cell) for cell in cells]
    columns = [
        DrawnColumn(key, title, column.kind, piece, column.width or _text_width(column.kind, title, piece))
        for key, title, piece in _pieces(column.key, header, texts, workbook.language)
    ]
    if column.kind == "verbatim":
        names = [_language(cell, workbook.language) for cell in cells]
        title = wording.language_header(header, workbook.language)
        columns.append(DrawnColumn(f"{column.key} language", title, "text", names, _text_width("text", title, names)))
    return columns


def _text(cell: Cell) -> str:
    if isinstance(cell, Verbatim):
        return cell.text
    return cell.value if isinstance(cell, Shorthand) else str(cell)


def _language(cell: Cell, language: Language) -> str:
    if isinstance(cell, Verbatim):
        return wording.language_name(cell.language, language)
    return _text(cell)


def _pieces(key: str, header: str, texts: list[str], language: Language) -> Iterable[tuple[str, str, Sequence[str]]]:
    """Yield key, header and cells of each column that the texts need: nearly always one."""
    in_pieces = list(map(cell_pieces, texts))
    for part, cells in enumerate(zip_longest(*in_pieces, fillvalue=Shorthand.NOT_APPLICABLE.value), 1):
        yield key, header if part == 1 else wording.continued_header(header, part, language), cells


def _text_width(kind: Kind, header: str, texts: Sequence[str]) -> float:
    needed = widest(set(texts))
    if kind == "text":
        limit = WIDEST_TEXT
    else:
        limit = WIDEST_VERY_LONG_TEXT if needed > VERY_LONG else WIDEST_LONG_TEXT
    return max(_header_width(header), min(needed + PADDING, limit))


def _header_width(header: str) -> float:
    """Return a width in which the header needs about three lines and no word is broken."""
    longest_word = max(map(width, header.split()))
    return max(NARROWEST, max(longest_word, width(header) / HEADER_LINES * 1.15) * BOLD + PADDING)


def _number_column(column: Column, header: str, cells: Sequence[Cell]) -> DrawnColumn:
    values = [cell.value if isinstance(cell, Shorthand) else cell for cell in cells if not isinstance(cell, Verbatim)]
    if column.kind in NUMBER_KINDS:
        largest = max((abs(value) for value in values if isinstance(value, int | float)), default=0)
        needed = len(f"{largest:,.{column.decimals}f}") + PADDING
    else:
        needed = DATE_WIDTH
    fitting = column.width or max(_header_width(header), needed)
    return DrawnColumn(column.key, header, column.kind, values, fitting, column.decimals, column.heat)
