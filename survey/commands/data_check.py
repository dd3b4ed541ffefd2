"""`data check`: whether this release can run with the settings and the data folder. It changes nothing, and is asked
before a release takes the place of the one that runs.
"""

import click
from flask import current_app

from survey.commands.added_faults import added_faults
from survey.commands.data_group import data
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import check, definition_files
from survey.storage.opening import check_database
from survey.storage.tinydb_files.data_format import FORMAT, read_format, refuse_newer, secret_of


@data.command(
    "check",
    about=Phrase("command", "Say whether this release can run with the settings and the data folder; change nothing"),
)
def check_(language: Language) -> str:
    root, database = current_app.config["DATA"], current_app.config["DATABASE"]
    number = None
    if database is not None:
        check_database(database)
    elif (number := read_format(root)) is not None:
        refuse_newer(number, f"The data folder {root}")
        secret_of(root)
    findings = check(definition_files())
    if findings:
        raise DefinitionError(findings)
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
    return language.pgettext("data command", "This release can run with these settings and this data folder.")
