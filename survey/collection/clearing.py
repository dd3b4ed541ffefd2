"""What is kept for a while only: counts of failed tries. Answers are never cleared."""

from collections.abc import Iterable
from datetime import datetime

from survey.collection.repository import Repository, Unreadable
from survey.collection.throttle import LIMITS


def stale_limits(repository: Repository, before: datetime) -> list[str]:
    """The keys of the counts whose last failed try lies before a moment, and of those that cannot be read."""
    return [
        key
        for key, record in repository.read_all(LIMITS)
        if isinstance(record, Unreadable)
        or all(datetime.fromisoformat(failure) < before for failure in record["failures"])
    ]


def clear(repository: Repository, keys: Iterable[str]) -> None:
    """Remove counts of failed tries."""
    for key in keys:
        repository.delete(LIMITS, key)
