"""Releases and corrections in the making, killed at each flush to the disk in turn, and then made again.

What is left by the kill must be a whole release or none, the folder sound; then the next try must make it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show
from tests.reporting.releases.makers import NEVER, killed_after, two_at_once, unreleased_and_changed, whole_releases

PAIRS = 10


def run() -> list[Row]:
    """Return how many kills and how many pairs there were, and how many of them left anything but what they must."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = unreleased_and_changed(Path(folder))
        killed = [after for before, root in enumerate(rounds) for after in _killed(root, before)]
        paired = [_two(root, before) for before, root in enumerate(rounds) for _ in range(PAIRS)]
    return [
        Row("releases not whole after a kill", killed.count(False), len(killed), "of", 0),
        Row("two at once that are not one release", paired.count(False), len(paired), "of", 0),
    ]


def _killed(root: Path, before: int) -> Iterator[bool]:
    """Of a kill after each number of flushes, whether all was well."""
    is_killed, flushes = True, 0
    while is_killed:
        copy = root.with_name("copy")
        shutil.copytree(root, copy)
        is_killed = killed_after(copy, flushes)
        left, made = whole_releases(FileRepository(copy)), before + 1
        if left == before:
            killed_after(copy, NEVER)
        yield left in (before, made) and whole_releases(FileRepository(copy)) == made
        shutil.rmtree(copy)
        flushes += 1


def _two(root: Path, before: int) -> bool:
    copy = root.with_name("copy")
    shutil.copytree(root, copy)
    told = two_at_once(copy)
    is_one = whole_releases(FileRepository(copy)) == before + 1
    shutil.rmtree(copy)
    return is_one and told == ([2, "released_meanwhile"] if before else [1, 1])


if __name__ == "__main__":
    show(run())
