"""Files that are on the disk, whole, when writing them returns: the one way in which this program writes a file.

A new file is written beside its place, flushed to the disk, put in place in one step, and the folder is flushed.
A crash at any moment leaves the old content or the new, never a mixture; an error leaves the old content and no
temporary file. Everything here raises OSError when the system refuses.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
TEMPORARY = ".tmp"
DAY_NS = 24 * 60 * 60 * 10**9

Stamp = Callable[[int], None]
"""What to do with the times of an open file or folder before it is flushed."""


def exact_times(descriptor: int) -> None:
    """Leave the times of a file or folder as they are."""


def whole_days(descriptor: int) -> None:
    """Take the hour out of a file's or folder's times: an anonymous answer must not tell when it was given."""
    day = os.fstat(descriptor).st_mtime_ns // DAY_NS * DAY_NS
    os.utime(descriptor, ns=(day, day))


def replace_file(path: Path, data: bytes, stamp: Stamp = exact_times, mode: int = FILE_MODE) -> None:
    """Put `data` in the place of whatever is at `path`."""
    with temporary_file(path.parent, mode) as (temporary, descriptor):
        _fill(descriptor, data, stamp)
        temporary.replace(path)
        sync_folder(path.parent, stamp)


def place_file(path: Path, data: bytes, stamp: Stamp = exact_times) -> None:
    """Put `data` at `path` in one step; whoever writes many files flushes them and their folders afterwards."""
    with temporary_file(path.parent) as (temporary, descriptor):
        write_all(descriptor, data)
        stamp(descriptor)
        temporary.replace(path)


def create_file(path: Path, data: bytes, stamp: Stamp = exact_times, mode: int = FILE_MODE) -> bool:
    """Put `data` at `path` if nothing is there; False, and no change, if something is.

    A link refuses to replace, so this holds between processes that know nothing of each other.
    """
    with temporary_file(path.parent, mode) as (temporary, descriptor):
        _fill(descriptor, data, stamp)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
    sync_folder(path.parent, stamp)
    return True


def remove_file(path: Path, stamp: Stamp = exact_times) -> bool:
    """Whether there was a file; it is gone now."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    sync_folder(path.parent, stamp)
    return True


def move_file(path: Path, target: Path, stamp: Stamp = exact_times) -> None:
    """Give a file another name, in a folder that is made if it is not there."""
    make_folder(target.parent)
    path.rename(target)
    sync_folder(target.parent, stamp)
    sync_folder(path.parent, stamp)


@contextmanager
def temporary_file(folder: Path, mode: int = FILE_MODE) -> Iterator[tuple[Path, int]]:
    """A new, empty file, open for writing, for whoever gives it another name; gone afterwards."""
    path = folder / f".{secrets.token_hex(8)}{TEMPORARY}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        try:
            os.fchmod(descriptor, mode)
            yield path, descriptor
        finally:
            os.close(descriptor)
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for the owner's eyes only whatever the umask."""
    for missing in place_folder(folder):
        sync_folder(missing.parent)


def place_folder(folder: Path) -> list[Path]:
    """As `make_folder`, for whoever flushes many files and their folders afterwards. Returns which were missing."""
    missing = [part for part in reversed((folder, *folder.parents)) if not part.is_dir()]
    for part in missing:
        with suppress(FileExistsError):
            part.mkdir(FOLDER_MODE)
            part.chmod(FOLDER_MODE)
    return missing


def make_folders_in(folder: Path, names: Iterable[str], stamp: Stamp) -> None:
    """Make folders in one that is there, and flush their names to the disk together."""
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
    """Flush the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        stamp(descriptor)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Flush a file to the disk that `place_file` has put there."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`: the system may take it in pieces."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _fill(descriptor: int, data: bytes, stamp: Stamp) -> None:
    write_all(descriptor, data)
    stamp(descriptor)
    os.fsync(descriptor)
