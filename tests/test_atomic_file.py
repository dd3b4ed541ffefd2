"""Files that are whole or not there, with the right modes, whatever the umask; and one way of writing them."""

import os
import re
import stat
from pathlib import Path

import pytest

from survey.atomic_file import create_file, make_folder, remove_file, replace_file, whole_days
from survey.catalogues import files as catalogue_files
from survey.config import ROOT

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
    ]
