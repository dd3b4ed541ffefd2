"""Records as documents of TinyDB: each the only one of a file of its own, or one of many in a table.

Documents go by our keys. A table may hold one that is malformed: it is carried along unchanged, reported under its
key and found by no look-up, and harms no other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.queries import QueryInstance
from tinydb.table import Document, Table

from survey.atomic_file import Stamp, exact_times
from survey.storage.json_form import json_bytes
from survey.storage.places import keeping, record_path
from survey.storage.repository import Place, Record, Unreadable
from survey.storage.tinydb_files.durable import DurableStorage, Malformed, tables_in

OWN_TABLE, OWN_KEY = "record", "1"
"""The only table of a record's own file, and the only document in it."""
NOT_AN_OBJECT = "this is JSON but not an object"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a document is: the file, the table in it, and its key there."""

    path: Path
    table: str = OWN_TABLE
    key: str = OWN_KEY


class KeyedTable(Table):
    """A table whose documents go by texts, where TinyDB's own go by numbers."""

    document_id_class: Any = str


class Database(TinyDB):
    """A TinyDB of keyed tables in a file that is written durably."""

    table_class = KeyedTable
    default_storage_class: Any = DurableStorage


def location_of(root: Path, place: Place, key: str) -> Location:
    """Where a record is kept. Raises BadKey."""
    path = record_path(root, place, key)
    return Location(path, place[-1], key) if keeping(place).database else Location(path)


def own_file(document: Any) -> bytes:
    """The content of a file that holds nothing but this document. Raises BadRecord."""
    return json_bytes({OWN_TABLE: {OWN_KEY: document}})


def own_record(data: bytes) -> Record:
    """The record in the content of a file of its own. Raises Malformed."""
    return _sound(own_document(data))


def own_document(data: bytes) -> Any:
    """What stands there in the place of the record, whatever it is. Raises Malformed."""
    tables = tables_in(data)
    try:
        return tables[OWN_TABLE][OWN_KEY]
    except KeyError:
        raise Malformed("the file holds no record") from None


def read_document(location: Location) -> Record | None:
    """The record that is kept there, or None. Raises Malformed, OSError."""
    try:
        data = location.path.read_bytes()
    except FileNotFoundError:
        return None
    if location.table == OWN_TABLE:
        return own_record(data)
    table = tables_in(data).get(location.table, {})
    return _sound(table[location.key]) if location.key in table else None


def search_table(path: Path, table: str, fields: Record) -> tuple[dict[str, Any], set[str]]:
    """The documents of a table by their keys, malformed ones too; and the keys of those that have these values.

    Raises Malformed, OSError.
    """
    read_once = CachingMiddleware(DurableStorage)  # type: ignore[no-untyped-call]
    with Database(path, storage=read_once) as database:
        documents = (database.storage.read() or {}).get(table, {})
        if not fields:
            return documents, set(documents)
        condition: QueryInstance = reduce(and_, (where(name) == value for name, value in fields.items()))
        return documents, {str(document.doc_id) for document in database.table(table).search(condition)}


def change_document(
    location: Location, before: Record | None, change: Callable[[Record | None], Record], stamp: Stamp = exact_times
) -> Record:
    """Replace the document, which is `before` now, by what `change` makes of it, and return that.

    The caller holds the file's lock. Raises BadRecord, StorageError and what `change` raises, and then nothing has
    changed.
    """
    is_new = before is None
    after = change(before)

    def replace(document: Any) -> None:
        # TinyDB merges: what the change took out has to be taken out here.
        document.clear()
        document.update(after)

    with Database(location.path, stamp) as database:
        table = database.table(location.table)
        key: Any = location.key
        if is_new:
            table.insert(Document(after, doc_id=key))
        else:
            table.update(replace, doc_ids=[key])
    return after


def remove_document(location: Location) -> bool:
    """Whether there was such a document, malformed or not, in its table; it is gone now.

    The caller holds the file's lock. Raises Malformed, OSError, StorageError.
    """
    if location.key not in search_table(location.path, location.table, {})[0]:
        return False
    with Database(location.path) as database:
        key: Any = location.key
        database.table(location.table).remove(doc_ids=[key])
    return True


@contextmanager
def unreadable_named(place: Place, key: str) -> Iterator[None]:
    """Turn what reading a file raises into Unreadable, with the place and the key."""
    try:
        yield
    except Malformed as error:
        raise Unreadable(place, key, str(error)) from error
    except OSError as error:
        raise Unreadable(place, key, error.strerror or str(error)) from error


def _sound(document: Any) -> Record:
    if not isinstance(document, dict):
        raise Malformed(NOT_AN_OBJECT)
    return document
