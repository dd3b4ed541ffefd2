"""Why nothing could be kept in a data folder now, which is said in a few words and leaves nothing behind."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files import condition
from survey.storage.tinydb_files.condition import LEAST_FREE_BYTES, LEAST_FREE_FILES, places_for_files, problems_of
from survey.storage.tinydb_files.data_format import FORMAT, META, SECRET, write_format

LOST = ["data folder has lost what it is known by"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_data_folder(tmp_path / "data")
    return tmp_path / "data"


def test_a_sound_folder_has_none_and_stays_as_it_is(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert problems_of(folder) == []
    assert sorted(folder.rglob("*")) == before


def test_there_has_to_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert [problems_of(tmp_path / name) for name in ("none", "file")] == [["no data folder"]] * 2
    assert not (tmp_path / "none").exists()


def test_something_is_written_there_to_see_whether_it_can_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, data: bytes) -> None:
        assert data
        os.fstat(descriptor)
        raise OSError

    monkeypatch.setattr(condition, "write_all", refuse)
    assert problems_of(folder) == ["data folder is not writable"]


def test_every_right_to_the_folder_is_needed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in (os.R_OK, os.W_OK, os.X_OK):
        monkeypatch.setattr(os, "access", lambda path, asked, missing=missing: path == folder and not asked & missing)
        assert problems_of(folder) == ["data folder is not writable"]


@pytest.mark.parametrize(("free", "problems"), [(-1, ["disk is nearly full"]), (0, [])])
def test_a_disk_is_nearly_full_below_what_has_to_be_free(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, problems: list[str]
) -> None:
    disk = SimpleNamespace(free=LEAST_FREE_BYTES + free)
    monkeypatch.setattr(shutil, "disk_usage", {folder: disk}.__getitem__)
    assert problems_of(folder) == problems


@pytest.mark.parametrize(
    ("left", "of", "problems"),
    [
        (LEAST_FREE_FILES - 1, 9000, ["disk has nearly no room for more files"]),
        (LEAST_FREE_FILES, 9000, []),
        (0, 9000, ["disk has nearly no room for more files"]),
        (0, 0, []),
    ],
    ids=["few", "enough", "none", "not counted"],
)
def test_a_disk_takes_few_more_files_where_it_counts_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, left: int, of: int, problems: list[str]
) -> None:
    room = dict.fromkeys(("f_bavail", "f_bfree", "f_blocks", "f_frsize"), 2**20)
    disk = SimpleNamespace(f_favail=left, f_files=of, **room)
    monkeypatch.setattr(os, "statvfs", {folder: disk}.__getitem__)
    assert problems_of(folder) == problems
    assert places_for_files(folder) == (left or (1 if of else 0))


def test_a_folder_is_known_by_its_secret_and_its_format(folder: Path) -> None:
    write_format(folder, FORMAT + 1)
    assert problems_of(folder) == ["data folder is of the format of another version"]
    (folder / META).unlink()
    assert problems_of(folder) == LOST
    (folder / META).write_text("torn")
    assert problems_of(folder) == LOST
    write_format(folder, FORMAT)
    assert problems_of(folder) == []
    (folder / SECRET).unlink()
    assert problems_of(folder) == LOST
