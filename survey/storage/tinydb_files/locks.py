"""One writer at a time per record, between threads and processes of one host.

A fixed set of lock files shares all records out between them, so that there is no lock file per answer to
grow in number. The files stay as they are, times included, so that none tells when somebody answered, and no
lock adds to what a save has to flush. They are never deleted: who waits on a deleted file excludes nobody.
"""

import os
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from survey.atomic_file import FILE_MODE, make_folder
from survey.file_lock import let_go, take_if_free
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.durable import plain_errors

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
        with self._alone(), self.one_at_a_time(f"{zlib.crc32(name.encode()) % STRIPES:02x}"):
            yield

    @contextmanager
    def all_held(self) -> Iterator[None]:
        """Hold every lock: nobody writes anything meanwhile. Keep it short."""
        with self._alone(), ExitStack() as stack:
            for stripe in range(STRIPES):
                stack.enter_context(self.one_at_a_time(f"{stripe:02x}"))
            yield

    @contextmanager
    def one_at_a_time(self, name: str) -> Iterator[None]:
        """Hold the lock of this name. A job of the operator (a backup, an upgrade) has its own: it never runs twice,
        and holds up no writer."""
        path = self.folder / f"{name}.lock"
        with plain_errors(path):
            descriptor = self._opened(path)
        try:
            with plain_errors(path):
                self._wait_for(descriptor)
            try:
                yield
            finally:
                let_go(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def held_if_free(self, name: str) -> Iterator[bool]:
        """Hold the lock of this name, unless somebody has it: whether it is held."""
        path = self.folder / f"{name}.lock"
        with plain_errors(path):
            descriptor = self._opened(path)
        try:
            is_held = take_if_free(descriptor)
            try:
                yield is_held
            finally:
                if is_held:
                    let_go(descriptor)
        finally:
            os.close(descriptor)

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

    def _opened(self, path: Path) -> int:
        flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            return os.open(path, flags)
        except FileNotFoundError:
            make_folder(self.folder)
            descriptor = os.open(path, flags | os.O_CREAT, FILE_MODE)
            os.fchmod(descriptor, FILE_MODE)
            return descriptor

    def _wait_for(self, descriptor: int) -> None:
        give_up = time.monotonic() + self.patience
        while not take_if_free(descriptor):
            if time.monotonic() > give_up:
                raise StorageError("Somebody else is writing and does not stop. Nothing was changed; try again.")
            time.sleep(POLL)
