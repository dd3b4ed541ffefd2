"""Slowing down guesses at passwords: failed tries only, kept in our own storage, under a keyed hash of whose they are.

The more failures, the longer the wait; a success clears them. Nobody waits for what others do elsewhere: tries are
counted by the account together with where they come from. Access codes need no waits: they are random (`access.py`).
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from survey.collection.errors import DomainError
from survey.storage.repository import Repository, Unreadable

LIMITS = ("limits",)
ENOUGH = 12
"""Failures beyond the free ones that are kept: with so many, the longest wait has been reached."""
FREE = 5
"""How many failures within `WINDOW` are free."""
WINDOW = timedelta(hours=2)
LONGEST = timedelta(minutes=5)
"""How long at most one waits after a further one."""
ASKEW = timedelta(minutes=1)
"""What is noted for a later moment than this was noted before the clock was put back, and counts for nothing."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The failed tries of one subject, which is kept as nothing but a hash that is keyed with `secret`."""

    repository: Repository
    secret: bytes
    subject: str

    @property
    def _key(self) -> str:
        return "account-" + hmac.new(self.secret, f"failed tries\n{self.subject}".encode(), "sha256").hexdigest()[:32]

    def check_allowed(self, now: datetime) -> None:
        """Raises DomainError("wait") while the subject has to wait. Failures that cannot be read count for nothing."""
        try:
            record = self.repository.read(LIMITS, self._key)
        except Unreadable:
            record = None
        seconds = _wait(_recent(record, now), now)
        if seconds > 0:
            raise DomainError("wait", seconds=str(seconds))

    def note_failure(self, now: datetime) -> None:
        def change(record: dict[str, Any] | None) -> dict[str, Any]:
            failures = [*_recent(record, now), now][-(FREE + ENOUGH) :]
            return {"failures": [moment.isoformat() for moment in failures]}

        try:
            self.repository.update(LIMITS, self._key, change)
        except Unreadable:
            self.note_success()
            self.repository.update(LIMITS, self._key, change)

    def note_success(self) -> None:
        """Forget the failures."""
        self.repository.delete(LIMITS, self._key)


def stale_limits(repository: Repository, before: datetime) -> list[str]:
    """The keys in `LIMITS` whose last failed try lies before a moment, and of those that cannot be read."""
    return [
        key
        for key, record in repository.read_all(LIMITS)
        if isinstance(record, Unreadable)
        or all(datetime.fromisoformat(failure) < before for failure in record["failures"])
    ]


def _recent(record: dict[str, Any] | None, now: datetime) -> list[datetime]:
    moments = [datetime.fromisoformat(moment) for moment in record["failures"]] if record else []
    return [moment for moment in moments if -ASKEW <= now - moment < WINDOW]


def _wait(failures: Sequence[datetime], now: datetime) -> int:
    beyond = len(failures) - FREE
    if beyond < 0:
        return 0
    due = min(failures[-1], now) + timedelta(seconds=min(2.0 ** (beyond + 1), LONGEST.total_seconds()))
    # Up, so that whoever waits as long as they are told is let in.
    return max(0, ceil((due - now).total_seconds()))
