"""Who did what: an append-only log, kept apart from the answers."""

from collections.abc import Iterator
from datetime import datetime

from survey.storage.repository import Record, Repository

LOG = ("log",)
EVENTS = "events"


def note(repository: Repository, now: datetime, who: str, what: str, **details: str) -> None:
    """Keep one line: `who` is an account name, "command line" or "clock"; `what` a stable code."""
    repository.append(LOG, EVENTS, {"at": now.isoformat(), "who": who, "what": what, **details})


def noted(repository: Repository) -> Iterator[Record]:
    """The log, oldest first."""
    return repository.entries(LOG, EVENTS)
