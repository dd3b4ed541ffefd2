"""Backups of what is in a database, in the form of those of a data folder: either can be restored as the other.

Everything is first written, as it is at one moment, into a folder beside the data folder, which is gone afterwards.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from survey.storage.archive import Progress, Restorable, no_progress
from survey.storage.backup import backup, unpack
from survey.storage.data_folder import open_data_folder
from survey.storage.postgresql.formats import AS_FOLDER
from survey.storage.postgresql.opening import connections_to, database_as_it_is
from survey.storage.postgresql.schema import format_of, refuse_in_use
from survey.storage.relocation import move_into_database
from survey.storage.replication import digest_of
from survey.storage.repository import StorageError, Unreadable
from survey.storage.temporary_folder import throw_away_folder
from survey.storage.tinydb_files.data_format import make_secret, write_format
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.written_folder import write_folder


@contextmanager
def database_as_folder(
    url: str, root: Path, progress: Progress = no_progress
) -> Iterator[tuple[Path, Sequence[Unreadable]]]:
    """A data folder that holds what a database does, beside `root`; and what could not be read, and so is not in it.

    Services go on writing meanwhile, and nothing of that is in it. Raises StorageError.
    """
    source, connections = database_as_it_is(url), connections_to(url)
    with throw_away_folder(root) as folder:
        with connections.at_one_moment():
            with connections.statements() as cursor:
                number = format_of(cursor)
            if not number:
                raise StorageError("The database holds nothing yet: there is nothing to back up.")
            unreadable = write_folder(source, folder, progress)
            make_secret(folder, source.key_ring())
        write_format(folder, AS_FOLDER[number])
        yield folder, unreadable


def copy_before_upgrade(url: str, root: Path, to: int) -> Path:
    """Write everything in a database to a zip file beside `root` before it is upgraded to a format; return which.

    One that is there is of a start that was cut short, before the same step, and is replaced. What cannot be read is
    not in it, as in every backup. Raises StorageError.
    """
    target = file_before_upgrade(root, to)
    new = target.with_name(f"{target.stem}-new.zip")
    with plain_errors(target):
        new.unlink(missing_ok=True)
    with database_as_folder(url, root) as (folder, _):
        backup(folder, new)
    with plain_errors(target):
        new.replace(target)
    return target


def file_before_upgrade(root: Path, to: int) -> Path:
    """Where the copy of a database lies that was made before it was upgraded to a format."""
    return root.absolute().with_name(f"{root.name}-before-database-format-{to}.zip")


def restore_into_database(
    opening: AbstractContextManager[Restorable], url: str, root: Path, progress: Progress = no_progress
) -> str:
    """Put a backup into a database that holds nothing, and return the digest of everything.

    One that was cut short is gone on with when it is asked for again with the same backup. Raises BadArchive and
    StorageError: the database holds something else, or the backup something that cannot be read; then nothing has
    changed.
    """
    refuse_in_use(connections_to(url))
    with throw_away_folder(root) as fresh:
        with opening as source:
            unpack(source, fresh, progress)
        try:
            digest_of(open_data_folder(fresh))
        except Unreadable as error:
            raise StorageError(
                f"The backup holds what cannot be read ({error}), and a database takes nothing that cannot. Nothing "
                "was changed. Restore it into a folder, without SURVEY_DATABASE; settle there what “data verify” "
                "names; then “data move database”."
            ) from error
        return move_into_database(fresh, url, progress=progress)
