"""Everything moved from the data folder into a database, and back: copied, compared by digest, and only then in use.

Nobody writes meanwhile: the folder is had alone, the database is closed. What was moved stays where it was, and says
that it is used no more. A move that was cut short is gone on with when it is asked for again.
"""

from collections.abc import Callable
from pathlib import Path

from survey.atomic_file import FOLDER_MODE, make_folder
from survey.storage.archive import Progress, no_progress
from survey.storage.backup import InUse, holds_data
from survey.storage.data_folder import open_data_folder
from survey.storage.occupancy import alone_with
from survey.storage.postgresql import schema
from survey.storage.postgresql.opening import connections_to, database_as_it_is
from survey.storage.replication import copy_all
from survey.storage.repository import Repository, StorageError
from survey.storage.tinydb_files.data_format import (
    FORMAT,
    MOVING,
    make_secret,
    note_moved,
    write_format,
)
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.repository import FileRepository


def move_into_database(
    folder: Path, url: str, note: Callable[[Repository], None] = lambda _: None, progress: Progress = no_progress
) -> str:
    """Returns the digest of everything, also of what `note` keeps in the folder before: so both ways have the same one.

    Raises InUse while a service runs on the folder, Unreadable, StorageError: the database holds something else.
    """
    source = open_data_folder(folder)
    connections = connections_to(url)
    with alone_with(folder) as is_alone:
        if not is_alone:
            raise InUse(f"A service is running on {folder}.")
        schema.begin_move(connections, source.key_ring())
        note(source)
        with source.locks.all_held():
            digest = copy_all(source, database_as_it_is(url), progress)
            schema.end_move(connections)
            note_moved(folder)
    return digest


def move_into_folder(url: str, folder: Path, progress: Progress = no_progress) -> str:
    """Returns the digest of everything. Raises Unreadable, StorageError: the folder holds something else."""
    source = database_as_it_is(url)
    schema.check(connections_to(url))
    begun = folder / MOVING
    if holds_data(folder) and not begun.exists():
        raise StorageError(f"{folder} holds data. Nothing was changed. Set SURVEY_DATA to an empty folder.")
    with plain_errors(folder):
        make_folder(folder)
        folder.chmod(FOLDER_MODE)
        begun.touch()
    schema.close(connections_to(url), f"it was moved to {folder}, or is being moved there")
    digest = copy_all(source, FileRepository(folder), progress)
    make_secret(folder, source.key_ring())
    write_format(folder, FORMAT)
    with plain_errors(folder):
        begun.unlink()
    return digest
