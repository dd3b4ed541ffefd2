"""What is wrong with a described workbook, found before anything is drawn.

These are faults of the program that described the workbook, not of anybody's data, so they are in English.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from math import isfinite

from survey.reporting.xlsx.description import (
    NUMBER_KINDS,
    Cell,
    Chart,
    Charts,
    Column,
    Contents,
    ContentsLink,
    Notes,
    Paragraphs,
    Shorthand,
    Table,
    Verbatim,
    Workbook,
)
from survey.reporting.xlsx.text import length

CONTENTS_TABLE = "contents"
NOTES_TABLE = "notes"
LONGEST_SHEET_NAME = 31
LONGEST_HEADER = 255
EXAMPLES = 3
_ILLEGAL_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$|^\s|\s$|[\x00-\x1f]")
_TABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{3,254}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
_LIKE_SHORTHAND = re.compile(r"\[[a-z]{1,2}\]")
_ALLOWED: dict[str, tuple[type, ...]] = {
    "text": (str, Shorthand),
    "long_text": (str, Shorthand),
    "verbatim": (Verbatim, Shorthand),
    "whole": (int, Shorthand),
    "decimal": (int, float, Shorthand),
    "percent": (int, float, Shorthand),
    "date": (date, Shorthand),
}


class WrongDescription(ValueError):
    """A workbook cannot be drawn as described. Attribute: problems, one sentence each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.problems = tuple(sentences)


def problems(workbook: Workbook) -> list[str]:
    """Return what is wrong with the description, one sentence each; nothing if it can be drawn."""
    return [
        *_of_properties(workbook),
        *_of_sheets(workbook),
        *_of_notes(workbook),
        *_of_tables(workbook),
        *_of_charts(workbook),
    ]


def _of_properties(workbook: Workbook) -> Iterator[str]:
    for name in ("title", "subject", "organisation"):
        if not getattr(workbook, name).strip():
            yield f"the workbook has no {name}"
    if not any(keyword.strip() for keyword in workbook.keywords):
        yield "the workbook has no keywords"
    if workbook.created.tzinfo is None:
        yield "the workbook’s “created” has no time zone"


def _of_sheets(workbook: Workbook) -> Iterator[str]:
    if sum(isinstance(sheet.body, Contents) for sheet in workbook.sheets) != 1:
        yield "a workbook has one sheet of contents"
    if sum(isinstance(sheet.body, Notes) for sheet in workbook.sheets) > 1:
        yield "a workbook has at most one sheet of notes"
    for name in _repeated(sheet.name.casefold() for sheet in workbook.sheets):
        yield f"sheet “{name}”: the name is used twice"
    for sheet in workbook.sheets:
        place = f"sheet “{sheet.name}”"
        yield from _of_name(sheet.name, place)
        if not sheet.title.strip():
            yield f"{place}: has no title"
        if not all(line.strip() for line in sheet.preamble):
            yield f"{place}: an empty line above its body"
        if isinstance(sheet.body, Paragraphs):
            yield from _of_text(sheet.body, place)


def _of_name(name: str, place: str) -> Iterator[str]:
    if not name:
        yield f"{place}: has no name"
    if length(name) > LONGEST_SHEET_NAME:
        yield f"{place}: the name is longer than {LONGEST_SHEET_NAME} characters"
    if _ILLEGAL_IN_SHEET_NAME.search(name) or name.casefold() == "history":
        yield f"{place}: Excel does not allow this name"


def _of_text(text: Paragraphs, place: str) -> Iterator[str]:
    for line in text.lines:
        words = line if isinstance(line, str) else line.text
        if not words.strip():
            yield f"{place}: an empty line"
        if isinstance(line, ContentsLink) and not line.address.startswith(("https://", "mailto:")):
            yield f"{place}: a link leads to neither https: nor mailto:, but to “{line.address}”"


def _of_notes(workbook: Workbook) -> Iterator[str]:
    given = [note.key for note in workbook.notes]
    referenced: list[str] = []
    for sheet in workbook.sheets:
        referenced.extend(sheet.notes)
        if isinstance(sheet.body, Table):
            for column in sheet.body.columns:
                referenced.extend(column.notes)
    for key in _repeated(given):
        yield f"note “{key}”: given twice"
    for key in sorted(set(referenced) - set(given)):
        yield f"note “{key}”: referred to but not given"
    for key in sorted(set(given) - set(referenced)):
        yield f"note “{key}”: given but not referred to"
    if given and not any(isinstance(sheet.body, Notes) for sheet in workbook.sheets):
        yield "the workbook has notes but no sheet of notes"


