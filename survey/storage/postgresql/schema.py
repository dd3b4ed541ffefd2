"""The tables, made ready at the start, and what the database says about itself.

about        format, secret; `moving` while a move into it is not finished
locks        the rows that writers hold; `closed` says why nobody may write
records      (place, key) → record; `version` is another with each change
set_aside    (place, key, number) → record: the quarantine; number 0 is still missing from its place
files        (place, name, part) → content, in parts, since engines do not take a long one at once
log_entries  (place, name, number) → entry

A place is written with “/” between its parts. No column tells a time.
"""

import secrets

from psycopg import errors

from survey.storage.postgresql.connections import STRIPES, Connections, Cursor
from survey.storage.repository import StorageError

FORMAT = 1
FORMAT_NAME, SECRET, MOVING = "format", "secret", "moving"

TABLES = (
    "CREATE TABLE IF NOT EXISTS about (name text PRIMARY KEY, value text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS locks (stripe integer PRIMARY KEY, closed text NOT NULL)",
    """CREATE TABLE IF NOT EXISTS records (place text COLLATE "C", key text COLLATE "C", record jsonb NOT NULL,
       version bigint NOT NULL, PRIMARY KEY (place, key))""",
    """CREATE TABLE IF NOT EXISTS set_aside (place text COLLATE "C", key text COLLATE "C", number integer,
       record jsonb NOT NULL, PRIMARY KEY (place, key, number))""",
    """CREATE TABLE IF NOT EXISTS files (place text COLLATE "C", name text COLLATE "C", part integer,
       content bytea NOT NULL, PRIMARY KEY (place, name, part))""",
    """CREATE TABLE IF NOT EXISTS log_entries (place text COLLATE "C", name text COLLATE "C", number bigint,
       entry jsonb NOT NULL, PRIMARY KEY (place, name, number))""",
)
OF_PLACES = ("records", "set_aside", "files", "log_entries")
"""The tables that hold what is kept."""
_MADE_AT_ONCE = (errors.UniqueViolation, errors.DuplicateTable, errors.DuplicateObject, errors.SerializationFailure)


def make_ready(connections: Connections) -> None:
    """Make the tables that are not there, and refuse a database that cannot keep what is promised.

    Raises StorageError: it is newer than this version reads, does not wait for its disk, or cannot be reached.
    """
    with connections.reading() as cursor:
        _refuse_careless(cursor)
        number = _said(cursor, FORMAT_NAME) if _is_made(cursor) else None
        if number is None:
            _make(cursor)
            number = _said(cursor, FORMAT_NAME)
    refuse_newer(int(number or 0))


def refuse_newer(number: int) -> None:
    """Raises StorageError when the format of a database is newer than this version of Myfyrio reads."""
    if number > FORMAT:
        raise StorageError(
            f"The database was made by a newer version of Myfyrio (format {number}; this version reads up to "
            f"{FORMAT}). Nothing was changed. Install the newer version."
        )


def secret_in(cursor: Cursor) -> str:
    """Raises StorageError when it is missing."""
    secret = _said(cursor, SECRET)
    if secret is None:
        raise StorageError(
            "The database has lost its secret. Restore the database from a backup: without it every access code would "
            "have to be issued anew."
        )
    return secret


def _said(cursor: Cursor, name: str) -> str | None:
    found = cursor.execute("SELECT value FROM about WHERE name = %s", [name]).fetchone()
    return found[0] if found else None


def _is_made(cursor: Cursor) -> bool:
    found = cursor.execute("SELECT to_regclass('about') IS NOT NULL").fetchone()
    return bool(found and found[0])


def _make(cursor: Cursor) -> None:
    for table in TABLES:
        try:
            cursor.execute(table)
        except _MADE_AT_ONCE:
            # Another service, which starts at the same time, was quicker.
            cursor.execute(table)
    cursor.execute(
        "INSERT INTO locks (stripe, closed) SELECT stripe, '' FROM generate_series(0, %s) AS stripe "
        "ON CONFLICT (stripe) DO NOTHING",
        [STRIPES - 1],
    )
    # The secret is there before the format, by which the database is known to be made.
    for name, value in ((SECRET, secrets.token_hex(32)), (FORMAT_NAME, str(FORMAT))):
        cursor.execute("INSERT INTO about VALUES (%s, %s) ON CONFLICT (name) DO NOTHING", [name, value])


def _refuse_careless(cursor: Cursor) -> None:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'", [list(names)])
    off = [name for (name,) in cursor.fetchall()]
    if off:
        raise StorageError(
            f"The database does not wait until what is kept is on its disk: {', '.join(off)} is off. Switch it on: "
            "what was acknowledged could be lost."
        )
