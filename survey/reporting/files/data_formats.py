"""The formats of data files: CSV for spreadsheets and statistics programs, JSON Lines for programs."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

import orjson

from survey.reporting.xlsx.description import Shorthand

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
SHORTHANDS = frozenset(shorthand.value for shorthand in Shorthand)


def csv_of(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to see ŵ and ŷ."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return BYTE_ORDER_MARK + text.getvalue().encode()


def json_lines_of(records: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON Lines: an object a line."""
    return b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, and no reader for a shorthand: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text in SHORTHANDS else text
