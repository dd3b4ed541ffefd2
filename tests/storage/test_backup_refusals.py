"""Why a backup or a restore was refused is said in full, and in which order the two do their work."""

import errno
import os
import re
import stat
from collections import namedtuple
from pathlib import Path

import pytest

from survey.storage import archive as archives
from survey.storage import backup as backups
from survey.storage.archive import ArchivedFile, BadArchive, Manifest, opened_archive
from survey.storage.backup import SPARE, backup, check_archive, holds_data
from survey.storage.data_folder import open_data_folder
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError, StorageFull
from survey.storage.tinydb_files.locks import STRIPES, Locks
from survey.storage.tinydb_files.repository import FileRepository
from tests.restoring import restore

PLACE = ("rounds", "sr-2026", "reflection")
usage = namedtuple("usage", "total used free")


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = open_data_folder(tmp_path / "data")
    for key in ("north", "south"):
        repository.write(PLACE, key, {"text": "Ateb â ŵ ac ŷ"})
    # Only at the top do these names belong to the data folder itself.
    repository.write(("rounds", "locks"), "round", {"n": 1})
    return repository


@pytest.fixture
def copy(repository, tmp_path) -> Path:
    backup(repository.root, tmp_path / "copy.zip")
    return tmp_path / "copy.zip"


def refusal(act, kind=StorageError) -> str:
    with pytest.raises(StorageError) as raised:
        act()
    assert type(raised.value) is kind
    return str(raised.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_why_a_backup_is_refused_is_said(repository, copy, tmp_path):
    assert refusal(lambda: backup(tmp_path, tmp_path / "new.zip")) == (
        f"{tmp_path} is not a data folder: there is nothing to back up."
    )
    assert refusal(lambda: backup(repository.root, copy)) == (
        f"{copy} is there already. Nothing was changed; choose another name."
    )
    assert refusal(lambda: backup(repository.root, repository.root / "rounds" / "new.zip")) == (
        "A backup cannot lie in the data folder that it is of. Choose another place."
    )
    nowhere = tmp_path / "nowhere" / "new.zip"
    assert refusal(lambda: backup(repository.root, nowhere)) == (
        f"{nowhere} could not be kept: No such file or directory."
    )


def test_folders_may_be_named_from_where_one_is(repository, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert refusal(lambda: backup(Path("data"), Path("data/new.zip"))).startswith("A backup cannot lie")
    backup(Path("data"), Path("copy.zip"))
    assert restore(Path("copy.zip"), Path("other")) is None
    assert FileRepository(tmp_path / "other").keys(PLACE) == ["north", "south"]


def test_a_backup_has_all_files_in_order_and_each_step_is_told(repository, tmp_path):
    repository.root.joinpath(*PLACE, ".0123.tmp").write_bytes(b"half")
    told = []
    manifest = backup(repository.root, tmp_path / "copy.zip", lambda done, total: told.append((done, total)))
    assert list(manifest.files) == [
        "meta.json",
        "secret",
        "rounds/locks/round.json",
        "rounds/sr-2026/reflection/north.json",
        "rounds/sr-2026/reflection/south.json",
    ]
    steps = [(done, 5) for done in range(1, 6)]
    assert told == [*steps, *steps]
    told.clear()
    assert check_archive(tmp_path / "copy.zip", lambda done, total: told.append((done, total))) == manifest
    assert told == steps
    told.clear()
    restore(tmp_path / "copy.zip", tmp_path / "other", progress=lambda done, total: told.append((done, total)))
    assert told == steps


def test_while_a_backup_is_written_writers_are_free_and_no_other_backup_begins(repository, tmp_path):
    seen = []

    def look(done: int, total: int) -> None:
        if not seen:
            with pytest.raises(StorageError), Locks(repository.root / LOCKS, 0).one_at_a_time("backup"):
                pass
            repository.write(PLACE, "north", {"text": "written meanwhile"})
            staging = repository.root / ".backup"
            seen.append(names(staging))
            folders = (path for path in (staging, *staging.rglob("*")) if path.is_dir())
            assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}

    umask = os.umask(0)
    try:
        backup(repository.root, tmp_path / "copy.zip", look)
    finally:
        os.umask(umask)
    assert seen == [[".archive", "meta.json", "rounds", "secret"]]
    restore(tmp_path / "copy.zip", tmp_path / "other")
    assert FileRepository(tmp_path / "other").read(PLACE, "north") == {"text": "Ateb â ŵ ac ŷ"}


def test_nothing_is_written_while_the_files_are_linked(repository, tmp_path, monkeypatch):
    linked = []
    link = os.link

    def look(source: Path, target: Path) -> None:
        if source.is_relative_to(repository.root):
            for stripe in range(STRIPES):
                with pytest.raises(StorageError), Locks(repository.root / LOCKS, 0).one_at_a_time(f"{stripe:02x}"):
                    pass
            linked.append(source.name)
        link(source, target)

    monkeypatch.setattr(os, "link", look)
    backup(repository.root, tmp_path / "copy.zip")
    assert linked == ["meta.json", "secret", "round.json", "north.json", "south.json"]


def test_a_backup_is_flushed_with_its_name_and_read_back_before_it_has_one(repository, tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_ino))
    backup(repository.root, tmp_path / "copy.zip")
    assert flushed[-2:] == [(tmp_path / "copy.zip").stat().st_ino, tmp_path.stat().st_ino]
    monkeypatch.undo()
    monkeypatch.setattr(backups, "add_file", lambda *_: ArchivedFile(1, "0" * 64))
    assert refusal(lambda: backup(repository.root, tmp_path / "new.zip"), BadArchive) == (
        "“meta.json” is missing from the backup."
    )
    assert names(tmp_path) == ["copy.zip", "data"]


