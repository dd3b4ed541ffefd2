"""The tables, made ready at the start, and what the database says about itself.

about        format, secret; `moving` while a move into it is not finished
locks        the rows that writers hold; `closed` says why nobody may write, or only a newer version (`formats`)
records      (place, key) → record; `version` is another with each change
set_aside    (place, key, number) → record: the quarantine; number 0 is still missing from its place
files        (place, name, part) → content, in parts, since engines do not take a long one at once
log_entries  (place, name, number) → entry

A place is written with “/” between its parts. No column tells a time.
"""

from psycopg import errors, sql

from survey.storage.key_ring import KeyRing, new_ring, ring_of, text_of
from survey.storage.postgresql.connections import STRIPES, Connections, Cursor
from survey.storage.postgresql.formats import FORMAT, open_for
from survey.storage.repository import StorageError

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
    """Make the tables that are not there, and refuse a database that cannot be used.

    Raises StorageError: it is newer than this version reads, does not wait for its disk, is being moved into, or cannot
    be reached.
    """
    check(connections)
    with connections.statements() as cursor:
        if not _is_made(cursor):
            make_tables(cursor)
            make_secret(cursor, new_ring())


def check(connections: Connections) -> None:
    """Raises StorageError as `make_ready` does; changes nothing."""
    with connections.statements() as cursor:
        _refuse_careless(cursor)
        if _is_made(cursor):
            refuse_newer(format_of(cursor))
            if said(cursor, MOVING) is not None:
                raise StorageError(
                    "A move into this database was begun and is not finished. “data move database” goes on with it, or "
                    "“data restore” with the same backup."
                )


def refuse_in_use(connections: Connections) -> None:
    """Raises StorageError when a database cannot take what is to be moved into it: it holds something already."""
    with connections.statements() as cursor:
        _refuse_careless(cursor)
        refuse_newer(format_of(cursor))
        if _is_made(cursor) and said(cursor, MOVING) is None:
            _refuse_holding(cursor)


def begin_move(connections: Connections, ring: KeyRing) -> None:
    """Make the tables for what is moved into them, with the secrets of that. From now on nobody opens the database.

    A move that was begun with the same secrets is gone on with. Raises StorageError when the database holds more than
    what every start makes.
    """
    refuse_in_use(connections)
    with connections.statements() as cursor:
        make_tables(cursor)
    # Nobody keeps anything between the look whether there is something and the word that a move was begun.
    connections.change(list(range(STRIPES)), lambda cursor: _begin_move(cursor, ring))


def _begin_move(cursor: Cursor, ring: KeyRing) -> None:
    if said(cursor, MOVING) is None:
        _refuse_holding(cursor)
        say(cursor, MOVING, "from a data folder")
        cursor.execute("DELETE FROM about WHERE name = %s", [SECRET])
    make_secret(cursor, ring)
    if said(cursor, SECRET) != text_of(ring):
        raise StorageError("Another folder is being moved into the database. Set SURVEY_DATABASE to an empty one.")


def end_move(connections: Connections) -> None:
    """From now on the database can be opened."""
    connections.change([0], lambda cursor: cursor.execute("DELETE FROM about WHERE name = %s", [MOVING]))


def close(connections: Connections, why: str) -> None:
    """Let nobody write any more, when those are done who do. Comes to the same if it is done again."""
    with connections.statements() as cursor:
        for stripe in range(STRIPES):
            cursor.execute("UPDATE locks SET closed = %s WHERE stripe = %s", [why, stripe])


def refuse_newer(number: int) -> None:
    """Raises StorageError when the format of a database is newer than this version of Myfyrio reads."""
    if number > FORMAT:
        raise StorageError(
            f"The database was made by a newer version of Myfyrio (format {number}; this version reads up to "
            f"{FORMAT}). Nothing was changed. Install the newer version."
        )


def key_ring_in(cursor: Cursor) -> KeyRing:
    """The secrets of a database. Raises StorageError when they are missing or damaged."""
    try:
        return ring_of(said(cursor, SECRET) or "")
    except ValueError:
        raise StorageError(
            "The database has lost its secret. Restore the database from a backup: without it every access code would "
            "have to be issued anew."
        ) from None


def make_secret(cursor: Cursor, ring: KeyRing) -> None:
    """Give a database these secrets, unless it has some; from then on it is known to be made."""
    for name, value in ((SECRET, text_of(ring)), (FORMAT_NAME, str(FORMAT))):
        say(cursor, name, value)


def replace_key_ring(cursor: Cursor, ring: KeyRing) -> None:
    """Give a database these secrets in place of its own."""
    cursor.execute("UPDATE about SET value = %s WHERE name = %s", [text_of(ring), SECRET])


def say(cursor: Cursor, name: str, value: str) -> None:
    """Let the database say something about itself that it does not say yet."""
    cursor.execute("INSERT INTO about VALUES (%s, %s) ON CONFLICT (name) DO NOTHING", [name, value])


def said(cursor: Cursor, name: str) -> str | None:
    """What the database says about itself under a name."""
    row = cursor.execute("SELECT value FROM about WHERE name = %s", [name]).fetchone()
    return row[0] if row else None


def format_of(cursor: Cursor) -> int:
    """The format of a database; 0 of one that is not made yet."""
    return int(said(cursor, FORMAT_NAME) or 0) if _has_tables(cursor) else 0


def _is_made(cursor: Cursor) -> bool:
    return _has_tables(cursor) and said(cursor, FORMAT_NAME) is not None


def _has_tables(cursor: Cursor) -> bool:
    cursor.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = 'about' AND table_schema = current_schema()"
    )
    return cursor.fetchone() is not None


def make_tables(cursor: Cursor) -> None:
    """Make the tables that are not there."""
    for table in TABLES:
        try:
            cursor.execute(table)
        except _MADE_AT_ONCE:
            # Another service, which starts at the same time, was quicker.
            cursor.execute(table)
    cursor.execute(
        "INSERT INTO locks (stripe, closed) SELECT stripe, %s::text FROM generate_series(0, %s) AS stripe "
        "ON CONFLICT (stripe) DO NOTHING",
        [open_for(FORMAT), STRIPES - 1],
    )


def _refuse_holding(cursor: Cursor) -> None:
    for table in OF_PLACES:
        cursor.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table)))
        if cursor.fetchone():
            raise StorageError("The database holds data. Nothing was changed. Set SURVEY_DATABASE to an empty one.")


def _refuse_careless(cursor: Cursor) -> None:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'", [list(names)])
    off = [name for (name,) in cursor.fetchall()]
    if off:
        raise StorageError(
            f"The database does not wait until what is kept is on its disk: {', '.join(off)} is off. Switch it on: "
            "what was acknowledged could be lost."
        )
