"""A backup restored for practice: into a folder beside the data folder, which is gone afterwards whatever happens."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from survey.storage.archive import Progress, Restorable, no_progress
from survey.storage.backup import unpack
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import Misfit, Repository, anything_fits
from survey.storage.temporary_folder import throw_away_folder


@contextmanager
def rehearsed(
    opening: AbstractContextManager[Restorable],
    root: Path,
    misfit: Misfit = anything_fits,
    progress: Progress = no_progress,
) -> Iterator[Repository]:
    """What a backup holds, restored as a restore would, upgraded if it is old, and opened.

    The data folder `root` is left alone, and need not be there. Raises StorageError, BadArchive.
    """
    with throw_away_folder(root) as fresh:
        with opening as source:
            unpack(source, fresh, progress)
        yield open_data_folder(fresh, misfit=misfit)
