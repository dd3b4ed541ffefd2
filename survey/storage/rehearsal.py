"""A backup restored for practice: into a folder beside the data folder, which is gone afterwards whatever happens."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from survey.atomic_file import make_folder
from survey.storage.archive import Progress, Restorable, no_progress
from survey.storage.backup import UNPACKED, remove_leftovers, unpack
from survey.storage.data_folder import open_data_folder
from survey.storage.in_use import alone_with
from survey.storage.repository import Misfit, Repository, anything_fits
from survey.storage.tinydb_files.durable import plain_errors


@contextmanager
def rehearsed(
    opening: AbstractContextManager[Restorable],
    root: Path,
    misfit: Misfit = anything_fits,
    progress: Progress = no_progress,
) -> Iterator[Repository]:
    """What a backup holds, restored as a restore would, upgraded if it is old, and opened.

    The data folder `root` is left alone, and need not be there. What one leaves that is killed is removed as what a
    killed restore leaves is. Raises StorageError, BadArchive.
    """
    root = root.absolute()
    with plain_errors(root.parent):
        make_folder(root.parent)
    remove_leftovers(root)
    around = root.with_name(f".{root.name}.{UNPACKED}-{secrets.token_hex(4)}")
    with plain_errors(around):
        make_folder(around)
    try:
        with alone_with(around):
            fresh = around / "data"
            with plain_errors(fresh):
                make_folder(fresh)
            with opening as source:
                unpack(source, fresh, progress)
            yield open_data_folder(fresh, misfit=misfit)
    finally:
        shutil.rmtree(around, ignore_errors=True)
