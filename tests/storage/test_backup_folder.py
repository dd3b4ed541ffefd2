"""Backups in a folder: each is restored by itself, only what is new is written, no kill or damage goes unnoticed."""

import errno
import gzip
import hashlib
import json
import os
import stat
from datetime import UTC, datetime, timedelta

import pyrage
import pytest

from survey.storage.archive import BadArchive
from survey.storage.backup import restore_from
from survey.storage.backup_folder import pieces as all_pieces
from survey.storage.backup_folder import writer
from survey.storage.backup_folder.listing import Backup, listing
from survey.storage.backup_folder.pieces import PIECE
from survey.storage.backup_folder.reader import backup_of, faults, opened_backup
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.seal import Opener
from survey.storage.backup_folder.writer import back_up
from survey.storage.data_folder import open_data_folder
from survey.storage.key_ring import new_ring
from survey.storage.repository import StorageError, StorageFull
from survey.storage.tinydb_files.data_format import replace_key_ring
from survey.storage.tinydb_files.repository import FileRepository
from tests.storage.test_backup import content

PLACE = ("rounds", "sr-2026", "reflection")
FROZEN = ("rounds", "sr-2026", "frozen")
NIGHT = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
WORD = b"a word that nobody else wrote"
IDENTITY = pyrage.x25519.Identity.generate()
ALL = Keep(99)
RECIPIENT = str(IDENTITY.to_public())


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"text": WORD.decode()})
    repository.write(PLACE, "south", {"text": "Ateb â ŵ ac ŷ"})
    repository.append(("log",), "events", {"n": 1})
    return repository


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026-11-27\n# public key: {RECIPIENT}\n{IDENTITY}\n")
    return path


def made(repository, *, day=0, keep=ALL, recipients=()):
    folder = repository.root.parent / "backups"
    return back_up(repository.root, folder, recipients=recipients, keep=keep, now=NIGHT + timedelta(days=day))


def restored(folder, target, number=None, identity=None):
    backup = backup_of(folder, number)
    restore_from(opened_backup(folder, backup, Opener(identity)), target)
    return content(target)


def pieces(folder):
    return {path.name: path for path in (folder / "pieces").rglob("*") if path.is_file()}


def test_each_backup_is_restored_by_itself_as_it_was(repository, tmp_path):
    states = []
    for day, word in enumerate(("first", "second", "third")):
        repository.write(PLACE, "north", {"text": word})
        made(repository, day=day)
        states.append(content(repository.root))
    for number, state in enumerate(states, start=1):
        assert restored(tmp_path / "backups", tmp_path / f"copy-{number}", number) == state
    assert restored(tmp_path / "backups", tmp_path / "copy") == states[-1]


def test_only_what_has_changed_is_written(repository, tmp_path):
    whole = bytes(range(256)) * (PIECE // 256)
    repository.write_bytes(FROZEN, "large.bin", whole + b"end")
    made(repository)
    before = pieces(tmp_path / "backups").keys()
    repository.write(PLACE, "south", {"text": "another"})
    repository.write_bytes(FROZEN, "large.bin", whole + b"end and more")
    second = made(repository, day=1)
    new = pieces(tmp_path / "backups").keys() - before
    assert len(new) == 3, "a record, the end of the large file, and the list of contents"
    assert second.files == 6
    assert restored(tmp_path / "backups", tmp_path / "copy") == content(repository.root)


def test_backups_are_private_and_their_pieces_tell_no_hour(repository, tmp_path):
    umask = os.umask(0)
    try:
        made(repository)
    finally:
        os.umask(umask)
    for path in (tmp_path / "backups").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert {path.stat().st_mtime % 86400 for path in pieces(tmp_path / "backups").values()} == {0}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "data"]
    assert not (repository.root / ".backup").exists()


def test_what_lies_in_clear_in_an_encrypted_backup_tells_nothing_and_can_be_guessed_by_nobody(
    repository, tmp_path, key
):
    made(repository, recipients=(RECIPIENT,))
    folder = tmp_path / "backups"
    record = (repository.root / "rounds/sr-2026/reflection/north.json").read_bytes()
    text = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for known in (WORD, b"north", b"reflection", hashlib.sha256(record).hexdigest().encode(), b"\x1f\x8b\x08"):
        assert known not in text
    assert restored(folder, tmp_path / "copy", identity=key) == content(repository.root)


