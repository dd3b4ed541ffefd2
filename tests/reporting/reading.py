"""A written workbook, read back by openpyxl."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl

Words = Callable[[str, str], str]


def without_charts(path: Path) -> Any:
    """A written workbook, but for its charts, whose reading takes openpyxl as long as that of all cells: whoever asks
    its sheets for `_charts` is refused."""
    with patch("openpyxl.reader.excel.find_images", lambda _archive, _path: ((), ())):
        book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        del sheet._charts
    return book


class ReadWorkbook:
    """A workbook by the English names of its sheets."""

    def __init__(self, path: Path, words: Words) -> None:
        self.path = path
        self.words = words

    @cached_property
    def book(self) -> Any:
        return without_charts(self.path)

    @cached_property
    def drawn_book(self) -> Any:
        """With its charts."""
        return openpyxl.load_workbook(self.path)

    def sheet(self, english: str) -> Any:
        return self.book[self.words("sheet name", english)]

    def table(self, english: str) -> tuple[list[str], list[list[Any]]]:
        """The headers and rows of a sheet's one table."""
        sheet = self.sheet(english)
        (table,) = sheet.tables.values()
        headers, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
        return headers, rows

    def rows(self, english: str) -> list[list[Any]]:
        return self.table(english)[1]

    def lines(self, english: str) -> list[str]:
        """What stands in column A."""
        return [cell.value for (cell,) in self.sheet(english).iter_rows(max_col=1) if cell.value is not None]
