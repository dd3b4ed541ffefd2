"""The repository as TinyDB files. Where writers compete a record has a file of its own, so that a save costs the same
however many there are, and damage stays in that file; small collections that are looked up are tables of one file."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from survey.atomic_file import (
    Stamp,
    exact_times,
    make_folder,
    make_folders_in,
    remove_file,
    replace_file,
    sync_folder,
    whole_days,
)
from survey.storage import places
from survey.storage.key_ring import KeyRing
from survey.storage.places import DATABASE, LOCKS, LOG, RECORD, SHARDS, database_path, folder_of, is_name, keeping
from survey.storage.repository import (
    SET_ASIDE_REASON,
    Misfit,
    Name,
    Place,
    Record,
    StorageError,
    Unreadable,
    anything_fits,
)
from survey.storage.tinydb_files import documents
from survey.storage.tinydb_files.condition import problems_of
from survey.storage.tinydb_files.data_format import META, is_data_folder, key_ring_of, refuse_other, replace_key_ring
from survey.storage.tinydb_files.documents import (
    Location,
    change_document,
    location_of,
    unreadable_named,
)
from survey.storage.tinydb_files.durable import Malformed, append_line, lines, plain_errors
from survey.storage.tinydb_files.locks import Locks
from survey.storage.tinydb_files.quarantine import FileQuarantine
from survey.storage.tinydb_files.removal import remove_place

KEYS = "secret"
"""The lock of who changes the secrets."""

logger = logging.getLogger(__name__)


class FileRepository:
    """A Repository (see there for what each method promises) in the folder `root`, on a local POSIX file system.

    Any number of threads and processes of one host may use the same folder.
    """

    def __init__(self, root: Path, misfit: Misfit = anything_fits) -> None:
        """A record that `misfit` says something of is unreadable, like a torn one."""
        self.root = root
        self.locks = Locks(root / LOCKS)
        self.quarantine = FileQuarantine(root, self._writing, misfit)
        self._misfit = misfit
        self._format_seen: tuple[int, int] | None = None

    def read(self, place: Place, key: str) -> Record | None:
        return self._read(location_of(self.root, place, key), place, key)

    def read_ahead(self, names: Sequence[Name]) -> Mapping[Name, Record | Unreadable | None]:
        return {}

    def read_all(self, place: Place) -> Iterator[tuple[str, Record | Unreadable]]:
        return self._read_table(place, {}) if keeping(place).database else self._read_files(place)

    def find(self, place: Place, /, **fields: Any) -> Iterator[tuple[str, Record | Unreadable]]:
        if keeping(place).database:
            return self._read_table(place, fields)
        return (
            (key, record)
            for key, record in self._read_files(place)
            if isinstance(record, Unreadable) or all(record.get(name) == value for name, value in fields.items())
        )

    def keys(self, place: Place) -> list[str]:
        if keeping(place).database:
            return [key for key, _ in self._read_table(place, {})]
        return list(self._files(place))

    def revision(self, place: Place) -> str:
        digest = hashlib.sha256()
        kept = {place[-1]: str(database_path(self.root, place))} if keeping(place).database else self._files(place)
        for key, path in kept.items():
            with suppress(FileNotFoundError):
                # Each write makes a new file, which takes its place: so two versions differ at least in the number.
                file = os.stat(path) if path else None  # noqa: PTH116 (a Path per record would take half the time)
                state = (file.st_ino, file.st_mtime_ns, file.st_size) if file else None
                digest.update(f"{key} {state}\n".encode())
        return digest.hexdigest()

    def places(self, place: Place) -> list[str]:
        folder = folder_of(self.root, place)
        if keeping(place).spread:
            return []
        entries = [*_entries(folder), *_entries(self.quarantine.folder(place))]
        folders = {
            entry.name
            for entry in entries
            if entry.is_dir() and is_name(entry.name) and not is_data_folder(Path(entry.path))
        }
        names = {entry.name for entry in entries}
        tables = {table for table, database in places.tables_below(place) if database in names}
        return sorted(name for name in folders | tables if place or name not in places.RESERVED)

    def write(self, place: Place, key: str, record: Record) -> None:
        self.update(place, key, lambda _: record)

    def write_all(self, place: Place, records: Sequence[tuple[str, Record]]) -> None:
        for key, record in records:
            self.write(place, key, record)

    def create(self, place: Place, key: str, record: Record) -> bool:
        location = location_of(self.root, place, key)
        with self._writing(place, location.path) as stamp:
            there = self._read(location, place, key)
            if there is None:
                change_document(location, None, lambda _: record, stamp)
                return True
            # Whoever made it may have died before this.
            with plain_errors(location.path):
                sync_folder(location.path.parent, stamp)
            return there == record

    def update(self, place: Place, key: str, change: Callable[[Record | None], Record]) -> Record:
        location = location_of(self.root, place, key)
        with self._writing(place, location.path) as stamp:
            return change_document(location, self._read(location, place, key), change, stamp)

    def delete(self, place: Place, key: str) -> bool:
        location = location_of(self.root, place, key)
        quarantined = self.quarantine.files_ever(place, key)
        if not quarantined and not location.path.parent.is_dir():
            return False
        with self._writing(place, location.path) as stamp, plain_errors(location.path):
            if keeping(place).database:
                self.quarantine.refuse_database(place, key)
                with unreadable_named(place, key):
                    removed = [documents.remove_document(location)]
            else:
                removed = [remove_file(location.path, stamp)]
            removed += [remove_file(file, stamp) for file in quarantined]
            return any(removed)

    def read_bytes(self, place: Place, name: str) -> bytes:
        path = places.file_path(self.root, place, name)
        with unreadable_named(place, name):
            return path.read_bytes()

    def write_bytes(self, place: Place, name: str, data: bytes) -> None:
        path = places.file_path(self.root, place, name)
        with self._writing(place, path) as stamp, plain_errors(path):
            replace_file(path, data, stamp)

    def files(self, place: Place) -> list[str]:
        if not place:
            return []
        others = (LOG,) if keeping(place).files_only else (LOG, RECORD, DATABASE)
        names = (entry.name for entry in _entries(folder_of(self.root, place)) if entry.is_file())
        return sorted(name for name in names if is_name(name) and not name.endswith(others))

    def append(self, place: Place, name: str, entry: Record) -> None:
        path = places.log_path(self.root, place, name)
        with self._writing(place, path):
            append_line(path, entry)

    def append_all(self, place: Place, name: str, entries: Sequence[Record]) -> None:
        for entry in entries:
            self.append(place, name, entry)

    def entries(self, place: Place, name: str) -> Iterator[Record]:
        for line in self.log_lines(place, name):
            if isinstance(line, Unreadable):
                logger.warning("%s", line)
            else:
                yield line

    def log_lines(self, place: Place, name: str) -> Iterator[Record | Unreadable]:
        path = places.log_path(self.root, place, name)
        with unreadable_named(place, path.name):
            for number, line in enumerate(lines(path), start=1):
                if isinstance(line, Malformed):
                    yield Unreadable(place, f"{path.name} line {number}", str(line))
                elif reason := self._misfit(place, path.name, line):
                    yield Unreadable(place, f"{path.name} line {number}", reason)
                else:
                    yield line

    def logs(self, place: Place) -> list[str]:
        names = (entry.name for entry in _entries(folder_of(self.root, place)))
        return sorted(name.removesuffix(LOG) for name in names if name.endswith(LOG) and is_name(name))

    def remove(self, place: Place) -> None:
        self._refuse_other_format()
        remove_place(self.root, self.locks, place)

    def key_ring(self) -> KeyRing:
        return key_ring_of(self.root)

    def change_key_ring(self, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
        self._refuse_other_format()
        with self.locks.one_at_a_time(KEYS):
            ring = change(key_ring_of(self.root))
            replace_key_ring(self.root, ring)
        return ring

    def problems(self) -> list[str]:
        return problems_of(self.root)

    def _read(self, location: Location, place: Place, key: str) -> Record | None:
        with unreadable_named(place, key):
            record = documents.read_document(location)
        if record is None:
            self.quarantine.refuse(place, key)
        elif reason := self._misfit(place, key, record):
            raise Unreadable(place, key, reason)
        return record

    def _read_table(self, place: Place, fields: Record) -> Iterator[tuple[str, Record | Unreadable]]:
        """The records of a table with these values; one fault, named after the database, when that cannot be read."""
        database = database_path(self.root, place)
        try:
            self.quarantine.refuse_database(place, database.stem)
            with unreadable_named(place, database.stem):
                table, matching = documents.search_table(database, place[-1], fields)
        except Unreadable as error:
            yield database.stem, error
            return
        for key in sorted({*table, *self.quarantine.keys(place)}):
            if key not in table:
                yield key, Unreadable(place, key, SET_ASIDE_REASON)
            elif not isinstance(table[key], dict):
                yield key, Unreadable(place, key, documents.NOT_AN_OBJECT)
            elif reason := self._misfit(place, key, table[key]):
                yield key, Unreadable(place, key, reason)
            elif key in matching:
                yield key, table[key]

    def _read_files(self, place: Place) -> Iterator[tuple[str, Record | Unreadable]]:
        for key, path in self._files(place).items():
            if path is None:
                yield key, Unreadable(place, key, SET_ASIDE_REASON)
                continue
            try:
                with unreadable_named(place, key), suppress(FileNotFoundError):
                    with open(path, "rb") as file:  # noqa: PTH123 (a Path per record would take half the time)
                        data = file.read()
                    record = documents.own_record(data)
                    reason = self._misfit(place, key, record)
                    yield key, Unreadable(place, key, reason) if reason else record
            except Unreadable as error:
                yield key, error

    def _files(self, place: Place) -> dict[str, str | None]:
        """The paths of the records of a place by their keys, sorted; no path for one that is in quarantine."""
        folder, how = folder_of(self.root, place), keeping(place)
        if not place or how.files_only:
            return {}
        files: dict[str, str | None] = dict.fromkeys(self.quarantine.keys(place))
        for part in [folder / shard for shard in SHARDS] if how.spread else [folder]:
            for entry in _entries(part):
                key = entry.name.removesuffix(RECORD)
                if key != entry.name and is_name(key):
                    files[key] = entry.path
        return dict(sorted(files.items()))

    @contextmanager
    def _writing(self, place: Place, path: Path) -> Iterator[Stamp]:
        """Hold the lock of a record, database, file or log, with its folder there; gives what to do with file times."""
        with self.locks.held(path.relative_to(self.root).as_posix()):
            self._refuse_other_format()
            if not path.parent.is_dir():
                with plain_errors(path.parent):
                    self._make_folder(place, path)
            yield whole_days if keeping(place).spread or keeping(place).by_day else exact_times

    def _refuse_other_format(self) -> None:
        """Another version may have upgraded the folder since this process opened it, or moved it away."""
        try:
            file = os.stat(self.root / META)  # noqa: PTH116 (asked before every write)
        except OSError:
            return
        seen = (file.st_ino, file.st_mtime_ns)
        if seen != self._format_seen:
            refuse_other(self.root)
            self._format_seen = seen

    def _make_folder(self, place: Place, path: Path) -> None:
        if not keeping(place).spread:
            make_folder(path.parent)
            return
        folder = folder_of(self.root, place)
        make_folder(folder)
        # All at once and with the day only, so that a folder's age does not tell when an answer was given.
        make_folders_in(folder, SHARDS, whole_days)
        sync_folder(folder.parent, whole_days)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StorageError(f"{folder} cannot be read: {error.strerror}.") from error
