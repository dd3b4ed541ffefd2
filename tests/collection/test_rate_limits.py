"""Guessing at passwords is slowed down; people who mistype are not locked out, nor by others."""

from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.rate_limits import FREE, LIMITS, LONGEST, WINDOW, Tries
from survey.languages import language
from tests.collection.example import NOW

SECOND = timedelta(seconds=1)
SECRET = b"s" * 40


def tries(repository, subject="eira\naddress 192.0.2.1"):
    return Tries(repository, SECRET, subject)


def wait(repository, subject="eira\naddress 192.0.2.1", now=NOW):
    """Seconds that the subject has to wait."""
    try:
        tries(repository, subject).check_allowed(now)
    except DomainError as refused:
        if refused.code != "wait":
            raise
        return int(refused.values["seconds"])
    return 0


def fail(repository, times, subject="eira\naddress 192.0.2.1", now=NOW):
    for _ in range(times):
        tries(repository, subject).note_failure(now)


def test_a_few_mistakes_cost_nothing(repository):
    fail(repository, FREE - 1)
    assert wait(repository) == 0


def test_each_further_failure_doubles_the_wait_up_to_the_longest(repository):
    waits = []
    fail(repository, FREE - 1)
    for _ in range(12):
        fail(repository, 1)
        waits.append(wait(repository))
    assert waits[:8] == [2, 4, 8, 16, 32, 64, 128, 256]
    assert waits[8:] == [300] * 4


def test_the_wait_ends_by_itself(repository):
    fail(repository, FREE + 2)
    assert wait(repository) == 8
    assert wait(repository, now=NOW + 7 * SECOND) == 1
    assert wait(repository, now=NOW + 8 * SECOND) == 0
    assert wait(repository, now=NOW + WINDOW) == 0


@pytest.mark.parametrize(
    ("passed", "left"), [(0, 8), (0.001, 8), (0.999, 8), (1, 7), (6.5, 2), (6.999, 2), (7, 1), (7.999999, 1)]
)
def test_the_wait_is_told_in_whole_seconds_that_suffice_and_nobody_is_let_in_before(repository, passed, left):
    fail(repository, FREE + 2)
    now = NOW + timedelta(seconds=passed)
    assert wait(repository, now=now) == left
    assert wait(repository, now=now + left * SECOND) == 0


def test_a_failure_counts_up_to_the_end_of_the_window_and_not_at_it(repository):
    fail(repository, FREE)
    edge = NOW + WINDOW
    fail(repository, 1, now=edge - timedelta(microseconds=1))
    assert wait(repository, now=edge - timedelta(microseconds=1)) == 4
    assert wait(repository, now=edge) == 0


def test_a_success_forgets_the_failures(repository):
    fail(repository, 20)
    tries(repository).note_success()
    assert wait(repository) == 0
    tries(repository, "nobody").note_success()


def test_subjects_are_kept_apart(repository):
    fail(repository, 20)
    assert wait(repository) > 0
    assert wait(repository, "eira\naddress 192.0.2.2") == 0


@pytest.mark.parametrize("subject", ["", "../x", "a" * 100_000, "\x00", "ŵ"])
def test_anything_may_be_a_subject_and_only_a_keyed_hash_of_it_is_kept(repository, subject):
    fail(repository, FREE, subject)
    assert wait(repository, subject) == 2
    (name,) = repository.keys(LIMITS)
    assert len(name) == len("account-") + 32
    Tries(repository, b"another secret", subject).check_allowed(NOW)


def test_what_was_noted_while_the_clock_was_ahead_counts_for_nothing(repository):
    fail(repository, 20, now=NOW + timedelta(days=1))
    assert wait(repository) == 0
    # Two requests at once may note their moments in either order.
    fail(repository, FREE, now=NOW + SECOND)
    assert wait(repository) == 2
    assert wait(repository, now=NOW + 2 * SECOND) == 1


def test_failures_that_cannot_be_read_lock_nobody_out_and_are_counted_anew(repository):
    fail(repository, 20)
    (path,) = (repository.root / "limits").iterdir()
    path.write_bytes(b"{torn")
    assert wait(repository) == 0
    fail(repository, FREE)
    assert wait(repository) == 2


def test_guessing_day_and_night_from_one_address_stays_as_slow_as_the_guide_says(repository):
    moment, guesses = NOW, 0
    while moment < NOW + timedelta(days=1):
        fail(repository, 1, now=moment)
        guesses += 1
        moment += max(SECOND, wait(repository, now=moment) * SECOND)
    assert guesses <= 400


def test_the_refusal_says_how_long(repository):
    fail(repository, FREE)
    with pytest.raises(DomainError) as refused:
        tries(repository).check_allowed(NOW)
    assert "2 seconds" in refused.value.say(language("en"))
    assert LONGEST < WINDOW
