"""The repository that the settings name, whichever way it is kept. Nobody above asks which.

What talks to a database is loaded only where there is one.
"""

from pathlib import Path

from survey.storage.backup import remove_leftovers
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import Misfit, Repository, anything_fits
from survey.storage.tinydb_files.data_format import FORMAT, read_format
from survey.storage.tinydb_files.repository import FileRepository


def open_storage(folder: Path, database: str | None, misfit: Misfit = anything_fits) -> Repository:
    """What is kept in the database, or else in the folder, made ready if this is the first to use it, and upgraded,
    after a copy of it beside the folder, when its format is old.

    Raises StorageError.
    """
    if database is None:
        return open_data_folder(folder, misfit=misfit)
    from survey.storage.database_backup import copy_before_upgrade
    from survey.storage.postgresql.opening import open_database

    remove_leftovers(folder.absolute())
    for to in formats_due(database)[:1]:
        copy_before_upgrade(database, folder, to)
    return open_database(database, misfit)


def check_database(database: str) -> None:
    """Whether this version can use a database as it is; change nothing. Raises StorageError."""
    from survey.storage.postgresql.opening import connections_to
    from survey.storage.postgresql.schema import check

    check(connections_to(database))


def formats_due(database: str) -> list[int]:
    """The formats into which a database has to be brought for this version, in order. Raises StorageError."""
    from survey.storage.postgresql.migrations import due
    from survey.storage.postgresql.opening import connections_to

    return [step.to for step in due(connections_to(database))]


def holds_records(folder: Path, database: str | None) -> bool:
    """Whether there is anything of the format that this version reads. Changes nothing. Raises StorageError."""
    if database is None:
        return read_format(folder) == FORMAT
    from survey.storage.postgresql import formats
    from survey.storage.postgresql.opening import connections_to
    from survey.storage.postgresql.schema import format_of

    with connections_to(database).statements() as cursor:
        return format_of(cursor) == formats.FORMAT


def storage_as_it_is(folder: Path, database: str | None, misfit: Misfit = anything_fits) -> Repository:
    """The same without looking at it: whatever is asked of it may raise StorageError."""
    if database is None:
        return FileRepository(folder, misfit)
    from survey.storage.postgresql.opening import database_as_it_is

    return database_as_it_is(database, misfit)
