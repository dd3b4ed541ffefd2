"""Whatever goes wrong while old backups are let go: what a backup needs that is kept is never removed."""

import errno
import os
from pathlib import Path

import pytest

from survey.collection.people import accounts
from survey.storage.backup_folder import writer
from survey.storage.backup_folder.listing import listing
from survey.storage.backup_folder.reader import faults
from survey.storage.backup_folder.rotation import Keep
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import StorageError, StorageFull
from tests.storage.test_backup import content
from tests.storage.test_backup_folder import ALL, NIGHT, PLACE, RECIPIENT, made, pieces, restored


@pytest.fixture(autouse=True)
def promised_of_the_disk():
    """Nothing here is about what is flushed: nobody waits for the disk."""


@pytest.fixture
def nights(tmp_path):
    """Three nights: each has a record of its own beside one that all share. The folder, and what each night held."""
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "shared", {"text": "every night"})
    states = []
    for day in range(3):
        repository.write(PLACE, "night", {"text": f"of night {day}"})
        made(repository, day=day)
        states.append(content(repository.root))
    return repository, tmp_path / "backups", states


def assert_whole(folder, tmp_path, states):
    """Every backup that is listed has all its pieces, and comes back as the night it is of."""
    kept = listing(folder)
    assert not kept.unreadable
    assert faults(folder, list(kept.backups)) == {}
    for backup in kept.backups:
        target = tmp_path / "copies" / str(len(list(tmp_path.glob("copies/*"))))
        assert restored(folder, target, backup.number) == states[backup.number - 1], backup.number


@pytest.mark.parametrize("nth", range(4))
def test_a_prune_that_breaks_off_leaves_whole_what_is_listed_and_the_next_ends_it(nights, tmp_path, monkeypatch, nth):
    repository, folder, states = nights
    repository.write(PLACE, "night", {"text": "of night 3"})
    states.append(content(repository.root))
    gone = []
    unlink = Path.unlink

    def failing(path, *, missing_ok=False):
        if path.is_relative_to(folder) and not path.name.endswith(".tmp"):
            if len(gone) == nth:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            gone.append(path)
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as full:
        full.setattr(Path, "unlink", failing)
        with pytest.raises(StorageFull):
            made(repository, day=3, keep=Keep(1))
    assert listing(folder).newest.number == 4
    assert_whole(folder, tmp_path, states)
    made(repository, day=4, keep=Keep(1))
    states.append(content(repository.root))
    assert [backup.number for backup in listing(folder).backups] == [5]
    assert pieces(folder).keys() == listing(folder).newest.needs
    assert_whole(folder, tmp_path, states)


def test_a_clock_that_jumped_back_or_ahead_lets_go_nothing_that_a_backup_which_is_kept_needs(nights, tmp_path):
    repository, folder, states = nights
    for day in (-400, 4000, 3):
        repository.write(PLACE, "night", {"text": f"of day {day}"})
        made(repository, day=day, keep=Keep(2, weeks=2))
        states.append(content(repository.root))
        assert_whole(folder, tmp_path, states)
    assert listing(folder).newest.number == 6


def test_a_list_that_is_unreadable_for_a_night_lets_nothing_go_and_is_whole_when_it_is_back(nights, tmp_path):
    repository, folder, states = nights
    first = (folder / "000001.json").read_bytes()
    (folder / "000001.json").write_bytes(first[:-1])
    repository.delete(PLACE, "shared")
    made(repository, day=3, keep=Keep(1))
    states.append(content(repository.root))
    (folder / "000001.json").write_bytes(first)
    assert_whole(folder, tmp_path, states)
    assert [backup.number for backup in listing(folder).backups] == [1, 2, 3, 4]


def test_what_was_shared_is_kept_as_long_as_one_backup_needs_it(nights, tmp_path):
    repository, folder, states = nights
    repository.delete(PLACE, "shared")
    made(repository, day=3, keep=Keep(2))
    states.append(content(repository.root))
    assert [backup.number for backup in listing(folder).backups] == [3, 4]
    assert_whole(folder, tmp_path, states)


def test_a_disk_that_is_full_in_the_middle_of_a_piece_leaves_the_earlier_backups_whole(nights, tmp_path, monkeypatch):
    repository, folder, states = nights
    repository.write(PLACE, "night", {"text": "of night 3"})
    with monkeypatch.context() as full:
        full.setattr(writer, "replace_file", _full)
        with pytest.raises(StorageError):
            made(repository, day=3, keep=Keep(1))
    assert [backup.number for backup in listing(folder).backups] == [1, 2, 3]
    assert_whole(folder, tmp_path, states)


def _full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_secrets_that_are_replaced_and_dropped_between_backups_leave_every_backup_whole_and_what_follows_small(
    tmp_path,
):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "shared", {"text": "every night"})
    accounts.note(repository, NIGHT, "nobody", "backed_up")
    states, rings, written = [], [], []
    changes = [
        lambda ring: ring,
        lambda ring: ring.rotated(NIGHT),
        lambda ring: ring,
        lambda ring: ring.without_earlier(),
        lambda ring: ring,
    ]
    for day, change in enumerate(changes):
        repository.change_key_ring(change)
        written.append(made(repository, day=day, keep=ALL).written)
        states.append(content(repository.root))
        rings.append(repository.key_ring())
    folder = tmp_path / "backups"
    assert_whole(folder, tmp_path, states)
    for number, ring in enumerate(rings, start=1):
        restored(folder, tmp_path / f"ring-{number}", number)
        assert open_data_folder(tmp_path / f"ring-{number}").key_ring() == ring
    names = [set(backup.pieces) for backup in listing(folder).backups]
    assert not names[0] & names[1], "named by the newest secret, so that nobody who knew the earlier one can guess"
    assert names[1] & names[2] & names[3] & names[4], "dropping what is earlier writes nothing anew"
    made(repository, day=9, keep=Keep(1), recipients=(RECIPIENT,))
    assert [backup.number for backup in listing(folder).backups] == [6]
    assert pieces(folder).keys() == listing(folder).newest.needs
