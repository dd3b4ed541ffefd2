"""`data rehearse`: whether the newest backup can be restored, how much would be lost, and how long it takes."""

import time
from pathlib import Path

import click
from flask import current_app

from survey.collection.backups import note_rehearsal
from survey.collection.record_shapes import misfit
from survey.commands import terminal
from survey.commands.chosen_backup import IDENTITY, NUMBER, chosen_backup
from survey.commands.cli_i18n import Refusal
from survey.commands.data_group import data
from survey.commands.data_verification import counted, verified
from survey.commands.environment import note, now, open_repository
from survey.languages import Language, Phrase
from survey.storage.rehearsal import rehearsed
from survey.storage.tinydb_files.data_format import is_data_folder

RESTORED = Phrase(
    "data command",
    "%(backup)s was restored for practice in %(seconds)s seconds, read, and removed again: nothing is wrong with it.",
)
AGE = Phrase("data command", "Made on %(moment)s, %(hours)s hours ago: what came since would be lost.")
FAILED = Phrase("data command", "%(backup)s was restored for practice and removed again. This is wrong with it:")


@data.command(
    "rehearse",
    about=Phrase(
        "command",
        "Restore the newest backup for practice, read it, say how old it is and how long it took, and remove it again",
    ),
)
@click.argument("where", metavar="[FILE.zip|FOLDER]", required=False, type=click.Path(path_type=Path))
@NUMBER
@IDENTITY
def rehearse(where: Path | None, number: int | None, identity: Path | None, language: Language) -> str | None:
    root, began = current_app.config["DATA"], time.monotonic()
    chosen = chosen_backup(where, number, identity, language)
    with (
        terminal.progress_bar(language.pgettext("data command", "Restoring")) as progress,
        rehearsed(chosen.opening, root, misfit, progress) as repository,
    ):
        report, faults = verified(repository, language)
    if faults:
        raise Refusal(language.say(FAILED, backup=chosen.name), *faults, counted(report, language))
    seconds = time.monotonic() - began
    # On a machine that has the key and the copies, and no service, there is nothing to note it in.
    if current_app.config["DATABASE"] or is_data_folder(root):
        kept = open_repository()
        note(kept, "backup_rehearsed", file=chosen.name, seconds=f"{seconds:.1f}")
        note_rehearsal(kept, now())
    click.echo(counted(report, language))
    click.echo(language.say(RESTORED, backup=chosen.name, seconds=language.number(round(seconds, 1))))
    if chosen.at is None:
        return None
    hours = (now() - chosen.at).total_seconds() / 3600
    return language.say(AGE, moment=language.datetime(chosen.at), hours=language.number(round(hours, 1)))
