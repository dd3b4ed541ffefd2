"""Data as lines of text: CSV for spreadsheets and statistics programs, JSON Lines for programs."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

import orjson

from survey.reporting.files.data_file import Cell, DataFile, places_of, safe

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def csv_for_people(file: DataFile) -> bytes:
    """CSV with a byte order mark, which Excel needs to see ŵ and ŷ."""
    return BYTE_ORDER_MARK + csv_of(file)


def csv_of(file: DataFile) -> bytes:
    """CSV (RFC 4180) in UTF-8: the names of the columns, then the rows; no spreadsheet takes a text for a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in file.fields])
    writer.writerows(_safe_rows(file))
    return text.getvalue().encode()


def _safe_rows(file: DataFile) -> Iterator[Sequence[Cell]]:
    typed = places_of(file.fields, "text")
    if not typed:
        yield from file.rows
        return
    for row in file.rows:
        cells = list(row)
        for place in typed:
            cell = cells[place]
            if isinstance(cell, str):
                cells[place] = safe(cell)
        yield cells


def json_lines(file: DataFile) -> bytes:
    """An object a line."""
    return b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in file.records)