def test_age_and_gunzip_alone_read_a_piece(repository, tmp_path):
    made(repository, recipients=(RECIPIENT,))
    held = {
        gzip.decompress(pyrage.decrypt(path.read_bytes(), [IDENTITY])) for path in pieces(tmp_path / "backups").values()
    }
    assert (repository.root / "rounds/sr-2026/reflection/north.json").read_bytes() in held


def test_an_encrypted_backup_needs_the_key_that_belongs_to_it(repository, tmp_path, key):
    made(repository, recipients=(RECIPIENT,))
    with pytest.raises(StorageError, match=f"is encrypted for {RECIPIENT}.*--identity"):
        restored(tmp_path / "backups", tmp_path / "copy")
    key.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(BadArchive, match="The key does not open the backup"):
        restored(tmp_path / "backups", tmp_path / "copy", identity=key)
    key.write_text("# nothing but this\n")
    with pytest.raises(StorageError, match="holds no key of age"):
        Opener(key)
    key.write_text("a password")
    with pytest.raises(StorageError, match="is not a key of age"):
        Opener(key)
    with pytest.raises(StorageError, match="cannot be read"):
        Opener(tmp_path / "none")
    assert not (tmp_path / "copy").exists()


def test_any_of_several_recipients_can_read_it(repository, tmp_path, key):
    other = pyrage.x25519.Identity.generate()
    made(repository, recipients=(str(other.to_public()), RECIPIENT))
    assert restored(tmp_path / "backups", tmp_path / "copy", identity=key) == content(repository.root)


def test_for_a_recipient_that_is_none_nothing_is_written(repository, tmp_path):
    with pytest.raises(StorageError, match="“age1qqqqqqqqqqqqqqqqqqqqqq” is no recipient of age"):
        made(repository, recipients=(RECIPIENT, "age1qqqqqqqqqqqqqqqqqqqqqq"))
    assert not (tmp_path / "backups").exists()


def test_from_the_first_encrypted_backup_on_nothing_in_clear_is_part_of_one(repository, tmp_path, key):
    made(repository)
    clear = pieces(tmp_path / "backups").keys()
    second = made(repository, day=1, recipients=(RECIPIENT,))
    assert not second.backup.needs & clear
    other = str(pyrage.x25519.Identity.generate().to_public())
    third = made(repository, day=2, recipients=(other,))
    assert not third.backup.needs & second.backup.needs, "who was taken off the list reads no new backup"
    made(repository, day=3, recipients=(RECIPIENT,), keep=Keep(1))
    assert not clear & pieces(tmp_path / "backups").keys()


def test_a_missing_or_damaged_piece_is_named_with_the_backups_that_need_it_and_mended_by_the_next(repository, tmp_path):
    folder = tmp_path / "backups"
    only_first = set(made(repository).backup.needs)
    repository.write(PLACE, "north", {"text": "another"})
    second = made(repository, day=1)
    both = sorted(only_first & second.backup.needs)
    only_first -= second.backup.needs
    missing, damaged = pieces(folder)[min(only_first)], pieces(folder)[both[0]]
    missing.unlink()
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    found = faults(folder, list(listing(folder).backups))
    assert found == {missing: ("missing", [1]), damaged: ("damaged", [1, 2])}
    with pytest.raises(BadArchive, match=r"piece .* is damaged"):
        restored(folder, tmp_path / "copy", 2)
    assert not (tmp_path / "copy").exists()
    third = made(repository, day=2)
    assert faults(folder, [third.backup]) == {}
    assert restored(folder, tmp_path / "copy") == content(repository.root)


def test_every_byte_of_a_piece_counts(repository, tmp_path):
    folder = tmp_path / "backups"
    made(repository)
    path = min(pieces(folder).values())
    whole = path.read_bytes()
    for position in range(0, len(whole), 7):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert list(faults(folder, list(listing(folder).backups))) == [path]


@pytest.mark.parametrize("change", [
    lambda said: said[:-40], lambda said: b"[]", lambda said: said.replace(b'"version": 1', b'"version": 2'),
    lambda said: said.replace(b'"contents"', b'"nothing"'), lambda said: said.replace(b"+00:00", b""),
])  # fmt: skip
def test_a_list_that_cannot_be_read_is_never_passed_over_and_nothing_is_removed_meanwhile(repository, tmp_path, change):
    folder = tmp_path / "backups"
    made(repository)
    made(repository, day=1)
    path = folder / "000002.json"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(BadArchive, match=r"The newest backup, .*000002\.json, cannot be read"):
        backup_of(folder)
    with pytest.raises(BadArchive, match=r"000002\.json cannot be read"):
        backup_of(folder, 2)
    assert backup_of(folder, 1).number == 1
    before = pieces(folder).keys()
    third = made(repository, day=2, keep=Keep(1))
    assert (third.backup.number, third.unreadable, list(third.let_go)) == (3, (path,), [])
    assert before <= pieces(folder).keys()
    assert backup_of(folder).number == 3


