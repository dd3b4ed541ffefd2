"""Who did what: an append-only log, kept apart from the answers."""

from datetime import datetime

from survey.storage.repository import Repository

LOG = ("log",)
EVENTS = "events"


def note(repository: Repository, now: datetime, who: str, what: str, **details: str) -> None:
    """Keep one line: `who` is an account name, "command line" or "clock"; `what` a stable code."""
    repository.append(LOG, EVENTS, {"at": now.isoformat(), "who": who, "what": what, **details})
