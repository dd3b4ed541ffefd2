"""Slowing down guesses: failed tries only, kept in our own storage, per code, account and address.

The more failures, the longer the wait; a success clears them. Whole practices share one address, so the limit
per address is generous.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from survey.collection.errors import DomainError
from survey.storage.repository import Repository, Unreadable

LIMITS = ("limits",)
ENOUGH = 12
"""Failures beyond the free ones that are kept: with so many, the longest wait has been reached."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures within `window` are free, and how long at most one waits after further ones."""

    kind: str
    free: int
    window: timedelta
    longest: timedelta


PER_CODE = Limit("code", 5, timedelta(minutes=15), timedelta(minutes=5))
PER_ACCOUNT = Limit("account", 5, timedelta(minutes=15), timedelta(minutes=5))
PER_ADDRESS = Limit("address", 100, timedelta(minutes=15), timedelta(minutes=5))


def check_allowed(repository: Repository, limit: Limit, subject: str, now: datetime) -> None:
    """Raises DomainError("wait") while the subject has to wait."""
    failures = _recent(repository.read(LIMITS, _key(limit, subject)), limit, now)
    seconds = _wait(failures, limit, now)
    if seconds > 0:
        raise DomainError("wait", seconds=str(seconds))


def note_failure(repository: Repository, limit: Limit, subject: str, now: datetime) -> None:
    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        failures = [*_recent(record, limit, now), now][-(limit.free + ENOUGH) :]
        return {"failures": [moment.isoformat() for moment in failures]}

    repository.update(LIMITS, _key(limit, subject), change)


def note_success(repository: Repository, limit: Limit, subject: str) -> None:
    """Forget the failures."""
    repository.delete(LIMITS, _key(limit, subject))


def stale_limits(repository: Repository, before: datetime) -> list[str]:
    """The keys in `LIMITS` whose last failed try lies before a moment, and of those that cannot be read."""
    return [
        key
        for key, record in repository.read_all(LIMITS)
        if isinstance(record, Unreadable)
        or all(datetime.fromisoformat(failure) < before for failure in record["failures"])
    ]


def _recent(record: dict[str, Any] | None, limit: Limit, now: datetime) -> list[datetime]:
    # A failure from the future was noted before the clock was put back: it counts as one of now.
    moments = [min(datetime.fromisoformat(moment), now) for moment in record["failures"]] if record else []
    return [moment for moment in moments if now - moment < limit.window]


def _wait(failures: list[datetime], limit: Limit, now: datetime) -> int:
    beyond = len(failures) - limit.free
    if beyond < 0:
        return 0
    longest = limit.longest.total_seconds()
    due = failures[-1] + timedelta(seconds=min(2.0 ** (beyond + 1), longest))
    # Up, so that whoever waits as long as they are told is let in.
    return max(0, ceil((due - now).total_seconds()))


def _key(limit: Limit, subject: str) -> str:
    return f"{limit.kind}-{hashlib.sha256(subject.encode()).hexdigest()[:32]}"
