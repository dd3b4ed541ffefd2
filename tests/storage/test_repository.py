"""The repository in files keeps the promises of repository.Repository."""

import os
import stat
import threading

import pytest

from survey.storage.data_folder import open_data_folder
from survey.storage.places import LOCKS
from survey.storage.repository import BadKey, StorageError, Unreadable
from survey.storage.tinydb_files.locks import STRIPES, Locks
from survey.storage.tinydb_files.repository import FileRepository

PLACE = ("rounds", "sr-2026", "reflection")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")
SNAPSHOT = ("rounds", "sr-2026", "frozen")
DAY = 24 * 60 * 60


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    return FileRepository(tmp_path / "data")


def test_reading_nothing_makes_nothing(repository):
    assert repository.read(PLACE, "a") is None
    assert repository.keys(PLACE) == []
    assert repository.places(()) == []
    assert list(repository.read_all(PLACE)) == []
    assert list(repository.entries(("log",), "events")) == []
    assert repository.logs(("log",)) == []
    assert repository.delete(PLACE, "a") is False
    with pytest.raises(Unreadable, match="No such file"):
        repository.read_bytes(SNAPSHOT, "definition.json")
    assert not repository.root.exists()


def test_reading_writes_nothing_even_where_nothing_can_be_written(repository, monkeypatch):
    repository.write(PLACE, "a", {"a": 1})
    repository.write_bytes(SNAPSHOT, "definition.json", b"{}")
    opened = os.open

    def only_reading(path, flags, *rest, **named):
        assert not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", only_reading)
    assert repository.read(PLACE, "a") == {"a": 1}
    assert list(repository.read_all(PLACE)) == [("a", {"a": 1})]
    assert repository.read_bytes(SNAPSHOT, "definition.json") == b"{}"


def test_a_lock_that_stays_taken_is_a_plain_error(repository):
    repository.write(PLACE, "a", {"a": 1})
    taken, done = threading.Event(), threading.Event()

    def wait(record):
        taken.set()
        done.wait(10)
        return {"a": 2}

    slow = threading.Thread(target=repository.update, args=(PLACE, "a", wait))
    slow.start()
    taken.wait(10)
    hurried = FileRepository(repository.root)
    hurried.locks.patience = 0.05
    try:
        with pytest.raises(StorageError, match="try again"):
            hurried.write(PLACE, "a", {"a": 3})
        assert hurried.read(PLACE, "a") == {"a": 1}
    finally:
        done.set()
        slow.join()
    assert repository.read(PLACE, "a") == {"a": 2}


def test_while_secrets_are_changed_nobody_else_changes_them(tmp_path):
    repository = open_data_folder(tmp_path / "data")

    def change(ring):
        with pytest.raises(StorageError), Locks(repository.root / LOCKS, 0).one_at_a_time("secret"):
            pass
        return ring

    assert repository.change_key_ring(change) == repository.key_ring()


def test_locks_are_few_and_stay(repository):
    for number in range(200):
        repository.write(PLACE, f"key-{number}", {})
        repository.delete(PLACE, f"key-{number}")
    names = sorted(path.name for path in (repository.root / "locks").iterdir())
    assert 1 < len(names) <= STRIPES
    assert set(names) <= {f"{stripe:02x}.lock" for stripe in range(STRIPES)}


def test_keys_and_places_are_sorted_and_hide_what_is_not_theirs(repository):
    for key in ("b", "a-1", "a", "B"):
        repository.write(PLACE, key, {})
    repository.write(PLACE[:2], "round", {})
    repository.append(PLACE, "events", {})
    repository.write_bytes(PLACE, "notes.txt", b"")
    (repository.root.joinpath(*PLACE) / ".0123.tmp").write_bytes(b"")
    (repository.root.joinpath(*PLACE) / ".json").write_bytes(b"")
    (repository.root / ".backup").mkdir()
    (repository.root / "set-aside").mkdir()
    assert repository.keys(PLACE) == ["B", "a", "a-1", "b"]
    assert [key for key, _ in repository.read_all(PLACE)] == ["B", "a", "a-1", "b"]
    assert repository.places(()) == ["rounds"]
    assert repository.places(("rounds",)) == ["sr-2026"]
    assert repository.places(PLACE[:2]) == ["reflection"]
    assert repository.logs(PLACE) == ["events"]


