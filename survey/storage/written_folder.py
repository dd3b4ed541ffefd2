"""What a repository holds, written out as the files of a data folder that somebody reads at once and throws away.

Nothing is flushed to the disk and a table is written once, so it takes a fraction of what a durable copy would.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from survey.atomic_file import FILE_MODE, place_folder
from survey.storage.archive import Progress, no_progress
from survey.storage.json_form import json_bytes
from survey.storage.places import MOMENTARY, RECORD, SET_ASIDE, file_path, keeping, log_path
from survey.storage.repository import SET_ASIDE_REASON, Place, Record, Repository, Unreadable
from survey.storage.tinydb_files.documents import location_of, own_file
from survey.storage.tinydb_files.durable import Tables, plain_errors
from survey.storage.tinydb_files.quarantine import file_in_quarantine
from survey.storage.verification import all_places


def write_folder(source: Repository, root: Path, progress: Progress = no_progress) -> list[Unreadable]:
    """Write what belongs into a backup and can be read into the empty folder `root`, what is in quarantine too; return
    what cannot be read.

    Raises StorageError.
    """
    places = [place for place in all_places(source) if place and place[0] not in MOMENTARY]
    writer = _FolderWriter(source, root)
    with plain_errors(root):
        for done, place in enumerate(places, start=1):
            writer.add(place)
            progress(done, len(places))
        writer.finish()
    return writer.unreadable


class _FolderWriter:
    def __init__(self, source: Repository, root: Path) -> None:
        self._source, self._root = source, root
        self._tables: dict[Path, Tables] = {}
        self.unreadable: list[Unreadable] = []

    def add(self, place: Place) -> None:
        """Write what is in a place; records of tables when all are known. Raises OSError."""
        for key, kept in self._source.read_all(place):
            for record in self._readable(kept):
                location = location_of(self._root, place, key)
                if keeping(place).database:
                    tables = self._tables.setdefault(location.path, {})
                    tables.setdefault(location.table, {})[location.key] = record
                else:
                    _write(location.path, own_file(record))
        for key, number, document in self._source.quarantine.held(place):
            path = self._root.joinpath(SET_ASIDE, *place, f"{key}{RECORD}")
            _write(file_in_quarantine(path, number), own_file(document))
        for name in self._source.files(place):
            _write(file_path(self._root, place, name), self._source.read_bytes(place, name))
        for name in self._source.logs(place):
            entries = (entry for line in self._source.log_lines(place, name) for entry in self._readable(line))
            _write(log_path(self._root, place, name), b"".join(json_bytes(entry) + b"\n" for entry in entries))

    def finish(self) -> None:
        for path, tables in self._tables.items():
            _write(path, json_bytes(tables))

    def _readable(self, kept: Record | Unreadable) -> Iterator[Record]:
        if not isinstance(kept, Unreadable):
            yield kept
        elif kept.reason != SET_ASIDE_REASON:
            self.unreadable.append(kept)


def _write(path: Path, data: bytes) -> None:
    if not path.parent.is_dir():
        place_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
