"""Whether a data folder can be used just now: tried, and nothing is left of it."""

import os
import shutil
from pathlib import Path

from survey.atomic_file import temporary_file, write_all
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import FORMAT, read_format, secret_of

LEAST_FREE_BYTES = 50_000_000
LEAST_FREE_FILES = 1000


def problems_of(folder: Path) -> list[str]:
    """Why nothing could be kept in a data folder now; empty when it could."""
    if not folder.is_dir():
        return ["no data folder"]
    if not _is_writable(folder):
        return ["data folder is not writable"]
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        return ["disk is nearly full"]
    if 0 < places_for_files(folder) < LEAST_FREE_FILES:
        return ["disk has nearly no room for more files"]
    return _lost(folder)


def places_for_files(folder: Path) -> int:
    """How many more files the disk takes; 0 where it keeps no count of them."""
    disk = os.statvfs(folder)
    return disk.f_favail or int(disk.f_files > 0)


def _is_writable(folder: Path) -> bool:
    """Whether a file can be made and written there: rights alone do not say so, as of a disk that went read-only."""
    try:
        with temporary_file(folder) as (_, descriptor):
            write_all(descriptor, b"whether this can be kept")
    except OSError:
        return False
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _lost(folder: Path) -> list[str]:
    """Whether format and secret of the data folder are there and can be read, and the format is this version’s."""
    try:
        secret_of(folder)
        number = read_format(folder)
    except StorageError:
        number = None
    if number is None:
        return ["data folder has lost what it is known by"]
    return [] if number == FORMAT else ["data folder is of the format of another version"]
