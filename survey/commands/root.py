"""All commands under one name, and what that says of itself: `myfyrio` on a server, `flask --app wsgi` elsewhere."""

from typing import Any, NoReturn

import click

from survey.commands import GROUPS, group_named
from survey.commands.cli_i18n import LocalisedGroup, WrongUsage
from survey.commands.usage import NO_COMMAND
from survey.languages import Phrase

ABOUT = Phrase(
    "command", "The service from the command line. For what is in a group, add its name and then --help after it"
)


class Program(LocalisedGroup):
    """Every group of commands, each of which is imported when it is asked for."""

    def __init__(self, name: str, **attributes: Any) -> None:
        super().__init__(name, about=ABOUT, **attributes)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return group_named(cmd_name) if cmd_name in GROUPS else None


def root_help() -> str:
    """The help of `flask --app wsgi`, in place of Flask’s own words."""
    root = Program("flask", options_metavar="--app wsgi")
    return root.get_help(click.Context(root, info_name="flask"))


def refuse_command(name: str, ctx: click.Context) -> NoReturn:
    """Raises WrongUsage."""
    raise WrongUsage(NO_COMMAND, ctx, name=name)
