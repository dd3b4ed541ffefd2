"""Guessing is slowed down; people who mistype are not locked out."""

from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.rate_limits import (
    PER_ACCOUNT,
    PER_ADDRESS,
    PER_CODE,
    check_allowed,
    note_failure,
    note_success,
)
from survey.languages import language
from tests.collection.example import NOW

SECOND = timedelta(seconds=1)


def wait(repository, subject="eira", now=NOW, limit=PER_ACCOUNT):
    """Seconds that the subject has to wait."""
    try:
        check_allowed(repository, limit, subject, now)
    except DomainError as refused:
        if refused.code != "wait":
            raise
        return int(refused.values["seconds"])
    return 0


def fail(repository, times, subject="eira", now=NOW, limit=PER_ACCOUNT):
    for _ in range(times):
        note_failure(repository, limit, subject, now)


def test_a_few_mistakes_cost_nothing(repository):
    fail(repository, PER_ACCOUNT.free - 1)
    assert wait(repository) == 0


def test_each_further_failure_doubles_the_wait_up_to_the_longest(repository):
    waits = []
    fail(repository, PER_ACCOUNT.free - 1)
    for _ in range(12):
        fail(repository, 1)
        waits.append(wait(repository))
    assert waits[:8] == [2, 4, 8, 16, 32, 64, 128, 256]
    assert waits[8:] == [300] * 4


def test_the_wait_ends_by_itself(repository):
    fail(repository, PER_ACCOUNT.free + 2)
    assert wait(repository) == 8
    assert wait(repository, now=NOW + 7 * SECOND) == 1
    assert wait(repository, now=NOW + 8 * SECOND) == 0
    assert wait(repository, now=NOW + PER_ACCOUNT.window) == 0


@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (0, 8),
        (0.001, 8),
        (0.499, 8),
        (0.5, 8),
        (0.999, 8),
        (1, 7),
        (6.5, 2),
        (6.999, 2),
        (7, 1),
        (7.5, 1),
        (7.999999, 1),
    ],
)
def test_the_wait_is_told_in_whole_seconds_that_suffice_and_nobody_is_let_in_before(repository, passed, left):
    fail(repository, PER_ACCOUNT.free + 2)
    now = NOW + timedelta(seconds=passed)
    assert wait(repository, now=now) == left
    assert wait(repository, now=now + left * SECOND) == 0


def test_a_failure_counts_up_to_the_end_of_the_window_and_not_at_it(repository):
    fail(repository, PER_ACCOUNT.free)
    edge = NOW + PER_ACCOUNT.window
    fail(repository, 1, now=edge - timedelta(microseconds=1))
    assert wait(repository, now=edge - timedelta(microseconds=1)) == 4
    assert wait(repository, now=edge) == 0


def test_old_failures_are_forgotten(repository):
    fail(repository, 20)
    later = NOW + PER_ACCOUNT.window
    fail(repository, 1, now=later)
    assert wait(repository, now=later) == 0


def test_a_success_forgets_the_failures(repository):
    fail(repository, 20)
    note_success(repository, PER_ACCOUNT, "eira")
    assert wait(repository) == 0
    note_success(repository, PER_ACCOUNT, "nobody")


def test_subjects_and_kinds_are_kept_apart(repository):
    fail(repository, 20)
    assert wait(repository) > 0
    assert wait(repository, "gwyn") == 0
    assert wait(repository, limit=PER_CODE) == 0


def test_a_whole_practice_behind_one_address_is_not_locked_out_by_a_few_mistakes(repository):
    fail(repository, 60, "192.0.2.1", limit=PER_ADDRESS)
    assert wait(repository, "192.0.2.1", limit=PER_ADDRESS) == 0
    fail(repository, 60, "192.0.2.1", limit=PER_ADDRESS)
    assert wait(repository, "192.0.2.1", limit=PER_ADDRESS) > 0


@pytest.mark.parametrize("subject", ["", "../x", "a" * 100_000, "\x00", "ŵ"])
def test_anything_may_be_a_subject_and_none_is_kept_in_clear(repository, subject):
    fail(repository, PER_ACCOUNT.free, subject)
    assert wait(repository, subject) == 2
    (name,) = repository.keys(("limits",))
    assert name.startswith("account-")
    assert len(name) == len("account-") + 32


def test_a_clock_that_was_put_back_does_not_lock_anybody_out_for_longer(repository):
    fail(repository, PER_ACCOUNT.free, now=NOW + timedelta(days=1))
    assert wait(repository) <= PER_ACCOUNT.longest.total_seconds()


def test_the_refusal_says_how_long(repository):
    fail(repository, PER_ACCOUNT.free)
    with pytest.raises(DomainError) as refused:
        check_allowed(repository, PER_ACCOUNT, "eira", NOW)
    assert "2 seconds" in refused.value.say(language("en"))
