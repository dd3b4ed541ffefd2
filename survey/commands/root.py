"""What `flask --app wsgi --help` says, in both languages, in place of Flask’s own words."""

from collections.abc import Mapping
from typing import NoReturn

import click

from survey.commands.cli_i18n import WrongUsage, group
from survey.commands.usage import NO_COMMAND
from survey.languages import Phrase

ABOUT = Phrase(
    "command", "The service from the command line. For what is in a group, add its name and then --help after it"
)


def root_help(groups: Mapping[str, click.Command]) -> str:
    """The groups of commands, as the help of the program that has them."""
    root = group("flask", ABOUT, commands=groups, options_metavar="--app wsgi")
    return root.get_help(click.Context(root, info_name="flask"))


def refuse_command(name: str, ctx: click.Context) -> NoReturn:
    """Raises WrongUsage, in both languages."""
    raise WrongUsage(NO_COMMAND, ctx, name=name)
