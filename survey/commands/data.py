"""`flask data …`: looking after the data folder: read it all, settle what is damaged."""

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TypeVar

import click
from flask import current_app

from survey.collection.missing_records import is_log_gone, missing_records
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.soundness import sound
from survey.commands import (  # noqa: F401 (commands of this group)
    data_backup,
    data_check,
    data_move,
    data_purge,
    data_rehearse,
    data_secrets,
    data_upgrade,
)
from survey.commands.cli_i18n import Refusal, option
from survey.commands.data_group import data
from survey.commands.data_verification import counted, verified
from survey.commands.environment import REASON, note, open_repository, stated
from survey.languages import Language, Phrase
from survey.storage.repository import SET_ASIDE_REASON, Place
from survey.storage.verification import quarantine

SETTLE = Phrase(
    "data command",
    "What was set aside stays in these reports until it is settled. Mend its file in the folder set-aside and run "
    "“data put-back RECORD”, or give it up with “data accept-loss RECORD --reason …”.",
)
RECORD = click.argument("record", metavar="RECORD")
Settled = TypeVar("Settled", bool, PurePath | None)


@data.command("verify", about=Phrase("command", "Read every record and hold it against what its round was opened with"))
@option(
    "--set-aside",
    "aside",
    about=Phrase("command", "Move records that cannot be read to the folder set-aside; nothing is deleted"),
    is_flag=True,
)
def verify_(aside: bool, language: Language) -> str:
    root: Path = current_app.config["DATA"]
    repository = open_repository()
    report, faults = verified(repository, language)
    moved = []
    for record, path in quarantine(repository, report.unreadable) if aside else ():
        note(
            repository,
            "record_set_aside",
            place="/".join(record.place),
            key=record.key,
            reason=record.reason,
            kept_as=str(path.relative_to(root) if path.is_relative_to(root) else path),
        )
        moved.append(path)
        click.echo(language.pgettext("data command", "Moved to %(file)s", file=str(path)))
    if not faults:
        return counted(report, language)
    settle = (
        [language.say(SETTLE)]
        if moved or any(record.reason == SET_ASIDE_REASON for record in report.unreadable)
        else []
    )
    raise Refusal(*faults, counted(report, language), *settle)


@data.command("put-back", about=Phrase("command", "Put back a record that was set aside and has been mended"))
@RECORD
def put_back(record: str, language: Language) -> None:
    repository = open_repository()
    place, key, _ = _settled(record, repository.quarantine.put_back, language)
    note(repository, "record_put_back", place="/".join(place), key=key)
    click.echo(language.pgettext("data command", "It is back in its place: %(record)s", record=record))
    reasons = sound(repository, language)(place, key, repository.read(place, key) or {})
    if reasons:
        raise Refusal(*(f"{record}: {reason}" for reason in reasons))


@data.command(
    "accept-loss",
    about=Phrase("command", "Report a record that was set aside, or is gone, no more; its place is free"),
)
@RECORD
@REASON
def accept_loss(record: str, reason: str, language: Language) -> str:
    reason = stated(reason, language)
    repository = open_repository()
    *above, name = record.split("/")
    is_log = (tuple(above), name) == (LOG, EVENTS) and is_log_gone(repository)
    if is_log or (tuple(above), name) in missing_records(repository):
        note(repository, "loss_accepted", place="/".join(above), key=name, reason=reason)
        return language.pgettext("data command", "It is looked for no more: %(record)s", record=record)
    place, key, path = _settled(record, repository.quarantine.accept_loss, language)
    note(repository, "loss_accepted", place="/".join(place), key=key, reason=reason)
    return language.pgettext("data command", "Its place is free. The file is kept as %(file)s", file=str(path))


def _settled(record: str, settle: Callable[[Place, str], Settled], language: Language) -> tuple[Place, str, Settled]:
    """Settle a record, named as `data verify` names it: its place, its key, and what `settle` gave."""
    *place, key = record.split("/")
    if place and (outcome := settle(tuple(place), key)):
        return tuple(place), key, outcome
    raise Refusal(
        language.pgettext("data command", "There is no such record in the folder set-aside: %(record)s.", record=record)
    )
