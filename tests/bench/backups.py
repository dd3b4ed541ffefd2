"""A backup in a folder of backups, and its restore, beside `tar` of the same folder: of a service with 30,000 anonymous
responses and the files of evidence that clusters attach, on the first night and on one when little is new; and of
the three years of the demonstration.

Processor time is what it costs; the seconds of the restore are what an operator waits for (RTO).
"""

import os
import resource
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

from pyrage import x25519

from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.snapshot import RoundSources
from survey.demonstration.load import CLUSTER_LIST, QUESTIONNAIRE, load
from survey.demonstration.workforce import EDITION, load_workforce
from survey.demonstration.workforce import QUESTIONNAIRE as WORKFORCE
from survey.questionnaire.library import QUESTIONNAIRES
from survey.storage.backup import restore_from
from survey.storage.backup_folder.reader import backup_of, opened_backup
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.seal import Opener
from survey.storage.backup_folder.writer import back_up
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show

RESPONSES, FILES, FILE = 30_000, 75, 4_000_000
NEW = 100
PLACE = ("rounds", "ws-2026", "skills", "responses")
NIGHT = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
RESTORE = 120.0


class Limits(NamedTuple):
    """The most that each may be of what it is beside."""

    first: float
    second: float
    written: float
    again: float
    restored: float


LIMITS = Limits(first=3, second=1, written=1.25, again=0.1, restored=5)
LIMITS_OF_LITTLE = Limits(first=12, second=5, written=9, again=3, restored=9)
"""Where files are small, each is packed by itself."""


def run() -> Iterator[Row]:
    """The costs beside those of tar, and the waiting for a restore beside its limit."""
    with tempfile.TemporaryDirectory() as named:
        yield from _measured(Path(named), filled(Path(named) / "data", FILES), f"{RESPONSES:,} responses", LIMITS)
    with tempfile.TemporaryDirectory() as named:
        yield from _measured(Path(named), _demonstration(Path(named) / "data"), "the demonstration", LIMITS_OF_LITTLE)


def _measured(folder: Path, repository: FileRepository, what: str, limits: Limits) -> Iterator[Row]:
    identity = x25519.Identity.generate()
    (folder / "key").write_text(str(identity))
    night = iter(range(99))

    def backed_up() -> int:
        return back_up(
            repository.root,
            folder / "backups",
            recipients=(str(identity.to_public()),),
            keep=Keep(14),
            now=NIGHT + timedelta(days=next(night)),
        ).written

    def tar() -> int:
        subprocess.run(("tar", "-czf", folder / "copy.tar.gz", "-C", folder, "data"), check=True)
        return (folder / "copy.tar.gz").stat().st_size

    first, first_bytes = processor(backed_up)
    copied, tar_bytes = processor(tar)
    for number in range(NEW):
        repository.create(PLACE, f"{number:02x}" + "f" * 30, _response(Random(number)))
    second, second_bytes = processor(backed_up)
    began = time.perf_counter()
    restored, _ = processor(lambda: _restored(folder))
    seconds = time.perf_counter() - began
    unpacked, _ = processor(lambda: _untarred(folder))
    yield Row(f"{what}: first backup, processor time, beside tar -z", first, copied, "s", limits.first)
    yield Row(f"{what}: one with {NEW} new responses, processor time", second, copied, "s", limits.second)
    yield Row(f"{what}: bytes written by the first", first_bytes / 1e6, tar_bytes / 1e6, "MB", limits.written)
    yield Row(f"{what}: bytes written by the second", second_bytes / 1e6, tar_bytes / 1e6, "MB", limits.again)
    yield Row(f"{what}: restore, checked, processor time, beside tar -xz", restored, unpacked, "s", limits.restored)
    yield Row(f"{what}: restore, waiting, limit", seconds, RESTORE, "s", 1)


def _demonstration(root: Path) -> FileRepository:
    repository = open_data_folder(root)
    sources = read_sources(QUESTIONNAIRES, WORKFORCE, EDITION, CLUSTER_LIST)
    years = load(repository, repository.key_ring().newest.key, _sources_for, _ready, NIGHT)
    deque(chain(years, load_workforce(repository, CLUSTER_LIST, sources, _ready, NIGHT)), maxlen=0)
    return repository


def _sources_for(edition: str) -> RoundSources:
    return read_sources(QUESTIONNAIRES, QUESTIONNAIRE, edition, CLUSTER_LIST)


def _ready(_catalogues: tuple[str, ...]) -> list[str]:
    return []


def filled(root: Path, files: int) -> FileRepository:
    """A data folder with 30,000 responses, and so many files of evidence."""
    repository = open_data_folder(root)
    chance = Random(1)
    for _ in range(256):
        repository.create(PLACE, f"{_:02x}" + "0" * 30, _response(chance))
    for number in range(RESPONSES - 256):
        key = chance.randbytes(16).hex()
        # Without waiting for the disk: only that they are there counts.
        source = root.joinpath(*PLACE, f"{number % 256:02x}", f"{number % 256:02x}" + "0" * 30 + ".json")
        root.joinpath(*PLACE, key[:2], key + ".json").write_bytes(
            source.read_bytes().replace(b'"n":', b'"n":' + str(number + 1).encode())
        )
    for number in range(files):
        repository.write_bytes(("rounds", "sr-2026", "files"), f"file-{number}.bin", chance.randbytes(FILE))
    return repository


def _response(chance: Random) -> dict[str, object]:
    return {"n": 7, "pages": {f"page-{page}": {f"q-{n}": chance.randrange(5) for n in range(12)} for page in range(5)}}


def _restored(folder: Path) -> int:
    backup = backup_of(folder / "backups")
    restore_from(opened_backup(folder / "backups", backup, Opener(folder / "key")), folder / "back")
    return len(backup.needs)


def _untarred(folder: Path) -> int:
    (folder / "untarred").mkdir()
    subprocess.run(("tar", "-xzf", folder / "copy.tar.gz", "-C", folder / "untarred"), check=True)
    os.sync()
    return 0


def processor(work: Callable[[], int]) -> tuple[float, int]:
    """The processor time of this process and of those that it starts, and what the work gave."""
    start = _used()
    gave = work()
    return _used() - start, gave


def _used() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


if __name__ == "__main__":
    show(run())
