"""Data as .xlsx, row by row: what is drawn is forgotten, so that thousands of responses take no more memory than one.

That rules out native tables, which need the whole sheet. It is a file of data, not a publication: see `workbooks/`.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from survey.languages import LANGUAGES
from survey.reporting.files.data_file import FORMULA_STARTS, DataFile, places_of, unmistaken
from survey.reporting.files.sheets import CODEBOOK, codebook_rows, fitted
from survey.reporting.records.table_schema import Field
from survey.reporting.typesetting import printable
from survey.reporting.xlsx.text import cell_pieces

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


def workbook_of(file: DataFile) -> bytes:
    """The file. The same data give the same bytes. Raises DomainError("too_large_for_sheet"), OSError."""
    fields, rows = fitted(file)
    content = BytesIO()
    try:
        with xlsxwriter.Workbook(content, OPTIONS) as book:
            book.set_properties(
                {
                    "title": printable(" / ".join(file.title[code] for code in LANGUAGES)),
                    "created": file.changed.astimezone(UTC).replace(tzinfo=None),
                }
            )
            sheet = book.add_worksheet(file.kind)
            for place, column in enumerate(fields):
                sheet.write_string(0, place, column.name)
            _draw_rows(sheet, fields, rows, _Styles(book))
            described = book.add_worksheet(CODEBOOK)
            for number, texts in enumerate(codebook_rows(fields)):
                for place, text in enumerate(texts):
                    described.write_string(number, place, cell_pieces(text)[0])
    except FileCreateError as error:
        raise OSError(str(error)) from error
    return content.getvalue()


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.typed = book.add_format({"quote_prefix": True})
        self.day = book.add_format({"num_format": DAY})
        self.moment = book.add_format({"num_format": MOMENT})


def _draw_rows(sheet: Any, fields: Sequence[Field], rows: Any, styles: _Styles) -> None:
    write_string, write_number = sheet.write_string, sheet.write_number
    special = {place: fields[place].kind for place in places_of(fields, "text", "date", "time")}
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            kind = cell.__class__
            if special and place in special and kind is str:
                _draw_special(sheet, number, place, special[place], cell, styles)
            elif kind is str:
                write_string(number, place, cell)
            elif kind is int or kind is float:
                write_number(number, place, cell)
            elif cell is not None:
                write_string(number, place, cell.value)


def _draw_special(sheet: Any, number: int, place: int, kind: str, cell: Any, styles: _Styles) -> None:
    """What somebody typed stays text, and is marked as that where a program might take it for a formula."""
    if kind == "date":
        sheet.write_datetime(number, place, date.fromisoformat(cell), styles.day)
    elif kind == "time":
        moment = datetime.fromisoformat(cell).astimezone(UTC).replace(tzinfo=None, microsecond=0)
        sheet.write_datetime(number, place, moment, styles.moment)
    elif cell.startswith(FORMULA_STARTS):
        sheet.write_string(number, place, cell, styles.typed)
    else:
        sheet.write_string(number, place, unmistaken(cell))
