"""The steps from one format of the data folder to the next, and how they are taken.

A step is written for good: it names what was and what came of it, whatever `places` says later. It may be cut short at
any moment and is then begun again, so each thing it removes is first on the disk in its new form. Nobody else works
with the folder meanwhile: what a service of an earlier version wrote in the old places would be lost.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from survey.atomic_file import remove_file, replace_file, sync_folder
from survey.storage.backup import InUse, backup
from survey.storage.json_form import json_bytes
from survey.storage.occupancy import alone_with
from survey.storage.places import LOCKS, SET_ASIDE, is_name
from survey.storage.tinydb_files.data_format import FORMAT, read_format, write_format
from survey.storage.tinydb_files.documents import own_record
from survey.storage.tinydb_files.durable import Malformed, Tables, plain_errors, tables_in
from survey.storage.tinydb_files.locks import Locks
from survey.storage.tinydb_files.quarantine import quarantine_file
from survey.storage.tinydb_files.repository import FileRepository

UPGRADE = "upgrade"
PATIENCE = 24 * 3600.0
"""Seconds to wait for an upgrade that another process is at: as long as the copy of a large folder takes."""
BEGUN = ".upgrading"
"""In the folder: the copy from before the step that is being taken. It is in no backup."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from the format before `to`. `concerned` gives the files of a folder that it takes up or removes;
    `change` takes the step, and may be run again after a crash."""

    to: int
    concerned: Callable[[Path], list[Path]]
    change: Callable[[Path], None]


def one_file_each(root: Path) -> list[Path]:
    """What format 1 had a file each of: accounts, access codes and links."""
    return [path for database, tables in _databases(root) for path in _own_files(database, tables)]


def gather_into_databases(root: Path) -> None:
    """Format 2: accounts, access codes and links had a file each; they become tables of a database.

    A file that cannot be read goes into quarantine.
    """
    for database, tables in _databases(root):
        _gather(root, database, tables)


def workbooks(root: Path) -> list[Path]:
    """What pages of format 2 gave out."""
    return sorted(path for folder in root.glob("rounds/*/workbooks/") for path in folder.iterdir() if path.is_file())


def leave_workbooks(root: Path) -> None:
    """Format 3: what pages give out lay in `workbooks`, under other names. It is made again when it is asked for."""
    for path in workbooks(root):
        remove_file(path)
    for folder in root.glob("rounds/*/workbooks/"):
        _remove_if_empty(folder)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, one_file_each, gather_into_databases),
    Migration(3, workbooks, leave_workbooks),
)
"""In order, one for each format from 2 to FORMAT."""


def due(root: Path, migrations: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """The steps that a data folder has not taken yet. Raises StorageError."""
    number = read_format(root) or FORMAT
    return [migration for migration in migrations if migration.to > number]


def upgrade(repository: FileRepository, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Take every step that is due, each after a copy of the folder as it was.

    Raises InUse while a service works with the folder, StorageError when the disk refuses; the steps that were taken
    until then stay.
    """
    root = repository.root
    if not due(root, migrations):
        forget_begun(root)
        return
    with Locks(root / LOCKS, PATIENCE).one_at_a_time(UPGRADE), _alone(root):
        for migration in due(root, migrations):
            _keep_copy(root, migration.to)
            with repository.locks.all_held(), plain_errors(root):
                migration.change(root)
                write_format(root, migration.to)
            forget_begun(root)


def copy_before(root: Path, number: int) -> Path:
    """Where the copy from before the step to a format will lie, or lies already if that step was cut short."""
    with suppress(OSError):
        name = (root / BEGUN).read_text("utf-8")
        if name.startswith(_name_of_copy(root, number)) and root.with_name(name).exists():
            return root.with_name(name)
    names = chain([""], (f"-{again}" for again in count(2)))
    copies = (root.with_name(f"{_name_of_copy(root, number)}{again}.zip") for again in names)
    return next(copy for copy in copies if not copy.exists())


def forget_begun(root: Path) -> None:
    """Whatever step was begun: the next makes a copy of its own. Raises StorageError."""
    with plain_errors(root):
        remove_file(root / BEGUN)


def _name_of_copy(root: Path, number: int) -> str:
    return f"{root.name}-before-format-{number}"


def _keep_copy(root: Path, number: int) -> None:
    """After a crash in the middle the copy from before is there already, and is the one to keep."""
    copy = copy_before(root, number)
    if not copy.exists():
        backup(root, copy)
        with plain_errors(root):
            replace_file(root / BEGUN, copy.name.encode())


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with alone_with(root) as is_alone:
        if not is_alone:
            raise InUse(
                f"A service is running on {root}, which is of an earlier format. Nothing was changed. Stop the "
                "service; then this version upgrades the folder at its start, or by “data upgrade”."
            )
        yield


def _databases(root: Path) -> list[tuple[Path, list[str]]]:
    """The databases of format 2, with their tables."""
    of_rounds = [(folder / "people.tinydb", ["access", "links"]) for folder in sorted(root.glob("rounds/*/"))]
    return [(root / "accounts.tinydb", ["accounts"]), *of_rounds]


def _own_files(database: Path, tables: list[str]) -> list[Path]:
    folders = [database.parent / table for table in tables]
    return [path for folder in folders for path in sorted(folder.glob("*.json")) if is_name(path.stem)]


def _gather(root: Path, database: Path, tables: list[str]) -> None:
    files = _own_files(database, tables)
    if files:
        gathered: Tables = tables_in(database.read_bytes()) if database.exists() else {}
        for path in files:
            # After a crash the file is as new as what the database has of it already.
            with _into_quarantine_if_malformed(root, path):
                gathered.setdefault(path.parent.name, {})[path.stem] = own_record(path.read_bytes())
        replace_file(database, json_bytes(gathered))
        for path in files:
            remove_file(path)
    for table in tables:
        _remove_if_empty(database.parent / table)


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
