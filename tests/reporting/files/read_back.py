"""Files of data read back, each by another library than wrote it where there is one: rows by name of column.

A cell that has no value is its shorthand, as in the second path. Dates are ISO text, numbers numbers.
"""

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyreadstat
from python_calamine import CalamineWorkbook

from tests.reporting.second_path import C, X, Z

Rows = list[dict[str, Any]]
STATES = {"not_asked": Z, "not_answered": X, "withheld": C}
NUMBERS = {-8.0: Z, -9.0: X, -7.0: C}
DAYS = {"1600-01-08": Z, "1600-01-09": X, "1600-01-07": C}
FAR = -(10.0**13)


def read_csv(content: bytes, folder: Path) -> Rows:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_package(content: bytes, folder: Path) -> Rows:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".csv")]
        return read_csv(archive.read(name), folder)


def read_parquet(content: bytes, folder: Path) -> Rows:
    path = folder / "data.parquet"
    path.write_bytes(content)
    relation = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
    found = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    for row in found:
        for name in [name for name in row if name.endswith(".missing")]:
            state = row.pop(name)
            if state is not None:
                assert row[name.removesuffix(".missing")] is None
                row[name.removesuffix(".missing")] = STATES[state]
    return [{name: _plain(cell) for name, cell in row.items()} for row in found]


def read_xlsx(content: bytes, folder: Path) -> Rows:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    return _table([list(row) for row in sheet.iter_rows(values_only=True)])


def read_ods(content: bytes, folder: Path) -> Rows:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return _table(rows)


def read_sav(content: bytes, folder: Path) -> Rows:
    """The columns under their own names: SPSS does not allow hyphens."""
    path = folder / "data.sav"
    path.write_bytes(content)
    frame, _ = pyreadstat.read_sav(path, user_missing=True)
    found = [{str(name): _of_spss(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
    return found


def _of_spss(cell: Any) -> Any:
    if isinstance(cell, float):
        if cell in NUMBERS or cell - FAR in NUMBERS:
            return NUMBERS[cell if cell in NUMBERS else cell - FAR]
        return None if pd.isna(cell) else cell
    return DAYS.get(str(cell), _plain(cell))


def _table(rows: list[list[Any]]) -> Rows:
    names, *others = rows
    return [dict(zip(map(str, names), map(_plain, row), strict=True)) for row in others]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        at_midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if at_midnight else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell


def descriptor(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found: dict[str, Any] = json.loads(archive.read("datapackage.json"))
        return found


READERS: dict[str, Callable[[bytes, Path], Rows]] = {
    "csv": read_csv,
    "package": read_package,
    "parquet": read_parquet,
    "xlsx": read_xlsx,
    "ods": read_ods,
    "sav": read_sav,
}
