"""Whoever holds a lock is alone, for as long as the other has patience; the files of locks are nobody else's."""

import stat
import threading
import time

import pytest

from survey.storage.repository import StorageError
from survey.storage.tinydb_files.locks import STRIPES, Locks


@pytest.fixture
def locks(tmp_path) -> Locks:
    return Locks(tmp_path / "data" / "locks")


def is_free(locks: Locks, name: str) -> bool:
    try:
        with Locks(locks.folder, 0).one_at_a_time(name):
            return True
    except StorageError:
        return False


def test_a_lock_is_taken_until_it_is_given_back(locks):
    with locks.one_at_a_time("backup"):
        assert not is_free(locks, "backup")
        assert is_free(locks, "upgrade")
    assert is_free(locks, "backup")
    with pytest.raises(ZeroDivisionError), locks.one_at_a_time("backup"):
        raise ZeroDivisionError
    assert is_free(locks, "backup")


def test_who_holds_all_keeps_every_writer_out_and_no_job(locks):
    stripes = [f"{stripe:02x}" for stripe in range(STRIPES)]
    with locks.all_held():
        assert [name for name in stripes if is_free(locks, name)] == []
        assert is_free(locks, "backup")
    assert [name for name in stripes if not is_free(locks, name)] == []


def test_who_waits_gets_the_lock_when_it_is_free(locks):
    taken, waited = threading.Event(), []

    def hold() -> None:
        with locks.one_at_a_time("backup"):
            taken.set()
            time.sleep(0.1)

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(10)
    with Locks(locks.folder, 20).one_at_a_time("backup"):
        waited.append(holder.is_alive())
    holder.join()
    assert len(waited) == 1


def test_patience_ends(locks):
    with locks.one_at_a_time("backup"):
        began = time.monotonic()
        with pytest.raises(StorageError) as raised, Locks(locks.folder, 0.1).one_at_a_time("backup"):
            pass
        assert str(raised.value) == "Somebody else is writing and does not stop. Nothing was changed; try again."
        assert 0.1 <= time.monotonic() - began < 20


def test_a_lock_is_made_once_for_its_owner_alone(locks):
    for _ in range(2):
        with locks.one_at_a_time("backup"):
            pass
    [path] = locks.folder.iterdir()
    assert path.name == "backup.lock"
    assert path.read_bytes() == b""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(locks.folder.stat().st_mode) == 0o700


def test_a_link_is_no_lock(locks, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"precious")
    elsewhere.chmod(0o644)
    locks.folder.mkdir(parents=True)
    (locks.folder / "backup.lock").symlink_to(elsewhere)
    with pytest.raises(StorageError, match="could not be kept"), locks.one_at_a_time("backup"):
        pass
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


def test_a_change_within_a_change_is_refused_except_in_another_folder(locks, tmp_path):
    with locks.held("a"):
        with pytest.raises(RuntimeError, match="cannot write another"), locks.held("b"):
            pass
        with Locks(tmp_path / "other").held("a"):
            pass
    with locks.held("b"):
        pass
