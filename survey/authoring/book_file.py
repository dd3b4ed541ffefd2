"""The rows of a questionnaire as an .xlsx file: headings with notes, drop-downs, ids that are not overwritten unawares.

The same rows in the same language give the same bytes. The sheets are protected without a password: rows can be added,
moved and taken away, and whoever means to change an id takes the protection off.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from survey.authoring.columns import CONTENTS, HELP, WELSH, headings
from survey.authoring.to_sheets import Rows, SheetCells

MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # A workbook’s own time has no zone.
ROOM = 1_000
"""How many rows below those that are filled have drop-downs, and may be filled in."""
WIDE, NARROW, LINE = 46, 16, 15
"""The widths of columns, in characters, and the height of a line."""
IDS = frozenset({"id", "code", "property"})
HEADING = {"bold": True, "bg_color": "#005EB8", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
ALLOWED = ("insert_rows", "delete_rows", "sort", "autofilter", "format_cells", "format_columns", "format_rows")

Explained = Mapping[str, Mapping[str, str]]
"""What each column says, by the name of its sheet and its own."""
Choices = Mapping[str, Sequence[str]]
"""The words that may stand in the cells of a property."""


def workbook(rows: Rows, explained: Explained, choices: Choices) -> bytes:
    """The file. What each column says stands as a note at its heading and on a sheet of its own."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"created": MADE, "author": "", "comments": ""})
    for name, kept in rows.items():
        _Sheet(book, name).write(kept, explained.get(name, {}), choices)
    _write_help(book, explained, choices)
    book.close()
    return content.getvalue()


class _Sheet:
    def __init__(self, book: Any, name: str) -> None:
        self._name = name
        self._sheet = book.add_worksheet(name)
        self._heading = book.add_format(HEADING)
        self._open = book.add_format({"locked": False, "text_wrap": True, "valign": "top"})
        self._kept = book.add_format({"locked": True, "text_wrap": True, "valign": "top", "font_color": "#4C6272"})

    def write(self, rows: Sequence[SheetCells], explained: Mapping[str, str], choices: Choices) -> None:
        names = headings(self._name)
        for column, name in enumerate(names):
            self._sheet.set_column(column, column, WIDE if _is_text(self._name, name) else NARROW, self._open)
            self._sheet.write_string(0, column, name, self._heading)
            if name in explained:
                self._sheet.write_comment(0, column, explained[name], {"author": "", "x_scale": 2, "y_scale": 2})
            self._offer(column, name, len(rows), choices)
        for number, row in enumerate(rows, start=1):
            self._sheet.set_row(number, LINE * max(_lines(row, name, self._name) for name in names))
            for column, name in enumerate(names):
                self._cell(number, column, row.get(name), self._kept if name in IDS else self._open)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
        self._sheet.protect("", dict.fromkeys(ALLOWED, True))

    def _cell(self, row: int, column: int, value: Any, form: Any) -> None:
        if isinstance(value, str):
            self._sheet.write_string(row, column, value, form)
        elif value is not None:
            self._sheet.write_number(row, column, value, form)

    def _offer(self, column: int, name: str, filled: int, choices: Choices) -> None:
        if name not in choices:
            return
        letter = _letter(list(choices).index(name))
        source = f"={HELP}!${letter}$2:${letter}${len(choices[name]) + 1}"
        self._sheet.data_validation(
            1, column, filled + ROOM, column, {"validate": "list", "source": source, "error_type": "warning"}
        )


def _write_help(book: Any, explained: Explained, choices: Choices) -> None:
    """The lists that drop-downs offer, a column each, and after them what each column of each sheet says."""
    sheet = book.add_worksheet(HELP)
    heading, plain = book.add_format(HEADING), book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, words) in enumerate(choices.items()):
        sheet.write_column(0, column, [name, *words])
        sheet.write_string(0, column, name, heading)
    sheet.set_column(0, len(choices) - 1, NARROW)
    sheet.set_column(len(choices) + 1, len(choices) + 1, NARROW * 2)
    sheet.set_column(len(choices) + 2, len(choices) + 2, WIDE * 2)
    said = [(f"{name}: {own}", text) for name, columns in explained.items() for own, text in columns.items()]
    for row, (place, text) in enumerate(said, start=1):
        sheet.write_string(row, len(choices) + 1, place, plain)
        sheet.write_string(row, len(choices) + 2, text, plain)
    sheet.protect("", {"format_columns": True})


def _lines(row: SheetCells, name: str, sheet: str) -> int:
    """How many lines a cell takes; programs do not make rows higher by themselves."""
    room = (WIDE if _is_text(sheet, name) else NARROW) - 4
    return max(1, -(-len(str(row.get(name, ""))) // room))


def _is_text(sheet: str, name: str) -> bool:
    return any(column.kind == "text" and name in (column.name, column.name + WELSH) for column in CONTENTS[sheet])


def _letter(column: int) -> str:
    return chr(ord("A") + column)
