"""Backups of what is in a database, in the form of those of a data folder: either can be restored as the other.

Everything is first written, as it is at one moment, into a folder beside the data folder, which is gone afterwards.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from survey.storage.archive import Progress, Restorable, no_progress
from survey.storage.backup import unpack
from survey.storage.copying import copy_readable
from survey.storage.moving import move_into_database
from survey.storage.postgresql.opening import connections_to, database_as_it_is
from survey.storage.repository import Unreadable
from survey.storage.throw_away import throw_away_folder
from survey.storage.tinydb_files.data_format import FORMAT, make_secret, write_format
from survey.storage.tinydb_files.repository import FileRepository


@contextmanager
def database_as_folder(
    url: str, root: Path, progress: Progress = no_progress
) -> Iterator[tuple[Path, Sequence[Unreadable]]]:
    """A data folder that holds what a database does, beside `root`; and what could not be read, and so is not in it.

    Services go on writing meanwhile, and nothing of that is in it. Raises StorageError.
    """
    source = database_as_it_is(url)
    with throw_away_folder(root) as folder:
        with connections_to(url).at_one_moment():
            unreadable = copy_readable(source, FileRepository(folder), progress)
            make_secret(folder, source.key_ring())
        write_format(folder, FORMAT)
        yield folder, unreadable


def restore_into_database(
    opening: AbstractContextManager[Restorable], url: str, root: Path, progress: Progress = no_progress
) -> str:
    """Put a backup into an empty database, and return the digest of everything.

    One that was cut short is gone on with when it is asked for again with the same backup. Raises StorageError: the
    database holds something else; BadArchive, Unreadable.
    """
    with throw_away_folder(root) as fresh:
        with opening as source:
            unpack(source, fresh, progress)
        return move_into_database(fresh, url, progress=progress)
