"""The repository as files: one small TinyDB file per record, so that a save costs the same however many there
are, and damage to one file stays in that file."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from heapq import merge
from operator import itemgetter
from pathlib import Path

from survey.storage.data_format import is_data_folder
from survey.storage.places import (
    LOCKS,
    LOG,
    RECORD,
    RESERVED,
    SHARDS,
    file_path,
    folder_of,
    is_name,
    is_spread,
    keeps_files_only,
    log_path,
    record_path,
)
from survey.storage.quarantine import (
    REASON,
    files_aside,
    folder_aside,
    free_path,
    keys_aside,
    path_aside,
    refuse_missing,
)
from survey.storage.repository import Place, Record, StorageError, Unreadable
from survey.storage.tinydb_files.durable import (
    Stamp,
    Torn,
    create_file,
    exact_times,
    make_folder,
    make_folders_in,
    plain_errors,
    remove_file,
    replace_file,
    sync_folder,
    whole_days,
)
from survey.storage.tinydb_files.locks import Locks
from survey.storage.tinydb_files.log_file import append_line, lines
from survey.storage.tinydb_files.record_file import (
    change_record,
    read_record,
    record_bytes,
    record_in,
    unreadable_named,
)

logger = logging.getLogger(__name__)


class FileRepository:
    """A Repository (see there for what each method promises) in the folder `root`, on a local POSIX file system.

    Any number of threads and processes of one host may use the same folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.locks = Locks(root / LOCKS)

    def read(self, place: Place, key: str) -> Record | None:
        record = read_record(record_path(self.root, place, key), place, key)
        if record is None:
            refuse_missing(self.root, place, key)
        return record

    def read_all(self, place: Place) -> Iterator[tuple[str, Record | Unreadable]]:
        for key, path in self._all_files(place):
            if path is None:
                yield key, Unreadable(place, key, REASON)
                continue
            try:
                with unreadable_named(place, key), suppress(FileNotFoundError):
                    with open(path, "rb") as file:  # noqa: PTH123 (a Path per record would take half the time)
                        data = file.read()
                    yield key, record_in(data)
            except Unreadable as error:
                yield key, error

    def keys(self, place: Place) -> list[str]:
        return [key for key, _ in self._all_files(place)]

    def revision(self, place: Place) -> str:
        digest = hashlib.sha256()
        for key, path in self._all_files(place):
            with suppress(FileNotFoundError):
                # Each write makes a new file, which takes its place: so two versions differ at least in the number.
                file = os.stat(path) if path else None  # noqa: PTH116 (a Path per record would take half the time)
                state = (file.st_ino, file.st_mtime_ns, file.st_size) if file else None
                digest.update(f"{key} {state}\n".encode())
        return digest.hexdigest()

    def places(self, place: Place) -> list[str]:
        folder = folder_of(self.root, place)
        if is_spread(place):
            return []
        names = {
            entry.name
            for entry in [*_entries(folder), *_entries(folder_aside(self.root, place))]
            if entry.is_dir() and is_name(entry.name) and not is_data_folder(Path(entry.path))
        }
        return sorted(name for name in names if place or name not in RESERVED)

    def write(self, place: Place, key: str, record: Record) -> None:
        self.update(place, key, lambda _: record)

    def create(self, place: Place, key: str, record: Record) -> bool:
        path = record_path(self.root, place, key)
        with self._writing(place, path) as stamp:
            self._refuse_missing(path, place, key)
            if create_file(path, record_bytes(record), stamp):
                return True
            # Whoever made it may have died before this.
            sync_folder(path.parent, stamp)
            return self.read(place, key) == record

    def update(self, place: Place, key: str, change: Callable[[Record | None], Record]) -> Record:
        path = record_path(self.root, place, key)
        with self._writing(place, path) as stamp:
            self._refuse_missing(path, place, key)
            return change_record(path, place, key, change, stamp)

    def delete(self, place: Place, key: str) -> bool:
        path = record_path(self.root, place, key)
        aside = files_aside(self.root, place, key)
        if not aside and not path.parent.is_dir():
            return False
        with self._writing(place, path) as stamp:
            removed = [remove_file(file, stamp) for file in (path, *aside)]
            return any(removed)

    def set_aside(self, place: Place, key: str) -> Path | None:
        """Move a record that is unreadable out of its place, to set-aside/, and say where.

        It stays unreadable for everybody until it is put back or its loss is accepted. None, and no change, when it
        is readable after all, or gone.
        """
        path = record_path(self.root, place, key)
        with self._writing(place, path) as stamp:
            try:
                read_record(path, place, key)
            except Unreadable:
                aside = path_aside(self.root, place, key)
                if aside.exists():
                    self._rename(aside, free_path(self.root, place, key), stamp)
                self._rename(path, aside, stamp)
                return aside
            return None

    def put_back(self, place: Place, key: str) -> bool:
        """Move a record that was set aside, and has been mended, to its place again. Raises Unreadable when it has not.

        Whether there was one and its place was free.
        """
        path, aside = record_path(self.root, place, key), path_aside(self.root, place, key)
        if not aside.exists():
            return False
        with self._writing(place, path) as stamp:
            if path.exists() or read_record(aside, place, key) is None:
                return False
            self._rename(aside, path, stamp)
            return True

    def accept_loss(self, place: Place, key: str) -> Path | None:
        """Speak no more of a record that was set aside: its place is free. Its file stays, and this says where.

        None when nothing was set aside.
        """
        path, aside = record_path(self.root, place, key), path_aside(self.root, place, key)
        if not aside.exists():
            return None
        with self._writing(place, path) as stamp:
            free = free_path(self.root, place, key)
            self._rename(aside, free, stamp)
            return free

    def read_bytes(self, place: Place, name: str) -> bytes:
        path = file_path(self.root, place, name)
        with unreadable_named(place, name):
            return path.read_bytes()

    def write_bytes(self, place: Place, name: str, data: bytes) -> None:
        path = file_path(self.root, place, name)
        with self._writing(place, path) as stamp:
            replace_file(path, data, stamp)

    def append(self, place: Place, name: str, entry: Record) -> None:
        path = log_path(self.root, place, name)
        with self._writing(place, path):
            append_line(path, entry)

    def entries(self, place: Place, name: str) -> Iterator[Record]:
        for line in self.log_lines(place, name):
            if isinstance(line, Unreadable):
                logger.warning("%s", line)
            else:
                yield line

    def log_lines(self, place: Place, name: str) -> Iterator[Record | Unreadable]:
        """The entries of a log, oldest first, with the lines that are none as the reason why."""
        path = log_path(self.root, place, name)
        with unreadable_named(place, path.name):
            for number, line in enumerate(lines(path), start=1):
                if isinstance(line, Torn):
                    yield Unreadable(place, f"{path.name} line {number}", str(line))
                else:
                    yield line

    def logs(self, place: Place) -> list[str]:
        """The names of the logs of a place, sorted."""
        found = (entry.name for entry in _entries(folder_of(self.root, place)))
        return sorted(name.removesuffix(LOG) for name in found if name.endswith(LOG) and is_name(name))

    def _refuse_missing(self, path: Path, place: Place, key: str) -> None:
        if not path.exists():
            refuse_missing(self.root, place, key)

    def _rename(self, path: Path, other: Path, stamp: Stamp) -> None:
        make_folder(other.parent)
        with plain_errors(path):
            path.rename(other)
        sync_folder(other.parent, stamp)
        sync_folder(path.parent, stamp)

    def _all_files(self, place: Place) -> Iterator[tuple[str, str | None]]:
        """Keys and paths of the records of a place, sorted by key; no path for one that was set aside."""
        folder_of(self.root, place)
        missing = [
            (key, None)
            for key in keys_aside(self.root, place)
            if not keeps_files_only(place) and not record_path(self.root, place, key).exists()
        ]
        yield from merge(self._record_files(place), missing, key=itemgetter(0))

    def _record_files(self, place: Place) -> Iterator[tuple[str, str]]:
        """Keys and paths of the records of a place, sorted by key."""
        folder = folder_of(self.root, place)
        if not place or keeps_files_only(place):
            return
        # Folders are named after the first characters of the keys in them, so the order is that of keys.
        for part in [folder / shard for shard in SHARDS] if is_spread(place) else [folder]:
            yield from sorted(
                (entry.name.removesuffix(RECORD), entry.path)
                for entry in _entries(part)
                if entry.name.endswith(RECORD) and is_name(entry.name.removesuffix(RECORD))
            )

    @contextmanager
    def _writing(self, place: Place, path: Path) -> Iterator[Stamp]:
        """Hold the lock of a record, file or log, with its folder there; gives what to do with file times."""
        with self.locks.held("/".join((*place, path.name))):
            if not path.parent.is_dir():
                self._make(place)
            yield whole_days if is_spread(place) else exact_times

    def _make(self, place: Place) -> None:
        folder = folder_of(self.root, place)
        make_folder(folder)
        if is_spread(place):
            # All at once and with the day only, so that a folder's age does not tell when an answer was given.
            make_folders_in(folder, SHARDS, whole_days)
            sync_folder(folder.parent, whole_days)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StorageError(f"{folder} cannot be read: {error.strerror}.") from error
