"""Pieces of a folder of backups as they lie there, and what a backup says that it is made of."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from survey.atomic_file import TEMPORARY
from survey.storage.archive import BadArchive
from survey.storage.backup import restore_from
from survey.storage.backup_folder import reader
from survey.storage.backup_folder.pieces import Pieces
from survey.storage.backup_folder.reader import backup_of, faults, opened_backup
from survey.storage.backup_folder.rotation import Keep, let_go
from survey.storage.backup_folder.seal import Opener
from survey.storage.backup_folder.upkeep import remove_unnamed
from survey.storage.backup_folder.writer import back_up
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import StorageError
from tests.storage.test_backup import content

NIGHT = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    data = open_data_folder(tmp_path / "data")
    data.write(("rounds", "sr-2026", "reflection"), "north", {"text": "ŵ"})
    back_up(data.root, tmp_path / "backups", recipients=(), keep=Keep(9), now=NIGHT)
    return tmp_path / "backups"


def restored(folder, to="copy"):
    target = folder.with_name(to)
    restore_from(opened_backup(folder, backup_of(folder), Opener(None)), target)
    return content(target)


def say(folder, change):
    """Have the backup say otherwise what it holds; returns how long that is."""
    [name] = backup_of(folder).contents
    said = gzip.decompress(Pieces(folder).read(name))
    parts = change(said)
    path = folder / "000001.json"
    contents = [Pieces(folder).put(gzip.compress(part, mtime=0)) for part in parts]
    path.write_bytes(json.dumps(json.loads(path.read_bytes()) | {"contents": contents}).encode())
    return sum(map(len, parts))


def test_a_piece_has_its_size_and_none_where_it_is_not(tmp_path):
    pieces = Pieces(tmp_path)
    assert pieces.size(pieces.put(b"seven by")) == 8
    assert pieces.size("0" * 64) == 0


def test_a_piece_that_is_missing_or_damaged_is_named(tmp_path):
    pieces = Pieces(tmp_path)
    with pytest.raises(BadArchive) as missing:
        pieces.read("0" * 64)
    assert str(missing.value) == f"The piece {pieces.path('0' * 64)} cannot be read: No such file or directory."
    name = pieces.put(b"whole")
    pieces.path(name).write_bytes(b"torn")
    with pytest.raises(BadArchive) as damaged:
        pieces.read(name)
    assert str(damaged.value) == f"The piece {pieces.path(name)} is damaged."


def test_how_many_pieces_have_been_looked_at_is_told_after_each(folder):
    told, backup = [], backup_of(folder)
    assert faults(folder, [backup], lambda done, of: told.append((done, of))) == {}
    assert told == [(done, len(backup.needs)) for done in range(1, len(backup.needs) + 1)]


def test_what_a_backup_holds_may_be_said_in_several_pieces(folder):
    say(folder, lambda said: [said[:9], said[9:]])
    assert restored(folder) == content(folder.with_name("data"))


def test_what_a_backup_says_that_it_holds_may_be_so_long_and_no_longer(folder, monkeypatch):
    length = say(folder, lambda said: [said])
    monkeypatch.setattr(reader, "LARGEST_MANIFEST", length)
    assert restored(folder)
    monkeypatch.setattr(reader, "LARGEST_MANIFEST", length - 1)
    with pytest.raises(BadArchive, match=r"^What backup 1 says that it holds is too large\.$"):
        restored(folder, "again")


@pytest.mark.parametrize("said", [b"{", b"[]", b'{"meta.json": [1]}', b'{"meta.json": ["x", "", []]}'])
def test_what_a_backup_says_that_it_holds_has_to_be_so_said(folder, said):
    say(folder, lambda _: [said])
    with pytest.raises(BadArchive, match=r"^What backup 1 says that it holds cannot be read\.$"):
        restored(folder)


def test_a_file_has_the_size_that_is_said_of_it(folder):
    def longer(said):
        files = json.loads(said)
        files["meta.json"][0] += 1
        return [json.dumps(files).encode()]

    say(folder, longer)
    with pytest.raises(BadArchive, match=r"^“meta\.json” in the backup has another size than its contents say\.$"):
        restored(folder)


def test_what_is_wrong_with_a_piece_is_one_word(tmp_path):
    pieces = Pieces(tmp_path)
    whole, damaged, unreadable = (pieces.put(data) for data in (b"1", b"2", b"3"))
    pieces.path(damaged).write_bytes(b"torn")
    pieces.path(unreadable).unlink()
    pieces.path(unreadable).mkdir()
    faults_of = [pieces.fault(name) for name in (whole, damaged, unreadable, "0" * 64)]
    assert faults_of == ["", "damaged", "unreadable", "missing"]


def test_what_belongs_to_no_backup_is_removed_and_told(folder):
    pieces, needed = Pieces(folder), backup_of(folder).needs
    other = pieces.path(pieces.put(b"of no backup"))
    half = [other.with_name(f".half{TEMPORARY}"), folder / f".list{TEMPORARY}"]
    strange = other.with_name("notes.txt")
    for path in (*half, strange):
        path.touch()
    assert sorted(remove_unnamed(folder)) == sorted([other, *half])
    assert strange.exists()
    assert [pieces.fault(name) for name in needed] == [""] * len(needed)
    assert remove_unnamed(folder) == []


def test_while_a_list_cannot_be_read_every_piece_stays(folder):
    other = Pieces(folder).path(Pieces(folder).put(b"of the next version"))
    (folder / "000002.json").write_text("{}")
    assert remove_unnamed(folder) == []
    assert other.exists()


def test_a_backup_that_cannot_be_chosen_is_told_apart_from_one_that_is_not_there(folder):
    newer = folder / "000002.json"
    newer.write_text("{}")
    with pytest.raises(BadArchive) as unreadable:
        backup_of(folder)
    assert str(unreadable.value) == (
        f"The newest backup, {newer}, cannot be read: 'kind'. Nothing was changed. Say by its number which of the "
        "others it is to be."
    )
    for number, named in ((3, "backup 3"), (0, "backup 0")):
        with pytest.raises(StorageError) as none:
            backup_of(folder, number)
        assert str(none.value) == f"There is no {named} in {folder}."
    with pytest.raises(StorageError) as none:
        backup_of(folder / "none")
    assert str(none.value) == f"There is no backup in {folder / 'none'}."


def test_the_newest_is_kept_even_where_nothing_is_to_be(folder):
    one = backup_of(folder)
    assert let_go([one], Keep(0)) == []
    assert let_go([], Keep(1)) == []
