"""`flask data …`: looking after the data folder: read it all, settle what is damaged, clear away what is over."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path, PurePath
from typing import TypeVar

import click
from flask import current_app

from survey.collection.clock import note_day
from survey.collection.lookings import drop_lookings, stale_lookings
from survey.collection.missing import missing_records
from survey.collection.people.contacts import drop_contacts, stale_contacts
from survey.collection.people.rate_limits import LIMITS, stale_limits
from survey.collection.people.sessions import SESSIONS, stale_sessions
from survey.collection.reading.decisions import drop_reading, stray_readings
from survey.collection.responses.anonymous_drafts import clear_drafts, stale_drafts
from survey.collection.responses.attachments import drop_unnamed, unnamed_files
from survey.collection.responses.unfinished import let_go, stale_unfinished
from survey.collection.rounds.round import round_ids
from survey.collection.soundness import sound
from survey.commands import (  # noqa: F401 (commands of this group)
    data_backup,
    data_check,
    data_move,
    data_rehearse,
    data_secrets,
    data_upgrade,
)
from survey.commands.cli_i18n import Refusal, option
from survey.commands.data_group import data
from survey.commands.data_verification import counted, verified
from survey.commands.environment import REASON, note, now, open_repository, stated
from survey.languages import Language, Phrase
from survey.reporting.jobs import drop_file, stale_files
from survey.storage.repository import SET_ASIDE_REASON, Place
from survey.storage.verify import quarantine

REMOVED = Phrase("data command", "Removed; no submitted answer was touched:")
WOULD_REMOVE = Phrase("data command", "Would be removed; no submitted answer would be touched:")
SETTLE = Phrase(
    "data command",
    "What was set aside stays in these reports until it is settled. Mend its file in the folder set-aside and run "
    "“data put-back RECORD”, or give it up with “data accept-loss RECORD --reason …”.",
)
RECORD = click.argument("record", metavar="RECORD")
KEEP_LIMITS = timedelta(days=1)
KEEP_UNNAMED = timedelta(days=1)
KEEP_MADE = timedelta(days=7)
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
    if (tuple(above), name) in missing_records(repository):
        note(repository, "loss_accepted", place="/".join(above), key=name, reason=reason)
        return language.pgettext("data command", "It is looked for no more: %(record)s", record=record)
    place, key, path = _settled(record, repository.quarantine.accept_loss, language)
    note(repository, "loss_accepted", place="/".join(place), key=key, reason=reason)
    return language.pgettext("data command", "Its place is free. The file is kept as %(file)s", file=str(path))


@data.command(
    "purge",
    about=Phrase(
        "command",
        "Remove what is over: files of writers that died, failed tries older than a day, sign-ins, old drafts, "
        "forms that were sent and never finished, what was sent to look at and never kept, attached files "
        "that no response names, decisions on texts that are gone, files for download made over a week ago",
    ),
)
@option("--dry-run", about=Phrase("command", "Only say what would be removed"), is_flag=True)
def purge(dry_run: bool, language: Language) -> str:
    # Opening the data folder sweeps the temporary files of writers that died; that is all it removes.
    repository = open_repository()
    if not dry_run:
        note_day(repository, now())
    tries, drafts = stale_limits(repository, now() - KEEP_LIMITS), stale_drafts(repository, now())
    files = unnamed_files(repository, round_ids(repository), now() - KEEP_UNNAMED)
    unfinished = stale_unfinished(repository, round_ids(repository), now())
    readings = stray_readings(repository, round_ids(repository))
    made = stale_files(repository, round_ids(repository), now() - KEEP_MADE)
    looked_at = stale_lookings(repository, now())
    contacts = stale_contacts(repository, now().date())
    over = sum(map(len, drafts.values()))
    signed_in = stale_sessions(repository, now() - timedelta(hours=current_app.config["SESSION_HOURS"]))
    if not dry_run:
        for key in tries:
            repository.delete(LIMITS, key)
        for round_id, draft_ids in drafts.items():
            clear_drafts(repository, round_id, draft_ids)
        for round_id, key in files:
            drop_unnamed(repository, round_id, key)
        for round_id, cluster_code, key in unfinished:
            let_go(repository, round_id, cluster_code, key)
        for key in signed_in:
            repository.delete(SESSIONS, key)
        drop_contacts(repository, contacts)
        drop_lookings(repository, looked_at)
        for round_id, key in readings:
            drop_reading(repository, round_id, key)
        for round_id, key in made:
            drop_file(repository, round_id, key)
        removed = {"limits": len(tries), "drafts": over, "files": len(files), "unfinished": len(unfinished)}
        removed |= {"readings": len(readings), "made": len(made), "sessions": len(signed_in), "contacts": len(contacts)}
        removed |= {"looked_at": len(looked_at)}
        note(repository, "purged", **{what: str(number) for what, number in removed.items()})
    click.echo(language.say(WOULD_REMOVE if dry_run else REMOVED))
    unnamed = language.number(len(files))
    click.echo(language.pgettext("data command", "Files that no response names, older than a day: %(n)s", n=unnamed))
    sent = language.number(len(unfinished))
    click.echo(language.pgettext("data command", "Forms sent and not finished, older than a day: %(n)s", n=sent))
    waiting = language.number(len(looked_at))
    click.echo(language.pgettext("data command", "Sent to look at and not kept, older than a day: %(n)s", n=waiting))
    gone = language.number(len(readings))
    click.echo(language.pgettext("data command", "Decisions on texts that are there no more: %(n)s", n=gone))
    old = language.number(len(made))
    click.echo(language.pgettext("data command", "Workbooks, documents and data made over a week ago: %(n)s", n=old))
    click.echo(language.pgettext("data command", "Counts of failed tries: %(n)s", n=language.number(len(tries))))
    unlisted = language.number(len(contacts))
    click.echo(language.pgettext("data command", "Contacts that no list has named for two years: %(n)s", n=unlisted))
    click.echo(language.pgettext("data command", "Sign-ins that are over: %(n)s", n=language.number(len(signed_in))))
    return language.pgettext("data command", "Anonymous drafts older than 14 days: %(n)s", n=language.number(over))


def _settled(record: str, settle: Callable[[Place, str], Settled], language: Language) -> tuple[Place, str, Settled]:
    """Settle a record, named as `data verify` names it: its place, its key, and what `settle` gave."""
    *place, key = record.split("/")
    if place and (outcome := settle(tuple(place), key)):
        return tuple(place), key, outcome
    raise Refusal(
        language.pgettext("data command", "There is no such record in the folder set-aside: %(record)s.", record=record)
    )
