"""Connections to the database: lent to one piece of work at a time, and what the database says against it.

Only what PostgreSQL and the distributed engines that are compatible with it all take is said to it. Such an engine may
refuse a transaction because of another (40001): it is begun again. Nothing is left in a session that the next
transaction needs, so that a pooler may share sessions out by transaction.

Each message that has to be answered costs both sides more than what is asked in it. So a change is two: one begins it,
takes its locks and reads, the other writes and ends it.
"""

import random
import select
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool, PoolTimeout

from survey.storage.postgresql.formats import FORMAT, open_for
from survey.storage.postgresql.jsonb import from_jsonb
from survey.storage.repository import StorageError, StorageFull

PATIENCE = 5.0
"""Seconds to wait for a connection: as long as a standby needs to take over, and not so long that pages pile up."""
LOCK_PATIENCE = 30_000
LONGEST_STATEMENT = 60_000
"""Milliseconds."""
MOST_CONNECTIONS = 8
"""Of one process. A process answers one request at a time, or a few in threads."""
TRUSTED = 1.0
"""Seconds for which a connection that answered is taken to answer still, unless it can be seen that it does not."""
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
LOCK = "SELECT closed FROM locks WHERE stripe = ANY(%s) ORDER BY stripe FOR UPDATE"
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
ATTEMPTS = 12
STRIPES = 256

_AGAIN = (errors.SerializationFailure, errors.DeadlockDetected)
_BROKEN = ("08", "57P", "40003")
"""How the codes of errors begin after which the end of a transaction is not known. Where there is no code, the
connection is gone."""
_DEFAULTS = {
    "connect_timeout": "4",
    "keepalives_idle": "10",
    "tcp_user_timeout": "20000",
    "application_name": "myfyrio",
}
# Said in each transaction, since a pooler may give the next one another session of the server.
_LIMITS = f"""
    SET LOCAL lock_timeout = {LOCK_PATIENCE};
    SET LOCAL statement_timeout = {LONGEST_STATEMENT};
    SET LOCAL idle_in_transaction_session_timeout = {LONGEST_STATEMENT}
"""

Cursor = psycopg.Cursor[tuple[Any, ...]]
Parameters = Sequence[Any] | Mapping[str, Any]
Result = TypeVar("Result")


class ChangeCursor(psycopg.ClientCursor[tuple[Any, ...]]):
    """The cursor of a change. It stands at what the change was begun with reading."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.ending: list[str] = []

    def at_the_end(self, statement: str, parameters: Sequence[Any]) -> None:
        """Say this last, when the change is ended."""
        # By another cursor: this one would forget how to read what it still stands at.
        self.ending.append(psycopg.ClientCursor(self.connection).mogrify(statement, parameters))

    def rows_at_the_end(self, into: str, row: str, rows: Sequence[Sequence[Any]], otherwise: str = "") -> None:
        """Say last, in one statement, that these rows are inserted."""
        said = psycopg.ClientCursor(self.connection)
        self.ending.append(f"{into} {', '.join(said.mogrify(row, values) for values in rows)} {otherwise}")

    def next_rows(self) -> list[tuple[Any, ...]]:
        """What the next statement found of those that were said together."""
        while self.nextset():
            if self.description is not None:
                return self.fetchall()
        raise psycopg.ProgrammingError("there is no statement left that finds anything")


class _Connection(psycopg.Connection[tuple[Any, ...]]):
    """One of the pool, which knows since when nobody has used it."""

    unused_since = float("-inf")


class Connections:
    """The connections of this process to one database. None is made before it is needed."""

    def __init__(self, url: str) -> None:
        given = conninfo_to_dict(url)
        self._pool = ConnectionPool(
            make_conninfo(url, **{name: value for name, value in _DEFAULTS.items() if name not in given}),
            min_size=0,
            max_size=MOST_CONNECTIONS,
            timeout=PATIENCE,
            reconnect_timeout=PATIENCE,
            # A statement that was prepared in a session is not there in the next that a pooler gives.
            kwargs={"autocommit": True, "prepare_threshold": None},
            configure=_configure,
            connection_class=_Connection,
            # One that broke meanwhile, as when the database was started again, is never lent.
            check=_refuse_broken,
            open=True,
        )
        self._here = threading.local()

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def _lent(self) -> Iterator[_Connection]:
        with self._pool.connection() as connection:
            try:
                yield connection
            finally:
                connection.unused_since = time.monotonic()

    @contextmanager
    def statements(self) -> Iterator[Cursor]:
        """A cursor for statements that each stand by themselves: that of the change which this thread is in, if any."""
        within: psycopg.Connection | None = getattr(self._here, "connection", None)
        with plain_errors():
            if within is not None:
                with within.cursor() as cursor:
                    yield cursor
            else:
                with self._lent() as connection, connection.cursor() as cursor:
                    yield cursor

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """What this thread reads is as it was at its first statement, whatever others change meanwhile. It changes
        nothing itself: that raises RuntimeError."""
        with plain_errors(), self._lent() as connection, connection.cursor() as cursor:
            cursor.execute(SNAPSHOT)
            # Between two statements what was read is written elsewhere, which may take its time.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            self._here.connection = connection
            try:
                yield
            finally:
                self._here.connection = None
                _give_up(connection)

    def change(
        self,
        stripes: list[int],
        work: Callable[[ChangeCursor], Result],
        reading: str = "",
        parameters: Parameters = (),
    ) -> Result:
        """What `work` gives, in one transaction, which holds these rows of `locks` and is durable when this returns.

        It is begun with `reading`, statements without which `work` can do nothing: their results are the next of its
        cursor. `work` may be called again. Raises RuntimeError inside of another change, StorageError, and what `work`
        raises; then nothing has changed, unless the connection broke at the very end, which the message says.
        """
        if getattr(self._here, "connection", None) is not None:
            raise RuntimeError("A change to one record cannot write another: do it before or after.")
        return self._begun_again(stripes, {open_for(FORMAT)}, work, reading, parameters)

    def upgrade(self, work: Callable[[ChangeCursor], None]) -> None:
        """Do `work` in a transaction that holds all rows of `locks`, whatever format they are open for. As `change`."""
        any_format = {open_for(number) for number in range(1, FORMAT + 1)}
        self._begun_again(list(range(STRIPES)), any_format, work, "", ())

    def _begun_again(
        self,
        stripes: list[int],
        is_open: set[str],
        work: Callable[[ChangeCursor], Result],
        reading: str,
        parameters: Parameters,
    ) -> Result:
        for attempt in range(ATTEMPTS):
            try:
                return self._changed(stripes, is_open, work, reading, parameters)
            except _AGAIN:
                time.sleep(random.uniform(0, 0.01 * 2 ** min(attempt, 6)))  # noqa: S311 (a pause, no secret)
        raise StorageError("Others write the same at the same time and do not stop. Nothing was changed; try again.")

    def _changed(
        self,
        stripes: list[int],
        is_open: set[str],
        work: Callable[[ChangeCursor], Result],
        reading: str,
        parameters: Parameters,
    ) -> Result:
        with plain_errors(_AGAIN), self._lent() as connection, ChangeCursor(connection) as cursor:
            try:
                said = [BEGIN, _LIMITS, cursor.mogrify(LOCK, [stripes])]
                if reading:
                    said.append(cursor.mogrify(reading, parameters))
                cursor.execute("; ".join(said))
                _refuse_closed(cursor.next_rows(), len(stripes), is_open)
                self._here.connection = connection
                result = work(cursor)
            except BaseException:
                self._here.connection = None
                _give_up(connection)
                raise
            self._here.connection = None
            with _commit_errors(_AGAIN):
                cursor.execute("; ".join([*cursor.ending, "COMMIT"]))
            return result


def _configure(connection: psycopg.Connection) -> None:
    set_json_loads(from_jsonb, connection)
    # For what is read outside of transactions. It is the same for all who share a session.
    connection.execute(sql.SQL("SET statement_timeout = {}").format(LONGEST_STATEMENT))


def _refuse_broken(connection: _Connection) -> None:
    """Raises psycopg.Error when a connection has been broken since it was used. One that the database hung up on can be
    read from; one that was used a moment ago and cannot is asked nothing."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if time.monotonic() - connection.unused_since > TRUSTED or waiting.poll(0):
        ConnectionPool.check_connection(connection)


