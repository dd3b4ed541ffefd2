"""What a command is given and works with: parameters, data folder, definitions, clock, log, the files it writes."""

import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit
from flask import current_app

from survey.catalogues.files import Places
from survey.collection.editions.standing import with_added
from survey.collection.errors import DomainError
from survey.collection.local_time import local_moment
from survey.collection.people import accounts
from survey.collection.people.begun_acts import begin_act, end_act
from survey.collection.record_shapes import misfit
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot
from survey.collection.translation.changes import TRANSLATIONS
from survey.commands.cli_i18n import Refusal, WrongUsage, option
from survey.commands.usage import NOT_GIVEN
from survey.languages import Language, Phrase, refresh_if_changed
from survey.questionnaire.shelf import Shelf
from survey.storage.key_ring import KeyRing
from survey.storage.opening import open_storage, storage_as_it_is
from survey.storage.places import files_at_hand
from survey.storage.repository import Repository, StorageError, Unreadable

WHO = "command line"
IS_ACT = "survey.is_act"
ACCOUNT = "survey.account"
CANNOT_WRITE = Phrase("command", "The file cannot be written: %(file)s (%(reason)s)")
NO_ROOM = Phrase(
    "command",
    "The file cannot be written: %(file)s. There is no room left on the disk. What was there before is untouched. Make "
    "room, then try again.",
)
NOT_ALLOWED = Phrase(
    "command", "The file cannot be written: %(file)s. You may not write there. Choose another place with --output."
)
NO_FOLDER = Phrase(
    "command",
    "The file cannot be written: %(file)s. Its folder is not there. Make it, or name another with --output.",
)
PERHAPS_NO_ROOM = Phrase(
    "command",
    "The file cannot be written: %(file)s. Perhaps the disk is full. What was there before is untouched. Look whether "
    "there is room, then try again.",
)
REASONS: dict[int | None, Phrase] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), NO_ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), NOT_ALLOWED),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), NO_FOLDER),
    None: PERHAPS_NO_ROOM,
}
"""What is said of a number of the system’s; None: a library lost it, and says only that writing failed."""
EXISTS = Phrase("command", "There is a file already: %(file)s. Choose another name.")


def _named(ctx: click.Context, _option: click.Parameter, name: str) -> None:
    ctx.meta[WHO] = name.strip()
    ctx.meta[IS_ACT] = True


BY = option(
    "--by",
    about=Phrase("command", "Who does this, for the log; without it, the setting SURVEY_OPERATOR"),
    default="",
    expose_value=False,
    callback=_named,
)


def answering_account(about: Phrase) -> Callable[[Any], Any]:
    """The option of a command for which an account of the national team answers."""
    return option("--account", about=about, required=True, callback=_answered_for)


def _answered_for(ctx: click.Context, _option: click.Parameter, account: str) -> str:
    ctx.meta[ACCOUNT] = account
    ctx.meta[IS_ACT] = True
    return account


YES = option(
    "--yes", "is_sure", about=Phrase("command", "Do it without asking: you have seen what it means"), is_flag=True
)
ROUND = click.argument("round_id", metavar="ROUND")
REASON = option("--reason", about=Phrase("command", "Why; it is kept in the log"), required=True)
REPORT_FORMAT = option(
    "--format",
    "form",
    about=Phrase("command", "Text for people, or JSON for programs"),
    type=click.Choice(["text", "json"]),
    default="text",
)

NOT_A_TIME = Phrase(
    "command usage",
    "%(name)s has to be a time like “1 September 2026 at 09:00” or “2026-09-01 09:00”. This is not one: %(given)s",
)
WRONG_WEEKDAY = Phrase(
    "command usage", "%(name)s: the date falls on another day of the week: %(given)s. Look at both, then write it again"
)
NO_SUCH_TIME = Phrase(
    "command usage", "%(name)s: the clocks go forward that night, so there is no %(given)s. Choose another time"
)
TWICE = Phrase(
    "command usage", "%(name)s: the clocks go back that night, so %(given)s comes twice. Choose another time"
)
NOT_TIMES = {
    "not_a_time": NOT_A_TIME,
    "wrong_weekday": WRONG_WEEKDAY,
    "no_such_time": NO_SUCH_TIME,
    "time_twice": TWICE,
}


class LocalTime(click.ParamType[datetime]):
    """A date and a time of day in the United Kingdom; what comes out is aware and in UTC."""

    name = "YYYY-MM-DD HH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Refuses what is no time, and the hours that a change of the clocks leaves out or repeats."""
        if isinstance(value, datetime):
            return value

        try:
            return local_moment(value)
        except DomainError as refused:
            name = max(param.opts, key=len) if param else self.name
            raise WrongUsage(NOT_TIMES[refused.code], ctx, name=name, given=value) from None


LOCAL_TIME = LocalTime()
FROM = Phrase("command", "From when answers are taken, by the clocks of the United Kingdom")
UNTIL = Phrase("command", "Until when answers are taken, by the clocks of the United Kingdom")
OPENS = option("--opens", about=FROM, type=LOCAL_TIME)
CLOSES = option("--closes", about=UNTIL, type=LOCAL_TIME)


def stated(reason: str, language: Language) -> str:
    """The reason without spaces around it. Raises Refusal if it says nothing."""
    if not reason.strip():
        raise Refusal(language.pgettext("data command", "Give the reason. It is kept in the log."))
    return reason.strip()


def clusters_option(*, required: bool) -> Callable[[Any], Any]:
    """`--cluster`, which a command receives as the codes that were given."""
    about = Phrase("command", "Code of a cluster; may be given several times")
    return option("--cluster", "clusters", about=about, multiple=True, required=required)


