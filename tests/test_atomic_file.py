"""Files that are whole or not there, with the right modes, whatever the umask; and one way of writing them."""

import os
import re
import stat
import time
from pathlib import Path

import pytest

from survey.atomic_file import (
    create_file,
    make_folder,
    make_folders_in,
    move_file,
    remove_file,
    replace_file,
    sync_folder,
    temporary_file,
    whole_days,
)
from survey.catalogues import files as catalogue_files
from survey.config import ROOT

pytestmark = pytest.mark.usefixtures("real_disk")
DAY = 24 * 60 * 60


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_files_and_folders_are_the_owner_s_alone(tmp_path, umask):
    make_folder(tmp_path / "a" / "b")
    replace_file(tmp_path / "a" / "b" / "replaced", b"1")
    create_file(tmp_path / "a" / "b" / "created", b"1")
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path / "a" / "b" / "replaced") == mode(tmp_path / "a" / "b" / "created") == 0o600


def test_replacing_mends_the_mode_of_an_open_file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    replace_file(path, b"new")
    assert mode(path) == 0o600


def test_creating_never_replaces(tmp_path):
    path = tmp_path / "file"
    assert create_file(path, b"first")
    assert not create_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_removing_says_whether_there_was_something(tmp_path):
    create_file(tmp_path / "file", b"1")
    assert remove_file(tmp_path / "file")
    assert not remove_file(tmp_path / "file")


def test_a_save_is_flushed_before_it_gets_its_name_and_its_folder_after(tmp_path, monkeypatch):
    path = tmp_path / "file"
    replace_file(path, b"old")
    steps = []
    fsync = os.fsync

    def record(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        steps.append((kind, path.read_bytes()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    replace_file(path, b"new")
    assert steps == [("file", b"old"), ("folder", b"new")]


def test_anonymous_files_tell_the_day_and_not_the_hour(tmp_path):
    replace_file(tmp_path / "file", b"1", whole_days)
    assert (tmp_path / "file").stat().st_mtime % DAY == 0
    assert (tmp_path / "file").stat().st_atime % DAY == 0
    assert tmp_path.stat().st_mtime % DAY == 0


def test_whatever_is_done_to_an_anonymous_file_tells_the_day_and_not_the_hour(tmp_path):
    path, moved = tmp_path / "file", tmp_path / "below" / "moved"

    def tell_no_hour(*paths: Path) -> bool:
        today = time.time() // DAY * DAY
        return all(os.stat(path).st_mtime in (today - DAY, today) for path in paths)  # noqa: PTH116

    assert create_file(path, b"1", whole_days)
    assert tell_no_hour(path, tmp_path)
    move_file(path, moved, whole_days)
    assert tell_no_hour(moved, moved.parent, tmp_path)
    assert remove_file(moved, whole_days)
    assert tell_no_hour(moved.parent)
    make_folders_in(tmp_path, ["00", "01", "below"], whole_days)
    assert tell_no_hour(tmp_path, *(tmp_path / name for name in ("00", "01", "below")))


def test_folders_are_made_together_for_the_owner_alone(tmp_path, umask):
    make_folders_in(tmp_path, ["00", "01"], whole_days)
    (tmp_path / "00" / "file").write_bytes(b"1")
    make_folders_in(tmp_path, ["00", "02"], whole_days)
    assert {path.name: mode(path) for path in tmp_path.iterdir()} == dict.fromkeys(("00", "01", "02"), 0o700)
    assert (tmp_path / "00" / "file").exists()


@pytest.fixture
def flushed(monkeypatch):
    """The inodes of what is flushed, in order."""
    inodes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: inodes.append(os.fstat(descriptor).st_ino))
    return inodes


def inode(path: Path) -> int:
    return path.stat().st_ino


def test_the_name_of_each_new_folder_is_flushed(tmp_path, flushed):
    make_folder(tmp_path / "a" / "b")
    assert flushed == [inode(tmp_path), inode(tmp_path / "a")]
    make_folder(tmp_path / "a" / "b")
    assert len(flushed) == 2
    make_folders_in(tmp_path / "a", ["00", "01"], whole_days)
    assert flushed[2:] == [inode(tmp_path / "a")]


def test_a_name_that_comes_or_goes_is_flushed(tmp_path, flushed):
    path, moved = tmp_path / "file", tmp_path / "below" / "moved"
    make_folder(moved.parent)
    flushed.clear()
    assert create_file(path, b"1")
    assert flushed == [inode(path), inode(tmp_path)]
    flushed.clear()
    move_file(path, moved)
    assert sorted(flushed) == sorted([inode(moved.parent), inode(tmp_path)])
    assert moved.read_bytes() == b"1"
    flushed.clear()
    assert remove_file(moved) is True
    assert remove_file(moved) is False
    assert flushed == [inode(moved.parent)]


def test_moving_makes_the_folder(tmp_path):
    create_file(tmp_path / "file", b"1")
    move_file(tmp_path / "file", tmp_path / "a" / "b" / "moved")
    assert (tmp_path / "a" / "b" / "moved").read_bytes() == b"1"
    assert mode(tmp_path / "a" / "b") == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_that_gets_no_name_goes_whatever_happens(tmp_path):
    seen = []

    def fail() -> None:
        with temporary_file(tmp_path) as temporary:
            seen.append(temporary)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    [(path, descriptor)] = seen
    assert re.fullmatch(r"\.[0-9a-f]{16}\.tmp", path.name)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_a_file_may_be_for_others_to_read(tmp_path, umask):
    replace_file(tmp_path / "file", b"1", mode=0o644)
    assert mode(tmp_path / "file") == 0o644


def test_only_a_folder_is_flushed_as_one(tmp_path):
    create_file(tmp_path / "file", b"1")
    with pytest.raises(NotADirectoryError):
        sync_folder(tmp_path / "file")
    with pytest.raises(NotADirectoryError):
        make_folders_in(tmp_path, ["file"], whole_days)


def test_catalogues_are_for_everybody_to_read_and_written_only_when_they_differ(tmp_path):
    path = tmp_path / "cy" / "interface.po"
    assert catalogue_files.replace_file(path, b"one")
    assert mode(path) == 0o644
    written = path.stat().st_ino
    assert not catalogue_files.replace_file(path, b"one")
    assert path.stat().st_ino == written
    assert catalogue_files.replace_file(path, b"two")
    assert path.read_bytes() == b"two"


def test_an_error_leaves_what_was_there_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "file"
    replace_file(path, b"old")

    def refuse(descriptor: int) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="broken"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_else_in_the_program_puts_a_file_in_the_place_of_another():
    own_ways = re.compile(r"NamedTemporaryFile|mkstemp|os\.replace|os\.rename|temporary\.replace|os\.O_EXCL")
    modules = {path.relative_to(ROOT / "survey").as_posix(): path for path in (ROOT / "survey").rglob("*.py")}
    assert [name for name, path in modules.items() if own_ways.search(path.read_text("utf-8"))] == [
        "atomic_file.py",
        # A restore makes a whole folder, which then takes the place of another.
        "storage/backup.py",
        # What is read at once and thrown away.
        "storage/written_folder.py",
    ]
