"""One record in one TinyDB file: the only document of the only table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document

from survey.storage.repository import Place, Record, Unreadable
from survey.storage.tinydb_files.durable import DurableStorage, Stamp, Tables, Torn, exact_times, json_bytes, tables_in

TABLE = "record"
ONLY = 1


def record_bytes(record: Record) -> bytes:
    """The content of a record's file. Raises BadRecord."""
    return json_bytes({TABLE: {str(ONLY): record}})


def record_in(data: bytes) -> Record:
    """The record in the content of a file. Raises Torn."""
    return _record_of(tables_in(data))


def read_record(path: Path, place: Place, key: str) -> Record | None:
    """The record in a file, or None when there is no file. Raises Unreadable."""
    tables = _RecordStorage(path, place, key).read()
    return None if tables is None else _record_of(tables)


def change_record(
    path: Path, place: Place, key: str, change: Callable[[Record | None], Record], stamp: Stamp = exact_times
) -> Record:
    """Replace the record in a file by what `change` makes of it, and return that. The caller holds its lock.

    Raises Unreadable, BadRecord, StorageError and what `change` raises, and then nothing has changed.
    """
    with TinyDB(path, place, key, stamp, storage=_RecordStorage) as database:
        table = database.table(TABLE)
        if not path.exists():
            after = change(None)
            table.insert(Document(after, doc_id=ONLY))
            return after
        replacing = _Replacing(change)
        table.update(replacing, doc_ids=[ONLY])
        return replacing.after


@contextmanager
def unreadable_named(place: Place, key: str) -> Iterator[None]:
    """Turn what reading a file raises into Unreadable, with the place and the key."""
    try:
        yield
    except Torn as error:
        raise Unreadable(place, key, str(error)) from error
    except OSError as error:
        raise Unreadable(place, key, error.strerror or str(error)) from error


class _RecordStorage(DurableStorage):
    """The storage of one record's file, which knows whose it is and takes nothing else for it."""

    def __init__(self, path: Path, place: Place, key: str, stamp: Stamp = exact_times) -> None:
        super().__init__(path, stamp)
        self._place = place
        self._key = key

    def read(self) -> Tables | None:
        """The tables with the record in them, or None when there is no file. Raises Unreadable."""
        with unreadable_named(self._place, self._key):
            tables = super().read()
            if tables is not None:
                _record_of(tables)
            return tables


class _Replacing:
    """A change as an operation of TinyDB's, which merges: what the change took out has to be taken out here."""

    def __init__(self, change: Callable[[Record | None], Record]) -> None:
        self.after: Record = {}
        self._change = change

    def __call__(self, document: Record) -> None:
        self.after = self._change(dict(document))
        document.clear()
        document.update(self.after)


def _record_of(tables: Tables) -> Record:
    try:
        record: Record = tables[TABLE][str(ONLY)]
    except KeyError:
        raise Torn("the file holds no record") from None
    return record
