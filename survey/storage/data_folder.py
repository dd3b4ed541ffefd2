"""The data folder as a whole: made ready at the start, upgraded when its format is old.

A step from one format to the next is written for good: it names what was and what came of it, whatever `places` says
later. It may be cut short at any moment and is then begun again, so each thing it removes is first on the disk in its
new form.

data/                 0700, files 0600
  meta.json           the format
  secret              signs sessions, unless the setting gives one
  locks/              never deleted
  set-aside/          the quarantine: unreadable records that were moved out of the way
  accounts.tinydb, rounds/, limits/, log/, translations/ …    databases, records, files and logs, as `places` has them
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from survey.atomic_file import (
    FOLDER_MODE,
    TEMPORARY,
    make_folder,
    remove_file,
    replace_file,
    sync_folder,
)
from survey.storage.backup import backup, remove_leftovers
from survey.storage.backup_folder.moment import STAGING
from survey.storage.json_form import json_bytes
from survey.storage.places import DATABASE, LOCKS, SET_ASIDE, is_name
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
from survey.storage.tinydb_files.documents import own_record
from survey.storage.tinydb_files.durable import Malformed, Tables, plain_errors, tables_in
from survey.storage.tinydb_files.quarantine import quarantine_file
from survey.storage.tinydb_files.removal import remove_what_was_removed
from survey.storage.tinydb_files.repository import FileRepository

UPGRADE = "upgrade"
_OF_THE_SECRET = ("accounts", "accounts.tinydb", "rounds")
"""What a folder that has lost its secret is known by: none is made in its place."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from the format before `to`. `change` gets the repository and may be run again after a crash."""

    to: int
    change: Callable[[FileRepository], None]


def gather_into_databases(repository: FileRepository) -> None:
    """Format 2: accounts, access codes and links had a file each; they become tables of a database.

    A file that cannot be read goes into quarantine. Nobody writes meanwhile.
    """
    root = repository.root
    with repository.locks.all_held(), plain_errors(root):
        _gather(root, root / "accounts.tinydb", ["accounts"])
        for folder in sorted(root.glob("rounds/*/")):
            _gather(root, folder / "people.tinydb", ["access", "links"])


def leave_workbooks(repository: FileRepository) -> None:
    """Format 3: what pages give out lay in `workbooks`, under other names. It is made again when it is asked for."""
    with repository.locks.all_held(), plain_errors(repository.root):
        for folder in sorted(repository.root.glob("rounds/*/workbooks/")):
            for path in sorted(filter(Path.is_file, folder.iterdir())):
                remove_file(path)
            _remove_if_empty(folder)


MIGRATIONS: tuple[Migration, ...] = (Migration(2, gather_into_databases), Migration(3, leave_workbooks))
"""In order, one for each format from 2 to FORMAT."""


def open_data_folder(
    root: Path, migrations: Sequence[Migration] = MIGRATIONS, misfit: Misfit = anything_fits
) -> FileRepository:
    """Make the data folder ready and return what is in it.

    A missing one is made. An old one, and one that no longer says how old it is, is backed up beside itself and
    upgraded. Temporary files of writers that died are removed. Raises StorageError when the folder is somebody
    else’s, not a data folder, too new, or has no secret that can be used.
    """
    root = root.absolute()
    with plain_errors(root):
        _refuse_strangers(root)
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
                write_format(root, OLDEST if repository.places(()) else FORMAT)
    if not any((root / name).exists() for name in _OF_THE_SECRET):
        make_secret(root)
    secret_of(root)
    sweep(repository)
    _migrate(repository, migrations)
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


def _migrate(repository: FileRepository, migrations: Sequence[Migration]) -> None:
    root = repository.root

    def due() -> list[Migration]:
        number = read_format(root) or FORMAT
        return [migration for migration in migrations if migration.to > number]

    if due():
        with repository.locks.one_at_a_time(UPGRADE):
            for migration in due():
                copy = root.with_name(f"{root.name}-before-format-{migration.to}.zip")
                # After a crash in the middle the copy from before is there already, and is the one to keep.
                if not copy.exists():
                    backup(root, copy)
                migration.change(repository)
                write_format(root, migration.to)


def _refuse_strangers(root: Path) -> None:
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


def _gather(root: Path, database: Path, tables: list[str]) -> None:
    folders = [database.parent / table for table in tables]
    files = [path for folder in folders for path in sorted(folder.glob("*.json")) if is_name(path.stem)]
    if files:
        gathered: Tables = tables_in(database.read_bytes()) if database.exists() else {}
        for path in files:
            # After a crash the file is as new as what the database has of it already.
            with _into_quarantine_if_malformed(root, path):
                gathered.setdefault(path.parent.name, {})[path.stem] = own_record(path.read_bytes())
        replace_file(database, json_bytes(gathered))
        for path in files:
            remove_file(path)
    for folder in folders:
        _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> None:
    # What nobody knows is left where it is.
    with suppress(OSError):
        folder.rmdir()
        sync_folder(folder.parent)


@contextmanager
def _into_quarantine_if_malformed(root: Path, path: Path) -> Iterator[None]:
    try:
        yield
    except (Malformed, IsADirectoryError):
        quarantine_file(path, root / SET_ASIDE / path.relative_to(root))
