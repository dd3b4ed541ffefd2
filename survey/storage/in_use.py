"""Who works with a data folder: a service holds it as long as it runs, and a restore has to have it alone.

The lock is on the folder itself, not on a file in it, so that it goes with the folder when two change places.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def hold(root: Path) -> None:
    """Hold a data folder, together with others who do, until this process ends. Waits while a restore has it alone."""
    while True:
        descriptor = _opened(root)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), root.stat()):
                return
        # A restore has put another folder in its place.
        os.close(descriptor)


@contextmanager
def alone_with(folder: Path) -> Iterator[bool]:
    """Have a folder alone, unless somebody holds it: whether nobody does."""
    descriptor = _opened(folder)
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
