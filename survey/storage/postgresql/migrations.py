"""The steps from one format of the database to the next. Each is one transaction, so it is taken whole or not at all,
and of hosts that start at the same time by one.

Whoever writes holds rows of `locks`, and these say for which format the database is open: a service of an earlier
version that still runs is told so and changes nothing. An engine may refuse a transaction because of another, and some
do not take changes of tables back: so a step may be taken again on what it has done already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from survey.storage.postgresql.connections import Connections, Cursor
from survey.storage.postgresql.formats import open_for
from survey.storage.postgresql.schema import FORMAT_NAME, format_of


@dataclass(frozen=True, slots=True)
class SchemaMigration:
    """One step from the format before `to`."""

    to: int
    change: Callable[[Cursor], None]


MIGRATIONS: tuple[SchemaMigration, ...] = ()
"""In order, one for each format from 2 to FORMAT."""


def due(connections: Connections, migrations: Sequence[SchemaMigration] = MIGRATIONS) -> list[SchemaMigration]:
    """The steps that a database has not taken yet. Raises StorageError."""
    with connections.statements() as cursor:
        number = format_of(cursor)
    return [migration for migration in migrations if number and migration.to > number]


def upgrade(connections: Connections, migrations: Sequence[SchemaMigration] = MIGRATIONS) -> None:
    """Take every step that is due. Raises StorageError: the database refuses, or was moved; the steps that were taken
    until then stay."""
    for step in due(connections, migrations):
        connections.upgrade(partial(_take, step))


def _take(step: SchemaMigration, cursor: Cursor) -> None:
    # Another host may have been quicker while this one waited for the locks.
    if format_of(cursor) < step.to:
        step.change(cursor)
        cursor.execute("UPDATE about SET value = %s WHERE name = %s", [str(step.to), FORMAT_NAME])
        cursor.execute("UPDATE locks SET closed = %s", [open_for(step.to)])
