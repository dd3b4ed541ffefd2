"""Copies of the whole data folder while the service runs, and the way back.

Here a backup is one file; `backup_folder` keeps many, and writes of each only what has changed. Whoever is killed over
either leaves copies of everything: `remove_leftovers` finds and removes them.
"""

import ctypes
import errno
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from survey.atomic_file import FILE_MODE, make_folder, place_folder, sync_folder, temporary_file
from survey.storage.archive import (
    ArchivedFile,
    BadArchive,
    Manifest,
    Progress,
    Restorable,
    add_file,
    add_manifest,
    copy_out,
    no_progress,
    opened,
    sha256_of,
)
from survey.storage.backup_folder.moment import JOB, STAGING, link_all, note_unfinished, remove_staging, staging_folder
from survey.storage.occupancy import alone_with
from survey.storage.places import BROUGHT, LOCKS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import META, SECRET, read_format, refuse_newer, secret_of
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.locks import Locks

UNPACKED, SWAPPED, BEFORE = "restore", "swapped", "before-restore"
"""In the names beside the data folder: what is being unpacked; what changes places with it; what was in its place."""
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
SPARE = 64 * 2**20
"""Bytes of the disk that a restore leaves free."""


class InUse(StorageError):
    """A service is running on the data folder, or another restore."""


def backup(root: Path, target: Path, progress: Progress = no_progress) -> Manifest:
    """Write everything in the data folder, as it is at one moment, to the new zip file `target`.

    The archive holds the folder's secret: keep it as safe as the folder. It is read back before it gets its name.
    Raises StorageError: nothing to back up, the target is there already or inside the data folder, disk full …
    """
    root, target = root.absolute(), target.absolute()
    number = read_format(root)
    if number is None:
        raise StorageError(f"{root} is not a data folder: there is nothing to back up.")
    if target.exists():
        raise StorageError(f"{target} is there already. Nothing was changed; choose another name.")
    if target.is_relative_to(root):
        raise StorageError("A backup cannot lie in the data folder that it is of. Choose another place.")
    locks = Locks(root / LOCKS)
    with (
        plain_errors(target),
        locks.one_at_a_time(JOB),
        staging_folder(root) as staging,
        temporary_file(target.parent) as (temporary, descriptor),
    ):
        # So that the half of an archive is found by whoever finds the staging folder.
        note_unfinished(staging, temporary)
        with locks.all_held():
            sizes = dict(link_all(root, staging))
        manifest = _write(descriptor, staging, sizes, number, progress)
        check_archive(temporary, progress)
        os.link(temporary, target)
        sync_folder(target.parent)
    return manifest


def remove_leftovers(root: Path) -> list[Path]:
    """Remove the copies that backups and restores left that were killed, and say which.

    One that is being worked on is left alone. What was in the place of a restored folder has been asked to be kept: it
    gets the name under which it would have been.
    """
    removed: list[Path] = []
    if (root / STAGING).exists():
        with Locks(root / LOCKS).held_if_free(JOB) as is_free:
            if is_free:
                removed = remove_staging(root)
    for path in sorted(root.parent.glob(f".{root.name}.{UNPACKED}-*")):
        with alone_with(path) as is_free:
            if is_free:
                shutil.rmtree(path, ignore_errors=True)
                removed.append(path)
    for path in sorted(root.parent.glob(f".{root.name}.{SWAPPED}-*")):
        with alone_with(path) as is_free:
            if is_free:
                _keep_beside(path, root)
    return removed


def copies_beside(root: Path) -> list[Path]:
    """The copies of the folder that lie beside it, kept on purpose: backups, and what was there before a restore."""
    names = (f"{root.name}-*.zip", f"{root.name}-{BEFORE}-*")
    return sorted({path for name in names for path in root.parent.glob(name)})


def check_archive(path: Path, progress: Progress = no_progress) -> Manifest:
    """Read an archive from end to end. Returns its manifest. Raises BadArchive."""
    with opened(path) as (archive, manifest):
        for done, (name, content) in enumerate(manifest.files.items(), start=1):
            copy_out(archive, name, content)
            progress(done, len(manifest.files))
    return manifest


def holds_data(root: Path) -> bool:
    """Whether a folder holds more than what every start makes (format, secret, locks)."""
    if not root.is_dir():
        return False
    return any(path.name not in (META, SECRET, LOCKS, STAGING, BROUGHT) for path in list(root.iterdir()))


def restore_from(
    opening: AbstractContextManager[Restorable], root: Path, *, replace: bool = False, progress: Progress = no_progress
) -> Path | None:
    """Make `root` what it was when a backup was made.

    The backup is unpacked beside the folder, read back from the disk and held against its manifest; only then
    the two change places, in one step. Returns where the folder that was there before is kept, or None when it
    held no data. Running processes must be started again: they know the old secret.
    Raises StorageError when the folder holds data and `replace` is not set, InUse while a service runs on it,
    BadArchive, and then nothing has changed.
    """
    root = root.absolute()
    if holds_data(root) and not replace:
        raise StorageError(f"{root} holds data. Nothing was changed. Say so if the backup is to take its place.")
    with plain_errors(root.parent):
        make_folder(root.parent)
    remove_leftovers(root)
    fresh = root.with_name(f".{root.name}.{UNPACKED}-{secrets.token_hex(4)}")
    swapped = root.with_name(f".{root.name}.{SWAPPED}-{secrets.token_hex(4)}")
    with _alone_with_both(root, fresh):
        unpacked = fresh.stat().st_ino
        try:
            with opening as source:
                unpack(source, fresh, progress)
            with plain_errors(root):
                fresh.rename(swapped)
            return _take_place(swapped, root)
        finally:
            # Never what was there before: where the disk does not let it back, it stays, and the next start keeps it.
            for path in (fresh, swapped):
                if path.exists() and path.stat().st_ino == unpacked:
                    shutil.rmtree(path, ignore_errors=True)


