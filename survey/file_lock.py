"""A lock on a file that is open, by `flock`: between threads and processes of one host. It goes when its holder ends,
however that ends."""

import fcntl


def take_if_free(descriptor: int) -> bool:
    """Lock a file for oneself alone, unless somebody has locked it: whether it is locked now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # some file systems say the second
        return False
    return True


def take_with_others(descriptor: int) -> None:
    """Lock a file beside all who lock it so, and against who wants it alone. Waits for that one."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def let_go(descriptor: int) -> None:
    """Unlock a file. Closing it does the same."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)