def test_a_backup_that_is_not_there_is_said_to_be_none(repository, tmp_path):
    for number in (None, 3):
        with pytest.raises(StorageError, match="There is no backup"):
            backup_of(tmp_path / "backups", number)
    made(repository)
    with pytest.raises(StorageError, match="There is no backup 3 in"):
        backup_of(tmp_path / "backups", 3)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", ".ssh/key", "locks/00.lock", "a/../b"])
def test_names_that_lead_elsewhere_are_refused_before_anything_is_unpacked(repository, tmp_path, monkeypatch, name):
    add = writer._PieceWriter.add
    monkeypatch.setattr(writer._PieceWriter, "add", lambda writer, _, source, size: add(writer, name, source, size))
    made(repository)
    with pytest.raises(BadArchive, match="is not the name of a file in a data folder"):
        restored(tmp_path / "backups", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_piece_that_unpacks_to_more_than_it_may_is_refused(repository, tmp_path):
    folder = tmp_path / "backups"
    backup = made(repository).backup
    bomb = gzip.compress(b"\0" * (20 * PIECE), mtime=0)
    name = all_pieces.Pieces(folder).put(bomb)
    said = json.loads((folder / "000001.json").read_bytes())
    said["pieces"] = dict.fromkeys(said["pieces"], name)
    (folder / "000001.json").write_bytes(json.dumps(said).encode())
    with pytest.raises(BadArchive, match="larger than it may be"):
        restored(folder, tmp_path / "copy")
    assert backup.number == 1
    assert not (tmp_path / "copy").exists()


# Rotation.


def days(*numbers):
    return [Backup(n, NIGHT + timedelta(days=day), 3, (), ("0" * 64,), {}) for n, day in enumerate(numbers, start=1)]


def kept(backups, keep):
    gone = {backup.number for backup in writer.let_go(backups, keep)}
    return [(backup.at - NIGHT).days for backup in backups if backup.number not in gone]


def test_the_last_of_each_of_so_many_days_weeks_and_months_is_kept():
    # 27 November 2026 is a Friday: Sundays are 2, 9, 16 …, the ends of months 3 and 34.
    assert kept(days(*range(40)), Keep(3)) == [37, 38, 39]
    assert kept(days(*range(40)), Keep(2, weeks=3)) == [30, 37, 38, 39]
    assert kept(days(*range(40)), Keep(1, months=3)) == [3, 34, 39]
    assert kept(days(0, 0, 0, 1, 1), Keep(9)) == [0, 1]
    assert kept(days(0, 50, 100), Keep(3)) == [0, 50, 100], "days without a backup do not count"


def test_a_clock_that_was_wrong_costs_one_backup_at_most():
    assert kept(days(*range(10), 4000, 10), Keep(5)) == [7, 8, 9, 4000, 10]
    assert kept(days(*range(10), -4000), Keep(1)) == [-4000]


def test_the_newest_is_kept_whatever_else_goes(repository, tmp_path):
    for day in range(3):
        made(repository, day=-day, keep=Keep(1))
    assert [backup.number for backup in listing(tmp_path / "backups").backups] == [3]
    assert restored(tmp_path / "backups", tmp_path / "copy") == content(repository.root)


def test_what_was_erased_is_gone_with_the_last_backup_that_needs_it(repository, tmp_path):
    folder = tmp_path / "backups"
    made(repository, keep=Keep(2))
    repository.delete(PLACE, "north")
    made(repository, day=1, keep=Keep(2))
    assert holding(folder)
    made(repository, day=2, keep=Keep(2))
    assert not holding(folder)


def holding(folder):
    found = []
    for path in pieces(folder).values():
        if WORD in gzip.decompress(path.read_bytes()):
            found.append(path)
    return found


# Killed, full, elsewhere.


def killed_at(module, step, work):
    process = os.fork()
    if not process:
        inner = getattr(module, step)

        def killed(*arguments, **named):
            inner(*arguments, **named)
            os._exit(9)

        setattr(module, step, killed)
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


@pytest.mark.parametrize(
    ("module", "step"),
    [(writer, "note_unfinished"), (all_pieces, "place_file"), (all_pieces, "sync_file"), (all_pieces, "sync_folder")],
)
def test_killed_in_the_middle_the_backups_are_as_before_and_nothing_of_it_stays(repository, tmp_path, module, step):
    folder = tmp_path / "backups"
    made(repository)
    state, before = content(repository.root), pieces(folder).keys()
    repository.write(PLACE, "north", {"text": "later"})
    killed_at(module, step, lambda: made(repository, day=1))
    assert restored(folder, tmp_path / "copy") == state
    open_data_folder(repository.root)
    assert pieces(folder).keys() == before
    made(repository, day=2)
    assert restored(folder, tmp_path / "again") == content(repository.root)


@pytest.mark.parametrize("step", ["replace_file", "remove_file"])
def test_killed_at_the_end_the_new_backup_is_there_and_the_next_tidies_up(repository, tmp_path, step):
    folder = tmp_path / "backups"
    made(repository)
    repository.delete(PLACE, "north")
    killed_at(writer, step, lambda: made(repository, day=1, keep=Keep(1)))
    open_data_folder(repository.root)
    assert restored(folder, tmp_path / "copy") == content(repository.root)
    made(repository, day=2, keep=Keep(1))
    assert [backup.number for backup in listing(folder).backups] == [3]
    assert not holding(folder)


@pytest.mark.parametrize("nth", [1, 3])
def test_a_full_disk_is_named_and_changes_nothing(repository, tmp_path, monkeypatch, nth):
    folder = tmp_path / "backups"
    made(repository)
    before = content(folder)
    for name in ("north", "south", "west"):
        repository.write(PLACE, name, {"text": f"later {name}"})
    written = []

    def full(path, data, stamp):
        written.append(path)
        if len(written) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data, stamp)

    real = all_pieces.place_file
    monkeypatch.setattr(all_pieces, "place_file", full)
    with pytest.raises(StorageFull, match="no room left on the disk"):
        made(repository, day=1)
    assert content(folder) == before
    assert not (repository.root / ".backup").exists()


