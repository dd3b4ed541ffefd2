"""What the commands of `flask export …` share: the group, where they write, what they say of records left out."""

from pathlib import Path

import click
from flask import current_app

from survey.commands.cli_i18n import Refusal, group, option
from survey.languages import Language, Phrase
from survey.storage.repository import Unreadable

export = group("export", Phrase("command", "Write workbooks and data of a round"))

WHERE = Phrase("export command", "Folder or file to write to; without it, the folder of exports")
LEFT_OUT = Phrase("export command", "These records cannot be read and are not in what was written:")


to_output = option("--output", about=WHERE, type=click.Path(path_type=Path))


def target_of(output: Path | None) -> Path:
    """Where to write; the folder of exports is made when it is not there yet."""
    if output is not None:
        return output
    folder: Path = current_app.config["EXPORTS"]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def report_unreadable(unreadable: tuple[Unreadable, ...], language: Language) -> None:
    """What could not be read is said on stderr, and the exit code tells that something is wrong."""
    if unreadable:
        raise Refusal(language.say(LEFT_OUT), *(str(fault) for fault in unreadable))
