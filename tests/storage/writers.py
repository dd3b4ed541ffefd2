"""What the child processes of these tests do: save, and say so, until they are done or killed."""

import multiprocessing
import os
import resource
from multiprocessing.connection import Connection
from pathlib import Path

from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.repository import FileRepository

PLACE = ("rounds", "sr-2026", "reflection")
KEY = "north"

# A fork of a small process that has everything imported: quick to start, and with no threads to inherit.
CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.storage.writers"])


def value(number: int) -> dict[str, object]:
    """A record whose length jumps up and down, so that a write in place would leave remains."""
    return {"number": number, "text": "ŵ" * (number * 7919 % 6000)}


def save_for_ever(root: Path, start: int, acknowledged: Connection) -> None:
    repository = FileRepository(root)
    number = start
    while True:
        number += 1
        following = value(number)
        repository.update(PLACE, KEY, lambda _, following=following: following)
        acknowledged.send_bytes(str(number).encode())


def append_for_ever(root: Path, start: int, acknowledged: Connection) -> None:
    repository = FileRepository(root)
    number = start
    while True:
        number += 1
        repository.append(("log",), "events", value(number))
        acknowledged.send_bytes(str(number).encode())


def count_up(root: Path, times: int) -> None:
    repository = FileRepository(root)
    for _ in range(times):
        repository.update(PLACE, KEY, lambda record: {"count": (record or {"count": 0})["count"] + 1})


def claim(root: Path, keys: list[str], won: Connection) -> None:
    repository = FileRepository(root)
    mine = [key for key in keys if repository.create(PLACE, key, {"by": os.getpid()})]
    won.send(mine)


def save_beyond_limit(root: Path, limit: int, outcome: Connection) -> None:
    """Save more than the process may write to a file, which the system refuses as a full disk does: in the middle."""
    repository = FileRepository(root)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    attempts = {
        "write": lambda: repository.write(PLACE, KEY, {"text": "x" * limit * 2}),
        "create": lambda: repository.create(PLACE, "new", {"text": "x" * limit * 2}),
        "write_bytes": lambda: repository.write_bytes(PLACE, "file.bin", b"x" * limit * 2),
        "append": lambda: repository.append(PLACE, "events", {"text": "x" * limit * 2}),
    }
    raised = {}
    for name, attempt in attempts.items():
        try:
            attempt()
        except StorageFull as error:
            raised[name] = str(error)
    outcome.send(raised)
