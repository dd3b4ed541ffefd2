"""Single responses as files, 30,000 × 60: how much longer our .xlsx takes than XlsxWriter writing the same cells raw.

Each measurement is of the processor’s time for the writing alone, the least of two, in a process of its own, whose
peak of memory is that of everything: imports, rows and file. The cells are what such files hold: codes, flags, ranks,
numbers, and the letters for not asked and not answered.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from random import Random

import xlsxwriter

from survey.reporting.files.data_file import Cell, DataFile
from survey.reporting.files.formats import FORMATS
from survey.reporting.records.table_schema import Code, ColumnKind, Field
from survey.reporting.xlsx.description import Shorthand
from tests.bench.rows import Row, show
from tests.reporting.files.hard_data import SAME, file_of

ROWS, COLUMNS = 30_000, 60
MEGABYTES = 150.0
TIMES = 2
OPTIONS = ("not_at_all", "somewhat", "well", "very_well", "not_applicable")


def run() -> list[Row]:
    """Return the measurements, each beside what it is measured by."""
    found = [{name: _measured(name) for name in WAYS} for _ in range(TIMES)]
    seconds = {name: min(each[name][0] for each in found) for name in WAYS}
    megabytes = {name: max(each[name][1] for each in found) for name in WAYS}
    size = f"{ROWS:,} × {COLUMNS}"
    return [
        Row(f"row-level xlsx, {size}, beside raw", seconds["xlsx"], seconds["raw"], "s", 1.0),
        Row(f"row-level xlsx, {size}, beside pandas", seconds["xlsx"], seconds["pandas"], "s", 1 / 1.8),
        Row(f"row-level xlsx, {size}, memory", megabytes["xlsx"], MEGABYTES, "MB", 1),
        Row("the same as csv, beside the xlsx", seconds["csv"], seconds["xlsx"], "s", 1 / 15),
        Row("the same as parquet, beside the xlsx", seconds["parquet"], seconds["xlsx"], "s", 1 / 15),
    ]


def _measured(name: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.row_level", name], check=True, capture_output=True, text=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _fields() -> list[Field]:
    codes = tuple(Code(code, SAME) for code in OPTIONS)
    kinds: tuple[ColumnKind, ...] = ("code", "flag", "code", "flag", "rank", "integer")
    return [
        Field(f"page.question.{place}", kinds[place % 6], SAME, is_answer=True, codes=codes if place % 2 == 0 else ())
        for place in range(COLUMNS)
    ]


def _rows(fields: list[Field]) -> list[list[Cell]]:
    random = Random(1)

    def cell(column: Field) -> Cell:
        chance = random.random()
        if chance < 0.1:
            return Shorthand.NOT_APPLICABLE if chance < 0.05 else Shorthand.NOT_AVAILABLE
        if column.kind == "code":
            return random.choice(OPTIONS)
        return random.randrange(2 if column.kind == "flag" else 40)

    return [[cell(column) for column in fields] for _ in range(ROWS)]


def _as_written(rows: Iterable[Iterable[Cell]]) -> list[list[object]]:
    return [[cell.value if isinstance(cell, Shorthand) else cell for cell in row] for row in rows]


def _raw(file: DataFile) -> Callable[[], object]:
    rows = _as_written(file.rows)

    def write() -> None:
        with xlsxwriter.Workbook(BytesIO(), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write(number, place, value)

    return write


def _pandas(file: DataFile) -> Callable[[], object]:
    import pandas as pd

    frame = pd.DataFrame(_as_written(file.rows), columns=[column.name for column in file.fields])
    return lambda: frame.to_excel(BytesIO(), index=False, engine="xlsxwriter")


def _ours(name: str) -> Callable[[DataFile], Callable[[], object]]:
    return lambda file: lambda: FORMATS[name].draw(file)


WAYS = {"raw": _raw, "pandas": _pandas} | {name: _ours(name) for name in ("xlsx", "csv", "parquet")}


def _print(name: str) -> None:
    fields = _fields()
    work = WAYS[name](file_of(fields, _rows(fields)))
    start = time.process_time()
    work()
    print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if sys.argv[1:]:
        _print(sys.argv[1])
    else:
        show(run())
