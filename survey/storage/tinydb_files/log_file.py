"""A log on the disk: one JSON object a line, flushed line by line, only ever added to.

A crash can cut the last line short. Reading says so and goes on; the next entry begins on a line of its own.
Whoever appends holds the log's lock.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson

from survey.atomic_file import FILE_MODE, sync_folder, write_all
from survey.storage.repository import Record
from survey.storage.tinydb_files.durable import Malformed, json_bytes, plain_errors


def append_line(path: Path, entry: Record) -> None:
    """Durable when it returns. Raises BadRecord, StorageFull, StorageError, and then the log is as it was."""
    line = json_bytes(entry) + b"\n"
    with plain_errors(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, FILE_MODE)
        try:
            os.fchmod(descriptor, FILE_MODE)
            _append(descriptor, line)
        finally:
            os.close(descriptor)
        sync_folder(path.parent)


def lines(path: Path) -> Iterator[Record | Malformed]:
    """Each line's entry, or why it is none, oldest first. Nothing when there is no log. Raises OSError."""
    with suppress(FileNotFoundError), path.open("rb") as log:
        for line in log:
            yield _entry(line)


def _append(descriptor: int, line: bytes) -> None:
    size = os.fstat(descriptor).st_size
    cut_short = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    try:
        write_all(descriptor, b"\n" + line if cut_short else line)
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def _entry(line: bytes) -> Record | Malformed:
    if not line.endswith(b"\n"):
        return Malformed("the line has no end: it is being written now, or a crash cut it short")
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Malformed(f"this is not whole JSON: {error}")
    return entry if isinstance(entry, dict) else Malformed("this is JSON but not an object")
