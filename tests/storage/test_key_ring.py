"""The secrets that are kept with the data: one in use, those before it believed, and nothing else taken for them."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.storage.key_ring import SPREADS_IN, mark_of, new_ring, ring_of, text_of
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import key_ring_of
from survey.storage.tinydb_files.repository import FileRepository

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
FIRST = "0123456789abcdef" * 4


def test_a_new_secret_hashes_at_once_and_signs_when_every_process_knows_it():
    ring = new_ring().rotated(NOW)
    first, second = ring.secrets
    assert ring.newest == second
    assert ring.keys == (second.key, first.key)
    assert ring.signing(NOW) == ring.signing(NOW + SPREADS_IN - timedelta(seconds=1)) == first
    assert ring.signing(NOW + SPREADS_IN) == second


def test_a_record_without_a_mark_was_made_with_the_oldest_secret():
    ring = new_ring()
    assert ring.mark is None
    rotated = ring.rotated(NOW)
    assert rotated.mark == mark_of(rotated.newest.key) != mark_of(ring.newest.key)
    assert rotated.made_with(None) == rotated.made_with(mark_of(ring.newest.key)) == ring.newest
    assert rotated.made_with(rotated.mark) == rotated.newest
    assert rotated.made_with("00000000") is None


def test_what_is_left_when_the_earlier_ones_are_dropped_reads_like_a_secret_that_was_never_replaced():
    ring = new_ring().rotated(NOW)
    left = ring.without_earlier()
    assert text_of(left) == ring.newest.text
    assert left.made_with(ring.mark) == left.newest


def test_a_mark_is_the_same_for_good():
    """Records that were kept name it."""
    assert mark_of(FIRST.encode()) == "f62e7df2"


def test_a_ring_comes_back_as_it_was_written():
    ring = new_ring().rotated(NOW).rotated(NOW + timedelta(days=1))
    assert ring_of(text_of(ring)) == ring
    assert text_of(ring_of(FIRST)) == FIRST


@pytest.mark.parametrize(
    "text",
    [
        "",
        FIRST + "\n",
        FIRST.upper(),
        f"{FIRST}\n{FIRST}",
        f"{FIRST}\n{FIRST[:-1]} {NOW.isoformat()}",
        f"{FIRST}\n{FIRST} yesterday",
        f"{FIRST}\n{FIRST} 2026-10-01T09:00:00",
        f"{FIRST} {NOW.isoformat()}",
        f"{FIRST}\n{FIRST} {NOW.isoformat()}\n",
    ],
)
def test_damaged_lines_are_refused(text, tmp_path):
    with pytest.raises(ValueError, match=r"hexadecimal|its lines|isoformat"):
        ring_of(text)
    (tmp_path / "secret").write_text(text)
    with pytest.raises(StorageError, match=r"secret is damaged: .*Put back the file of a backup"):
        key_ring_of(tmp_path)


def test_a_ring_is_replaced_in_one_step_and_stays_when_the_change_fails(tmp_path):
    (tmp_path / "secret").write_text(FIRST)
    repository = FileRepository(tmp_path)
    with pytest.raises(ZeroDivisionError):
        repository.change_key_ring(lambda _: 1 / 0)
    assert (tmp_path / "secret").read_text() == FIRST
    ring = repository.change_key_ring(lambda ring: ring.rotated(NOW))
    assert repository.key_ring() == ring
    assert (tmp_path / "secret").read_text() == text_of(ring)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
