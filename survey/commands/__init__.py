"""The same work from the command line: `flask --app wsgi <group> <command>`, on a server `myfyrio …`."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup, FlaskGroup

from survey.collection.translation.changes import TRANSLATIONS
from survey.languages import lead_with
from survey.storage.places import files_at_hand

if TYPE_CHECKING:
    from flask import Flask

# Each is a module of this package with a click group of the same name. It is imported when it is asked for,
# so that a server does not carry what only commands need.
GROUPS = (
    "accounts",
    "clusters",
    "comments",
    "contacts",
    "data",
    "demo",
    "export",
    "feed",
    "links",
    "log",
    "post",
    "queries",
    "questionnaires",
    "releases",
    "responses",
    "retention",
    "rounds",
    "sessions",
    "translations",
)

_OF_FLASK = ("routes", "run", "shell")


def group_named(name: str) -> click.Command:
    """One of `GROUPS`."""
    group: click.Command = getattr(import_module(f"survey.commands.{name}"), name)
    return group


class _Groups(AppGroup):
    def __init__(self, app: "Flask") -> None:
        super().__init__(app.name)
        self.app = app

    def list_commands(self, ctx: click.Context) -> list[str]:
        # Flask’s own program lists commands for its help alone, which it would give in English.
        if isinstance(ctx.command, FlaskGroup) and not ctx.resilient_parsing:
            click.echo(import_module("survey.commands.root").root_help())
            raise SystemExit
        return sorted({*super().list_commands(ctx), *GROUPS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in GROUPS:
            if not current_app:
                ctx.with_resource(self.app.app_context())
            return group_named(cmd_name)
        command = super().get_command(ctx, cmd_name)
        if command is None:
            import_module("survey.commands.root").refuse_command(cmd_name, ctx)
        return command


def register(app: "Flask") -> None:
    """Give the application its commands. The words of the translators of its data folder lead all others."""
    lead_with(files_at_hand(app.config["DATA"], app.config["DATABASE"], TRANSLATIONS))
    app.cli = _Groups(app)


def is_one_asked_for(arguments: Sequence[str]) -> bool:
    """Whether these, of the `flask` program, name one of these commands before one of Flask’s own."""
    return next((word for word in arguments if word in {*GROUPS, *_OF_FLASK}), None) in GROUPS
