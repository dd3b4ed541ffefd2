"""A table as it will stand in its sheet: texts fit for their cells, columns added where one is not enough,
widths of columns and heights of rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from survey.languages import Language, Phrase
from survey.reporting.typesetting import BOLD, lines, printable, widest, width
from survey.reporting.xlsx.description import (
    NUMBER_KINDS,
    TEXT_KINDS,
    Cell,
    Column,
    Shorthand,
    Table,
    Verbatim,
    Workbook,
)
from survey.reporting.xlsx.text import cell_pieces

WIDEST_TEXT = 42.0  # digits
WIDEST_LONG_TEXT = 75.0
WIDEST_AMONG_MANY = 50.0  # where more than two columns are long
WIDEST_VERY_LONG_TEXT = 200.0
MOST_LINES = 22  # what takes more widens its column, because Excel's highest row holds no more than 26
NARROWEST = 9.0
DATE_WIDTH = 19.0  # 30 September 2026
WIDEST_ON_ONE_PAGE = 1000.0  # digits; what is wider could not be read on one
PADDING = 2.5  # digits: the cell’s own margins, an indent, and room for fonts that differ a little
EDGES, INDENT = 0.6, 1.3  # digits, of that: a header’s margins and line; its indent
HEADER_LINES = 5
LINE_OF_BUTTONS = 1  # below the header’s text, so that no filter button covers any of it
LANGUAGE_NAMES = {"cy": Phrase("workbook", "Welsh"), "en": Phrase("workbook", "English")}

DrawnCell = str | int | float | date


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """A column as it is drawn: its header with unit and marks, its cells, in which shorthand has become text."""

    described: Column
    header: str
    cells: Sequence[DrawnCell]
    width: float
    is_wrapped: bool = False

    def room_of_header(self) -> float:
        """Return how wide a line of the header may be, in digits of plain text."""
        indent = INDENT if self.described.kind in TEXT_KINDS else 0.0
        return (self.width - EDGES - indent) / BOLD


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table as it is drawn, the shorthand its cells use, and whether a text goes on in another column."""

    described: Table
    columns: tuple[DrawnColumn, ...]
    height: int
    shorthand: tuple[Shorthand, ...]
    is_continued: bool

    def position(self, key: str) -> int:
        """Return where the first drawn column of a described column stands, from 0."""
        return next(place for place, column in enumerate(self.columns) if column.described.key == key)

    def column(self, key: str) -> DrawnColumn:
        """Return the first drawn column of a described column."""
        return self.columns[self.position(key)]

    def header_lines(self) -> int:
        """Return how many lines the header needs, with one for filter buttons."""
        return LINE_OF_BUTTONS + max(lines(column.header, column.room_of_header()) for column in self.columns)

    def row_lines(self) -> dict[int, int]:
        """Return how many lines each row needs that needs more than one, by its number from 0."""
        most: dict[int, int] = {}
        for column in self.columns:
            if column.is_wrapped:
                room = column.width - PADDING
                needed = {text: lines(str(text), room) for text in set(column.cells)}
                for row, text in enumerate(column.cells):
                    if needed[text] > most.get(row, 1):
                        most[row] = needed[text]
        return most


def drawn_table(table: Table, workbook: Workbook) -> DrawnTable:
    """Return the table as it is drawn in this workbook's language, with its notes' marks."""
    nothing: Sequence[Sequence[Cell]] = [[Shorthand.NOT_APPLICABLE] * len(table.columns)]
    columns = list(zip(*(table.rows or nothing), strict=True))
    used = {shorthand for cells in columns for shorthand in _shorthand_in(cells)}
    drawn: list[DrawnColumn] = []
    long_columns = sum(column.kind in ("long_text", "verbatim") for column in table.columns)
    widest_long = WIDEST_LONG_TEXT if long_columns <= 2 else WIDEST_AMONG_MANY
    for column, cells in zip(table.columns, columns, strict=True):
        drawn.extend(_drawn_columns(column, cells, workbook, widest_long))
    keys = [column.described.key for column in drawn]
    is_continued = len(set(keys)) < len(keys)
    if is_continued:
        used.add(Shorthand.NOT_APPLICABLE)
    return DrawnTable(
        described=table,
        columns=tuple(drawn),
        height=len(columns[0]),
        shorthand=tuple(shorthand for shorthand in Shorthand if shorthand in used),
        is_continued=is_continued,
    )