def unpack(source: Restorable, fresh: Path, progress: Progress = no_progress) -> None:
    """Put what a backup holds into an empty folder, read it back from the disk, and hold it against its manifest.

    Raises StorageError, BadArchive; what is in the folder then is to be removed.
    """
    refuse_newer(source.manifest.format, f"The backup {source.name}")
    _refuse_too_large(source.manifest, fresh.parent)
    _write_out(source, fresh, progress)
    _refuse_changed(fresh, source)


@contextmanager
def _alone_with_both(root: Path, fresh: Path) -> Iterator[None]:
    """Have a data folder alone, if there is one, and make the folder that is to take its place, which nobody may sweep.

    Raises InUse.
    """
    with ExitStack() as stack:
        with plain_errors(fresh):
            if root.is_dir() and not stack.enter_context(alone_with(root)):
                raise InUse(f"A service is running on {root}. Nothing was changed. Stop it, then restore.")
            make_folder(fresh)
            stack.enter_context(alone_with(fresh))
        yield


def _write(descriptor: int, staging: Path, sizes: dict[str, int], number: int, progress: Progress) -> Manifest:
    files: dict[str, ArchivedFile] = {}
    with os.fdopen(descriptor, "wb", closefd=False) as output, zipfile.ZipFile(output, "w") as archive:
        for name, size in sizes.items():
            files[name] = add_file(archive, name, staging / name, size)
            progress(len(files), len(sizes))
        manifest = Manifest(number, files)
        add_manifest(archive, manifest)
    os.fsync(descriptor)
    return manifest


def _refuse_too_large(manifest: Manifest, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if manifest.size + SPARE > free:
        raise BadArchive(
            f"The backup needs {manifest.size // 2**20 + 1} MiB, and {free // 2**20} MiB are free in {folder}. "
            "Nothing was changed."
        )


def _write_out(source: Restorable, fresh: Path, progress: Progress) -> None:
    there: set[str] = set()
    with plain_errors(fresh):
        for done, name in enumerate(source.manifest.files, start=1):
            folder = name.rpartition("/")[0]
            if folder not in there:
                place_folder(fresh / folder)
                there.add(folder)
            # A Path for each file would take longer than writing it.
            descriptor = os.open(f"{fresh}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
            with os.fdopen(descriptor, "wb") as target:
                source.copy_out(name, target)
            progress(done, len(source.manifest.files))
        # One flush of the whole disk instead of one per file.
        os.sync()


def _refuse_changed(fresh: Path, source: Restorable) -> None:
    with plain_errors(fresh):
        for name, content in source.manifest.files.items():
            if sha256_of(f"{fresh}/{name}") != content.sha256:
                raise StorageError(f"“{name}” came back from the disk as something else. Nothing was changed.")
    if read_format(fresh) != source.manifest.format:
        raise BadArchive(f"{source.name} does not hold a data folder of the format that its manifest says.")
    try:
        secret_of(fresh)
    except StorageError as error:
        raise BadArchive(
            f"{source.name} holds no secret that can be used, without which no access code is known."
        ) from error


def _take_place(fresh: Path, root: Path) -> Path | None:
    if not root.exists():
        with plain_errors(root):
            make_folder(fresh / LOCKS)
            fresh.rename(root)
            sync_folder(root.parent)
        return None
    keep = holds_data(root)
    with plain_errors(root), Locks(root / LOCKS).all_held():
        # The same lock files, so that who waits on one now and who comes later still exclude each other.
        make_folder(fresh / LOCKS)
        for lock in (root / LOCKS).iterdir():
            os.link(lock, fresh / LOCKS / lock.name)
        _exchange(fresh, root)
    try:
        with plain_errors(root):
            sync_folder(root.parent)
        if keep:
            return _keep_beside(fresh, root)
    except StorageError:
        with plain_errors(root):
            _exchange(fresh, root)
        raise
    shutil.rmtree(fresh, ignore_errors=True)
    return None


def _keep_beside(folder: Path, root: Path) -> Path:
    """Give what was in the place of a restored folder the name under which it is kept, and say which."""
    before = root.with_name(f"{root.name}-{BEFORE}-{secrets.token_hex(4)}")
    with plain_errors(before):
        folder.rename(before)
        sync_folder(root.parent)
    return before


def _exchange(folder: Path, other: Path) -> None:
    """Give each folder the other’s name. Where the system has no such step (it is Linux’s), it takes three.

    Raises OSError; StorageError when one of them is where a disk is mounted, which cannot be renamed.
    """
    failure = _in_one_step(folder, other)
    if failure in (errno.EINVAL, errno.ENOSYS):
        between = folder.with_name(f"{folder.name}-between")
        other.rename(between)
        folder.rename(other)
        between.rename(folder)
    elif failure in (errno.EBUSY, errno.EXDEV):
        raise StorageError(
            f"{other} is where a disk is mounted, so nothing can take its place. Nothing was changed. "
            "Set SURVEY_DATA to a folder on that disk instead."
        )
    elif failure:
        raise OSError(failure, os.strerror(failure), str(other))


def _in_one_step(folder: Path, other: Path) -> int:
    """The system’s error number, 0 for none."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return errno.ENOSYS
    failed = rename(_HERE, os.fsencode(folder), _HERE, os.fsencode(other), _EXCHANGE)
    return ctypes.get_errno() if failed else 0