def _of_tables(workbook: Workbook) -> Iterator[str]:
    tables = [(sheet.name, sheet.body) for sheet in workbook.sheets if isinstance(sheet.body, Table)]
    names = [table.name.casefold() for _, table in tables]
    for name in _repeated([*names, CONTENTS_TABLE, NOTES_TABLE]):
        yield f"table “{name}”: the name is used twice, or is one of the drawing’s own"
    for sheet_name, table in tables:
        place = f"sheet “{sheet_name}”"
        if not _TABLE_NAME.fullmatch(table.name) or _LIKE_A_CELL.fullmatch(table.name):
            yield f"{place}: “{table.name}” cannot name a table (ASCII letters, digits, “_”; four at least)"
        if not table.description.strip():
            yield f"{place}: the table has no description"
        yield from _of_columns(table, place)
        yield from _of_cells(table, place)


def _of_columns(table: Table, place: str) -> Iterator[str]:
    if not table.columns:
        yield f"{place}: the table has no columns"
    for key in _repeated(column.key for column in table.columns):
        yield f"{place}: column key “{key}” is used twice"
    for header in _repeated(f"{column.header} ({column.unit})".casefold() for column in table.columns):
        yield f"{place}: header “{header.removesuffix(' ()')}” is used twice"
    for column in table.columns:
        if not column.header.strip():
            yield f"{place}: column “{column.key}” has no header"
        if "\n" in column.header or "\r" in column.header:
            yield f"{place}: the header of column “{column.key}” has more than one line"
        if len(column.header) + len(column.unit) > LONGEST_HEADER - 60:
            yield f"{place}: the header of column “{column.key}” is too long"
        if column.heat and column.kind not in NUMBER_KINDS:
            yield f"{place}: column “{column.key}” has colours for numbers but holds none"


def _of_cells(table: Table, place: str) -> Iterator[str]:
    uneven = [number for number, row in enumerate(table.rows) if len(row) != len(table.columns)]
    if uneven:
        for number in uneven[:EXAMPLES]:
            yield f"{place}: row {number} does not have a cell for every column"
        return
    for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=False):
        yield from islice(_of_column_cells(column, cells, place), EXAMPLES)


def _of_column_cells(column: Column, cells: Sequence[Cell], place: str) -> Iterator[str]:
    allowed = _ALLOWED[column.kind]
    types = set(map(type, cells))
    if types.issubset(allowed) and _are_all_right(cells, types):
        return
    for number, cell in enumerate(cells):
        fault = _of_cell(cell, column, allowed)
        if fault:
            yield f"{place}: column “{column.key}”: row {number} {fault}"


def _are_all_right(cells: Sequence[Cell], types: set[type]) -> bool:
    """Return whether nothing is wrong with cells of these types: the quick answer for most columns."""
    if types <= {int, float}:
        return all(map(isfinite, cells))  # type: ignore[arg-type]
    if types == {str}:
        different = set(cells)
        return all(map(str.strip, different)) and not any(map(_LIKE_SHORTHAND.fullmatch, different))  # type: ignore[arg-type]
    return False


def _of_cell(cell: Cell | None, column: Column, allowed: tuple[type, ...]) -> str:
    """Return what is wrong with one cell, or nothing."""
    if cell is None:
        return "is empty"
    if type(cell) not in allowed:
        return f"holds {cell!r}, which is not {column.kind}"
    if isinstance(cell, float):
        return "" if isfinite(cell) else f"holds {cell}, which is not a number"
    if isinstance(cell, Verbatim):
        return _of_verbatim(cell)
    if isinstance(cell, str):
        if _LIKE_SHORTHAND.fullmatch(cell):
            return f"holds “{cell}” as text; a shorthand is a Shorthand"
        return "" if cell.strip() else "is empty"
    return ""


def _of_verbatim(cell: Verbatim) -> str:
    if cell.language not in ("cy", "en"):
        return f"is in “{cell.language}”, which is neither cy nor en"
    return "" if cell.text.strip() else "is empty"


def _of_charts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        if isinstance(sheet.body, Charts):
            if not sheet.body.charts:
                yield f"sheet “{sheet.name}”: has no charts"
            for chart in sheet.body.charts:
                place = f"sheet “{sheet.name}”, chart “{chart.title}”"
                yield from (f"{place}: {fault}" for fault in _of_chart(chart, workbook))


def _of_chart(chart: Chart, workbook: Workbook) -> Iterator[str]:
    if not chart.title.strip():
        yield "has no title"
    if not chart.alt_text.strip():
        yield "has no alternative text"
    if not chart.series:
        yield "has no series"
    source = workbook.sheet(chart.sheet)
    if source is None or not isinstance(source.body, Table):
        yield f"there is no table on a sheet “{chart.sheet}”"
        return
    columns = {column.key: column for column in source.body.columns}
    for key in (chart.categories, *(series.column for series in chart.series)):
        if key not in columns:
            yield f"the table of “{chart.sheet}” has no column “{key}”"
    for series in chart.series:
        if series.column in columns and columns[series.column].kind not in NUMBER_KINDS:
            yield f"column “{series.column}” of “{chart.sheet}” holds no numbers"
    first, end = chart.rows or (0, len(source.body.rows))
    if not 0 <= first < end <= len(source.body.rows):
        yield f"the table of “{chart.sheet}” has no rows {first} to {end}"


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)