def test_a_disk_that_gives_back_something_else_is_noticed_before_the_backup_is_there(repository, tmp_path, monkeypatch):
    monkeypatch.setattr(all_pieces, "place_file", lambda path, data, stamp: path.write_bytes(data[:-1]))
    with pytest.raises(StorageError, match="though it was just written"):
        made(repository)
    assert not listing(tmp_path / "backups").backups


def test_backups_go_nowhere_they_should_not(repository, tmp_path):
    with pytest.raises(
        StorageError, match=r"^Backups cannot lie in the data folder that they are of\. Choose another place\.$"
    ):
        back_up(repository.root, repository.root / "backups", recipients=(), keep=Keep(1), now=NIGHT)
    with pytest.raises(StorageError, match="not a data folder"):
        back_up(tmp_path / "none", tmp_path / "backups", recipients=(), keep=Keep(1), now=NIGHT)
    made(repository)
    before = content(tmp_path / "backups")
    practice = open_data_folder(tmp_path / "practice")
    with pytest.raises(StorageError, match="backups of something else than"):
        back_up(practice.root, tmp_path / "backups", recipients=(), keep=Keep(1), now=NIGHT)
    assert content(tmp_path / "backups") == before


def test_with_a_new_secret_everything_is_written_anew_and_the_old_can_still_be_restored(repository, tmp_path):
    first = made(repository).backup
    state = content(repository.root)
    replace_key_ring(repository.root, new_ring())
    second = made(repository, day=1).backup
    assert not set(first.pieces) & set(second.pieces)
    assert restored(tmp_path / "backups", tmp_path / "copy", 1) == state
    assert restored(tmp_path / "backups", tmp_path / "new", 2) == content(repository.root)


def test_files_are_listed_by_name_and_hash_not_in_the_order_in_which_they_came(repository, tmp_path):
    for name in ("zulu", "alpha", "mike"):
        repository.create(("rounds", "ws-2026", "skills", "responses"), f"{ord(name[0]):02x}ff", {"n": name})
    backup = made(repository).backup
    said = json.loads((tmp_path / "backups" / "000001.json").read_bytes())
    assert list(said["pieces"]) == sorted(said["pieces"]) == sorted(backup.pieces)
