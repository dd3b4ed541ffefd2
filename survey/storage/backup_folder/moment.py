"""What is in the data folder at one moment, while the service runs: links to every file in a folder of its own.

All locks are held only while the files are linked: files are replaced and never changed, so the links stay what they
were at that moment. Logs do grow, so their sizes are noted as well. Whoever is killed over it leaves the staging
folder, which says what else is not finished.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from survey.atomic_file import FOLDER_MODE, TEMPORARY, make_folder
from survey.storage.backup_folder.upkeep import remove_unnamed
from survey.storage.places import LOCKS, MOMENTARY
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import is_data_folder

JOB = "backup"
"""The lock of whoever makes a backup."""
STAGING = ".backup"
_UNFINISHED = ".archive"
"""In the staging folder: the path of the archive, or of the folder of backups, that is being written."""


@contextmanager
def staging_folder(root: Path) -> Iterator[Path]:
    """A folder for links to every file; gone afterwards. The caller holds the lock of backups."""
    remove_staging(root)
    staging = root / STAGING
    make_folder(staging)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def note_unfinished(staging: Path, target: Path) -> None:
    """So that what is half written is found by whoever finds the staging folder. Raises OSError."""
    (staging / _UNFINISHED).write_bytes(os.fsencode(target))


def remove_staging(root: Path) -> list[Path]:
    """Remove what a backup that was killed left, what is half written first. The caller holds the lock of backups."""
    staging = root / STAGING
    removed = []
    with suppress(OSError, StorageError):
        half = Path(os.fsdecode((staging / _UNFINISHED).read_bytes()))
        if half.is_dir():
            removed += remove_unnamed(half)
        elif half.name.startswith(".") and half.name.endswith(TEMPORARY) and half.exists():
            half.unlink()
            removed.append(half)
    if staging.exists():
        shutil.rmtree(staging, ignore_errors=True)
        removed.append(staging)
    return removed


def link_all(root: Path, staging: Path) -> Iterator[tuple[str, int]]:
    """Link every file that belongs into a backup. The caller holds all locks. Gives their names and sizes."""
    for folder, below, names in os.walk(root):
        here = Path(folder)
        if here == root:
            below[:] = [name for name in below if name not in (LOCKS, STAGING, *MOMENTARY)]
        below[:] = [name for name in below if not is_data_folder(here / name)]
        there = staging / here.relative_to(root)
        there.mkdir(FOLDER_MODE, exist_ok=True)
        below.sort()
        for name in sorted(names):
            if not name.startswith("."):
                os.link(here / name, there / name)
                yield str((here / name).relative_to(root)), (there / name).stat().st_size
