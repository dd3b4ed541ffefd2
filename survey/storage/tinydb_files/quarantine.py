"""What could not be read and was moved out of its place: kept, and spoken of until somebody settles it.

set-aside/rounds/sr-2026/reflection/arfon.json      still missing from its place
set-aside/rounds/sr-2026/reflection/arfon.json.2    its loss was accepted, or another was moved here later
set-aside/rounds/sr-2026/access/arfon.json          of a table: the record alone, as if it had a file of its own
set-aside/rounds/sr-2026/people.tinydb              a database that could not be read at all, with all its tables
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from survey.atomic_file import Stamp, exact_times, make_folder, move_file, remove_file, replace_file
from survey.storage.places import DATABASE, RECORD, SET_ASIDE, database_path, is_name, keeping
from survey.storage.repository import SET_ASIDE_REASON, Misfit, Place, Record, Unreadable, anything_fits
from survey.storage.tinydb_files import documents
from survey.storage.tinydb_files.durable import Malformed, plain_errors, tables_in

_NAMED = re.compile(rf"(?P<key>.+){re.escape(RECORD)}(?:\.(?P<number>[0-9]+))?")

Writing = Callable[[Place, Path], AbstractContextManager[Stamp]]


class FileQuarantine:
    """The quarantine of a data folder. What is in it stays unreadable for everybody until it is settled.

    A record moves alone, also out of a table; when its database cannot be read at all, that moves as a whole.
    """

    def __init__(self, root: Path, writing: Writing, misfit: Misfit = anything_fits) -> None:
        """`writing` holds the lock of a file of a place; `misfit` says what is wrong with a record."""
        self._root = root
        self._writing = writing
        self._misfit = misfit

    def folder(self, place: Place) -> Path:
        """Where what is in quarantine from a place lies."""
        return self._root.joinpath(SET_ASIDE, *place)

    def refuse(self, place: Place, key: str) -> None:
        """Raises Unreadable when a record that is not in its place is in quarantine, alone or with its database."""
        if not keeping(place).passing and self._record(place, key).exists():
            raise Unreadable(place, key, SET_ASIDE_REASON)
        self.refuse_database(place, key)

    def refuse_database(self, place: Place, key: str) -> None:
        """Raises Unreadable when a place is a table of a database that is in quarantine."""
        if not keeping(place).database or database_path(self._root, place).exists():
            return
        if self._database(place).exists():
            raise Unreadable(place, key, SET_ASIDE_REASON)

    def keys(self, place: Place) -> list[str]:
        """The keys of the records of a place that are in quarantine, sorted."""
        if not place or keeping(place).passing or keeping(place).files_only:
            return []
        with suppress(FileNotFoundError, NotADirectoryError):
            names = [path.name for path in self.folder(place).iterdir()]
            keys = (name.removesuffix(RECORD) for name in names if name.endswith(RECORD))
            return sorted(key for key in keys if is_name(key))
        return []

    def files_ever(self, place: Place, key: str) -> list[Path]:
        """Every file in which a record is or was in quarantine, the latest numbers last."""
        first = self._record(place, key)
        return sorted(path for path in (first, *first.parent.glob(f"{first.name}.*")) if path.is_file())

    def add(self, place: Place, key: str) -> Path | None:
        """Move a record that is unreadable out of its place, and say where to.

        None, and no change, when it is readable after all, or gone.
        """
        location = documents.location_of(self._root, place, key)
        with self._writing(place, location.path) as stamp, plain_errors(location.path):
            try:
                self._refuse_misfit(place, key, documents.read_document(location))
            except (Malformed, OSError):
                return self._move(place, key, location, stamp)
            return None

    def put_back(self, place: Place, key: str) -> bool:
        """Move a record that has been mended, or its database, to its place again.

        Whether there was one and its place was free. Raises Unreadable when it has not been mended.
        """
        location = documents.location_of(self._root, place, key)
        path = self._file(place, key)
        if path is None:
            return False
        is_database = path.suffix == DATABASE
        moves_whole = is_database or not keeping(place).database
        with self._writing(place, location.path) as stamp, plain_errors(location.path):
            with documents.unreadable_named(place, key):
                if location.path.exists() if moves_whole else documents.read_document(location) is not None:
                    return False
                content = path.read_bytes()
                record = tables_in(content) if is_database else documents.own_record(content)
                if not is_database:
                    self._refuse_misfit(place, key, record)
            if moves_whole:
                move_file(path, location.path, stamp)
            else:
                documents.change_document(location, None, lambda _: record)
                remove_file(path)
            return True

    def accept_loss(self, place: Place, key: str) -> Path | None:
        """Speak no more of what is in quarantine: its place is free. Its file stays, and this says where.

        None when nothing was in quarantine.
        """
        location = documents.location_of(self._root, place, key)
        path = self._file(place, key)
        if path is None:
            return None
        with self._writing(place, location.path) as stamp, plain_errors(path):
            return _make_room(path, stamp)

    def held(self, place: Place) -> Iterator[tuple[str, int, Any]]:
        files = []
        with suppress(FileNotFoundError, NotADirectoryError):
            for path in self.folder(place).iterdir():
                if (named := _NAMED.fullmatch(path.name)) and path.is_file():
                    files.append((named["key"], int(named["number"] or 0), path))
        for key, number, path in sorted(files):
            try:
                with documents.unreadable_named(place, key):
                    yield key, number, documents.own_document(path.read_bytes())
            except Unreadable:
                if not number:
                    raise

    def hold(self, place: Place, key: str, number: int, document: Any) -> None:
        location = documents.location_of(self._root, place, key)
        path = self._record(place, key)
        with self._writing(place, location.path) as stamp, plain_errors(path):
            make_folder(path.parent)
            replace_file(file_in_quarantine(path, number), documents.own_file(document), stamp)

    def _refuse_misfit(self, place: Place, key: str, record: Record | None) -> None:
        """Raises Malformed."""
        if record is not None and (reason := self._misfit(place, key, record)):
            raise Malformed(reason)

    def _record(self, place: Place, key: str) -> Path:
        return self.folder(place) / f"{key}{RECORD}"

    def _database(self, place: Place) -> Path:
        return self.folder(place[:-1]) / database_path(self._root, place).name

    def _file(self, place: Place, key: str) -> Path | None:
        """The file in quarantine that a record is in, of its own or with its database."""
        files = [self._record(place, key), *([self._database(place)] if keeping(place).database else [])]
        return next((file for file in files if file.exists()), None)

    def _move(self, place: Place, key: str, location: documents.Location, stamp: Stamp) -> Path:
        if not keeping(place).database:
            return quarantine_file(location.path, self._record(place, key), stamp)
        try:
            table, _ = documents.search_table(location.path, location.table, {})
        except (Malformed, OSError):
            return quarantine_file(location.path, self._database(place))
        path = self._record(place, key)
        make_folder(path.parent)
        _make_room(path, stamp)
        replace_file(path, documents.own_file(table[key]))
        documents.remove_document(location)
        return path


def file_in_quarantine(path: Path, number: int) -> Path:
    """Where something is kept under a number that is under 0 in the file `path`."""
    return path.with_name(f"{path.name}.{number}") if number else path


def quarantine_file(path: Path, target: Path, stamp: Stamp = exact_times) -> Path:
    """Move a file into quarantine, beside those before it, and say where to. Raises OSError."""
    _make_room(target, stamp)
    move_file(path, target, stamp)
    return target


def _make_room(path: Path, stamp: Stamp) -> Path:
    """Give a file in quarantine, if there is one, the next free name, and say which."""
    number = 2
    while (free := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    if path.exists():
        move_file(path, free, stamp)
    return free
