"""What a command that removes something for good says of the copies in which it still is."""

from flask import current_app

from survey.collection.backups import held_until
from survey.commands.chosen_backup import backups_here
from survey.commands.environment import now
from survey.languages import Language, Phrase
from survey.storage.backup import copies_beside
from survey.storage.backup_folder.rotation import Keep

IN_COPY = Phrase("responses command", "It may be in this copy: %(file)s")
IN_BACKUPS = Phrase(
    "responses command", "It may be in the backups in %(folder)s until %(day)s, if one is made every day."
)


def copies_said(language: Language) -> list[str]:
    """A line for each copy, and one for the backups: until when they hold it. Raises StorageError."""
    until = held_until(backups_here(), Keep(**current_app.config["BACKUP_KEEP"]), now().date())
    return [
        *(language.say(IN_COPY, file=str(path)) for path in copies_beside(current_app.config["DATA"])),
        *([language.say(IN_BACKUPS, folder=str(backups_here()), day=language.date(until))] if until else []),
    ]
