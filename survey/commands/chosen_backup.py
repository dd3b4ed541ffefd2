"""The backup that a command restores: one file, or one of a folder of backups; the newest unless another is named."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from survey.collection.backups import folder_of_backups
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, option
from survey.languages import Language, Phrase
from survey.storage.archive import Restorable, opened_archive
from survey.storage.backup import check_archive
from survey.storage.backup_folder.listing import Backup
from survey.storage.backup_folder.reader import backup_of, faults, opened_backup
from survey.storage.backup_folder.seal import Opener

CHECKING = Phrase("data command", "Checking every piece")
FAULTS = {
    "missing": Phrase("data command", "%(file)s is missing. It is needed by these backups: %(numbers)s"),
    "damaged": Phrase("data command", "%(file)s is damaged. It is needed by these backups: %(numbers)s"),
    "unreadable": Phrase("data command", "%(file)s cannot be read. It is needed by these backups: %(numbers)s"),
}
NOTHING_CHANGED = Phrase("data command", "This backup is not whole. Nothing was changed.")
NUMBER = option(
    "--backup",
    "number",
    about=Phrase("command", "Number of the backup, as “data backups” lists it; without it, the newest"),
    type=int,
)
IDENTITY = option(
    "--identity",
    about=Phrase("command", "File of the key that opens it, if it is encrypted; without it, SURVEY_BACKUP_IDENTITY"),
    type=click.Path(path_type=Path, dir_okay=False),
)


@dataclass(frozen=True)
class ChosenBackup:
    """A backup that is whole. `at`: when it was made, where that is known."""

    name: str
    at: datetime | None
    opening: AbstractContextManager[Restorable]


def backups_here() -> Path:
    """The folder of backups."""
    return folder_of_backups(current_app.config["DATA"], current_app.config["BACKUPS"])


def chosen_backup(where: Path | None, number: int | None, identity: Path | None, language: Language) -> ChosenBackup:
    """The backup at a place, once every piece of it has been looked at.

    Raises Refusal: what of it is missing or damaged; StorageError.
    """
    where = where or backups_here()
    if where.is_file():
        with terminal.progress_bar(language.say(CHECKING)) as progress:
            check_archive(where, progress)
        return ChosenBackup(where.name, None, opened_archive(where))
    backup = backup_of(where, number)
    opener = Opener(identity or current_app.config["BACKUP_IDENTITY"])
    if lines := fault_lines(where, [backup], language):
        raise Refusal(*lines, language.say(NOTHING_CHANGED))
    return ChosenBackup(f"{where.name}/{backup.number}", backup.at, opened_backup(where, backup, opener))


def fault_lines(folder: Path, backups: list[Backup], language: Language) -> list[str]:
    """A line for each piece that is missing or damaged, with the backups that need it."""
    with terminal.progress_bar(language.say(CHECKING)) as progress:
        backup_faults = faults(folder, backups, progress)
    return [
        language.say(FAULTS[fault], file=str(path), numbers=", ".join(map(str, numbers)))
        for path, (fault, numbers) in backup_faults.items()
    ]
