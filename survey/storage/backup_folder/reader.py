"""A backup of a folder of backups, held against what it should be, and opened to be restored."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import orjson

from survey.storage.archive import (
    LARGEST_MANIFEST,
    ArchivedFile,
    BadArchive,
    Manifest,
    Progress,
    Restorable,
    no_progress,
    refuse_harmful_names,
)
from survey.storage.backup_folder.listing import Backup, file_of, listing
from survey.storage.backup_folder.pieces import PIECE, Pieces
from survey.storage.backup_folder.seal import Opener
from survey.storage.repository import StorageError


def backup_of(folder: Path, number: int | None = None) -> Backup:
    """The backup with a number; without one the newest. Raises StorageError when there is none or it cannot be read."""
    listed = listing(folder)
    newest, newest_file = listed.newest, max(listed.unreadable, default=None)
    if number is None and newest_file and (newest is None or file_of(folder, newest.number) < newest_file):
        raise BadArchive(
            f"The newest backup, {newest_file}, cannot be read: {listed.unreadable[newest_file]}. Nothing was changed. "
            "Say by its number which of the others it is to be."
        )
    if number is None and newest:
        return newest
    for backup in listed.backups:
        if backup.number == number:
            return backup
    path = file_of(folder, number or 0)
    if path in listed.unreadable:
        raise BadArchive(f"The backup {path} cannot be read: {listed.unreadable[path]}. Nothing was changed.")
    named = "backup" if number is None else f"backup {number}"
    raise StorageError(f"There is no {named} in {folder}.")


def faults(folder: Path, backups: list[Backup], progress: Progress = no_progress) -> dict[Path, tuple[str, list[int]]]:
    """The pieces of these backups that are missing or damaged: what is wrong, and the numbers of those that need it.

    No key is needed for it.
    """
    needed: dict[str, list[int]] = {}
    for backup in backups:
        for name in backup.needs:
            needed.setdefault(name, []).append(backup.number)
    pieces, faulty = Pieces(folder), {}
    for done, name in enumerate(sorted(needed), start=1):
        if fault := pieces.fault(name):
            faulty[pieces.path(name)] = (fault, sorted(needed[name]))
        progress(done, len(needed))
    return faulty


@contextmanager
def opened_backup(folder: Path, backup: Backup, opener: Opener) -> Iterator[Restorable]:
    """A backup to be restored, once the names in it have been found harmless. Raises BadArchive, StorageError: it is
    encrypted, and the opener has no key."""
    if backup.recipients and not opener.has_identity:
        raise StorageError(
            f"Backup {backup.number} is encrypted for {', '.join(backup.recipients)}. Nothing was changed. Give the "
            "file of the key that belongs to it: --identity FILE."
        )
    files = _contents(Pieces(folder), backup, opener)
    refuse_harmful_names(files)
    manifest = Manifest(backup.format, {name: content for name, (content, _) in files.items()})
    made_of = {name: hashes for name, (_, hashes) in files.items()}
    yield _Opened(f"{folder}, number {backup.number}", manifest, made_of, Pieces(folder), backup, opener)


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    manifest: Manifest
    made_of: Mapping[str, list[str]]
    pieces: Pieces
    backup: Backup
    opener: Opener

    def copy_out(self, name: str, target: IO[bytes]) -> None:
        size = 0
        for content in self.made_of[name]:
            data = self.opener.open(
                self.pieces.read(self.backup.pieces[content]), PIECE, encrypted=bool(self.backup.recipients)
            )
            size += len(data)
            target.write(data)
        if size != self.manifest.files[name].size:
            raise BadArchive(f"“{name}” in the backup has another size than its contents say.")


def _contents(pieces: Pieces, backup: Backup, opener: Opener) -> dict[str, tuple[ArchivedFile, list[str]]]:
    data = bytearray()
    for name in backup.contents:
        data += opener.open(pieces.read(name), PIECE, encrypted=bool(backup.recipients))
        if len(data) > LARGEST_MANIFEST:
            raise BadArchive(f"What backup {backup.number} says that it holds is too large.")
    try:
        return {
            name: (ArchivedFile(int(size), str(sha256)), [known for known in hashes if backup.pieces[known]])
            for name, (size, sha256, hashes) in orjson.loads(data).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadArchive(f"What backup {backup.number} says that it holds cannot be read.") from error
