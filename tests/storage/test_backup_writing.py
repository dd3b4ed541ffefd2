"""What making a backup in a folder of backups writes, and what it tells of that."""

import hmac
import json
from pathlib import Path

import pytest

from survey.storage.backup_folder import writer
from survey.storage.backup_folder.listing import listing
from survey.storage.backup_folder.pieces import Pieces
from survey.storage.backup_folder.upkeep import remove_unnamed
from survey.storage.backup_folder.writer import back_up
from survey.storage.data_folder import open_data_folder
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.locks import Locks
from survey.storage.tinydb_files.repository import FileRepository
from tests.storage.test_backup_folder import ALL, NIGHT, PLACE, RECIPIENT, made, pieces, restored


@pytest.fixture(autouse=True)
def promised_of_the_disk():
    """Nothing here is about what is flushed: nobody waits for the disk."""


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"text": "Ateb â ŵ ac ŷ"})
    return repository


def test_what_is_encrypted_and_has_not_changed_is_not_written_again_and_what_is_written_is_told(repository, tmp_path):
    lying = [{}]
    for day in range(2):
        backup = made(repository, day=day, recipients=(RECIPIENT,))
        lying.append({path: path.stat().st_size for path in (tmp_path / "backups").rglob("0*.json")})
        lying[-1].update({path: path.stat().st_size for path in pieces(tmp_path / "backups").values()})
        assert backup.written == sum(lying[-1].values()) - sum(lying[-2].values())
    assert len(lying[2]) - len(lying[1]) == 2, "the list of contents, and of what it is made"
    first, second = listing(tmp_path / "backups").backups
    assert first.pieces == second.pieces


def test_a_folder_that_an_earlier_version_began_is_gone_on_with_and_nothing_in_it_is_written_anew(repository, tmp_path):
    (folder := tmp_path / "backups").mkdir()
    of = json.dumps({"kind": "myfyrio-backups", "of": str(repository.root)}, separators=(",", ":"))
    (folder / "whose.json").write_text(of)
    record = (repository.root / "rounds/sr-2026/reflection/north.json").read_bytes()
    secret = (repository.root / "secret").read_bytes()
    key = hmac.digest(secret, b"names of pieces in backups", "sha256")
    assert hmac.new(key, record, "sha256").hexdigest()[:32] in made(repository).backup.pieces
    assert (folder / "whose.json").read_text() == of


def test_each_file_of_a_backup_is_told_and_no_other_is_made_meanwhile(repository, tmp_path):
    told = []

    def look(done, total):
        told.append((done, total))
        with pytest.raises(StorageError), Locks(repository.root / LOCKS, 0).one_at_a_time("backup"):
            pass

    backup = back_up(repository.root, tmp_path / "backups", recipients=(), keep=ALL, now=NIGHT, progress=look)
    assert told == [(done, backup.files) for done in range(1, backup.files + 1)]


def test_a_file_that_becomes_shorter_while_it_is_read_is_said_to_and_no_backup_is_made(
    repository, tmp_path, monkeypatch
):
    link_all = writer.link_all
    monkeypatch.setattr(
        writer, "link_all", lambda root, staging: ((name, size + 1) for name, size in link_all(root, staging))
    )
    with pytest.raises(StorageError) as raised:
        made(repository)
    assert str(raised.value) == f"{tmp_path / 'backups'} could not be kept: the file became shorter while it was read."
    assert not listing(tmp_path / "backups").backups
    assert not pieces(tmp_path / "backups")


def test_what_a_backup_does_not_need_may_be_taken_away_by_somebody_else_meanwhile(repository, tmp_path, monkeypatch):
    made(repository)
    half = tmp_path / "backups" / ".0123.tmp"
    half.touch()
    unneeded = Pieces(tmp_path / "backups")
    piece = unneeded.path(unneeded.put(b"of no backup"))
    unlink = Path.unlink

    def taken_away(path, *, missing_ok=False):
        unlink(path)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", taken_away)
    assert remove_unnamed(tmp_path / "backups") == [half, piece]


def test_a_backup_takes_the_place_of_data_only_where_it_is_said(repository, tmp_path):
    made(repository)
    repository.write(PLACE, "north", {"text": "later"})
    with pytest.raises(StorageError, match=f"^{repository.root} holds data. Nothing was changed"):
        restored(tmp_path / "backups", repository.root)
    assert repository.read(PLACE, "north") == {"text": "later"}
