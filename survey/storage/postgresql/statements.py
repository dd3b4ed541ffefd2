"""What is said to the database in more than one place: how a place is written, what a record is kept with."""

import secrets
import zlib
from collections.abc import Mapping, Sequence

from survey.storage.places import refuse_place, refuse_record
from survey.storage.postgresql.connections import STRIPES, ChangeCursor, Cursor
from survey.storage.postgresql.jsonb import to_jsonb
from survey.storage.repository import Place, Record

AFTER_ALL = "~"
"""Comes after every character of a name."""


def name_of(place: Place) -> str:
    """How a place is written in the database. Raises BadKey."""
    refuse_place(place)
    return "/".join(place)


def name_of_record(place: Place, key: str) -> str:
    """The name of the place of a record, which may be kept there. Raises BadKey."""
    refuse_record(place, key)
    return "/".join(place)


def stripe_of(place: Place, name: str) -> int:
    """The row of `locks` that a record, file or log falls to."""
    return zlib.crc32("/".join((*place, name)).encode()) % STRIPES


_INTO = "INSERT INTO records VALUES"
_ROW = "(%s, %s, %s::jsonb, %s)"
_OR_REPLACE = "ON CONFLICT (place, key) DO UPDATE SET record = excluded.record, version = excluded.version"

FOUND = """SELECT place, key, record FROM records WHERE place = ANY(%(places)s) AND key = ANY(%(keys)s)
    UNION ALL SELECT place, key, NULL::jsonb FROM set_aside
    WHERE place = ANY(%(places)s) AND key = ANY(%(keys)s) AND number = 0"""
"""Finds records by the names of their places and keys. It gives rows of place, key and record, with no record for what
is in quarantine in its stead; of any of the keys in any of the places, for which one search of the index does."""


def put_record(cursor: Cursor, place: str, key: str, record: Record) -> None:
    """Create or replace a record. Raises BadRecord."""
    cursor.execute(f"{_INTO} {_ROW} {_OR_REPLACE}", _put(place, key, record))


def put_records_at_the_end(cursor: ChangeCursor, place: str, records: Mapping[str, Record]) -> None:
    """Create or replace records of a place with the last that is said of a change. Raises BadRecord."""
    rows = [_put(place, key, record) for key, record in records.items()]
    cursor.rows_at_the_end(_INTO, _ROW, rows, _OR_REPLACE)


def _put(place: str, key: str, record: Record) -> list[object]:
    return [place, key, to_jsonb(record), secrets.randbits(62)]


def wanted(names: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The parameters of `FOUND` for records by the names of their places and keys."""
    return {"places": [place for place, _ in names], "keys": [key for _, key in names]}
