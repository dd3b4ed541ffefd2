"""The group `flask data …`, whose commands are in several modules."""

from survey.commands.cli_i18n import group
from survey.languages import Phrase

data = group("data", Phrase("command", "Check, back up, restore and tidy what is kept"))
