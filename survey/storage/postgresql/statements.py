"""What is said to the database in more than one place: how a place is written, what a record is kept with."""

import secrets
import zlib
from pathlib import Path

from psycopg import sql

from survey.storage.places import folder_of, record_path
from survey.storage.postgresql.connections import STRIPES, Cursor
from survey.storage.postgresql.jsonb import to_jsonb
from survey.storage.repository import Place, Record

AFTER_ALL = "~"
"""Comes after every character of a name."""

# From one place to the next, over all that lies below the same part: so as many steps as there are parts.
BELOW = sql.SQL("""
    WITH RECURSIVE found (place) AS (
        (SELECT min(place) FROM {table} WHERE place > %(below)s AND place < %(end)s)
        UNION ALL
        SELECT (
            SELECT min(place) FROM {table} AS later
            WHERE later.place < %(end)s AND later.place > CASE
                WHEN strpos(substr(found.place, length(%(below)s) + 1), '/') = 0 THEN found.place
                ELSE %(below)s || split_part(substr(found.place, length(%(below)s) + 1), '/', 1) || '/~'
            END
        ) FROM found WHERE found.place IS NOT NULL
    )
    SELECT place FROM found WHERE place IS NOT NULL
""")


def name_of(place: Place) -> str:
    """How a place is written in the database. Raises BadKey."""
    folder_of(Path(), place)
    return "/".join(place)


def name_of_record(place: Place, key: str) -> str:
    """The name of the place of a record, which may be kept there. Raises BadKey."""
    record_path(Path(), place, key)
    return "/".join(place)


def stripe_of(place: Place, name: str) -> int:
    """The row of `locks` that a record, file or log falls to."""
    return zlib.crc32("/".join((*place, name)).encode()) % STRIPES


def put_record(cursor: Cursor, place: str, key: str, record: Record) -> None:
    """Create or replace a record. Raises BadRecord."""
    cursor.execute(
        "INSERT INTO records VALUES (%s, %s, %s::jsonb, %s) ON CONFLICT (place, key) "
        "DO UPDATE SET record = excluded.record, version = excluded.version",
        [place, key, to_jsonb(record), secrets.randbits(62)],
    )
