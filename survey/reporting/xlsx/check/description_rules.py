"""What is wrong with a described workbook, found before anything is drawn.

These are faults of the program that described the workbook, not of anybody's data, so they are in English.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from math import isfinite

from survey.reporting.charts.description import Chart
from survey.reporting.xlsx.description import (
    NUMBER_KINDS,
    Cell,
    Column,
    Contents,
    ContentsLink,
    Notes,
    Paragraphs,
    Plot,
    Plots,
    Sheet,
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
_LIKE_SHORTHAND = re.compile(r"\[[a-z]{1,3}\]")
_ALLOWED: dict[str, tuple[type, ...]] = {
    "text": (str, Shorthand),
    "long_text": (str, int, Shorthand),
    "verbatim": (Verbatim, Shorthand),
    "sheet": (str,),
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
    faults = [*_of_properties(workbook), *_of_names(workbook), *_of_notes(workbook)]
    for sheet in workbook.sheets:
        place = f"sheet “{sheet.name}”"
        faults += (f"{place}: {fault}" for fault in _of_sheet(sheet))
        if sheet.chart is not None:
            faults += (f"{place}, chart “{sheet.chart.title}”: {fault}" for fault in _of_chart(sheet.chart, sheet))
        if isinstance(sheet.body, Plots):
            faults += (f"{place}, {fault}" for plot in sheet.body.plots for fault in _of_plot(plot, workbook))
        for other in filter(None, (sheet.source, sheet.names)):
            if workbook.sheet(other) is None:
                faults.append(f"{place}: there is no sheet “{other}”")
    return faults


def _of_properties(workbook: Workbook) -> Iterator[str]:
    for name in ("title", "subject", "organisation"):
        if not getattr(workbook, name).strip():
            yield f"the workbook has no {name}"
    if not any(keyword.strip() for keyword in workbook.keywords):
        yield "the workbook has no keywords"
    if workbook.created.tzinfo is None:
        yield "the workbook’s “created” has no time zone"
    if sum(isinstance(sheet.body, Contents) for sheet in workbook.sheets) != 1:
        yield "a workbook has one sheet of contents"
    if sum(isinstance(sheet.body, Notes) for sheet in workbook.sheets) > 1:
        yield "a workbook has at most one sheet of notes"


def _of_names(workbook: Workbook) -> Iterator[str]:
    for name in _repeated(sheet.name.casefold() for sheet in workbook.sheets):
        yield f"sheet “{name}”: the name is used twice"
    tables = [sheet.body.name.casefold() for sheet in workbook.sheets if isinstance(sheet.body, Table)]
    for name in _repeated([*tables, CONTENTS_TABLE, NOTES_TABLE]):
        yield f"table “{name}”: the name is used twice, or is one of the drawing’s own"
    names = {sheet.name for sheet in workbook.sheets}
    for sheet in workbook.sheets:
        for linked in sorted(set(_linked(sheet)) - names):
            yield f"sheet “{sheet.name}”: it links “{linked}”, which is no sheet"


def _linked(sheet: Sheet) -> Iterator[str]:
    if isinstance(sheet.body, Table):
        places = [place for place, column in enumerate(sheet.body.columns) if column.kind == "sheet"]
        yield from (str(row[place]) for row in sheet.body.rows for place in places)


def _of_notes(workbook: Workbook) -> Iterator[str]:
    given = [note.key for note in workbook.notes]
    referenced = {key for sheet in workbook.sheets for key in sheet.notes}
    for sheet in workbook.sheets:
        if isinstance(sheet.body, Table):
            referenced.update(key for column in sheet.body.columns for key in column.notes)
    for key in _repeated(given):
        yield f"note “{key}”: given twice"
    for key in sorted(referenced - set(given)):
        yield f"note “{key}”: referred to but not given"
    for key in sorted(set(given) - referenced):
        yield f"note “{key}”: given but not referred to"
    if given and not any(isinstance(sheet.body, Notes) for sheet in workbook.sheets):
        yield "the workbook has notes but no sheet of notes"


def _of_sheet(sheet: Sheet) -> Iterator[str]:
    if not sheet.name:
        yield "has no name"
    if length(sheet.name) > LONGEST_SHEET_NAME:
        yield f"the name is longer than {LONGEST_SHEET_NAME} characters"
    if _ILLEGAL_IN_SHEET_NAME.search(sheet.name) or sheet.name.casefold() == "history":
        yield "Excel does not allow this name"
    if not sheet.title.strip():
        yield "has no title"
    if not all(line.strip() for line in sheet.lines):
        yield "an empty line above its body"
    if isinstance(sheet.body, Paragraphs):
        yield from _of_text(sheet.body)
    elif isinstance(sheet.body, Table):
        yield from (*_of_table(sheet.body), *_of_columns(sheet.body), *_of_cells(sheet.body))


def _of_text(text: Paragraphs) -> Iterator[str]:
    for line in text.lines:
        words = line if isinstance(line, str) else line.text
        if not words.strip():
            yield "an empty line"
        if isinstance(line, ContentsLink) and not line.address.startswith(("https://", "mailto:")):
            yield f"a link leads to neither https: nor mailto:, but to “{line.address}”"


def _of_table(table: Table) -> Iterator[str]:
    if not _TABLE_NAME.fullmatch(table.name) or _LIKE_A_CELL.fullmatch(table.name):
        yield f"“{table.name}” cannot name a table (ASCII letters, digits, “_”; four at least)"
    if not table.description.strip():
        yield "the table has no description"
    if not table.columns:
        yield "the table has no columns"
    for key in _repeated(column.key for column in table.columns):
        yield f"column key “{key}” is used twice"
    for header in _repeated(f"{column.header} ({column.unit})".casefold() for column in table.columns):
        yield f"header “{header.removesuffix(' ()')}” is used twice"


def _of_columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        if not column.header.strip():
            yield f"column “{column.key}” has no header"
        if "\n" in column.header or "\r" in column.header:
            yield f"the header of column “{column.key}” has more than one line"
        if len(column.header) + len(column.unit) > LONGEST_HEADER - 60:
            yield f"the header of column “{column.key}” is too long"
        if column.heat and column.kind not in NUMBER_KINDS:
            yield f"column “{column.key}” has colours for numbers but holds none"


def _of_cells(table: Table) -> Iterator[str]:
    uneven = [number for number, row in enumerate(table.rows) if len(row) != len(table.columns)]
    if uneven:
        yield from (f"row {number} does not have a cell for every column" for number in uneven[:EXAMPLES])
        return
    for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=False):
        yield from islice(_of_column_cells(column, cells), EXAMPLES)


def _of_column_cells(column: Column, cells: Sequence[Cell]) -> Iterator[str]:
    allowed = _ALLOWED[column.kind]
    types = set(map(type, cells))
    if types.issubset(allowed) and _are_all_right(cells, types):
        return
    for number, cell in enumerate(cells):
        fault = _of_cell(cell, column, allowed)
        if fault:
            yield f"column “{column.key}”: row {number} {fault}"


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
    if isinstance(cell, Verbatim) and cell.language not in ("cy", "en"):
        return f"is in “{cell.language}”, which is neither cy nor en"
    if isinstance(cell, str) and _LIKE_SHORTHAND.fullmatch(cell):
        return f"holds “{cell}” as text; a shorthand is a Shorthand"
    words = cell.text if isinstance(cell, Verbatim) else str(cell)
    return "" if words.strip() else "is empty"


def _of_plot(plot: Plot, workbook: Workbook) -> Iterator[str]:
    """What is wrong with a chart of another sheet’s cells: it names and draws what stands there."""
    chart, sheet = plot.chart, workbook.sheet(plot.sheet)
    place = f"chart “{chart.title}”"
    if not chart.title.strip() or not chart.alt_text.strip():
        yield f"{place}: has no title or alternative text"
    if sheet is None or not isinstance(sheet.body, Table):
        yield f"{place}: there is no table in a sheet “{plot.sheet}”"
        return
    keys = [column.key for column in sheet.body.columns]
    for series, rows, key in zip(chart.series, plot.rows, map(plot.column_of, range(len(chart.series))), strict=True):
        cells = [sheet.body.rows[row][keys.index(key)] for row in rows]
        if list(series.figures) != [None if isinstance(cell, Shorthand) else cell for cell in cells]:
            yield f"{place}: series “{series.label}” is not what column “{key}” holds"


def _of_chart(chart: Chart, sheet: Sheet) -> Iterator[str]:
    table = sheet.body
    if not isinstance(table, Table):
        yield "stands on a sheet without a table"
        return
    if not chart.title.strip():
        yield "has no title"
    if not chart.alt_text.strip():
        yield "has no alternative text"
    if not chart.series:
        yield "has no series"
    if any(len(series.figures) != len(chart.names) for series in chart.series) or len(chart.names) != len(table.rows):
        yield "does not have a figure of every series for every row of its table"
    columns = table.columns[1 : 1 + len(chart.series) + (chart.middle is not None)]
    if len(columns) < len(chart.series) + (chart.middle is not None):
        yield "has more series than its table has columns"
    yield from (f"column “{column.key}” holds no numbers" for column in columns if column.kind not in NUMBER_KINDS)


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)