def test_a_folder_holds_data_when_there_is_more_than_every_start_makes(tmp_path):
    folder = tmp_path / "folder"
    assert not holds_data(folder)
    folder.mkdir()
    assert holds_data(folder) is False
    for name in ("meta.json", "secret", "locks", ".backup"):
        (folder / name).mkdir()
    assert holds_data(folder) is False
    (folder / "rounds").mkdir()
    assert holds_data(folder) is True
    assert holds_data(folder / "file") is False


def test_why_a_restore_is_refused_is_said(repository, copy, tmp_path):
    assert refusal(lambda: restore(copy, repository.root)) == (
        f"{repository.root} holds data. Nothing was changed. Say so if the backup is to take its place."
    )
    below_a_file = copy / "below" / "data"
    assert refusal(lambda: restore(copy, below_a_file)) == (f"{copy / 'below'} could not be kept: Not a directory.")
    (repository.root / "meta.json").write_bytes(b'{"format": 99}')
    backup(repository.root, tmp_path / "newer.zip")
    assert refusal(lambda: restore(tmp_path / "newer.zip", tmp_path / "other")).startswith(
        f"The backup {tmp_path / 'newer.zip'} was made by a newer version of Myfyrio (format 99;"
    )
    assert names(tmp_path) == ["copy.zip", "data", "newer.zip"]


def test_a_restore_needs_room_for_the_files_and_some_to_spare(copy, tmp_path, monkeypatch):
    size = check_archive(copy).size
    looked = []

    def free(bytes_free: int):
        monkeypatch.setattr(
            backups.shutil, "disk_usage", lambda folder: looked.append(folder) or usage(2**40, 0, bytes_free)
        )

    free(size + SPARE - 1)
    assert refusal(lambda: restore(copy, tmp_path / "other"), BadArchive) == (
        f"The backup needs 1 MiB, and 64 MiB are free in {tmp_path}. Nothing was changed."
    )
    free(size + SPARE)
    assert restore(copy, tmp_path / "other") is None
    assert looked == [tmp_path, tmp_path]


def test_how_much_room_is_missing_is_told_in_whole_mebibytes(tmp_path, monkeypatch):
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda folder: usage(2**40, 0, 3 * 2**20 - 1))
    for size, needed in ((2**22 - 1, 4), (2**22, 5), (2**40, 2**20 + 1)):
        manifest = Manifest(2, {"a": ArchivedFile(size, "")})
        assert refusal(lambda manifest=manifest: backups._refuse_too_large(manifest, tmp_path), BadArchive) == (
            f"The backup needs {needed} MiB, and 2 MiB are free in {tmp_path}. Nothing was changed."
        )


