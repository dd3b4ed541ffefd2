"""What is known of backups, for whoever watches over the service: records at (backups,), each with `at`, a moment.

“last”: the last backup; “handed-on”: when the operator’s own program (SURVEY_BACKUP_HOOK) last took one,
“not-handed-on”: when it failed, until it succeeds; “rehearsed”: when one was last restored for practice.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

from survey.storage.backup_folder.listing import listing
from survey.storage.backup_folder.rotation import Keep
from survey.storage.repository import Repository

BACKUPS = ("backups",)
LAST, HANDED_ON, NOT_HANDED_ON, REHEARSED = "last", "handed-on", "not-handed-on", "rehearsed"


def folder_of_backups(data: Path, named: Path | None) -> Path:
    """Where backups of a data folder lie: where the setting says, or beside it."""
    return named or data.with_name(f"{data.name}-backups")


def held_until(folder: Path, keep: Keep, today: date) -> date | None:
    """The day by which no backup holds any more what was erased today, if there is one every day. None: there are none.

    Raises StorageError.
    """
    listed = listing(folder)
    return today + timedelta(days=keep.longest) if listed.backups or listed.unreadable else None


def note_backup(repository: Repository, now: datetime) -> None:
    """A backup was written and read back."""
    _note(repository, LAST, now)


def note_handed_on(repository: Repository, now: datetime) -> None:
    """The operator’s own program has taken the last backup."""
    _note(repository, HANDED_ON, now)
    repository.delete(BACKUPS, NOT_HANDED_ON)


def note_not_handed_on(repository: Repository, now: datetime) -> None:
    """The operator’s own program has failed on the last backup."""
    _note(repository, NOT_HANDED_ON, now)


def note_rehearsal(repository: Repository, now: datetime) -> None:
    """A backup was restored for practice, and nothing in it was wrong."""
    _note(repository, REHEARSED, now)


def moment_of(repository: Repository, what: str) -> datetime | None:
    """When it last happened: `LAST`, `HANDED_ON` …; None if it is not known to have. Raises Unreadable."""
    record = repository.read(BACKUPS, what)
    return datetime.fromisoformat(record["at"]) if record else None


def _note(repository: Repository, what: str, now: datetime) -> None:
    repository.write(BACKUPS, what, {"at": now.isoformat()})
