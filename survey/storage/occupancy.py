"""Who works with a data folder: a service holds it as long as it runs, a restore or an upgrade has it alone.

The lock is on the folder itself, not on a file in it, so that it goes with the folder when two change places. Services
of one version may be many. Each version holds a file of its own as well, so that no two of them ever work side by side:
the older would not know what the newer keeps.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from survey.atomic_file import FILE_MODE, make_folder
from survey.file_lock import take_if_free, take_with_others
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError

OF_VERSION = ".running"
"""How the name of a file in `locks` ends that the services of one version hold."""


def hold(root: Path, version: str) -> None:
    """Hold a data folder, together with others of this version who do, until this process ends. Waits while a restore
    or an upgrade has it alone.

    Raises StorageError, and holds nothing, while a service of another version does.
    """
    while True:
        descriptor = _opened(root)
        take_with_others(descriptor)
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), root.stat()):
                break
        # A restore has put another folder in its place.
        os.close(descriptor)
    try:
        _hold_version(root / LOCKS, version)
    except StorageError:
        os.close(descriptor)
        raise


@contextmanager
def alone_with(folder: Path) -> Iterator[bool]:
    """Have a folder alone, unless somebody holds it: whether nobody does."""
    descriptor = _opened(folder)
    try:
        yield take_if_free(descriptor)
    finally:
        os.close(descriptor)


def _hold_version(locks: Path, version: str) -> None:
    make_folder(locks)
    own = locks / f"{version}{OF_VERSION}"
    # First its own, then a look at others: of two that begin at the same moment, at least one sees the other.
    descriptor = os.open(own, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
    take_with_others(descriptor)
    for other in sorted(locks.glob(f"*{OF_VERSION}")):
        if other != own and _is_held(other):
            os.close(descriptor)
            raise StorageError(
                f"Another version of Myfyrio ({other.name.removesuffix(OF_VERSION)}) is running on the data folder "
                f"{locks.parent}, and this is {version}. Nothing was changed. Stop it and start this one again, or set "
                "SURVEY_DATA to another folder."
            )


def _is_held(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        return not take_if_free(descriptor)
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
