"""Removing a place with everything below it: in one step for whoever reads, and then from the disk."""

import secrets
import shutil
from pathlib import Path

from survey.atomic_file import sync_folder
from survey.storage.places import folder_of
from survey.storage.repository import Place
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.repository import FileRepository

REMOVED = ".removed-"
"""How the name of a folder begins that is being removed. What a killed process left of it, the next start removes."""


def remove_place(repository: FileRepository, place: Place) -> None:
    """Remove everything that is kept in a place and below it, what is in quarantine of it too. It comes to the same if
    it is done again. Raises StorageError.
    """
    root = repository.root
    with repository.locks.all_held():
        for folder in (repository.quarantine.folder(place), folder_of(root, place)):
            with plain_errors(folder):
                if folder.is_dir():
                    folder.rename(root / f"{REMOVED}{secrets.token_hex(8)}")
                    sync_folder(folder.parent)
                    sync_folder(root)
    remove_what_was_removed(root)


def remove_what_was_removed(root: Path) -> list[Path]:
    """Take from the disk what is removed already, and say what that was."""
    found = sorted(root.glob(f"{REMOVED}*"))
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return found
