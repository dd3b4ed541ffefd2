"""The group of `flask rounds …`, whose commands are in several modules."""

from survey.commands.cli_i18n import group
from survey.languages import Phrase

rounds = group("rounds", Phrase("command", "Create, open and close rounds, and let clusters in"))
