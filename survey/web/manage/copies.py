"""What a page that removes something for good says of the copies in which it still is."""

from dataclasses import dataclass

from flask import current_app

from survey.collection.backups import folder_of_backups, held_until
from survey.storage.backup import copies_beside
from survey.storage.backup_folder.rotation import Keep
from survey.web.site.environment import now
from survey.web.site.language import current_language


@dataclass(frozen=True, slots=True)
class Copies:
    """The names of the copies beside the data folder, and the day until which the backups hold it; empty: there are
    none."""

    names: list[str]
    until: str


def copies() -> Copies:
    """Raises StorageError."""
    config = current_app.config
    folder = folder_of_backups(config["DATA"], config["BACKUPS"])
    until = held_until(folder, Keep(**config["BACKUP_KEEP"]), now().date())
    return Copies(
        [path.name for path in copies_beside(config["DATA"])], current_language().date(until) if until else ""
    )
