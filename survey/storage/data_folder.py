"""The data folder as a whole: made ready at the start, upgraded when its format is old (`migrations`).

data/                 0700, files 0600
  meta.json           the format
  secret              signs sessions, unless the setting gives one
  locks/              never deleted
  set-aside/          the quarantine: unreadable records that were moved out of the way
  accounts.tinydb, rounds/, limits/, log/, translations/ …    databases, records, files and logs, as `places` has them
"""

import os
from collections.abc import Sequence
from pathlib import Path

from survey.atomic_file import FOLDER_MODE, TEMPORARY, make_folder
from survey.storage.backup import remove_leftovers
from survey.storage.backup_folder.moment import STAGING
from survey.storage.migrations import MIGRATIONS, UPGRADE, Migration, forget_begun, upgrade
from survey.storage.places import DATABASE, LOCKS
from survey.storage.repository import Misfit, StorageError, anything_fits
from survey.storage.tinydb_files.data_format import (
    FORMAT,
    META,
    MOVING,
    OLDEST,
    SECRET,
    is_data_folder,
    make_secret,
    read_format,
    refuse_newer,
    secret_of,
    write_format,
)
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.network_share import refuse_network_share
from survey.storage.tinydb_files.removal import remove_what_was_removed
from survey.storage.tinydb_files.repository import FileRepository

_OF_THE_SECRET = ("accounts", "accounts.tinydb", "rounds")
"""What a folder that has lost its secret is known by: none is made in its place."""


def open_data_folder(
    root: Path, migrations: Sequence[Migration] = MIGRATIONS, misfit: Misfit = anything_fits
) -> FileRepository:
    """Make the data folder ready and return what is in it.

    A missing one is made. An old one, and one that no longer says how old it is, is backed up beside itself and
    upgraded. Temporary files of writers that died are removed. Raises StorageError when the folder is on a network
    share, somebody else’s, not a data folder, too new, or has no secret that can be used; InUse when it has to be
    upgraded and a service works with it.
    """
    root = root.absolute()
    refuse_strangers(root)
    if (root / MOVING).exists():
        raise StorageError(f"A move into {root} was begun and is not finished. “data move folder” goes on with it.")
    number = read_format(root)
    if number is not None:
        refuse_newer(number, f"The data folder {root}")
    with plain_errors(root):
        make_folder(root)
        root.chmod(FOLDER_MODE)
    repository = FileRepository(root, misfit)
    if number is None:
        with repository.locks.one_at_a_time(UPGRADE):
            if read_format(root) is None:
                # Data whose meta.json is lost may be of any age. A step does nothing to what is new already.
                forget_begun(root)
                write_format(root, OLDEST if repository.places(()) else FORMAT)
    if not any((root / name).exists() for name in _OF_THE_SECRET):
        make_secret(root)
    secret_of(root)
    sweep(repository)
    upgrade(repository, migrations)
    return repository


def sweep(repository: FileRepository) -> list[Path]:
    """Remove the temporary files of writers that died, and the copies of backups and restores that did; say which.

    What is there before all locks are held and still there while they are belongs to nobody.
    """
    with plain_errors(repository.root):
        left = [*remove_leftovers(repository.root), *remove_what_was_removed(repository.root)]
    abandoned = _temporary_files(repository.root)
    removed = []
    if abandoned:
        with repository.locks.all_held(), plain_errors(repository.root):
            for path in abandoned:
                if path.exists():
                    path.unlink()
                    removed.append(path)
    return [*left, *removed]


def refuse_strangers(root: Path) -> None:
    """Raises StorageError for a folder on a network share, somebody else’s, or one that is no data folder."""
    with plain_errors(root):
        _refuse_strangers(root)


def _refuse_strangers(root: Path) -> None:
    refuse_network_share(root)
    if not root.exists():
        return
    if not root.is_dir():
        raise StorageError(f"{root} is a file. Set SURVEY_DATA to a folder.")
    owner = root.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        raise StorageError(
            f"The data folder {root} belongs to the user with number {owner}. Run this as that user: what root "
            "writes there, the service could not change."
        )
    strange = sorted(
        path.name
        for path in root.iterdir()
        if path.is_file() and path.name not in (META, SECRET) and not path.name.startswith(".")
        if path.suffix != DATABASE
    )
    if strange and not (root / META).exists():
        raise StorageError(
            f"{root} is not a data folder: it holds “{strange[0]}”. Set SURVEY_DATA to a folder of its own."
        )


def _temporary_files(root: Path) -> list[Path]:
    temporary = []
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name not in (STAGING, LOCKS) and not is_data_folder(Path(folder, name))]
        temporary += [Path(folder, name) for name in names if name.startswith(".") and name.endswith(TEMPORARY)]
    return temporary
