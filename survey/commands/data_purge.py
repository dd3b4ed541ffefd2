"""`flask data purge`: what is over goes, also from a disk that is full."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import click
from flask import current_app

from survey.collection.clock import note_day
from survey.collection.lookings import drop_lookings, stale_lookings
from survey.collection.people.contacts import drop_contacts, stale_contacts
from survey.collection.people.rate_limits import LIMITS, stale_limits
from survey.collection.people.sessions import SESSIONS, stale_sessions
from survey.collection.reading.decisions import drop_reading, stray_readings
from survey.collection.responses.anonymous_drafts import clear_drafts, stale_drafts
from survey.collection.responses.attachments import drop_unnamed, unnamed_files
from survey.collection.responses.unfinished_forms import let_go, stale_unfinished
from survey.collection.rounds.round import round_ids
from survey.commands.cli_i18n import Refusal, option
from survey.commands.data_group import data
from survey.commands.environment import note, now, open_repository
from survey.languages import Language, Phrase, day_of
from survey.reporting.jobs import drop_file, stale_files
from survey.storage.repository import Repository, StorageFull

REMOVED = Phrase("data command", "Removed; no submitted answer was touched:")
WOULD_REMOVE = Phrase("data command", "Would be removed; no submitted answer would be touched:")
NO_ROOM_TO_REMOVE = Phrase(
    "data command",
    "There was no room left on the disk to remove the rest: %(n)s. Make room, then run “data purge” again.",
)
NO_ROOM_TO_NOTE = Phrase(
    "data command",
    "There was no room left on the disk to note this day, or what was removed, in the data folder. Make room, then run "
    "“data purge” again.",
)
KEEP_LIMITS = timedelta(days=1)
KEEP_UNNAMED = timedelta(days=1)
KEEP_MADE = timedelta(days=7)
COUNTED: tuple[tuple[str, Phrase], ...] = (
    ("files", Phrase("data command", "Files that no response names, older than a day: %(n)s")),
    ("unfinished", Phrase("data command", "Forms sent and not finished, older than a day: %(n)s")),
    ("looked_at", Phrase("data command", "Sent to look at and not kept, older than a day: %(n)s")),
    ("readings", Phrase("data command", "Decisions on texts that are there no more: %(n)s")),
    ("made", Phrase("data command", "Workbooks, documents and data made over a week ago: %(n)s")),
    ("limits", Phrase("data command", "Counts of failed tries: %(n)s")),
    ("contacts", Phrase("data command", "Contacts that no list has named for two years: %(n)s")),
    ("sessions", Phrase("data command", "Sign-ins that are over: %(n)s")),
    ("drafts", Phrase("data command", "Anonymous drafts older than 14 days: %(n)s")),
)


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that is over: what it is, of `COUNTED`, how many of those, and how they go."""

    what: str
    number: int
    remove: Callable[[], object]


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
def purge(dry_run: bool, language: Language) -> None:
    # Opening the data folder sweeps the temporary files of writers that died; that is all it removes.
    repository = open_repository()
    # A day that cannot be noted is held against the last one that was: after a jump it follows none, and drafts stay.
    noted = dry_run or _finds_room(lambda: note_day(repository, now()))
    removals = list(_removals(repository))
    # What needs room to go gets it from what went before it: it is tried once more.
    left = [] if dry_run else _left_of(_left_of(removals))
    counts = Counter[str]()
    for removal in removals:
        counts[removal.what] += 0 if removal in left else removal.number
    if not dry_run:
        noted = noted or _finds_room(lambda: note_day(repository, now()))
        removed = {what: str(counts[what]) for what, _ in COUNTED}
        noted = _finds_room(lambda: note(repository, "purged", **removed)) and noted
    lines = [language.say(WOULD_REMOVE if dry_run else REMOVED)]
    lines += [language.say(phrase, n=language.number(counts[what])) for what, phrase in COUNTED]
    click.echo("\n".join(lines))
    faults = [language.say(NO_ROOM_TO_REMOVE, n=language.number(sum(stuck.number for stuck in left)))] if left else []
    faults += [] if noted else [language.say(NO_ROOM_TO_NOTE)]
    if faults:
        raise Refusal(*faults)


def _removals(repository: Repository) -> Iterator[Removal]:
    """Everything that is over; first what goes without any room being needed."""
    rounds, moment = round_ids(repository), now()
    for round_id, key in unnamed_files(repository, rounds, moment - KEEP_UNNAMED):
        yield Removal("files", 1, partial(drop_unnamed, repository, round_id, key))
    for key in stale_limits(repository, moment - KEEP_LIMITS):
        yield Removal("limits", 1, partial(repository.delete, LIMITS, key))
    for round_id, draft_ids in stale_drafts(repository, moment).items():
        yield Removal("drafts", len(draft_ids), partial(clear_drafts, repository, round_id, draft_ids))
    for key in stale_sessions(repository, moment - timedelta(hours=current_app.config["SESSION_HOURS"])):
        yield Removal("sessions", 1, partial(repository.delete, SESSIONS, key))
    for looking in stale_lookings(repository, moment):
        yield Removal("looked_at", 1, partial(drop_lookings, repository, [looking]))
    for round_id, key in stale_files(repository, rounds, moment - KEEP_MADE):
        yield Removal("made", 1, partial(drop_file, repository, round_id, key))
    for round_id, cluster_code, key in stale_unfinished(repository, rounds, moment):
        yield Removal("unfinished", 1, partial(let_go, repository, round_id, cluster_code, key))
    for key in stale_contacts(repository, day_of(moment)):
        yield Removal("contacts", 1, partial(drop_contacts, repository, [key]))
    for round_id, key in stray_readings(repository, rounds):
        yield Removal("readings", 1, partial(drop_reading, repository, round_id, key))


def _left_of(removals: list[Removal]) -> list[Removal]:
    """Those that found no room for what they have to write."""
    return [removal for removal in removals if not _finds_room(removal.remove)]


def _finds_room(act: Callable[[], object]) -> bool:
    """Do it; whether there was room for what it writes."""
    try:
        act()
    except StorageFull:
        return False
    return True
