"""The archive that a backup is: a zip of the data folder's files, with a manifest of their SHA-256.

A zip names every size before anything is unpacked and holds no hidden content, so that an archive from
anywhere can be judged first. Times are left out: an anonymous answer must not tell when it was given.
"""

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import orjson

from survey.storage.places import LOCKS, is_file_name
from survey.storage.repository import StorageError

MANIFEST = "manifest.json"
KIND = "myfyrio-backup"
LARGEST_MANIFEST = 512 * 2**20
PIECE = 2**20
_DAMAGE = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a zip raises when it is damaged."""

Progress = Callable[[int, int], None]
"""Called with how many steps are done, and how many there are."""


class BadArchive(StorageError):
    """A file that is no backup, is damaged, or has been made to do harm. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """What one file of an archive must be: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: the format of the data folder, and each file by its path in there."""

    format: int
    files: Mapping[str, ArchivedFile]

    @property
    def size(self) -> int:
        """The bytes of all files, unpacked."""
        return sum(content.size for content in self.files.values())


class Restorable(Protocol):
    """A backup that has been found harmless, in whatever form it is kept."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    @property
    def manifest(self) -> Manifest:
        """What it holds."""

    def copy_out(self, name: str, target: IO[bytes]) -> None:
        """Write one of its files. Raises BadArchive when it is not what the manifest says."""


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def add_file(archive: zipfile.ZipFile, name: str, source: Path, size: int) -> ArchivedFile:
    """Add the first `size` bytes of a file. Returns what was added. Raises OSError."""
    digest = hashlib.sha256()
    with source.open("rb") as data, archive.open(_entry(name), "w", force_zip64=size > 2**31) as target:
        for start in range(0, size, PIECE):
            length = min(PIECE, size - start)
            piece = data.read(length)
            if len(piece) < length:
                raise OSError("the file became shorter while it was read")
            digest.update(piece)
            target.write(piece)
    return ArchivedFile(size, digest.hexdigest())


def add_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Add the manifest, the last thing that goes into an archive."""
    files = {name: {"size": content.size, "sha256": content.sha256} for name, content in manifest.files.items()}
    document = {"kind": KIND, "format": manifest.format, "files": files}
    archive.writestr(_entry(MANIFEST), orjson.dumps(document, option=orjson.OPT_INDENT_2))


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive and its manifest, once its names, kinds and sizes have been found harmless. Raises BadArchive."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise BadArchive(f"{path} cannot be read as a backup: {error}") from error
    with archive:
        entries = archive.infolist()
        _refuse_harmful(entries)
        manifest = _manifest(archive)
        _refuse_different(entries, manifest)
        yield archive, manifest


@contextmanager
def opened_archive(path: Path) -> Iterator[Restorable]:
    """An archive, to be restored. Raises BadArchive."""
    with opened(path) as (archive, manifest):
        yield _Archive(str(path), manifest, archive)


@dataclass(frozen=True, slots=True)
class _Archive:
    name: str
    manifest: Manifest
    archive: zipfile.ZipFile

    def copy_out(self, name: str, target: IO[bytes]) -> None:
        copy_out(self.archive, name, self.manifest.files[name], target)


def copy_out(archive: zipfile.ZipFile, name: str, content: ArchivedFile, target: IO[bytes] | None = None) -> None:
    """Read one file of an archive, into `target` if there is one. Raises BadArchive when it is not what it must be."""
    digest = hashlib.sha256()
    size = 0
    for piece in _unpacked(archive, name):
        size += len(piece)
        if size > content.size:
            break
        digest.update(piece)
        if target is not None:
            target.write(piece)
    if size != content.size or digest.hexdigest() != content.sha256:
        raise BadArchive(f"“{name}” in the backup is not what the manifest says it is.")


def sha256_of(path: Path | str) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123 (a Path per file would take half the time)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as source:
            while piece := source.read(PIECE):
                yield piece
    except _DAMAGE as error:
        raise BadArchive(f"“{name}” in the backup is damaged: {error}") from error


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


def _refuse_harmful(entries: list[zipfile.ZipInfo]) -> None:
    refuse_harmful_names([entry.filename for entry in entries])
    for entry in entries:
        name = entry.filename
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise BadArchive(f"“{name}” in the backup is a link or device, not a file.")
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadArchive(f"“{name}” in the backup is packed in a way that backups are not.")


def refuse_harmful_names(names: Iterable[str]) -> None:
    """Raises BadArchive when one cannot be the name of a file in a data folder, or two cannot be there together."""
    seen = set()
    for name in names:
        parts = name.split("/")
        if parts[0] == LOCKS or not all(is_file_name(part) for part in parts):
            raise BadArchive(f"{name[:100]!r} in the backup is not the name of a file in a data folder.")
        if name in seen:
            raise BadArchive(f"“{name}” is in the backup twice.")
        seen.add(name)
    folders: set[str] = set()
    for name in seen:
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    if both := sorted(folders & seen):
        raise BadArchive(f"“{both[0]}” in the backup is a file and a folder.")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        entry = archive.getinfo(MANIFEST)
    except KeyError:
        raise BadArchive("This is not a backup: it has no manifest.") from None
    if entry.file_size > LARGEST_MANIFEST:
        raise BadArchive("The manifest of the backup is too large.")
    try:
        document = orjson.loads(b"".join(_unpacked(archive, MANIFEST)))
        if document["kind"] != KIND:
            raise ValueError("another kind of archive")
        files = {name: ArchivedFile(int(file["size"]), str(file["sha256"])) for name, file in document["files"].items()}
        return Manifest(int(document["format"]), files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadArchive("The manifest of the backup cannot be read.") from error


def _refuse_different(entries: list[zipfile.ZipInfo], manifest: Manifest) -> None:
    sizes = {entry.filename: entry.file_size for entry in entries if entry.filename != MANIFEST}
    for name in sorted(sizes.keys() | manifest.files.keys()):
        if name not in sizes:
            raise BadArchive(f"“{name}” is missing from the backup.")
        if name not in manifest.files:
            raise BadArchive(f"“{name}” is in the backup but not in its manifest.")
        if sizes[name] != manifest.files[name].size:
            raise BadArchive(f"“{name}” in the backup has another size than the manifest says.")
