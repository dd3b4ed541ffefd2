"""Removing a place with everything below it: in one step for whoever reads, and then from the disk."""

import secrets
import shutil
from pathlib import Path

from survey.atomic_file import sync_folder
from survey.storage.places import SET_ASIDE, folder_of
from survey.storage.repository import Place
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.locks import Locks

REMOVED = ".removed-"
"""How the name of a folder begins that is being removed. What a killed process left of it, the next start removes."""


def remove_place(root: Path, locks: Locks, place: Place) -> None:
    """Remove the folder of a place with everything in it, and what is in quarantine of it. Raises StorageError."""
    with locks.all_held():
        for folder in (root.joinpath(SET_ASIDE, *place), folder_of(root, place)):
            with plain_errors(folder):
                if folder.is_dir():
                    folder.rename(root / f"{REMOVED}{secrets.token_hex(8)}")
                    sync_folder(folder.parent)
                    sync_folder(root)
    remove_what_was_removed(root)


def remove_what_was_removed(root: Path) -> list[Path]:
    """Take from the disk what is removed already, and say what that was."""
    folders = sorted(root.glob(f"{REMOVED}*"))
    for path in folders:
        shutil.rmtree(path, ignore_errors=True)
    return folders
