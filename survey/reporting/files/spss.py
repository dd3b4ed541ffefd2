"""Data for SPSS: a .sav in each language, with its labels of variables and of values; what is stored is the same.

Codes are stored as they are everywhere, as strings with labels. Flags, ranks and numbers are numbers, days and times
are SPSS’ own. Why a cell of answers is empty is a user-missing value with a label: `[z]` not asked, `[x]` not
answered, `[c]` not shared; in numbers -8, -9 and -7, or, where a number may be negative, those of `OUT_OF_REACH`; in
dates the 8th, 9th and 7th of January 1600, because programs make days of all that is in such a column.

SPSS allows letters, digits, dots and underscores in names, 64 bytes, whatever the case: other characters become
underscores, and a name that would be too long, or there already, ends in a number.
"""

import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from survey.languages import LANGUAGES
from survey.questionnaire.types.inputs import LARGEST_NUMBER
from survey.reporting.files.data_file import MISSING, Cell, DataFile, reason_words, unmistaken
from survey.reporting.files.long_texts import continued
from survey.reporting.files.spss_names import cut, spss_names
from survey.reporting.records.table_schema import ColumnKind, Field
from survey.reporting.typesetting import printable
from survey.reporting.xlsx.description import Shorthand

LONGEST_TEXT = 32_000
LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TITLE = 255, 120, 60
WITHIN_REACH = {Shorthand.NOT_APPLICABLE: -8.0, Shorthand.NOT_AVAILABLE: -9.0, Shorthand.CONFIDENTIAL: -7.0}
OUT_OF_REACH = {reason: number - 10.0 * LARGEST_NUMBER for reason, number in WITHIN_REACH.items()}
"""No answer is as small."""

_STRINGS = frozenset({"code", "text"})
_FORMATS: Mapping[ColumnKind, str] = {
    "flag": "F8.0",
    "rank": "F8.0",
    "integer": "F16.0",
    "decimal": "F16.2",
    "date": "SDATE10",
    "time": "DATETIME20",
}
_CALENDAR = datetime(1582, 10, 14, tzinfo=UTC)
_DATE_PLACE = 92
"""Where a file’s header tells when it was written: “26 Nov 26” and “15:41:01”."""


def spss_in_each_language(file: DataFile) -> dict[str, bytes]:
    """The files by the language of their labels. The same data give the same bytes. Raises OSError."""
    fields, rows = continued(file.fields, file.rows, _pieces)
    names = spss_names([column.name for column in fields])
    cells_of = list(zip(*rows, strict=True)) or [() for _ in fields]
    columns = {name: _column(column, cells) for name, column, cells in zip(names, fields, cells_of, strict=True)}
    frame = pd.DataFrame(columns)
    described = dict(zip(names, fields, strict=True))
    return {language: _written(file, frame, described, language) for language in LANGUAGES}


def _written(file: DataFile, frame: pd.DataFrame, described: Mapping[str, Field], language: str) -> bytes:
    said = {reason: label[language] for reason, label in reason_words().items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        try:
            pyreadstat.write_sav(
                frame,
                path,
                file_label=cut(file.title[language], LONGEST_TITLE),
                column_labels={name: _label(name, column, language) for name, column in described.items()},
                variable_value_labels={
                    name: labels for name, column in described.items() if (labels := _labels(column, language, said))
                },
                missing_ranges={
                    name: list(_reasons(column).values()) for name, column in described.items() if column.is_answer
                },
                variable_measure={name: _measure(column) for name, column in described.items()},
                variable_format={
                    name: _FORMATS[column.kind] for name, column in described.items() if column.kind in _FORMATS
                },
                row_compress=True,
            )
        except pyreadstat.ReadstatError as error:
            # It says no more than that writing failed: the disk is full, or there is none.
            raise OSError(str(error)) from error
        content = bytearray(path.read_bytes())
    content[_DATE_PLACE : _DATE_PLACE + len(_stamp(file.changed))] = _stamp(file.changed)
    return bytes(content)


def _stamp(moment: datetime) -> bytes:
    """“26 Nov 2615:41:01”: the month in English whatever the machine’s language."""
    moment = moment.astimezone(UTC)
    return f"{moment:%d} {moment.ctime()[4:7]} {moment:%y%H:%M:%S}".encode("ascii")


def _column(column: Field, cells: Iterable[Cell]) -> "pd.Series[Any]":
    reasons = _reasons(column)
    if column.kind in _STRINGS:
        shown = [reasons[cell] if isinstance(cell, Shorthand) else _text(column, cell) for cell in cells]
        return pd.Series(shown, dtype=object)
    numbers = [reasons[cell] if isinstance(cell, Shorthand) else _number(column.kind, cell) for cell in cells]
    return pd.Series(numbers, dtype=float)


def _text(column: Field, cell: Cell) -> str:
    if cell is None:
        return ""
    return unmistaken(printable(str(cell))) if column.kind == "text" else str(cell)


def _number(kind: ColumnKind, cell: Any) -> float:
    if cell is None:
        return float("nan")
    if kind == "date":
        return (date.fromisoformat(cell) - _CALENDAR.date()).days * 86_400.0
    if kind == "time":
        return float((datetime.fromisoformat(cell) - _CALENDAR).total_seconds() // 1)
    return float(cell)


def _reasons(column: Field) -> dict[Shorthand, Any]:
    """What stands in a column for each reason why there is no value."""
    if column.kind in _STRINGS:
        return {reason: reason.value for reason in MISSING}
    if column.kind == "date":
        return {reason: _number("date", f"1600-01-0{-number:.0f}") for reason, number in WITHIN_REACH.items()}
    may_be_negative = column.kind in ("integer", "decimal") and (column.least is None or column.least < 0)
    return OUT_OF_REACH if may_be_negative else WITHIN_REACH


def _labels(column: Field, language: str, said: Mapping[Shorthand, str]) -> dict[Any, str]:
    labels: dict[Any, str] = {
        str(code.value) if column.kind in _STRINGS else float(code.value): code.label[language] for code in column.codes
    }
    if column.is_answer:
        labels |= {value: said[reason] for reason, value in _reasons(column).items()}
    return {value: cut(label, LONGEST_VALUE_LABEL) for value, label in labels.items()}


def _label(name: str, column: Field, language: str) -> str:
    """What the column holds; where its name was cut, the whole of that first."""
    is_cut = len(name) < len(column.name)
    return cut(f"{column.name}: {column.label[language]}" if is_cut else column.label[language], LONGEST_LABEL)


def _measure(column: Field) -> str:
    if column.is_ordered or column.kind == "rank":
        return "ordinal"
    return "scale" if column.kind in ("integer", "decimal", "date", "time") else "nominal"


def _pieces(text: str) -> list[str]:
    """A text in pieces that a string of SPSS can hold: it counts bytes."""
    text = unmistaken(printable(text))
    pieces: list[str] = []
    whole = text.encode()
    while len(whole) > LONGEST_TEXT:
        piece = whole[:LONGEST_TEXT].decode(errors="ignore")
        pieces.append(piece)
        whole = whole[len(piece.encode()) :]
    return [*pieces, whole.decode()]
