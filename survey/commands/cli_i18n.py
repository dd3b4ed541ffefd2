"""The commands in two languages: Welsh where the machine's own is Welsh (`LANG=cy_GB.UTF-8`), English elsewhere.

So are help and faults of usage. What else a command prints is in the language of `--language`, if that is given.

    rounds = cli_i18n.group("rounds", Phrase("command", "Open and close rounds"))

    @rounds.command("open", about=Phrase("command", "Open a round for answers"))
    @cli_i18n.option("--opens", about=Phrase("command", "Day on which it opens"), type=…)
    def open_round(opens, language):
        return language.pgettext("command", "The round is open")

A command whose function takes a `language` has the option `--language`. One that cannot do its work raises `Refusal`,
or lets through an error that can put itself into words: its lines go to stderr and the exit code is 1.
"""

import inspect
import os
from collections.abc import Callable
from typing import Any

import click

from survey.catalogues.files import BadCatalogue, ExtractionError, Places
from survey.collection.errors import DomainError
from survey.commands.usage import NO_COMMAND, reworded
from survey.languages import LANGUAGES, Language, Phrase, language
from survey.questionnaire.findings import DefinitionError, shown
from survey.storage.repository import StorageError

ANY_OPTIONS = "[--…]"
ANY_COMMAND = Phrase("command usage", "COMMAND …")
USAGE = Phrase("command usage", "Usage")
OPTIONS = Phrase("command usage", "Options")
COMMANDS = Phrase("command usage", "Commands")
SHOW_HELP = Phrase("command usage", "Show this text and stop")
OUTPUT_LANGUAGE = Phrase("command usage", "Language of what is printed or made")
MORE_HELP = Phrase("command usage", "How to use it: %(command)s")
REQUIRED = Phrase("command usage", "required")
DEFAULT = Phrase("command usage", "without it")
# What an option takes, as click names it.
VALUES = {
    "TEXT": Phrase("command usage", "TEXT"),
    "FILE": Phrase("command usage", "FILE"),
    "PATH": Phrase("command usage", "PATH"),
    "DIRECTORY": Phrase("command usage", "FOLDER"),
    "INTEGER": Phrase("command usage", "NUMBER"),
}
STOPPED = Phrase("command usage", "Stopped before the end")
NOT_ALLOWED = Phrase(
    "command usage", "The user who runs this command may not use %(file)s. Choose another place, such as /tmp."
)

EXPLAINED = (DomainError, DefinitionError, BadCatalogue, ExtractionError, StorageError)


