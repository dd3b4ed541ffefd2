"""Making a backup in a folder of backups: what is new is written, all that it needs is looked at, and it is there."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from survey.atomic_file import make_folder, remove_file, replace_file
from survey.storage.archive import Progress, no_progress
from survey.storage.backup_folder.listing import Backup, Listing, file_of, listing
from survey.storage.backup_folder.moment import JOB, link_all, note_unfinished, staging_folder
from survey.storage.backup_folder.pieces import PIECE, Pieces
from survey.storage.backup_folder.rotation import Keep, let_go
from survey.storage.backup_folder.seal import Sealer
from survey.storage.backup_folder.upkeep import remove_unnamed
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import read_format, secret_of
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.locks import Locks

WHOSE = "whose.json"
_KEY = b"names of pieces in backups"


@dataclass(frozen=True, slots=True)
class WrittenBackup:
    """A backup that was made: how many files it holds, how many bytes were written for it, which were let go for it,
    and which files in the folder should be backups and cannot be read (then none is let go)."""

    backup: Backup
    files: int
    written: int
    let_go: Sequence[Backup]
    unreadable: Sequence[Path]


def back_up(
    root: Path,
    folder: Path,
    *,
    recipients: Sequence[str],
    keep: Keep,
    now: datetime,
    progress: Progress = no_progress,
    whose: str | None = None,
) -> WrittenBackup:
    """Keep everything in the data folder, as it is at one moment, as the newest backup in `folder`, which is made if it
    is not there; then let go what is not to be kept any longer. `whose`: of what these are backups, if the folder only
    holds a copy of it for the moment.

    Every piece that the new backup needs is read back before it is there; one that is damaged, or lost, is written
    again. Raises StorageError: nothing to back up, a folder of other backups, no recipient, disk full …, and then all
    backups are as they were.
    """
    root, folder = root.absolute(), folder.absolute()
    number = read_format(root)
    if number is None:
        raise StorageError(f"{root} is not a data folder: there is nothing to back up.")
    if folder.is_relative_to(root):
        raise StorageError("Backups cannot lie in the data folder that they are of. Choose another place.")
    sealer, key = Sealer(recipients), hmac.digest(secret_of(root).encode(), _KEY, "sha256")
    locks = Locks(root / LOCKS)
    with plain_errors(folder), locks.one_at_a_time(JOB), staging_folder(root) as staging:
        make_folder(folder)
        _claim(folder, whose or str(root))
        note_unfinished(staging, folder)
        with locks.all_held():
            sizes = dict(link_all(root, staging))
        # What was half written by one that was killed may not be on the disk, so none of it is taken for whole.
        remove_unnamed(folder)
        there = listing(folder)
        try:
            writer = _PieceWriter(folder, key, sealer, _pieces_for(there, recipients))
            for done, (name, size) in enumerate(sizes.items(), start=1):
                writer.add(name, staging / name, size)
                progress(done, len(sizes))
            backup = Backup(_next(folder), now, number, tuple(recipients), writer.contents(), writer.used)
            writer.finish(backup)
        except BaseException:
            remove_unnamed(folder)
            raise
        gone = [] if there.unreadable else let_go([*there.backups, backup], keep)
        for old in gone:
            remove_file(file_of(folder, old.number))
        remove_unnamed(folder)
    return WrittenBackup(backup, len(sizes), writer.written, gone, tuple(there.unreadable))


class _PieceWriter:
    """Writes the pieces of one backup that are not there yet."""

    def __init__(self, folder: Path, key: bytes, sealer: Sealer, known: dict[str, str]) -> None:
        self._folder, self._key, self._sealer, self._known = folder, key, sealer, known
        self._pieces = Pieces(folder)
        self._files: dict[str, tuple[int, str, list[str]]] = {}
        self.used: dict[str, str] = {}
        self.written = 0

    def add(self, name: str, source: Path, size: int) -> None:
        """Add the first `size` bytes of a file. Raises OSError."""
        digest, hashes = hashlib.sha256(), []
        for data in _cut(source, size):
            digest.update(data)
            content = hmac.digest(self._key, data, "sha256").hex()[:32]
            if content not in self.used:
                known = self._known.get(content)
                whole = known is not None and not self._pieces.fault(known)
                self.used[content] = known if known is not None and whole else self._put(data)
            hashes.append(content)
        self._files[name] = (size, digest.hexdigest(), hashes)

    def contents(self) -> tuple[str, ...]:
        """Write which file is made of what, and return the pieces in which it is."""
        data = orjson.dumps(self._files)
        return tuple(self._put(data[start : start + PIECE]) for start in range(0, len(data), PIECE))

    def finish(self, backup: Backup) -> None:
        """From now on it is there. Raises StorageError when the disk does not give back what was written."""
        self._pieces.flush()
        for name in sorted(backup.needs):
            if fault := self._pieces.fault(name):
                raise StorageError(
                    f"{self._pieces.path(name)} is {fault} though it was just written. Try another disk."
                )
        data = backup.as_bytes()
        replace_file(file_of(self._folder, backup.number), data)
        self.written += len(data)

    def _put(self, data: bytes) -> str:
        sealed = self._sealer.seal(data)
        self.written += len(sealed)
        return self._pieces.put(sealed)


def _cut(source: Path, size: int) -> Iterator[bytes]:
    with source.open("rb") as file:
        for start in range(0, size, PIECE):
            length = min(PIECE, size - start)
            data = file.read(length)
            if len(data) < length:
                raise OSError("the file became shorter while it was read")
            yield data


def _pieces_for(there: Listing, recipients: Sequence[str]) -> dict[str, str]:
    """What is there already for the same readers: what lies in clear is no part of a backup that is encrypted."""
    known: dict[str, str] = {}
    for backup in there.backups:
        if set(backup.recipients) == set(recipients):
            known.update(backup.pieces)
    return known


def _next(folder: Path) -> int:
    """One more than any backup has, readable or not."""
    return max((int(path.stem) for path in folder.glob("[0-9]" * 6 + ".json")), default=0) + 1


def _claim(folder: Path, whose: str) -> None:
    """Say whose backups these are. Raises StorageError when they are another’s."""
    path = folder / WHOSE
    mine = orjson.dumps({"kind": "myfyrio-backups", "of": whose})
    if not path.exists():
        replace_file(path, mine)
    elif path.read_bytes() != mine:
        raise StorageError(
            f"{folder} holds backups of something else than {whose}. Nothing was written. Set SURVEY_BACKUPS to "
            f"another folder. If it is the same data that has moved, remove {path} and try again."
        )
