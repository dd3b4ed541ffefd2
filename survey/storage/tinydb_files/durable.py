"""What is in one file, durably: the tables of a TinyDB, or the lines of a log; and what the disk says against it.

A log has one JSON object a line, flushed line by line, and is only ever added to. A crash can cut the last line short.
Reading says so and goes on; the next entry begins on a line of its own. Whoever appends holds the log's lock.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
from tinydb import Storage

from survey.atomic_file import FILE_MODE, Stamp, exact_times, replace_file, sync_folder, write_all
from survey.storage.json_form import json_bytes
from survey.storage.repository import Record, StorageError, StorageFull

Tables = dict[str, dict[str, Any]]
"""Table name → document id → document."""


class Malformed(Exception):
    """A file, a document or a line of a log that does not hold what it should; the message says why."""


def tables_in(data: bytes) -> Tables:
    """The TinyDB tables in a file's content; a document may be malformed. Raises Malformed."""
    if not data:
        raise Malformed("the file is empty")
    try:
        tables = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"this is not whole JSON: {error}") from error
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise Malformed("this is JSON but not a set of tables")
    return tables


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn the system's errors into StorageFull and StorageError that say what is wrong and what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull(
                f"There is no room left on the disk to keep {path}. What was kept before is untouched. "
                "Make room, then try again."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise StorageError(
                f"{path} cannot be changed: {os.strerror(error.errno)}. Check that the data folder is on a disk "
                "that can be written to and belongs to the user who runs the service."
            ) from error
        raise StorageError(f"{path} could not be kept: {error.strerror or error}.") from error


class DurableStorage(Storage):
    """TinyDB's storage for one file: `TinyDB(path, storage=DurableStorage)`.

    It opens nothing and makes nothing until something is written, keeps no state, and does not lock: whoever
    reads, changes and writes holds a lock around all three.
    """

    def __init__(self, path: Path, stamp: Stamp = exact_times) -> None:
        self._path = path
        self._stamp = stamp

    def read(self) -> Tables | None:
        """The tables, or None when there is no file. Raises Malformed, OSError."""
        try:
            return tables_in(self._path.read_bytes())
        except FileNotFoundError:
            return None

    def write(self, data: Tables) -> None:
        """Durable when it returns. Raises BadRecord, StorageFull, StorageError, and then nothing has changed."""
        content = json_bytes(data)
        with plain_errors(self._path):
            replace_file(self._path, content, self._stamp)


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
