"""The group `flask data …`, whose commands are in several modules, and what they share."""

from pathlib import Path

from flask import current_app

from survey.commands.cli_i18n import Refusal, group
from survey.languages import Language, Phrase

NOT_IN_A_DATABASE = Phrase(
    "data command",
    "What is kept is in a database (SURVEY_DATABASE), and this command works on the data folder. Nothing was changed. "
    "Use the tools of the database, or “data move folder” first.",
)

data = group("data", Phrase("command", "Check, back up, restore and tidy what is kept"))


def data_folder(language: Language) -> Path:
    """The data folder. Raises Refusal where what is kept is not in it."""
    if current_app.config["DATABASE"] is not None:
        raise Refusal(language.say(NOT_IN_A_DATABASE))
    folder: Path = current_app.config["DATA"]
    return folder
