"""What could not be read and was moved out of its place: rows of the table `set_aside`, until somebody settles them.

Number 0 is still missing from its place; under the others, the loss was accepted, or another was moved here later. To
mend a record, its row is changed in the database.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from survey.storage.places import RECORD, SET_ASIDE, keeping
from survey.storage.postgresql.connections import Connections, Cursor
from survey.storage.postgresql.jsonb import to_jsonb
from survey.storage.postgresql.statements import name_of, name_of_record, put_record, stripe_of
from survey.storage.repository import SET_ASIDE_REASON, Misfit, Place, Unreadable, anything_fits

_NOT_AN_OBJECT = "this is JSON but not an object"


class DatabaseQuarantine:
    """The quarantine of a database. What is in it stays unreadable for everybody until it is settled."""

    def __init__(self, connections: Connections, misfit: Misfit = anything_fits) -> None:
        self._connections = connections
        self._misfit = misfit

    def refuse(self, cursor: Cursor, place: Place, key: str) -> None:
        """Raises Unreadable when a record that is not in its place is in quarantine."""
        if not keeping(place).passing and _missing(cursor, name_of(place), key) is not None:
            raise Unreadable(place, key, SET_ASIDE_REASON)

    def keys(self, place: Place) -> list[str]:
        """The keys of the records of a place that are in quarantine, sorted."""
        if keeping(place).passing:
            return []
        with self._connections.statements() as cursor:
            cursor.execute("SELECT key FROM set_aside WHERE place = %s AND number = 0", [name_of(place)])
            return sorted(key for (key,) in cursor.fetchall())

    def reason(self, place: Place, key: str, record: object) -> str:
        """What keeps a value from being a record of its place; empty when nothing does."""
        return self._misfit(place, key, record) if isinstance(record, dict) else _NOT_AN_OBJECT

    def add(self, place: Place, key: str) -> PurePath | None:
        name = name_of_record(place, key)

        def work(cursor: Cursor) -> PurePath | None:
            cursor.execute("SELECT record FROM records WHERE place = %s AND key = %s", [name, key])
            row = cursor.fetchone()
            if row is None or not self.reason(place, key, row[0]):
                return None
            _make_room(cursor, name, key)
            cursor.execute(
                "INSERT INTO set_aside SELECT place, key, 0, record FROM records WHERE place = %s AND key = %s",
                [name, key],
            )
            cursor.execute("DELETE FROM records WHERE place = %s AND key = %s", [name, key])
            return _named(place, key, 0)

        return self._connections.change([stripe_of(place, key)], work)

    def put_back(self, place: Place, key: str) -> bool:
        name = name_of_record(place, key)

        def work(cursor: Cursor) -> bool:
            mended = _missing(cursor, name, key)
            cursor.execute("SELECT 1 FROM records WHERE place = %s AND key = %s", [name, key])
            if mended is None or cursor.fetchone():
                return False
            if reason := self.reason(place, key, mended[0]):
                raise Unreadable(place, key, reason)
            put_record(cursor, name, key, mended[0])
            cursor.execute("DELETE FROM set_aside WHERE place = %s AND key = %s AND number = 0", [name, key])
            return True

        return self._connections.change([stripe_of(place, key)], work)

    def accept_loss(self, place: Place, key: str) -> PurePath | None:
        name = name_of_record(place, key)

        def work(cursor: Cursor) -> PurePath | None:
            number = _make_room(cursor, name, key)
            return _named(place, key, number) if number else None

        return self._connections.change([stripe_of(place, key)], work)

    def held(self, place: Place) -> Iterator[tuple[str, int, Any]]:
        with self._connections.statements() as cursor:
            cursor.execute(
                "SELECT key, number, record FROM set_aside WHERE place = %s ORDER BY key, number", [name_of(place)]
            )
            rows = cursor.fetchall()
        yield from rows

    def hold(self, place: Place, key: str, number: int, document: Any) -> None:
        row = [name_of_record(place, key), key, number, to_jsonb(document)]
        self._connections.change(
            [stripe_of(place, key)],
            lambda cursor: cursor.at_the_end(
                "INSERT INTO set_aside VALUES (%s, %s, %s, %s::jsonb) "
                "ON CONFLICT (place, key, number) DO UPDATE SET record = excluded.record",
                row,
            ),
        )


def _missing(cursor: Cursor, name: str, key: str) -> tuple[Any, ...] | None:
    cursor.execute("SELECT record FROM set_aside WHERE place = %s AND key = %s AND number = 0", [name, key])
    return cursor.fetchone()


def _make_room(cursor: Cursor, name: str, key: str) -> int:
    """Give what is missing from its place the next free number, and say which; 0 when there is nothing."""
    cursor.execute("SELECT max(number), count(*) FROM set_aside WHERE place = %s AND key = %s", [name, key])
    last = (cursor.fetchone() or (None,))[0]
    if last is None or _missing(cursor, name, key) is None:
        return 0
    cursor.execute(
        "UPDATE set_aside SET number = %s WHERE place = %s AND key = %s AND number = 0", [last + 1, name, key]
    )
    return int(last) + 1


def _named(place: Place, key: str, number: int) -> PurePath:
    file = f"{key}{RECORD}"
    return PurePath(SET_ASIDE, *place, f"{file}.{number}" if number else file)
