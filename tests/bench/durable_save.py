"""A durable save of a response, beside writing and flushing the same bytes with nothing around it."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from survey.storage.repository import Record
from survey.storage.tinydb_files.documents import own_file
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show

SIZES = {"4 KB": 4_000, "60 KB": 60_000}
TARGET = 3.0
ROUNDS = 200
PLACE = ("rounds", "sr-2026", "reflection")


def response(size: int, number: int) -> Record:
    """A response of about `size` bytes of JSON: answers of the length that people write."""
    answers = {f"question_{place:04d}": f"Ateb rhif {number}. " + "gair ŵ " * 12 for place in range(size // 128)}
    return {"revision": number, "answers": answers}


def run() -> list[Row]:
    """Medians over saves that take turns with their baseline, so that both meet the same disk."""
    with tempfile.TemporaryDirectory() as folder:
        return [_row(Path(folder), name, size) for name, size in SIZES.items()]


def _row(folder: Path, name: str, size: int) -> Row:
    repository = FileRepository(folder / "data")
    ours, baseline = [], []
    for number in range(ROUNDS):
        record = response(size, number)
        data = own_file(record)
        baseline.append(_seconds(partial(_raw, folder / "raw", data)))
        ours.append(_seconds(partial(repository.write, PLACE, "north", record)))
    warm = ROUNDS // 10
    return Row(
        name=f"durable save, {name}",
        ours=statistics.median(ours[warm:]) * 1000,
        baseline=statistics.median(baseline[warm:]) * 1000,
        unit="ms",
        target_ratio=TARGET,
    )


def _raw(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    show(run())
