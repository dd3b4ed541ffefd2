"""The repository that the settings name, whichever way it is kept. Nobody above asks which."""

from pathlib import Path

from survey.storage.data_folder import open_data_folder
from survey.storage.repository import Misfit, Repository, anything_fits
from survey.storage.tinydb_files.repository import FileRepository


def open_storage(folder: Path, misfit: Misfit = anything_fits) -> Repository:
    """What is kept, made ready if this is the first to use it. Raises StorageError."""
    return open_data_folder(folder, misfit=misfit)


def storage_as_it_is(folder: Path, misfit: Misfit = anything_fits) -> Repository:
    """The same without looking at it: whatever is asked of it may raise StorageError."""
    return FileRepository(folder, misfit)