def test_what_was_there_stays_when_it_cannot_be_put_beside(repository, copy, tmp_path, monkeypatch):
    repository.write(PLACE, "north", {"text": "later"})
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if "before-restore" in target.name:
            raise OSError(errno.EIO, "the disk is broken")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    message = refusal(lambda: restore(copy, repository.root, replace=True))
    assert re.fullmatch(
        rf"{repository.root}-before-restore-[0-9a-f]{{8}} could not be kept: the disk is broken\.", message
    )
    assert repository.read(PLACE, "north") == {"text": "later"}
    assert names(tmp_path) == ["copy.zip", "data"]


def test_what_was_there_stays_when_the_disk_does_not_take_the_change_of_places(repository, copy, tmp_path, monkeypatch):
    repository.write(PLACE, "north", {"text": "later"})
    exchange, swapped = backups._exchange, []

    def refuse(folder: Path) -> None:
        if swapped:
            raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(backups, "_exchange", lambda one, other: swapped.append(one) or exchange(one, other))
    monkeypatch.setattr(backups, "sync_folder", refuse)
    assert refusal(lambda: restore(copy, repository.root, replace=True)) == (
        f"{repository.root} could not be kept: the disk is broken."
    )
    assert repository.read(PLACE, "north") == {"text": "later"}
    assert names(tmp_path) == ["copy.zip", "data"]


def test_what_was_there_is_kept_where_the_disk_takes_no_change_back(repository, copy, tmp_path, monkeypatch):
    repository.write(PLACE, "north", {"text": "later"})
    exchange, swapped = backups._exchange, []

    def refuse(*_) -> None:
        if swapped:
            raise OSError(errno.EIO, "the disk is broken")

    def once(one: Path, other: Path) -> None:
        refuse()
        swapped.append(one)
        exchange(one, other)

    with monkeypatch.context() as broken:
        broken.setattr(backups, "_exchange", once)
        broken.setattr(backups, "sync_folder", refuse)
        assert refusal(lambda: restore(copy, repository.root, replace=True)) == (
            f"{repository.root} could not be kept: the disk is broken."
        )
    open_data_folder(repository.root)
    (before,) = tmp_path.glob("data-before-restore-*")
    assert FileRepository(before).read(PLACE, "north") == {"text": "later"}
    assert names(tmp_path) == ["copy.zip", "data", before.name]


def test_what_the_disk_does_not_let_go_hides_neither_a_restore_nor_why_it_was_refused(copy, tmp_path, monkeypatch):
    other = open_data_folder(tmp_path / "other")

    def refuse(*_, **__) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(os, "rmdir", refuse)
    assert restore(copy, other.root) is None
    assert other.keys(PLACE) == ["north", "south"]
    monkeypatch.setattr(backups, "read_format", lambda folder: 1)
    assert refusal(lambda: restore(copy, tmp_path / "third"), BadArchive) == (
        f"{copy} does not hold a data folder of the format that its manifest says."
    )


def test_nothing_is_unpacked_through_what_lies_in_its_way(copy, tmp_path):
    (fresh := tmp_path / "fresh").mkdir()
    (outside := tmp_path / "outside").write_bytes(b"of somebody else")
    (fresh / "secret").symlink_to(outside)
    with opened_archive(copy) as source:
        assert refusal(lambda: backups.unpack(source, fresh)) == f"{fresh} could not be kept: File exists."
    assert outside.read_bytes() == b"of somebody else"


def test_a_disk_that_cannot_be_read_back_is_named(copy, tmp_path, monkeypatch):
    def refuse(path: Path) -> str:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(backups, "sha256_of", refuse)
    message = refusal(lambda: restore(copy, tmp_path / "other"))
    assert re.fullmatch(rf"{tmp_path}/\.other\.restore-[0-9a-f]{{8}} could not be kept: the disk is broken\.", message)
    assert names(tmp_path) == ["copy.zip", "data"]


