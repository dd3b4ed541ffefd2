"""Data as Parquet (https://parquet.apache.org/docs/): typed columns that every statistics program reads quickly.

A column without a value in a row is null there. Why is in a second column, `NAME.missing`: `not_asked`,
`not_answered` or `withheld` (words that their cluster does not share), null where there is a value. The Table Schema
stands in the file’s metadata under “schema”, so the labels of both languages come along.

arro3 writes it: the Rust implementation of Arrow and Parquet without the 166 MB of pyarrow.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import orjson
from arro3.core import Array, DataType
from arro3.core import Table as ArrowTable
from arro3.io import write_parquet

from survey.reporting.files.data_file import Cell, DataFile
from survey.reporting.files.schema_json import table_schema
from survey.reporting.records.table_schema import ColumnKind, Field
from survey.reporting.xlsx.description import Shorthand

STATES = {
    Shorthand.NOT_APPLICABLE: "not_asked",
    Shorthand.NOT_AVAILABLE: "not_answered",
    Shorthand.CONFIDENTIAL: "withheld",
}
MAKER = "Myfyrio"
_STATE_OF: Callable[[Cell], str | None] = STATES.get  # type: ignore[assignment]
_DAY_0 = date(1970, 1, 1).toordinal()


def parquet_of(file: DataFile) -> bytes:
    """The file. The same data give the same bytes."""
    columns: dict[str, Any] = {}
    cells_of = list(zip(*file.rows, strict=True)) or [() for _ in file.fields]
    for column, cells in zip(file.fields, cells_of, strict=True):
        columns[column.name] = _array(column, cells)
        if column.is_answer:
            columns[f"{column.name}.missing"] = Array(list(map(_STATE_OF, cells)), DataType.string())
    content = BytesIO()
    write_parquet(
        ArrowTable.from_pydict(columns),
        content,
        compression="snappy",
        created_by=MAKER,
        # One key only, and not Arrow’s own beside it: several come in an order of chance.
        key_value_metadata={"schema": orjson.dumps(table_schema(file.fields, file.key)).decode()},
        skip_arrow_metadata=True,
    )
    return content.getvalue()


def _array(column: Field, cells: Sequence[Cell]) -> Array:
    stored, convert, shown = _TYPES[column.kind]
    # Each answer is converted once: a column has few of them, and looking one up takes a third of the time.
    converted = {
        cell: None if cell is None or isinstance(cell, Shorthand) else convert(cell) for cell in dict.fromkeys(cells)
    }
    array = Array(list(map(converted.__getitem__, cells)), stored)
    return array if shown is None else array.cast(shown)


def _days(day: Any) -> int:
    return date.fromisoformat(day).toordinal() - _DAY_0


def _microseconds(moment: Any) -> int:
    return round(datetime.fromisoformat(moment).timestamp() * 1_000_000)


_TYPES: dict[ColumnKind, tuple[DataType, Callable[[Any], Any], DataType | None]] = {
    "code": (DataType.string(), str, None),
    "text": (DataType.string(), str, None),
    "flag": (DataType.int64(), int, None),
    "rank": (DataType.int64(), int, None),
    "integer": (DataType.int64(), int, None),
    "decimal": (DataType.float64(), float, None),
    "date": (DataType.int32(), _days, DataType.date32()),
    "time": (DataType.int64(), _microseconds, DataType.timestamp("us", tz="UTC")),
}
