"""What a folder of backups says of each comes back as it was written, and what says something else is named."""

import json
from datetime import UTC, datetime

import pytest

from survey.storage.backup_folder import listing as module
from survey.storage.backup_folder.listing import Backup, file_of, listing
from survey.storage.repository import StorageError

NIGHT = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
ONE, TWO = "1" * 64, "2" * 64


def backup(number, **changed):
    said = {"at": NIGHT, "format": 3, "recipients": ("age1a", "age1b"), "contents": (TWO, ONE)}
    return Backup(number, **{**said, "pieces": {"ff": TWO, "00": ONE}, **changed})


def put(folder, kept):
    path = file_of(folder, kept.number)
    path.write_bytes(kept.as_bytes())
    return path


def test_a_folder_that_is_not_there_has_none(tmp_path):
    found = listing(tmp_path / "none")
    assert (list(found.backups), found.unreadable, found.newest) == ([], {}, None)


def test_a_folder_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as refused:
        listing(tmp_path / "file")
    assert str(refused.value) == f"The backups in {tmp_path / 'file'} cannot be read: Not a directory."


def test_backups_come_back_as_they_were_written_the_oldest_first(tmp_path):
    for number in (12, 3):
        assert put(tmp_path, backup(number)).name == f"{number:06d}.json"
    for name in ("1.json", "000001.json.tmp", "0000001.json", "pieces"):
        (tmp_path / name).touch()
    found = listing(tmp_path)
    assert found.backups == [backup(3), backup(12)]
    assert (found.newest, found.unreadable) == (backup(12), {})


def test_what_it_needs_is_every_piece_of_its_files_and_of_what_it_says():
    assert backup(1, contents=("c" * 64,)).needs == {ONE, TWO, "c" * 64}


def test_it_is_written_for_people_too_and_in_an_order_that_tells_nothing():
    said = backup(1).as_bytes().decode()
    assert list(json.loads(said)) == ["kind", "version", "at", "format", "recipients", "contents", "pieces"]
    assert list(json.loads(said)["pieces"]) == ["00", "ff"]
    assert said.startswith('{\n  "kind": "myfyrio-backup-list",\n  "version": 1,\n')


OTHER = "it is of a newer version of Myfyrio, or no backup"
SHAPE = "it does not have the shape of a backup"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "another"}, OTHER),
        ({"version": 2}, OTHER),
        ({"contents": []}, SHAPE),
        ({"contents": ["../1"]}, SHAPE),
        ({"contents": [1]}, SHAPE),
        ({"pieces": {"00": ONE.replace("1", "A")}}, SHAPE),
        ({"pieces": {"00": ONE[1:]}}, SHAPE),
        ({"at": "2026-11-27T03:30:00"}, SHAPE),
        ({"at": "yesterday"}, "Invalid isoformat string: 'yesterday'"),
    ],
)
def test_what_says_something_else_is_unreadable_and_why(tmp_path, change, reason):
    path = put(tmp_path, backup(1))
    put(tmp_path, backup(2))
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    found = listing(tmp_path)
    assert found.unreadable == {path: reason}
    assert found.backups == [backup(2)]


def test_a_list_may_be_so_long_and_no_longer(tmp_path, monkeypatch):
    path = put(tmp_path, backup(1))
    monkeypatch.setattr(module, "LARGEST_MANIFEST", path.stat().st_size)
    assert listing(tmp_path).backups == [backup(1)]
    monkeypatch.setattr(module, "LARGEST_MANIFEST", path.stat().st_size - 1)
    assert listing(tmp_path).unreadable == {path: "it is too large"}


def test_what_the_disk_refuses_is_told_in_its_words(tmp_path):
    file_of(tmp_path, 1).mkdir()
    assert listing(tmp_path).unreadable == {file_of(tmp_path, 1): "Is a directory"}