def test_anonymous_records_are_spread_and_tell_no_hour(repository):
    keys = sorted(os.urandom(16).hex() for _ in range(40))
    for key in keys:
        assert repository.create(ANONYMOUS, key, {"key": key})
    folder = repository.root.joinpath(*ANONYMOUS)
    assert len(list(folder.iterdir())) == 256
    assert repository.keys(ANONYMOUS) == keys
    assert [record for _, record in repository.read_all(ANONYMOUS)] == [{"key": key} for key in keys]
    assert repository.places(ANONYMOUS) == []
    assert repository.places(ANONYMOUS[:3]) == ["responses"]
    for key in keys:
        path = folder / key[:2] / f"{key}.json"
        assert path.stat().st_mtime % DAY == 0
        assert path.parent.stat().st_mtime % DAY == 0
    assert repository.delete(ANONYMOUS, keys[0])
    assert (folder / keys[0][:2]).stat().st_mtime % DAY == 0
    with pytest.raises(BadKey, match="hexadecimal"):
        repository.create(ANONYMOUS, "north", {})


def test_everything_is_the_owner_s_alone(repository):
    before = os.umask(0)
    try:
        repository.write(PLACE, "a", {})
        repository.create(ANONYMOUS, "00ff", {})
        repository.write_bytes(SNAPSHOT, "definition.json", b"{}")
        repository.append(("log",), "events", {})
    finally:
        os.umask(before)
    for path in (repository.root, *repository.root.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_setting_aside_moves_only_what_cannot_be_read(repository):
    repository.write(PLACE, "a", {"a": 1})
    path = repository.root.joinpath(*PLACE, "a.json")
    assert repository.quarantine.add(PLACE, "a") is None
    assert repository.quarantine.add(PLACE, "missing") is None
    for content in (b"first", b"second"):
        path.write_bytes(content)
        aside = repository.quarantine.add(PLACE, "a")
        assert aside is not None
        assert aside.read_bytes() == content
        assert not path.exists()
    kept = {path.name: path.read_bytes() for path in aside.parent.iterdir()}
    assert kept == {"a.json": b"second", "a.json.2": b"first"}


@pytest.mark.parametrize("place", [PLACE, ANONYMOUS])
def test_what_was_set_aside_stays_unreadable_and_nothing_begins_in_its_place(repository, place):
    repository.write(place, "0a", {"a": 1})
    repository.write(place, "0b", {"b": 1})
    torn_path = repository.root.joinpath(*place, *(["0a"] if place == ANONYMOUS else []), "0a.json")
    torn_path.write_bytes(b"torn")
    repository.quarantine.add(place, "0a")
    found = dict(repository.read_all(place))
    assert repository.keys(place) == list(found) == ["0a", "0b"]
    assert isinstance(found["0a"], Unreadable)
    assert found["0b"] == {"b": 1}
    for act in (
        lambda: repository.read(place, "0a"),
        lambda: repository.write(place, "0a", {}),
        lambda: repository.create(place, "0a", {}),
        lambda: repository.update(place, "0a", lambda _: {}),
        lambda: repository.quarantine.put_back(place, "0a"),
    ):
        with pytest.raises(Unreadable):
            act()
    assert not torn_path.exists()


def test_a_mended_record_is_put_back(repository):
    repository.write(PLACE, "a", {"a": 1})
    path = repository.root.joinpath(*PLACE, "a.json")
    whole = path.read_bytes()
    path.write_bytes(b"torn")
    repository.quarantine.add(PLACE, "a").write_bytes(whole)
    assert repository.quarantine.put_back(PLACE, "a")
    assert repository.read(PLACE, "a") == {"a": 1}
    assert not repository.quarantine.put_back(PLACE, "a")


def test_a_loss_that_is_accepted_frees_the_place_and_keeps_the_file(repository):
    repository.write(PLACE, "a", {"a": 1})
    repository.root.joinpath(*PLACE, "a.json").write_bytes(b"torn")
    repository.quarantine.add(PLACE, "a")
    assert repository.quarantine.accept_loss(PLACE, "a").read_bytes() == b"torn"
    assert repository.quarantine.accept_loss(PLACE, "a") is None
    assert repository.read(PLACE, "a") is None
    assert repository.keys(PLACE) == []
    assert repository.create(PLACE, "a", {"a": 2})
    assert repository.delete(PLACE, "a")
    assert not repository.delete(PLACE, "a")
    assert list((repository.root / "set-aside").rglob("a*")) == []


def test_a_count_of_failed_tries_that_was_set_aside_is_not_missed(repository):
    repository.write(("limits",), "a", {"a": 1})
    (repository.root / "limits" / "a.json").write_bytes(b"torn")
    repository.quarantine.add(("limits",), "a")
    assert repository.read(("limits",), "a") is None
    repository.write(("limits",), "a", {"a": 2})


def test_creating_is_settled_under_the_lock_and_looks_again_there(repository, monkeypatch):
    """Two that create at once: the second finds what the first has made, by the lock alone."""
    held = repository.locks.held
    entered = []

    def held_after_another(name: str):
        if not entered:
            entered.append(name)
            assert FileRepository(repository.root).create(PLACE, "a", {"by": "first"})
        return held(name)

    monkeypatch.setattr(repository.locks, "held", held_after_another)
    assert repository.create(PLACE, "a", {"by": "second"}) is False
    assert repository.read(PLACE, "a") == {"by": "first"}


def test_all_folders_of_anonymous_records_come_at_once_and_tell_the_day_alone(repository):
    repository.create(ANONYMOUS, "00ff", {})
    folder = repository.root.joinpath(*ANONYMOUS)
    assert sorted(path.name for path in folder.iterdir()) == [f"{number:02x}" for number in range(256)]
    for path in (folder.parent, folder, *folder.iterdir()):
        assert path.stat().st_mtime % DAY == 0


def test_files_and_what_is_deleted_for_good_of_an_anonymous_place_tell_the_day_alone(repository):
    repository.write_bytes(ANONYMOUS, "notes.txt", b"1")
    assert repository.root.joinpath(*ANONYMOUS, "notes.txt").stat().st_mtime % DAY == 0
    repository.create(ANONYMOUS, "00ff", {"a": 1})
    folder = repository.root.joinpath(*ANONYMOUS, "00")
    # As whoever died in the middle of it leaves the folder.
    os.utime(folder, (1_700_000_001, 1_700_000_001))
    repository.create(ANONYMOUS, "00ff", {"a": 1})
    assert folder.stat().st_mtime % DAY == 0
    repository.write(ANONYMOUS, "00ff", {"a": 2})
    assert (folder / "00ff.json").stat().st_mtime % DAY == 0
    (folder / "00ff.json").write_bytes(b"torn")
    aside = repository.quarantine.add(ANONYMOUS, "00ff")
    assert repository.delete(ANONYMOUS, "00ff")
    assert aside.parent.stat().st_mtime % DAY == 0
    assert not aside.exists()


@pytest.mark.parametrize("place", [PLACE, ANONYMOUS])
def test_each_change_of_a_place_gives_it_another_revision(repository, place):
    seen = [repository.revision(place)]

    def is_another():
        seen.append(FileRepository(repository.root).revision(place))
        return len(set(seen)) == len(seen) and repository.revision(place) == seen[-1]

    repository.write(place, "aa", {"a": 1})
    assert is_another()
    repository.write(place, "aa", {"a": 2})
    assert is_another()
    repository.write(place, "ab", {"a": 2})
    assert is_another()
    repository.write(("rounds", "other"), "round", {})
    assert repository.revision(place) == seen[-1]
    repository.delete(place, "ab")
    seen.pop()
    seen.pop()
    assert is_another()
    path = next(path for path in repository.root.rglob("aa.json"))
    path.write_bytes(b"{")
    assert is_another()
    repository.quarantine.add(place, "aa")
    assert is_another()


def test_what_is_removed_is_off_the_disk(repository):
    repository.write(("rounds", "sr-2026", "reflection"), "a", {"text": "erased"})
    repository.remove(("rounds", "sr-2026"))
    left = [path for path in repository.root.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert left == []
    assert not list(repository.root.glob(".removed-*"))
