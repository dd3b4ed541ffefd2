"""Data that is hard on a format, made by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime

from survey.collection.rounds.round import Round
from survey.reporting.files.data_file import Cell, DataFile
from survey.reporting.records.table_schema import Code, Field

SAME = {"cy": "Arfon", "en": "Arfon"}


def file_of(fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> DataFile:
    names = [column.name for column in fields]
    records = (dict(zip(names, map(str, row), strict=True)) for row in rows)
    round_ = Round("hard-2026", "hard", "2026", "2026-27", "none")
    moment = datetime(2027, 1, 1, 12, tzinfo=UTC)
    return DataFile(round_, "data", SAME, moment, tuple(fields), iter(rows), records)


def texts(said: Sequence[str]) -> DataFile:
    return file_of([Field("words", "text", SAME, is_answer=True)], [[text] for text in said])


def codes(columns: int, rows: int) -> DataFile:
    options = (Code("a", SAME), Code("b", SAME))
    fields = [
        Field(f"outcome.o-{number // 30}.c-{number}", "code", SAME, is_answer=True, codes=options)
        for number in range(columns)
    ]
    return file_of(fields, [["ab"[(row + place) % 2] for place in range(columns)] for row in range(rows)])