def test_files_that_changed_on_the_way_to_the_disk_are_named(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(
        backups, "sha256_of", lambda path: "0" if path.endswith("/north.json") else archives.sha256_of(path)
    )
    assert refusal(lambda: restore(copy, tmp_path / "other")) == (
        "“rounds/sr-2026/reflection/north.json” came back from the disk as something else. Nothing was changed."
    )
    assert names(tmp_path) == ["copy.zip", "data"]


def test_a_backup_of_another_format_than_it_says_is_refused(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "read_format", lambda folder: 1)
    assert refusal(lambda: restore(copy, tmp_path / "other"), BadArchive) == (
        f"{copy} does not hold a data folder of the format that its manifest says."
    )


def test_a_full_disk_is_named_while_unpacking(copy, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archives, "copy_out", full)
    message = refusal(lambda: restore(copy, tmp_path / "other"), StorageFull)
    assert re.match(rf"There is no room left on the disk to keep {tmp_path}/\.other\.restore-[0-9a-f]{{8}}\.", message)
    assert names(tmp_path) == ["copy.zip", "data"]


def test_what_was_there_is_kept_under_a_name_that_says_so(repository, copy, tmp_path):
    before = restore(copy, repository.root, replace=True)
    assert before.parent == tmp_path
    assert re.fullmatch(r"data-before-restore-[0-9a-f]{8}", before.name)
    again = restore(copy, repository.root, replace=True)
    assert again != before
    assert FileRepository(again).keys(PLACE) == FileRepository(before).keys(PLACE) == ["north", "south"]


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_mounted_disk_is_named(repository, copy, monkeypatch, number):
    monkeypatch.setattr(backups, "_in_one_step", lambda one, other: number)
    assert refusal(lambda: restore(copy, repository.root, replace=True)) == (
        f"{repository.root} is where a disk is mounted, so nothing can take its place. Nothing was changed. "
        "Set SURVEY_DATA to a folder on that disk instead."
    )


def test_another_reason_not_to_change_places_is_told_as_the_system_tells_it(repository, copy, tmp_path, monkeypatch):
    for number, said in ((errno.EIO, "could not be kept: Input/output error."), (errno.EACCES, "cannot be changed: ")):
        monkeypatch.setattr(backups, "_in_one_step", lambda one, other, number=number: number)
        assert refusal(lambda: restore(copy, repository.root, replace=True)).startswith(f"{repository.root} {said}")
    monkeypatch.setattr(backups, "_in_one_step", lambda one, other: errno.EIO)
    with pytest.raises(OSError, match="Input/output error") as raised:
        backups._exchange(tmp_path / "one", tmp_path / "other")
    assert (raised.value.errno, raised.value.filename) == (errno.EIO, str(tmp_path / "other"))
    assert FileRepository(repository.root).keys(PLACE) == ["north", "south"]


@pytest.mark.parametrize("number", [0, errno.EINVAL, errno.ENOSYS])
def test_two_folders_change_places_and_leave_no_third(tmp_path, monkeypatch, number):
    if number:
        monkeypatch.setattr(backups, "_in_one_step", lambda one, other: number)
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"")
    backups._exchange(tmp_path / "one", tmp_path / "other")
    assert names(tmp_path / "one") == ["other"]
    assert names(tmp_path / "other") == ["one"]
    assert names(tmp_path) == ["one", "other"]


@pytest.mark.skipif(not hasattr(backups.ctypes.CDLL(None), "renameat2"), reason="the system has no such step")
def test_the_system_s_single_step_is_taken_and_its_refusal_told(tmp_path):
    (tmp_path / "one").mkdir()
    assert backups._in_one_step(tmp_path / "one", tmp_path / "missing") == errno.ENOENT
    (tmp_path / "other").mkdir()
    (tmp_path / "one" / "file").write_bytes(b"")
    assert backups._in_one_step(tmp_path / "one", tmp_path / "other") in (0, errno.EINVAL)


@pytest.mark.parametrize("nth", [1, 2])
def test_a_place_that_is_empty_is_taken_and_a_disk_that_refuses_is_named(copy, tmp_path, monkeypatch, nth):
    flushed = []
    fsync = os.fsync

    def record(descriptor: int) -> None:
        flushed.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    restore(copy, tmp_path / "other")
    assert flushed[-1] == tmp_path.stat().st_ino
    assert names(tmp_path / "other") == ["locks", "meta.json", "rounds", "secret"]
    monkeypatch.undo()
    rename, renamed = Path.rename, []

    def refuse(self: Path, target: Path) -> Path:
        renamed.append(target)
        if len(renamed) == nth:
            raise OSError(errno.EIO, "the disk is broken")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert refusal(lambda: restore(copy, tmp_path / "third")) == (
        f"{tmp_path / 'third'} could not be kept: the disk is broken."
    )
    assert names(tmp_path) == ["copy.zip", "data", "other"]
