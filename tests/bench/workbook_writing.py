"""How much longer our workbook takes than XlsxWriter writing the same cells without any of our care."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from random import Random

import xlsxwriter

from survey.languages import language
from survey.reporting.xlsx.description import Cell, Column, Contents, Sheet, Table, Workbook
from survey.reporting.xlsx.drawing import workbook_bytes
from tests.bench.rows import Row, show

ROWS, COLUMNS = 20_000, 60
TARGET = 1.25
TIMES = 3


def run() -> list[Row]:
    """Return the time of a workbook of 20,000 × 60 cells, half of them words, half numbers."""
    rows = _rows()
    workbook = _described(rows)
    ours, raw = float("inf"), float("inf")
    for _ in range(TIMES):
        raw = min(raw, _seconds(lambda: _raw(rows)))
        ours = min(ours, _seconds(lambda: workbook_bytes(workbook)))
    return [Row(f"workbook of {ROWS:,} × {COLUMNS} cells", ours, raw, "s", TARGET)]


def _rows() -> list[tuple[Cell, ...]]:
    random = Random(1)
    words = [f"answer {number} of a cluster" for number in range(5_000)]
    return [
        tuple(random.choice(words) if column % 2 else random.random() * 1000 for column in range(COLUMNS))
        for _ in range(ROWS)
    ]


def _described(rows: list[tuple[Cell, ...]]) -> Workbook:
    columns = tuple(
        Column(f"c{place}", f"Column {place}", "text" if place % 2 else "decimal") for place in range(COLUMNS)
    )
    return Workbook(
        language=language("en"),
        title="Benchmark",
        subject="Speed",
        keywords=("speed",),
        organisation="Myfyrio",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        sheets=(
            Sheet("Contents", "Contents", Contents()),
            Sheet("Cells", "Cells", Table("all_cells", "Cells.", columns, rows)),
        ),
    )


def _raw(rows: list[tuple[Cell, ...]]) -> None:
    with xlsxwriter.Workbook(BytesIO()) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    show(run())