def _shorthand_in(cells: Sequence[Cell]) -> Iterator[Shorthand]:
    """The shorthand of a column, and what reads like it though somebody typed it."""
    kinds = set(map(type, cells))
    if Shorthand in kinds:
        yield from {cell for cell in cells if isinstance(cell, Shorthand)}
    if Verbatim in kinds:
        typed = {cell.text for cell in cells if isinstance(cell, Verbatim)}
        yield from (shorthand for shorthand in Shorthand if shorthand.value in typed)


def _drawn_columns(column: Column, cells: Sequence[Cell], workbook: Workbook, widest_long: float) -> list[DrawnColumn]:
    header = f"{column.header} ({column.unit})" if column.unit else column.header
    header = printable(header + workbook.marker(column.notes))
    if column.kind not in TEXT_KINDS:
        return [_number_column(column, header, cells)]
    texts: Sequence[str] = _drawn(cells)  # type: ignore[assignment]
    widest_here = WIDEST_TEXT if column.kind in ("text", "sheet") else widest_long
    has_numbers = int in set(map(type, cells))
    shown = list(map(str, texts)) if has_numbers else texts
    columns = _text_columns(column, header, shown, widest_here, workbook.language)
    if has_numbers:
        columns[0] = _with_numbers(columns[0], cells)
    if column.kind == "verbatim":
        names = [
            workbook.language.say(LANGUAGE_NAMES[cell.language]) if isinstance(cell, Verbatim) else text
            for cell, text in zip(cells, texts, strict=True)
        ]
        title = workbook.language.pgettext("workbook", "Language: %(header)s", header=header)
        columns.append(_text_column(Column(f"{column.key} language", title), title, names, WIDEST_TEXT))
    return columns


def _with_numbers(column: DrawnColumn, cells: Sequence[Cell]) -> DrawnColumn:
    """Return a column of text in which whole numbers are numbers again."""
    drawn = [cell if isinstance(cell, int) else text for cell, text in zip(cells, column.cells, strict=True)]
    return replace(column, cells=drawn)


def _text_columns(
    column: Column, header: str, texts: Sequence[str], limit: float, language: Language
) -> list[DrawnColumn]:
    """Return the column, and those in which texts go on that are too long for one cell: nearly always none."""
    pieces = {text: cell_pieces(text) for text in set(texts)}
    parts = max(map(len, pieces.values()))
    if parts == 1:
        changed = {text: only for text, (only,) in pieces.items() if only != text}
        whole = [changed.get(text, text) for text in texts] if changed else texts
        return [_text_column(column, header, whole, limit)]
    filler = [Shorthand.NOT_APPLICABLE.value] * parts
    columns = []
    for part in range(parts):
        cells = [(pieces[text] + filler)[part] for text in texts]
        title = (
            language.pgettext("workbook", "%(header)s (continued, part %(part)s)", header=header, part=part + 1)
            if part
            else header
        )
        columns.append(_text_column(column, title, cells, limit))
    return columns


def _text_column(column: Column, header: str, texts: Sequence[str], limit: float) -> DrawnColumn:
    """Return a column of text no wider than `limit` digits, unless its longest text needs it wider."""
    different = set(texts)
    needed = widest(different) + PADDING
    if column.kind not in ("text", "sheet"):
        limit = min(max(limit, needed / MOST_LINES), WIDEST_VERY_LONG_TEXT)
    fitting = column.width or max(_header_width(header), min(needed, limit))
    is_wrapped = needed > fitting or any("\n" in text for text in different)
    return DrawnColumn(column, header, texts, fitting, is_wrapped)


def _header_width(header: str) -> float:
    """Return a width in which the header needs about five lines and no word is broken."""
    longest_word = max(map(width, header.split()))
    return max(NARROWEST, max(longest_word, width(header) / HEADER_LINES * 1.15) * BOLD + PADDING)


def _number_column(column: Column, header: str, cells: Sequence[Cell]) -> DrawnColumn:
    values = _drawn(cells)
    if column.kind in NUMBER_KINDS:
        numbers = values if values is cells else [value for value in values if not isinstance(value, str)]
        largest = max(map(abs, numbers), default=0)  # type: ignore[arg-type]
        needed = len(f"{largest:,.{column.decimals}f}") + PADDING
    else:
        needed = DATE_WIDTH
    return DrawnColumn(column, header, values, column.width or max(_header_width(header), needed))


def _drawn(cells: Sequence[Cell]) -> Sequence[DrawnCell]:
    """Return cells as they are drawn: the very same ones where nothing in them is shorthand or verbatim."""
    if {Shorthand, Verbatim}.isdisjoint(map(type, cells)):
        return cells  # type: ignore[return-value]
    return [
        cell.text if isinstance(cell, Verbatim) else cell.value if isinstance(cell, Shorthand) else cell
        for cell in cells
    ]
