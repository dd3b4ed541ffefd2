"""Two folders change places in one step."""

import ctypes
import errno
import os
from pathlib import Path

from survey.storage.repository import StorageError

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def exchange(one: Path, other: Path) -> None:
    """Give each folder the other’s name. Where the system has no such step (it is Linux’s), it takes three.

    Raises OSError; StorageError when one of them is where a disk is mounted, which cannot be renamed.
    """
    failure = _in_one_step(one, other)
    if failure in (errno.EINVAL, errno.ENOSYS):
        between = one.with_name(f"{one.name}-between")
        other.rename(between)
        one.rename(other)
        between.rename(one)
    elif failure in (errno.EBUSY, errno.EXDEV):
        raise StorageError(
            f"{other} is where a disk is mounted, so nothing can take its place. Nothing was changed. "
            "Set SURVEY_DATA to a folder on that disk instead."
        )
    elif failure:
        raise OSError(failure, os.strerror(failure), str(other))


def _in_one_step(one: Path, other: Path) -> int:
    """The system’s error number, 0 for none."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return errno.ENOSYS
    failed = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return ctypes.get_errno() if failed else 0
