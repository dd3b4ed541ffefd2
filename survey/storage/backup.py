"""Copies of the whole data folder while the service runs, and the way back.

A backup holds all locks only while it links every file into a folder of its own: files are replaced and never
changed, so the links stay what they were at that moment. Logs do grow, so their sizes are noted as well.
"""

import ctypes
import errno
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.atomic_file import FILE_MODE, FOLDER_MODE, make_folder, sync_folder, temporary_file
from survey.storage.archive import (
    BadArchive,
    Content,
    Manifest,
    Progress,
    add_file,
    add_manifest,
    copy_out,
    no_progress,
    opened,
    sha256_of,
)
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import (
    META,
    SECRET,
    is_data_folder,
    read_format,
    refuse_newer,
    secret_of,
)
from survey.storage.tinydb_files.durable import plain_errors
from survey.storage.tinydb_files.locks import Locks

STAGING = ".backup"
JOB = "backup"
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
SPARE = 64 * 2**20
"""Bytes of the disk that a restore leaves free."""


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
    with plain_errors(target), temporary_file(target.parent) as (temporary, descriptor):
        with locks.one_at_a_time(JOB), _snapshot(root, locks) as (staging, sizes):
            manifest = _write(descriptor, staging, sizes, number, progress)
        check_archive(temporary, progress)
        os.link(temporary, target)
        sync_folder(target.parent)
    return manifest


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
    return any(path.name not in (META, SECRET, LOCKS, STAGING) for path in list(root.iterdir()))


def restore(archive: Path, root: Path, *, replace: bool = False, progress: Progress = no_progress) -> Path | None:
    """Make `root` what it was when `archive` was written.

    The archive is unpacked beside the folder, read back from the disk and held against its manifest; only then
    the two change places, in one step. Returns where the folder that was there before is kept, or None when it
    held no data. Running processes must be started again: they know the old secret.
    Raises StorageError when the folder holds data and `replace` is not set, BadArchive, and then nothing has changed.
    """
    root = root.absolute()
    if holds_data(root) and not replace:
        raise StorageError(f"{root} holds data. Nothing was changed. Say so if the backup is to take its place.")
    with plain_errors(root.parent):
        make_folder(root.parent)
    fresh = root.with_name(f".{root.name}.restore-{secrets.token_hex(4)}")
    try:
        with opened(archive) as (source, manifest):
            refuse_newer(manifest.format, f"The backup {archive}")
            _refuse_too_large(manifest, root.parent)
            _unpack(source, manifest, fresh, progress)
        _refuse_changed(fresh, manifest, archive)
        return _take_place(fresh, root)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _snapshot(root: Path, locks: Locks) -> Iterator[tuple[Path, dict[str, int]]]:
    """A folder of links to every file as it is now, and each one's size; gone afterwards."""
    staging = root / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    make_folder(staging)
    try:
        with locks.all_held():
            sizes = dict(_link_all(root, staging))
        yield staging, sizes
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _link_all(root: Path, staging: Path) -> Iterator[tuple[str, int]]:
    for folder, below, names in os.walk(root):
        here = Path(folder)
        if here == root:
            below[:] = [name for name in below if name not in (LOCKS, STAGING)]
        below[:] = [name for name in below if not is_data_folder(here / name)]
        there = staging / here.relative_to(root)
        there.mkdir(FOLDER_MODE, exist_ok=True)
        below.sort()
        for name in sorted(names):
            if not name.startswith("."):
                os.link(here / name, there / name)
                yield str((here / name).relative_to(root)), (there / name).stat().st_size


def _write(descriptor: int, staging: Path, sizes: dict[str, int], number: int, progress: Progress) -> Manifest:
    files: dict[str, Content] = {}
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


def _unpack(source: zipfile.ZipFile, manifest: Manifest, fresh: Path, progress: Progress) -> None:
    with plain_errors(fresh):
        make_folder(fresh)
        for done, (name, content) in enumerate(manifest.files.items(), start=1):
            path = fresh / name
            if not path.parent.is_dir():
                make_folder(path.parent)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
            with os.fdopen(descriptor, "wb") as target:
                copy_out(source, name, content, target)
            progress(done, len(manifest.files))
        # One flush of the whole disk instead of one per file.
        os.sync()


def _refuse_changed(fresh: Path, manifest: Manifest, archive: Path) -> None:
    with plain_errors(fresh):
        for name, content in manifest.files.items():
            if sha256_of(fresh / name) != content.sha256:
                raise StorageError(f"“{name}” came back from the disk as something else. Nothing was changed.")
    if read_format(fresh) != manifest.format:
        raise BadArchive(f"{archive} does not hold a data folder of the format that its manifest says.")
    try:
        secret_of(fresh)
    except StorageError as error:
        raise BadArchive(
            f"{archive} holds no secret that can be used, without which no access code is known."
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
        sync_folder(root.parent)
    if not keep:
        return None
    before = root.with_name(f"{root.name}-before-restore-{secrets.token_hex(4)}")
    with plain_errors(before):
        try:
            fresh.rename(before)
        except OSError:
            # What was there must not be taken for what was unpacked, which goes.
            _exchange(fresh, root)
            raise
        sync_folder(root.parent)
    return before


def _exchange(one: Path, other: Path) -> None:
    """Give each folder the other’s name. Where the system has no such step (it is Linux’s), it takes three.

    Raises OSError; StorageError when one of them is where a disk is mounted, which cannot be renamed.
    """
    failure = _in_one_step(one, other)
    if failure in (errno.EINVAL, errno.ENOSYS):
        between = one.with_name(f"{one.name}-between")
        other.rename(between)
        one.rename(other)
        between.rename(one)
    elif failure in (errno.EBUSY, errno.EXDEV):
        raise StorageError(
            f"{other} is where a disk is mounted, so nothing can take its place. Nothing was changed. "
            "Set SURVEY_DATA to a folder on that disk instead."
        )
    elif failure:
        raise OSError(failure, os.strerror(failure), str(other))


def _in_one_step(one: Path, other: Path) -> int:
    """The system’s error number, 0 for none."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return errno.ENOSYS
    failed = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return ctypes.get_errno() if failed else 0
