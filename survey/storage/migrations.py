"""How a data folder of an earlier format becomes one of today's, step by step.

A step is written for good: it names what was and what came of it, whatever `places` says later. It may be cut short
at any moment and is then begun again, so each thing it removes is first on the disk in its new form.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from survey.atomic_file import remove_file, replace_file, sync_folder
from survey.storage.places import SET_ASIDE, is_name
from survey.storage.quarantine import quarantine_file
from survey.storage.tinydb_files.documents import own_record
from survey.storage.tinydb_files.durable import Malformed, Tables, json_bytes, plain_errors, tables_in
from survey.storage.tinydb_files.repository import FileRepository


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


MIGRATIONS: tuple[Migration, ...] = (Migration(2, gather_into_databases),)
"""In order, one for each format from 2 to FORMAT."""


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
