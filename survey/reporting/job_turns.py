"""How many jobs of a service are done at once: few, however many different ones are asked for. Others wait their turn.

A turn is a lock on a file of the data folder, which goes when its process ends, however it ends.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.atomic_file import FILE_MODE, make_folder
from survey.file_lock import take_if_free
from survey.storage.places import LOCKS

AT_ONCE = 2
BETWEEN_LOOKS = 0.5


@contextmanager
def turn(folder: Path, still_waits: Callable[[], None]) -> Iterator[None]:
    """Hold a turn in a data folder. `still_waits` is told at each look that there is none yet."""
    locks = folder / LOCKS
    make_folder(locks)
    paths = [locks / f"job-{number}" for number in range(AT_ONCE)]
    descriptors = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE) for path in paths]
    try:
        while not any(map(take_if_free, descriptors)):
            still_waits()
            time.sleep(BETWEEN_LOOKS)
        yield
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
