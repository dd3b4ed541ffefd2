"""What a folder of backups says of each: when it was made, and which pieces it needs. Nothing that anybody answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from survey.storage.archive import LARGEST_MANIFEST
from survey.storage.backup_folder.pieces import is_piece_name
from survey.storage.repository import StorageError

KIND = "myfyrio-backup-list"
VERSION = 1
_FILE = re.compile(r"([0-9]{6})\.json")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    `pieces`: what of the data folder is in which piece: the keyed hash of the content → the name of the piece.
    `contents`: the pieces in which it is listed which file is made of what, in order.
    `format`: of the data folder. `recipients`: for whom it is encrypted; none: it lies in clear.
    """

    number: int
    at: datetime
    format: int
    recipients: tuple[str, ...]
    contents: tuple[str, ...]
    pieces: Mapping[str, str]

    @property
    def needs(self) -> set[str]:
        """The names of all pieces without which it is not whole."""
        return {*self.pieces.values(), *self.contents}

    def as_bytes(self) -> bytes:
        return orjson.dumps(
            {
                "kind": KIND,
                "version": VERSION,
                "at": self.at.isoformat(),
                "format": self.format,
                "recipients": list(self.recipients),
                "contents": list(self.contents),
                # In the order of the hashes, which tells nothing of the order in which anything came.
                "pieces": dict(sorted(self.pieces.items())),
            },
            option=orjson.OPT_INDENT_2,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """All backups of a folder, oldest first, and the files that should be one and cannot be read, each with why."""

    backups: Sequence[Backup]
    unreadable: Mapping[Path, str]

    @property
    def newest(self) -> Backup | None:
        return self.backups[-1] if self.backups else None


def file_of(folder: Path, number: int) -> Path:
    """Where a backup is said to be."""
    return folder / f"{number:06d}.json"


def listing(folder: Path) -> Listing:
    """What is in a folder of backups. Raises StorageError when the folder cannot be read; one that is not there is
    empty."""
    backups, unreadable = [], {}
    for path in _files(folder):
        try:
            backups.append(_read(path))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            unreadable[path] = str(getattr(error, "strerror", None) or error)
    return Listing(backups, unreadable)


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name))
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(f"The backups in {folder} cannot be read: {error.strerror}.") from error


def _read(path: Path) -> Backup:
    if path.stat().st_size > LARGEST_MANIFEST:
        raise ValueError("it is too large")
    document = orjson.loads(path.read_bytes())
    if document["kind"] != KIND or document["version"] != VERSION:
        raise ValueError("it is of a newer version of Myfyrio, or no backup")
    at = datetime.fromisoformat(document["at"])
    contents, pieces = tuple(document["contents"]), dict(document["pieces"])
    if at.tzinfo is None or not contents or not all(map(is_piece_name, (*contents, *pieces.values()))):
        raise ValueError("it does not have the shape of a backup")
    recipients = tuple(str(recipient) for recipient in document["recipients"])
    return Backup(int(path.stem), at, int(document["format"]), recipients, contents, pieces)
