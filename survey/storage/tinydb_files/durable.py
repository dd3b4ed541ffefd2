"""Bytes and TinyDB documents that are on the disk, whole, before a save is acknowledged.

A save writes a temporary file beside the old one, flushes it to the disk, puts it in place in one step and
flushes the folder. A crash at any moment leaves the old content or the new, never a mixture, and an error
leaves the old content and no temporary file.
"""

import errno
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
from tinydb import Storage

from survey.storage.repository import BadRecord, StorageError, StorageFull

FILE_MODE = 0o600
FOLDER_MODE = 0o700
TEMPORARY = ".tmp"
DAY_NS = 24 * 60 * 60 * 10**9

_NOTHING_BUT_JSON = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS

Stamp = Callable[[int], None]
Tables = dict[str, dict[str, Any]]


class Torn(Exception):
    """A file, or a line of one, that does not hold what it should; the message says why."""


def exact_times(descriptor: int) -> None:
    """Leave the times of a file or folder as they are."""


def whole_days(descriptor: int) -> None:
    """Take the hour out of a file's or folder's times: an anonymous answer must not tell when it was given."""
    day = os.fstat(descriptor).st_mtime_ns // DAY_NS * DAY_NS
    os.utime(descriptor, ns=(day, day))


def replace_file(path: Path, data: bytes, stamp: Stamp = exact_times) -> None:
    """Put `data` in the place of whatever is at `path`. Raises StorageFull, StorageError."""
    with plain_errors(path), _temporary_file(path.parent, data, stamp) as temporary:
        temporary.replace(path)
        sync_folder(path.parent, stamp)


def create_file(path: Path, data: bytes, stamp: Stamp = exact_times) -> bool:
    """Put `data` at `path` if nothing is there; False, and no change, if something is.

    A link refuses to replace, so this holds between processes that know nothing of each other.
    Raises StorageFull, StorageError.
    """
    with plain_errors(path), _temporary_file(path.parent, data, stamp) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
    sync_folder(path.parent, stamp)
    return True


def remove_file(path: Path, stamp: Stamp = exact_times) -> bool:
    """Whether there was a file; it is gone now. Raises StorageError."""
    with plain_errors(path):
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent, stamp)
        return True


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for the owner's eyes only whatever the umask. Raises StorageError."""
    with plain_errors(folder):
        for missing in reversed([part for part in (folder, *folder.parents) if not part.is_dir()]):
            with suppress(FileExistsError):
                missing.mkdir(FOLDER_MODE)
                missing.chmod(FOLDER_MODE)
            sync_folder(missing.parent)


def make_folders_in(folder: Path, names: Iterable[str], stamp: Stamp) -> None:
    """Make folders in one that is there, and flush their names to the disk together. Raises StorageError."""
    with plain_errors(folder):
        for path in (folder / name for name in names):
            with suppress(FileExistsError):
                path.mkdir(FOLDER_MODE)
                path.chmod(FOLDER_MODE)
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                stamp(descriptor)
            finally:
                os.close(descriptor)
    sync_folder(folder, stamp)


def sync_folder(folder: Path, stamp: Stamp = exact_times) -> None:
    """Flush the names in a folder to the disk. Raises StorageError."""
    with plain_errors(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            stamp(descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`: the system may take it in pieces."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def json_bytes(value: Any) -> bytes:
    """The JSON of a value. Raises BadRecord for what JSON has not: NaN, dates, broken Unicode, huge numbers …"""
    try:
        data = orjson.dumps(value, option=_NOTHING_BUT_JSON)
    except orjson.JSONEncodeError as error:
        raise BadRecord(f"This cannot be kept as JSON: {error}.") from error
    # NaN and the infinities become null without a word; looking for the word first saves most records a second parse.
    if b"null" in data and orjson.loads(data) != value:
        raise BadRecord("This cannot be kept: it would come back from JSON as something else.")
    return data


def tables_in(data: bytes) -> Tables:
    """The TinyDB tables in a file's content: table name → document number → document. Raises Torn."""
    if not data:
        raise Torn("the file is empty")
    try:
        tables = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Torn(f"this is not whole JSON: {error}") from error
    if not isinstance(tables, dict):
        raise Torn("this is JSON but not a set of tables")
    for table in tables.values():
        if not isinstance(table, dict) or not all(isinstance(document, dict) for document in table.values()):
            raise Torn("this is JSON but not tables of documents")
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
        """The tables, or None when there is no file. Raises Torn, OSError."""
        try:
            return tables_in(self._path.read_bytes())
        except FileNotFoundError:
            return None

    def write(self, data: Tables) -> None:
        """Durable when it returns. Raises BadRecord, StorageFull, StorageError, and then nothing has changed."""
        replace_file(self._path, json_bytes(data), self._stamp)


@contextmanager
def _temporary_file(folder: Path, data: bytes, stamp: Stamp) -> Iterator[Path]:
    """A new file with `data` in it, flushed to the disk; gone afterwards unless it was given another name."""
    path = folder / f".{secrets.token_hex(8)}{TEMPORARY}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        try:
            os.fchmod(descriptor, FILE_MODE)
            write_all(descriptor, data)
            stamp(descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        yield path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
