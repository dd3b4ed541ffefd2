"""What backups and restores leave that are killed is found and removed; what is worked on or kept is not."""

import errno
import os
from pathlib import Path

import pytest

from survey.storage import backup as backups
from survey.storage.backup import InUse, backup, copies_beside
from survey.storage.data_folder import open_data_folder, sweep
from survey.storage.occupancy import alone_with, hold
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.repository import FileRepository
from tests.restoring import restore

PLACE = ("rounds", "sr-2026", "reflection")
SECRET = b"a word that nobody else wrote"


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"text": SECRET.decode()})
    return repository


def killed_at(step: str, work) -> None:
    """Do some work in a process that is killed where it calls a function of `backups`; what that returns is lost."""
    process = os.fork()
    if not process:
        inner = getattr(backups, step)

        def killed(*arguments, **named):
            inner(*arguments, **named)
            os._exit(9)

        setattr(backups, step, killed)
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


def holding(folder: Path) -> list[str]:
    """The files below a folder that hold what was written."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(folder)) for path in files if SECRET in path.read_bytes())


@pytest.mark.parametrize("step", ["link_all", "add_file", "_write", "check_archive"])
def test_a_killed_backup_leaves_nothing_once_the_folder_is_opened(repository, tmp_path, step):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    killed_at(step, lambda: backup(repository.root, elsewhere / "copy.zip"))
    repository.delete(PLACE, "north")
    open_data_folder(repository.root)
    assert holding(tmp_path) == []
    assert list(elsewhere.iterdir()) == []
    assert not (repository.root / ".backup").exists()


def test_what_a_restore_left_is_told_and_stays_where_the_disk_does_not_let_it_go(repository, tmp_path, monkeypatch):
    fresh = tmp_path / ".data.restore-0000"
    fresh.mkdir()

    def refuse(*_, **__):
        raise OSError(errno.EIO, "the disk is broken")

    with monkeypatch.context() as broken:
        broken.setattr(os, "rmdir", refuse)
        open_data_folder(repository.root)
        assert fresh.exists()
    assert sweep(repository) == [fresh]
    assert not fresh.exists()


def test_what_is_removed_is_gone_and_taken_from_the_disk_by_the_next_start_where_it_does_not_let_it_go(
    repository, monkeypatch
):
    folder = repository.root.joinpath(*PLACE)

    def refuse(*_, **__):
        raise OSError(errno.EIO, "the disk is broken")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", refuse)
        with pytest.raises(StorageError, match=rf"^{folder} could not be kept: the disk is broken\.$"):
            repository.remove(PLACE)
        assert repository.keys(PLACE) == ["north"]
        broken.undo()
        broken.setattr(os, "rmdir", refuse)
        repository.remove(PLACE)
    assert repository.keys(PLACE) == []
    (left,) = repository.root.glob(".removed-*")
    assert sweep(repository) == [left]
    assert not left.exists()


@pytest.mark.parametrize("step", ["_write_out", "_refuse_changed"])
def test_a_killed_restore_leaves_no_copy_once_the_folder_is_opened(repository, tmp_path, step):
    backup(repository.root, tmp_path / "copy.zip")
    (path := repository.root / "rounds/sr-2026/reflection/north.json").write_bytes(b"{}")
    killed_at(step, lambda: restore(tmp_path / "copy.zip", repository.root, replace=True))
    open_data_folder(repository.root)
    assert path.read_bytes() == b"{}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data"]


def test_a_restore_that_is_killed_with_the_folders_swapped_keeps_what_was_there_under_a_plain_name(
    repository, tmp_path
):
    backup(repository.root, tmp_path / "copy.zip")
    repository.write(PLACE, "south", {"text": SECRET.decode()})
    killed_at("_exchange", lambda: restore(tmp_path / "copy.zip", repository.root, replace=True))
    assert open_data_folder(repository.root).keys(PLACE) == ["north"]
    (before,) = (path for path in copies_beside(repository.root) if path.is_dir())
    assert FileRepository(before).keys(PLACE) == ["north", "south"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data", before.name]


def test_what_is_being_unpacked_is_not_swept(repository, tmp_path):
    fresh = tmp_path / ".data.restore-0000"
    fresh.mkdir()
    with alone_with(fresh) as is_alone:
        assert is_alone
        open_data_folder(repository.root)
        assert fresh.is_dir()
    open_data_folder(repository.root)
    assert not fresh.exists()


def test_nothing_is_restored_under_a_running_service(repository, tmp_path):
    backup(repository.root, tmp_path / "copy.zip")
    ready, begun = os.pipe()
    waits, over = os.pipe()
    service = os.fork()
    if not service:
        hold(repository.root, "1.0.0")
        os.write(begun, b"1")
        os.close(over)
        os.read(waits, 1)
        os._exit(0)
    os.read(ready, 1)
    with pytest.raises(InUse):
        restore(tmp_path / "copy.zip", repository.root, replace=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data"]
    os.close(over)
    os.waitpid(service, 0)
    assert restore(tmp_path / "copy.zip", repository.root, replace=True) is not None
