"""`data backup`, `data backups` and `data restore`: copies of everything, what there is of them, and the way back."""

from contextlib import AbstractContextManager
from pathlib import Path

import click
from flask import current_app

from survey.collection.backups import note_backup, note_handed_on, note_not_handed_on
from survey.commands import terminal
from survey.commands.backup_hook import run_hook
from survey.commands.chosen_backup import IDENTITY, NUMBER, backups_here, chosen_backup, fault_lines
from survey.commands.cli_i18n import Refusal, option
from survey.commands.data_as_folder import DataAsFolder, data_as_folder
from survey.commands.data_group import data
from survey.commands.data_verification import counted, verified
from survey.commands.environment import note, now, open_repository, output_file
from survey.languages import Language, Phrase
from survey.storage.archive import Progress, Restorable, sha256_of
from survey.storage.backup import InUse, backup, restore_from
from survey.storage.backup_folder.listing import file_of, listing
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.writer import back_up
from survey.storage.repository import Repository

RUNNING = Phrase(
    "data command",
    "The service is running on this data folder. Nothing was changed. Stop the service, restore, and start it again.",
)
READERS = Phrase("data command", "Only these recipients can read it: %(recipients)s")
LET_GO = Phrase("data command", "Let go, because newer ones are kept in their place: %(numbers)s")
DIGEST = Phrase("data command", "By this SHA-256 of %(file)s you know it again: %(digest)s")
NOT_COPIED = Phrase(
    "data command",
    "The backup is made and whole, but it was not copied to another place: SURVEY_BACKUP_HOOK failed (%(reason)s).",
)
UNREADABLE = Phrase(
    "data command",
    "%(file)s cannot be read (%(reason)s). Until it is mended or removed, no older backup is let go and no piece is "
    "removed.",
)


@data.command(
    "backup",
    about=Phrase("command", "Back everything up while the site runs; only what has changed is written"),
)
@output_file(
    Phrase("command", "One file to write instead, .zip, with everything in clear. Keep it safe"),
    required=False,
)
def backup_(output: Path | None, language: Language) -> str | None:
    repository = open_repository()
    target = output or backups_here()
    note(repository, "backed_up", file=target.name)
    with data_as_folder(language) as source:
        write = _into_folder if output is None else _into_one_file
        with terminal.progress_bar(language.pgettext("data command", "Writing the backup")) as progress:
            click.echo(write(source, target, progress, language))
    note_backup(repository, now())
    faults = [str(fault) for fault in source.unreadable]
    if output is None:
        faults += [*_unreadable(target, language), *_handed_on(repository, target, language)]
    if faults:
        raise Refusal(*faults)
    return None


@data.command("backups", about=Phrase("command", "List the backups, and look at every piece of each"))
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path, file_okay=False))
def backups_(folder: Path | None, language: Language) -> str:
    folder = folder or backups_here()
    folder_listing = listing(folder)
    heading = [
        language.pgettext("data command", "Backup"),
        language.pgettext("data command", "Made"),
        language.pgettext("data command", "Pieces"),
        language.pgettext("data command", "For"),
    ]
    rows = [
        [
            str(backup.number),
            language.datetime(backup.at),
            language.number(len(backup.needs)),
            ", ".join(backup.recipients) or language.pgettext("data command", "anybody: it is not encrypted"),
        ]
        for backup in folder_listing.backups
    ]
    if rows:
        click.echo(terminal.table([heading, *rows], numeric=frozenset({2})))
    faults = [*_unreadable(folder, language), *fault_lines(folder, list(folder_listing.backups), language)]
    if faults:
        raise Refusal(*faults)
    if not rows:
        raise Refusal(language.pgettext("data command", "There are no backups in %(folder)s.", folder=str(folder)))
    return language.pgettext("data command", "Every piece is there and whole.")


@data.command("restore", about=Phrase("command", "Put a backup in the place of the data folder; stop the site first"))
@click.argument("where", metavar="FILE.zip|FOLDER", type=click.Path(path_type=Path))
@NUMBER
@IDENTITY
@option(
    "--overwrite",
    about=Phrase("command", "Even if the data folder holds data; it is kept beside under another name"),
    is_flag=True,
)
def restore_(where: Path, number: int | None, identity: Path | None, overwrite: bool, language: Language) -> str:
    root, database = current_app.config["DATA"], current_app.config["DATABASE"]
    chosen = chosen_backup(where, number, identity, language)
    with terminal.progress_bar(language.pgettext("data command", "Restoring")) as progress:
        before = None
        try:
            if database is None:
                before = restore_from(chosen.opening, root, replace=overwrite, progress=progress)
            else:
                _into_database(chosen.opening, database, root, progress)
        except InUse as error:
            raise Refusal(language.say(RUNNING)) from error
    repository = open_repository()
    note(repository, "restored", file=chosen.name)
    if before is not None:
        click.echo(language.pgettext("data command", "What was there before is kept in %(file)s", file=str(before)))
    report, faults = verified(repository, language)
    if faults:
        raise Refusal(*faults, counted(report, language))
    click.echo(counted(report, language))
    return language.pgettext("data command", "Restored. Start the site again now.")


def _into_database(opening: AbstractContextManager[Restorable], database: str, root: Path, progress: Progress) -> None:
    from survey.storage.database_backup import restore_into_database

    restore_into_database(opening, database, root, progress)


def _into_one_file(source: DataAsFolder, target: Path, progress: Progress, language: Language) -> str:
    manifest = backup(source.folder, target, progress)
    return language.npgettext(
        "data command",
        "%(n)s file backed up and read back: %(file)s",
        "%(n)s files backed up and read back: %(file)s",
        len(manifest.files),
        file=str(target),
    )


def _into_folder(source: DataAsFolder, folder: Path, progress: Progress, language: Language) -> str:
    recipients, keep = current_app.config["BACKUP_RECIPIENTS"], Keep(**current_app.config["BACKUP_KEEP"])
    made = back_up(
        source.folder,
        folder,
        recipients=recipients,
        keep=keep,
        now=now(),
        progress=progress,
        whose=source.whose,
    )
    path = file_of(folder, made.backup.number)
    said = [
        language.npgettext(
            "data command",
            "Backup %(number)s in %(folder)s: %(n)s file, looked at again; %(size)s kB were written for it",
            "Backup %(number)s in %(folder)s: %(n)s files, looked at again; %(size)s kB were written for it",
            made.files,
            number=str(made.backup.number),
            folder=str(folder),
            size=language.number((made.written + 999) // 1000),
        ),
        language.say(DIGEST, file=path.name, digest=sha256_of(path)),
    ]
    if recipients:
        said.append(language.say(READERS, recipients=", ".join(recipients)))
    if made.let_go:
        said.append(language.say(LET_GO, numbers=", ".join(str(old.number) for old in made.let_go)))
    return "\n".join(said)


def _unreadable(folder: Path, language: Language) -> list[str]:
    reasons = listing(folder).unreadable
    return [language.say(UNREADABLE, file=str(path), reason=reason) for path, reason in reasons.items()]


def _handed_on(repository: Repository, folder: Path, language: Language) -> list[str]:
    """Run the operator’s own program, if there is one; what is wrong if it fails."""
    program = current_app.config["BACKUP_HOOK"]
    if program is None:
        return []
    if reason := run_hook(program, folder):
        note_not_handed_on(repository, now())
        note(repository, "backup_not_copied", reason=reason)
        return [language.say(NOT_COPIED, reason=reason)]
    note_handed_on(repository, now())
    return []
