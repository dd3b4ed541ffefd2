"""The repository in a PostgreSQL database, which several hosts may use at once."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from errno import ENOENT
from pathlib import Path
from typing import Any, TypeVar

from psycopg import sql

from survey.storage.key_ring import KeyRing
from survey.storage.places import LOG, file_path, keeping, log_path
from survey.storage.postgresql.connections import STRIPES, ChangeCursor, Connections, Cursor
from survey.storage.postgresql.jsonb import to_jsonb
from survey.storage.postgresql.places_below import parts_below
from survey.storage.postgresql.quarantine import DatabaseQuarantine
from survey.storage.postgresql.schema import OF_PLACES, key_ring_in, replace_key_ring
from survey.storage.postgresql.statements import (
    AFTER_ALL,
    FOUND,
    name_of,
    name_of_record,
    put_records_at_the_end,
    stripe_of,
    wanted,
)
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

PART = 256 * 1024
"""Bytes of a file in one row."""
AT_ONCE = 500
"""Records that are fetched together."""
Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class DatabaseRepository:
    """A Repository (see there for what each method promises) in the database that `connections` lead to."""

    def __init__(self, connections: Connections, misfit: Misfit = anything_fits) -> None:
        """A record that `misfit` says something of is unreadable."""
        self.connections = connections
        self.quarantine = DatabaseQuarantine(connections, misfit)

    def read(self, place: Place, key: str) -> Record | None:
        record = self.read_ahead([(place, key)])[place, key]
        if isinstance(record, Unreadable):
            raise record
        return record

    def read_ahead(self, names: Sequence[Name]) -> Mapping[Name, Record | Unreadable | None]:
        sought = wanted([(name_of_record(place, key), key) for place, key in names])
        if not names:
            return {}
        with self.connections.statements() as cursor:
            rows = cursor.execute(FOUND, sought).fetchall()
        return {(place, key): self._found(rows, place, key) for place, key in names}

    def read_all(self, place: Place) -> Iterator[tuple[str, Record | Unreadable]]:
        name = name_of(place)
        missing = dict.fromkeys(self.quarantine.keys(place))
        after = ""
        while True:
            with self.connections.statements() as cursor:
                cursor.execute(
                    "SELECT key, record FROM records WHERE place = %s AND key > %s ORDER BY key LIMIT %s",
                    [name, after, AT_ONCE],
                )
                records: dict[str, Record | None] = dict(cursor.fetchall())
            is_last = len(records) < AT_ONCE
            after = AFTER_ALL if is_last else max(records)
            due = {key: None for key in missing if key <= after}
            for key in due:
                del missing[key]
            for key, record in sorted({**due, **records}.items()):
                yield key, self._checked(place, key, record)
            if is_last:
                return

    def find(self, place: Place, /, **fields: Any) -> Iterator[tuple[str, Record | Unreadable]]:
        return (
            (key, record)
            for key, record in self.read_all(place)
            if isinstance(record, Unreadable) or all(record.get(name) == value for name, value in fields.items())
        )

    def keys(self, place: Place) -> list[str]:
        with self.connections.statements() as cursor:
            cursor.execute("SELECT key FROM records WHERE place = %s", [name_of(place)])
            keys = {key for (key,) in cursor.fetchall()}
        return sorted(keys.union(self.quarantine.keys(place)))

    def revision(self, place: Place) -> str:
        with self.connections.statements() as cursor:
            rows = cursor.execute(
                "SELECT count(*), coalesce(sum(version::numeric), 0) FROM records WHERE place = %s "
                "UNION ALL SELECT count(*), coalesce(sum(number::numeric), 0) FROM set_aside WHERE place = %s",
                [name_of(place), name_of(place)],
            ).fetchall()
        return " ".join(str(number) for row in rows for number in row)

    def places(self, place: Place) -> list[str]:
        name = name_of(place)
        if keeping(place).spread:
            return []
        with self.connections.statements() as cursor:
            return parts_below(cursor, name)

    def write(self, place: Place, key: str, record: Record) -> None:
        self.update(place, key, lambda _: record)

    def write_all(self, place: Place, records: Sequence[tuple[str, Record]]) -> None:
        if not records:
            return
        kept = dict(records)
        sought = wanted([(name_of_record(place, key), key) for key in kept])

        def work(cursor: ChangeCursor) -> None:
            there = cursor.next_rows()
            for key in {key for _, key, _ in there} & kept.keys():
                record = self._found(there, place, key)
                if isinstance(record, Unreadable):
                    raise record
            put_records_at_the_end(cursor, name_of(place), kept)

        stripes = sorted({stripe_of(place, key) for key in kept})
        self.connections.change(stripes, work, FOUND, sought)

    def create(self, place: Place, key: str, record: Record) -> bool:
        name = name_of_record(place, key)

        def work(cursor: ChangeCursor) -> bool:
            there = self._taken(cursor, place, key)
            if there is None:
                put_records_at_the_end(cursor, name, {key: record})
                return True
            return there == record

        return self._change_record(place, key, work)

    def update(self, place: Place, key: str, change: Callable[[Record | None], Record]) -> Record:
        name = name_of_record(place, key)

        def work(cursor: ChangeCursor) -> Record:
            after = change(self._taken(cursor, place, key))
            put_records_at_the_end(cursor, name, {key: after})
            return after

        return self._change_record(place, key, work)

    def delete(self, place: Place, key: str) -> bool:
        name = name_of_record(place, key)

        def work(cursor: ChangeCursor) -> bool:
            is_there = bool(cursor.next_rows())
            if is_there:
                cursor.at_the_end("DELETE FROM records WHERE place = %s AND key = %s", [name, key])
                cursor.at_the_end("DELETE FROM set_aside WHERE place = %s AND key = %s", [name, key])
            return is_there

        whether = """SELECT 1 FROM records WHERE place = %s AND key = %s
            UNION ALL SELECT 1 FROM set_aside WHERE place = %s AND key = %s"""
        return self.connections.change([stripe_of(place, key)], work, whether, [name, key, name, key])

    def read_bytes(self, place: Place, name: str) -> bytes:
        file_path(Path(), place, name)
        with self.connections.statements() as cursor:
            cursor.execute(
                "SELECT content FROM files WHERE place = %s AND name = %s ORDER BY part", [name_of(place), name]
            )
            parts = [part for (part,) in cursor.fetchall()]
        if not parts:
            raise Unreadable(place, name, os.strerror(ENOENT))
        return b"".join(parts)

    def write_bytes(self, place: Place, name: str, data: bytes) -> None:
        file_path(Path(), place, name)
        where = name_of(place)
        parts = [data[start : start + PART] for start in range(0, max(len(data), 1), PART)]

        def work(change: ChangeCursor) -> None:
            # What is sent apart from its statement is not written out as a text first.
            with change.connection.cursor() as cursor:
                cursor.execute("DELETE FROM files WHERE place = %s AND name = %s", [where, name])
                cursor.executemany(
                    "INSERT INTO files VALUES (%s, %s, %s, %s)",
                    [(where, name, number, part) for number, part in enumerate(parts)],
                )

        self._change(place, name, work)

    def files(self, place: Place) -> list[str]:
        with self.connections.statements() as cursor:
            cursor.execute("SELECT DISTINCT name FROM files WHERE place = %s", [name_of(place)])
            return sorted(name for (name,) in cursor.fetchall())

    def append(self, place: Place, name: str, entry: Record) -> None:
        self.append_all(place, name, [entry])

    def append_all(self, place: Place, name: str, entries: Sequence[Record]) -> None:
        log_path(Path(), place, name)
        where, texts = name_of(place), [to_jsonb(entry) for entry in entries]

        def work(cursor: ChangeCursor) -> None:
            [(last,)] = cursor.next_rows()
            rows = [[where, name, number, text] for number, text in enumerate(texts, start=last + 1)]
            cursor.rows_at_the_end("INSERT INTO log_entries VALUES", "(%s, %s, %s, %s::jsonb)", rows)

        if texts:
            last = "SELECT coalesce(max(number), 0) FROM log_entries WHERE place = %s AND name = %s"
            self.connections.change([stripe_of(place, name + LOG)], work, last, [where, name])

    def entries(self, place: Place, name: str) -> Iterator[Record]:
        for line in self.log_lines(place, name):
            if isinstance(line, Unreadable):
                logger.warning("%s", line)
            else:
                yield line

    def log_lines(self, place: Place, name: str) -> Iterator[Record | Unreadable]:
        file = log_path(Path(), place, name).name
        number = 0
        while True:
            with self.connections.statements() as cursor:
                cursor.execute(
                    "SELECT number, entry FROM log_entries WHERE place = %s AND name = %s AND number > %s "
                    "ORDER BY number LIMIT %s",
                    [name_of(place), name, number, AT_ONCE],
                )
                rows = cursor.fetchall()
            for last, entry in rows:
                number = last
                reason = self.quarantine.reason(place, file, entry)
                yield Unreadable(place, f"{file} line {number}", reason) if reason else entry
            if len(rows) < AT_ONCE:
                return

    def logs(self, place: Place) -> list[str]:
        with self.connections.statements() as cursor:
            cursor.execute("SELECT DISTINCT name FROM log_entries WHERE place = %s", [name_of(place)])
            return sorted(name for (name,) in cursor.fetchall())

    def remove(self, place: Place) -> None:
        name = name_of(place)

        def work(cursor: Cursor) -> None:
            for table in OF_PLACES:
                cursor.execute(
                    sql.SQL("DELETE FROM {} WHERE place = %s OR (place > %s AND place < %s)").format(
                        sql.Identifier(table)
                    ),
                    [name, f"{name}/", f"{name}/{AFTER_ALL}"],
                )

        self.connections.change(list(range(STRIPES)), work)

    def key_ring(self) -> KeyRing:
        with self.connections.statements() as cursor:
            return key_ring_in(cursor)

    def change_key_ring(self, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
        def work(cursor: Cursor) -> KeyRing:
            ring = change(key_ring_in(cursor))
            replace_key_ring(cursor, ring)
            return ring

        return self.connections.change([0], work)

    def problems(self) -> list[str]:
        def work(cursor: Cursor) -> None:
            cursor.execute("INSERT INTO about VALUES ('whether this can be kept', '')")
            raise _WellAsItIs

        try:
            self.key_ring()
            self.connections.change([0], work)
        except _WellAsItIs:
            return []
        except StorageError as error:
            return [str(error)]
        return []

    def _change(self, place: Place, key: str, work: Callable[[ChangeCursor], Result]) -> Result:
        return self.connections.change([stripe_of(place, key)], work)

    def _change_record(self, place: Place, key: str, work: Callable[[ChangeCursor], Result]) -> Result:
        """What `work` gives, which takes (`_taken`) the record first."""
        sought = wanted([(name_of_record(place, key), key)])
        return self.connections.change([stripe_of(place, key)], work, FOUND, sought)

    def _taken(self, cursor: ChangeCursor, place: Place, key: str) -> Record | None:
        record = self._found(cursor.next_rows(), place, key)
        if isinstance(record, Unreadable):
            raise record
        return record

    def _found(self, rows: list[tuple[Any, ...]], place: Place, key: str) -> Record | Unreadable | None:
        """What rows of `FOUND` say of a record."""
        name = name_of(place)
        records = [record for where, of, record in rows if (where, of) == (name, key)]
        if not records or (records == [None] and keeping(place).passing):
            return None
        return self._checked(place, key, next((record for record in records if record is not None), None))

    def _checked(self, place: Place, key: str, record: Record | None) -> Record | Unreadable:
        if record is None:
            return Unreadable(place, key, SET_ASIDE_REASON)
        reason = self.quarantine.reason(place, key, record)
        return Unreadable(place, key, reason) if reason else record


class _WellAsItIs(Exception):
    pass
