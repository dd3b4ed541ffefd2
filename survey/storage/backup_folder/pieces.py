"""The pieces of a folder of backups: written once, called by the SHA-256 of what lies there, never changed."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from survey.atomic_file import TEMPORARY, make_folder, place_file, sync_file, sync_folder, whole_days
from survey.storage.archive import BadArchive

PIECES = "pieces"
PIECE = 2**20
"""Bytes of a file in one piece, so that a log that has grown is not written whole again."""
MANY = 500
"""New pieces from which on the whole disk is flushed first: it takes a fraction of the time of a flush of each."""
LARGEST = 2 * PIECE
"""Bytes of a piece as it lies there: more than packing and encrypting ever make of one."""
_NAME = re.compile(r"[0-9a-f]{64}")


class Pieces:
    """The pieces of one folder of backups. Writing raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / PIECES
        self._new: set[Path] = set()

    def path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def put(self, sealed: bytes) -> str:
        """Keep a piece, and return its name. It is safe once `flush` has returned."""
        name = hashlib.sha256(sealed).hexdigest()
        path = self.path(name)
        if not path.parent.is_dir():
            make_folder(path.parent)
        # By the day, so that no piece tells at which hour what is in it was new.
        place_file(path, sealed, whole_days)
        self._new.add(path)
        return name

    def flush(self) -> None:
        """Flush what was put to the disk, with its names."""
        if len(self._new) > MANY:
            # All at once; a flush of each then finds nothing to do, and says what went wrong with it.
            os.sync()
        for path in self._new:
            sync_file(path)
        for folder in {path.parent for path in self._new}:
            sync_folder(folder)
        self._new.clear()

    def fault(self, name: str) -> str:
        """What is wrong with a piece: “missing”, “unreadable” or “damaged”. Empty if it is whole."""
        try:
            sealed = self._bytes(name)
        except FileNotFoundError:
            return "missing"
        except OSError:
            return "unreadable"
        return "" if hashlib.sha256(sealed).hexdigest() == name else "damaged"

    def read(self, name: str) -> bytes:
        """A whole piece. Raises BadArchive."""
        try:
            sealed = self._bytes(name)
        except OSError as error:
            raise BadArchive(f"The piece {self.path(name)} cannot be read: {error.strerror}.") from error
        if hashlib.sha256(sealed).hexdigest() != name:
            raise BadArchive(f"The piece {self.path(name)} is damaged.")
        return sealed

    def size(self, name: str) -> int:
        """The bytes of a piece as it lies there; 0 if it does not."""
        try:
            return self.path(name).stat().st_size
        except OSError:
            return 0

    def remove_all_but(self, names: set[str]) -> list[Path]:
        """Remove the pieces that are not among these, and what writers that died left; say which they were."""
        removed = []
        for path in self._files():
            if (_NAME.fullmatch(path.name) and path.name not in names) or path.name.endswith(TEMPORARY):
                path.unlink(missing_ok=True)
                removed.append(path)
        return removed

    def _files(self) -> Iterator[Path]:
        for shard in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            yield from list(shard.iterdir())

    def _bytes(self, name: str) -> bytes:
        with open(f"{self._folder}/{name[:2]}/{name}", "rb") as file:  # noqa: PTH123 (as `path`, in half the time)
            return file.read(LARGEST + 1)


def is_piece_name(text: object) -> bool:
    return isinstance(text, str) and _NAME.fullmatch(text) is not None
