"""A backup in a folder of backups, and its restore, beside `tar` of the same folder: of a service with 30,000 anonymous
responses and the files of evidence that clusters attach, on the first night and on one when little is new.

Processor time is what it costs; the seconds of the restore are what an operator waits for (RTO).
"""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from pyrage import x25519

from survey.storage.backup import restore_from
from survey.storage.backup_folder.reading import backup_of, opened_backup
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.sealing import Opener
from survey.storage.backup_folder.writing import back_up
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show

RESPONSES, FILES, FILE = 30_000, 75, 4_000_000
NEW = 100
PLACE = ("rounds", "ws-2026", "skills", "responses")
NIGHT = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
RESTORE = 120.0


def run() -> list[Row]:
    """Return the costs beside those of tar, and the waiting for a restore beside its limit."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        repository = _filled(folder / "data")
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

        first, first_bytes = _processor(backed_up)
        copied, tar_bytes = _processor(tar)
        for number in range(NEW):
            repository.create(PLACE, f"{number:02x}" + "f" * 30, _response(Random(number)))
        second, second_bytes = _processor(backed_up)
        began = time.perf_counter()
        restored, _ = _processor(lambda: _restored(folder))
        seconds = time.perf_counter() - began
        unpacked, _ = _processor(lambda: _untarred(folder))
    return [
        Row("first backup, processor time, beside tar -z", first, copied, "s", 3),
        Row("one with 100 new responses, processor time", second, copied, "s", 1),
        Row("bytes written by the first", first_bytes / 1e6, tar_bytes / 1e6, "MB", 1.25),
        Row("bytes written by one with 100 new responses", second_bytes / 1e6, tar_bytes / 1e6, "MB", 0.1),
        Row("restore, checked, processor time, beside tar -xz", restored, unpacked, "s", 5),
        Row("restore, waiting, limit", seconds, RESTORE, "s", 1),
    ]


def _filled(root: Path) -> FileRepository:
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
    for number in range(FILES):
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


def _processor(work: Callable[[], int]) -> tuple[float, int]:
    """The processor time of this process and of those that it starts, and what the work gave."""
    start = _used()
    gave = work()
    return _used() - start, gave


def _used() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


if __name__ == "__main__":
    show(run())