def _refuse_closed(rows: list[tuple[Any, ...]], wanted: int, is_open: set[str]) -> None:
    """Raises StorageError unless this is what so many rows of `locks` say while one may write."""
    if len(rows) != wanted:
        raise StorageError("The database has lost its locks: it is not as this service made it. Nothing was changed.")
    if others := sorted({closed for (closed,) in rows} - is_open):
        why = others[0] or "it is of format 1, and has to be upgraded first"
        raise StorageError(f"The database is closed: {why}. Nothing was changed.")


def _give_up(connection: psycopg.Connection) -> None:
    if connection.closed:
        return
    try:
        connection.execute("ROLLBACK")
    except psycopg.Error:
        connection.close()


@contextmanager
def _commit_errors(let_through: tuple[type[psycopg.Error], ...]) -> Iterator[None]:
    """What the database itself has refused at the end is undone; of what it could not say any more nobody knows."""
    try:
        yield
    except let_through:
        raise
    except psycopg.OperationalError as error:
        if (error.sqlstate or _BROKEN[0]).startswith(_BROKEN):
            raise StorageError(
                "The connection to the database broke while something was kept: whether it was, is not known. Look, "
                "and if it was not, try again."
            ) from error
        raise


@contextmanager
def plain_errors(let_through: tuple[type[psycopg.Error], ...] = ()) -> Iterator[None]:
    """Turn the database's errors into StorageFull and StorageError that say what is wrong and what to do."""
    try:
        yield
    except let_through:
        raise
    except errors.DiskFull as error:
        raise StorageFull(
            "There is no room left on the disk of the database. What was kept before is untouched. Make room, then "
            "try again."
        ) from error
    except PoolTimeout as error:
        raise StorageError(
            "The database cannot be reached, or has no connection left. Nothing was changed; try again when it can."
        ) from error
    except errors.LockNotAvailable as error:
        raise StorageError("Somebody else is writing and does not stop. Nothing was changed; try again.") from error
    except errors.QueryCanceled as error:
        raise StorageError("The database takes too long to answer. Nothing was changed; try again.") from error
    except errors.ReadOnlySqlTransaction as error:
        raise StorageError(
            "The database takes no changes: it is a standby, or was set so. Nothing was changed."
        ) from error
    except psycopg.OperationalError as error:
        raise StorageError("The connection to the database broke. Nothing was changed; try again.") from error
    except psycopg.Error as error:
        raise StorageError(
            f"The database refused: {error.diag.message_primary or error}. Nothing was changed."
        ) from error