def output_file(about: Phrase, *, required: bool) -> Callable[[Any], Any]:
    """`--output`, the file that a command writes."""
    return option("--output", about=about, type=click.Path(path_type=Path, dir_okay=False), required=required)


def site_option(about: Phrase) -> Callable[[Any], Any]:
    """`--site`, which a command receives as the address given, or else that of the only host there is.

    What is sent to people needs it: without it, it would lead nowhere.
    """
    return option("--site", about=about, default="", callback=lambda _ctx, _option, given: address_of_site(given))


def address_of_site(given: str) -> str:
    """The address given with `--site`, or else that of the only host there is. Raises WrongUsage where neither is."""
    if given:
        return given
    hosts: list[str] = current_app.config["HOSTS"] or []
    if len(hosts) != 1 or hosts[0].startswith("."):
        raise WrongUsage(NOT_GIVEN, click.get_current_context(), name="--site")
    return f"{'https' if current_app.config['HTTPS'] else 'http'}://{hosts[0]}"


def open_repository() -> Repository:
    """What is kept, made ready if this is the first to use it. Raises StorageError."""
    folder, database = current_app.config["DATA"], current_app.config["DATABASE"]
    repository = open_storage(folder, database, misfit)
    if database is not None:
        from survey.collection.translation.publication import bring

        bring(repository, files_at_hand(folder, database, TRANSLATIONS), places().names())
        refresh_if_changed()
    _begin(repository)
    return repository


def _begin(repository: Repository) -> None:
    """Keep that an act is begun by a command that says whose it is, until it ends by itself."""
    context = click.get_current_context(silent=True)
    if context is None or not context.meta.pop(IS_ACT, False):
        return
    act_id = secrets.token_hex(8)
    who = context.meta.get(ACCOUNT) or operator()
    begin_act(repository, act_id, who, context.command_path, str(context.params.get("round_id") or ""), now())
    context.with_resource(_begun(repository, act_id))


@contextmanager
def _begun(repository: Repository, act_id: str) -> Iterator[None]:
    """The time of an act. It stays begun if nobody knows how far it came: it or its line could not be kept, or it was
    broken off."""
    try:
        yield
    except (click.ClickException, Exit) as ending:
        cause = ending.__context__
        if isinstance(cause, Unreadable) or not isinstance(cause, StorageError | KeyboardInterrupt):
            end_act(repository, act_id)
        raise
    end_act(repository, act_id)


def open_snapshot(round_id: str) -> tuple[Repository, RoundSnapshot]:
    """The data folder, and what a round in it was opened with. Raises StorageError, DomainError."""
    repository = open_repository()
    return repository, load_snapshot(repository, round_id)


def key_ring() -> KeyRing:
    """What codes may have been hashed with. Raises StorageError."""
    return storage_as_it_is(current_app.config["DATA"], current_app.config["DATABASE"]).key_ring()


def access_secret() -> bytes:
    """What codes are hashed with now. Raises StorageError."""
    return key_ring().newest.key


def now() -> datetime:
    """This moment in UTC. Tests give their own through the configuration."""
    moment: datetime = current_app.config["NOW"]()
    return moment


def sources_of(round_: Round) -> RoundSources:
    """Today's files that a round would be opened with. Raises DomainError, DefinitionError."""
    from survey.collection.rounds.opening import read_sources

    added = shelf().added
    return read_sources(questionnaires(), round_.questionnaire, round_.edition, round_.cluster_list, added)


def questionnaires() -> Path:
    """The folder of definitions."""
    return places().questionnaires


def places() -> Places:
    """Where definitions and catalogues lie. Tests hand in folders of their own through the configuration."""
    configured: Places | None = current_app.config.get("PLACES")
    return configured or Places()


def shelf() -> Shelf:
    """The definitions, with the editions and the lists of clusters that were added."""
    return with_added(open_repository(), places()).shelf


def operator() -> str:
    """Who runs the command, as far as it was said."""
    context = click.get_current_context(silent=True)
    name = (context.meta.get(WHO) if context else "") or current_app.config["OPERATOR"]
    return f"{name} ({WHO})" if name else WHO


def be_sure(summary: list[str], is_sure: bool, language: Language) -> None:
    """Show what cannot be taken back, and ask. Raises Refusal when nobody says yes."""
    if is_sure:
        return
    if sys.stdin.isatty():
        click.echo("\n".join(summary))
        if click.confirm(language.pgettext("command", "Go on?")):
            return
        raise Refusal(language.pgettext("command", "Nothing was changed."))
    raise Refusal(*summary, language.pgettext("command", "Nothing was changed. If this is right, add --yes."))


def note(repository: Repository, event: str, **details: str) -> None:
    """Keep in the log that somebody did something on the command line."""
    accounts.note(repository, now(), operator(), event, **details)


@contextmanager
def writing(path: Path, language: Language) -> Iterator[None]:
    """Turn what keeps the file from being written into a Refusal."""
    try:
        yield
    except FileExistsError as error:
        raise Refusal(language.say(EXISTS, file=path)) from error
    except OSError as error:
        number = _number_of(error)
        words = REASONS.get(number, CANNOT_WRITE)
        raise Refusal(language.say(words, file=path, reason=os.strerror(number or 0))) from error


def _number_of(error: BaseException | None) -> int | None:
    """The system’s number of an error, or of the one that it was made of."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None:
            return error.errno
        error = error.__cause__ or error.__context__
    return None