class Refusal(click.ClickException):
    """The work cannot be done. What is wrong, one line a fault, goes to stderr; the exit code is 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


class WrongUsage(click.UsageError):
    """A fault of usage, in the language of the machine; the exit code is 2."""

    def __init__(self, fault: Phrase, ctx: click.Context | None, /, **values: object) -> None:
        super().__init__(say(fault, **values), ctx)

    def show(self, file: Any = None) -> None:
        lines = [self.message]
        if self.ctx is not None:
            lines.append(say(MORE_HELP, command=f"{self.ctx.command_path} --help"))
        click.echo("\n".join(lines), file=file, err=True)


def output_language(code: str) -> Language:
    """Return a language, with its messages even before the catalogues are compiled."""
    if code == "cy" and not Places().welsh("interface").with_suffix(".mo").is_file():
        from survey.catalogues.compilation import uncompiled_welsh

        return uncompiled_welsh(Places())
    return language(code)


def say(phrase: Phrase, **values: object) -> str:
    """Return a phrase in the language of this machine."""
    return output_language(machine_language()).say(phrase, **values)


def machine_language() -> str:
    """Return the code of the language that this machine is set to, English if it is not one of ours."""
    chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "cy" if chosen.lower().startswith("cy") else "en"


class LocalisedOption(click.Option):
    """An option whose help is a phrase."""

    def __init__(self, *args: Any, about: Phrase, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.about = about

    def make_metavar(self, ctx: click.Context) -> str:
        metavar = super().make_metavar(ctx)
        return say(VALUES[metavar]) if metavar in VALUES else metavar

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        extra = super().get_help_extra(ctx)
        notes = [f"{say(DEFAULT)}: {extra['default']}"] if "default" in extra else []
        notes += [say(REQUIRED)] if self.required else []
        parts = [say(self.about), record[1], *(f"[{note}]" for note in notes)]
        return record[0], "  ".join(filter(None, parts))

    def get_help_extra(self, ctx: click.Context) -> Any:
        """What click itself would add, less the words of it that are in English."""
        return {name: value for name, value in super().get_help_extra(ctx).items() if name == "range"}


class _Localised(click.Command):
    """What commands and groups share: help, and faults of usage, in words of ours."""

    def __init__(self, *args: Any, about: Phrase, **attributes: Any) -> None:
        super().__init__(*args, **{"options_metavar": ANY_OPTIONS} | attributes)
        self.about = about

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say(USAGE) + ": ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.about))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        help_option = self.get_help_option(ctx)
        records = [
            ("--help", say(SHOW_HELP)) if param is help_option else param.get_help_record(ctx)
            for param in self.get_params(ctx)
        ]
        with formatter.section(say(OPTIONS)):
            formatter.write_dl([record for record in records if record])

    def get_short_help_str(self, limit: int = 45) -> str:
        return say(self.about)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except (WrongUsage, click.exceptions.NoArgsIsHelpError):
            raise
        except click.UsageError as fault:
            phrase, values = reworded(fault)
            raise WrongUsage(phrase, fault.ctx, **values) from None


class LocalisedCommand(_Localised, click.Command):
    """A command whose help is a phrase. Its function receives the language of its output as `language`, and returns
    what is to be printed, if it has not printed that itself.
    """

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        declared = {param.name for param in self.params}
        if self.callback and "language" in inspect.signature(self.callback).parameters.keys() - declared:
            self.params.append(
                LocalisedOption(
                    ["--language"],
                    about=OUTPUT_LANGUAGE,
                    type=click.Choice(LANGUAGES),
                    default=machine_language,
                    show_default=False,
                    callback=lambda _context, _option, code: output_language(code),
                )
            )

    def invoke(self, ctx: click.Context) -> None:
        try:
            text = super().invoke(ctx)
        except EXPLAINED as error:
            raise Refusal(*explanation(error, _language_of(ctx))) from error
        except PermissionError as error:
            raise Refusal(_language_of(ctx).say(NOT_ALLOWED, file=error.filename)) from error
        except (click.Abort, KeyboardInterrupt, EOFError):
            raise Refusal(_language_of(ctx).say(STOPPED)) from None
        if text is not None:
            click.echo(text)


def _language_of(ctx: click.Context) -> Language:
    """The language that was asked for, or that of the machine."""
    return ctx.params.get("language") or output_language(machine_language())


class LocalisedGroup(_Localised, click.Group):
    """A group of commands whose help is a phrase."""

    command_class = LocalisedCommand

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*click.Command.collect_usage_pieces(self, ctx), say(ANY_COMMAND)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str()) for name, command in commands if command]
        with formatter.section(say(COMMANDS)):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            raise WrongUsage(NO_COMMAND, ctx, name=args[0]) from None


def group(name: str, about: Phrase, **attributes: Any) -> LocalisedGroup:
    """Return an empty group of commands, with `about` as its help."""
    return LocalisedGroup(name, about=about, **attributes)


def option(*declarations: str, about: Phrase, **attributes: Any) -> Callable[[Any], Any]:
    """`click.option` with a phrase for its help."""
    return click.option(*declarations, cls=LocalisedOption, about=about, **attributes)


def explanation(error: Exception, language: Language) -> list[str]:
    """Return one of the errors of `EXPLAINED` in words, one line a fault."""
    match error:
        case DefinitionError():
            return [shown(finding, language) for finding in error.findings]
        case BadCatalogue() | ExtractionError():
            return [error.explain(language)]
        case DomainError():
            return [error.say(language)]
    return [str(error)]
