"""`data move`: from the data folder into a database and back, when a service outgrows one host or comes home to it."""

import click
from flask import current_app

from survey.commands import terminal
from survey.commands.cli_i18n import Refusal
from survey.commands.data_group import data
from survey.commands.environment import note
from survey.languages import Language, Phrase
from survey.storage.backup import InUse

STOP = Phrase(
    "data command", "The service is running on this data folder. Nothing was changed. Stop the service, and move then."
)
BOTH = Phrase(
    "data command",
    "Set SURVEY_DATABASE to the database, and SURVEY_DATA to the folder: one of them is moved into the other.",
)
IN_DATABASE = Phrase("data command", "Everything is in the database, and was compared: %(digest)s")
IN_FOLDER = Phrase("data command", "Everything is in the folder, and was compared: %(digest)s")


@data.command("move", about=Phrase("command", "Move everything into the database, or back into the folder"))
@click.argument("where", metavar="database|folder", type=click.Choice(["database", "folder"]))
def move(where: str, language: Language) -> str:
    from survey.storage.relocation import move_into_database, move_into_folder

    folder, database = current_app.config["DATA"], current_app.config["DATABASE"]
    if database is None:
        raise Refusal(language.say(BOTH))
    with terminal.progress_bar(language.pgettext("data command", "Moving")) as progress:
        if where == "folder":
            digest = move_into_folder(database, folder, progress)
        else:
            try:
                digest = move_into_database(folder, database, lambda kept: note(kept, "moved", to=where), progress)
            except InUse as error:
                raise Refusal(language.say(STOP)) from error
    if where == "folder":
        click.echo(language.say(IN_FOLDER, digest=digest))
        return language.pgettext(
            "data command", "The database is kept as it was, and closed. Start the site without SURVEY_DATABASE."
        )
    click.echo(language.say(IN_DATABASE, digest=digest))
    return language.pgettext(
        "data command", "The folder is kept as it was, and used no more. Start the site with SURVEY_DATABASE."
    )
