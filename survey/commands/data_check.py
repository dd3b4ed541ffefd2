"""`data check`: whether this release can run with the settings and what is kept. It changes nothing, and is asked
before a release takes the place of the one that runs, also of one that is to run again: it names what that could not
read.
"""

from pathlib import Path

import click
from flask import current_app

from survey.collection.record_shapes import misfit
from survey.commands import terminal
from survey.commands.added_faults import added_faults
from survey.commands.cli_i18n import Refusal
from survey.commands.data_group import data
from survey.commands.settings_faults import settings_faults
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import check, definition_files
from survey.storage.data_folder import refuse_strangers
from survey.storage.opening import check_database, formats_due, holds_records, storage_as_it_is
from survey.storage.repository import SET_ASIDE_REASON, StorageError
from survey.storage.tinydb_files.data_format import FORMAT, read_format, refuse_newer, secret_of
from survey.storage.verification import verify

NOT_READABLE = Phrase(
    "data command",
    "This release cannot read what is named above. If the release that runs can, a newer one wrote it: stay with that, "
    "or restore a backup from before. If it cannot, settle it with “data verify --set-aside”.",
)
READING = Phrase("data command", "Reading every record")


@data.command(
    "check",
    about=Phrase("command", "Say whether this release can run with the settings and the data folder; change nothing"),
)
def check_(language: Language) -> str:
    root, database = current_app.config["DATA"], current_app.config["DATABASE"]
    number, faults = None, list(settings_faults(language))
    try:
        number = _usable_format(root, database)
    except StorageError as error:
        faults.append(str(error))
    if faults:
        raise Refusal(*faults)
    findings = check(definition_files())
    if findings:
        raise DefinitionError(findings)
    if holds_records(root, database):
        _refuse_unreadable(root, database, language)
        for line in added_faults(language):
            click.echo(line)
    if number is not None and number < FORMAT:
        return language.pgettext(
            "data command",
            "This release can run. Its first start changes the data folder from format %(old)s to format %(new)s, and "
            "keeps a copy of it beside.",
            old=number,
            new=FORMAT,
        )
    if database is not None and formats_due(database):
        return language.pgettext(
            "data command",
            "This release can run. Its first start upgrades the database, after a copy of it. Stop the service on "
            "every host before.",
        )
    return language.pgettext("data command", "This release can run with these settings and this data folder.")


def _usable_format(root: Path, database: str | None) -> int | None:
    """The format of the data folder; None where there is none yet, or a database. Raises StorageError."""
    if database is not None:
        check_database(database)
        return None
    refuse_strangers(root)
    number = read_format(root)
    if number is not None:
        refuse_newer(number, f"The data folder {root}")
        secret_of(root)
    return number


def _refuse_unreadable(root: Path, database: str | None, language: Language) -> None:
    with terminal.progress_bar(language.say(READING)) as progress:
        unreadable = verify(storage_as_it_is(root, database, misfit), progress=progress).unreadable
    lines = [str(record) for record in unreadable if record.reason != SET_ASIDE_REASON]
    if lines:
        raise Refusal(*lines, language.say(NOT_READABLE))
