"""A file of data: CSV for spreadsheets and statistics programs, JSON Lines for programs."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import orjson

from survey.collection.rounds.round import Round
from survey.reporting.xlsx.description import Shorthand

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
SHORTHANDS = frozenset(shorthand.value for shorthand in Shorthand)


@dataclass(frozen=True, slots=True)
class DataFile:
    """What is to be written of a round: the rows of CSV below their header, or an object a line.

    `kind` starts the file's name. `rows` and `records` may be iterators: a file is written once.
    """

    of_round: Round
    kind: str
    header: Sequence[str]
    rows: Iterable[Iterable[Any]]
    records: Iterable[Mapping[str, Any]]

    def name(self, format_name: str) -> str:
        """“data-sr-2026-2026-27.csv”: codes, so no language."""
        return f"{self.kind}-{self.of_round.id}-{self.of_round.reporting_year}.{format_name}"

    def content(self, format_name: str) -> bytes:
        """The file in one of the `FORMATS`."""
        return FORMATS[format_name](self)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, and no reader for a shorthand: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text in SHORTHANDS else text


def _csv(file: DataFile) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to see ŵ and ŷ."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(file.header)
    writer.writerows(file.rows)
    return BYTE_ORDER_MARK + text.getvalue().encode()


def _json_lines(file: DataFile) -> bytes:
    return b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in file.records)


FORMATS: Mapping[str, Callable[[DataFile], bytes]] = {"csv": _csv, "jsonl": _json_lines}
