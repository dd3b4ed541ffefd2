"""One writer at a time per record, between threads and processes of one host.

A fixed set of lock files shares all records out between them, so that there is no lock file per answer to
grow in number or to tell who answered. Lock files are never deleted: a writer that waits on a deleted file
would exclude nobody.
"""

import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from survey.collection.durable import FILE_MODE, make_folder, plain_errors
from survey.collection.repository import StorageError

STRIPES = 64
PATIENCE = 30.0
"""Seconds to wait for a lock."""
POLL = 0.002
"""Seconds between two looks at a lock that is taken."""

_writing = threading.local()


class Locks:
    """The locks of one data folder."""

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.patience = patience

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Hold the lock that `name` falls to.

        Raises RuntimeError when this thread holds one already (two threads could wait for each other for ever)
        and StorageError when it stays taken for `patience` seconds.
        """
        with self._alone(), self._file(self._stripe(name)):
            yield

    @contextmanager
    def all_held(self) -> Iterator[None]:
        """Hold every lock: nobody writes anything meanwhile. Keep it short."""
        with self._alone(), ExitStack() as stack:
            for stripe in range(STRIPES):
                stack.enter_context(self._file(f"{stripe:02x}"))
            yield

    @contextmanager
    def one_at_a_time(self, job: str) -> Iterator[None]:
        """Keep a job of the operator (a backup, an upgrade) from running twice; writers are not held up."""
        with self._file(job):
            yield

    def _stripe(self, name: str) -> str:
        return f"{zlib.crc32(name.encode()) % STRIPES:02x}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folders: set[Path] = _writing.__dict__.setdefault("folders", set())
        if self.folder in folders:
            raise RuntimeError("A change to one record cannot write another: do it before or after.")
        folders.add(self.folder)
        try:
            yield
        finally:
            folders.discard(self.folder)

    @contextmanager
    def _file(self, stem: str) -> Iterator[None]:
        if not self.folder.is_dir():
            make_folder(self.folder)
        path = self.folder / f"{stem}.lock"
        lock = FileLock(path, timeout=self.patience, mode=FILE_MODE, poll_interval=POLL, fallback_to_soft=False)
        with plain_errors(path):
            try:
                lock.acquire()
            except Timeout as error:
                raise StorageError(
                    "Somebody else is writing and does not stop. Nothing was changed; try again."
                ) from error
        try:
            yield
        finally:
            lock.release()
