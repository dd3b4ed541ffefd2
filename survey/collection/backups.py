"""When everything was last copied, for whoever watches over the service: a record at (backups,), “last”: `at`."""

from datetime import datetime

from survey.storage.repository import Repository

BACKUPS, LAST = ("backups",), "last"


def note_backup(repository: Repository, now: datetime) -> None:
    """A backup was written and read back."""
    repository.write(BACKUPS, LAST, {"at": now.isoformat()})


def last_backup(repository: Repository) -> datetime | None:
    """The moment of the last backup; None if none is known of. Raises Unreadable."""
    record = repository.read(BACKUPS, LAST)
    return datetime.fromisoformat(record["at"]) if record else None
