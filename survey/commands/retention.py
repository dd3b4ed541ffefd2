"""`flask retention …`: until when rounds are kept, what is due, and removing a round whose time is over."""

from datetime import date

import click

from survey.collection.errors import DomainError
from survey.collection.local_time import local_day
from survey.collection.purge import HELD, held_of_round, purge_round
from survey.collection.rounds.retention import keep_until, read_retention, refuse_undue, suggested_day
from survey.collection.rounds.round import read_rounds
from survey.collection.rounds.snapshot import load_snapshot
from survey.commands.cli_i18n import group, option
from survey.commands.copies import copies_said
from survey.commands.environment import BY, ROUND, YES, be_sure, note, now, open_repository, open_snapshot, operator
from survey.languages import Language, Phrase
from survey.storage.repository import Repository

retention = group("retention", Phrase("command", "Until when rounds are kept, and the removal of what is due"))

UNTIL = Phrase("command", "Until which day, like “30 November 2033”; without it, the day that is suggested")
WHY = Phrase("command", "Why another day than the one suggested; it is kept")
DUE = Phrase("retention command", "due")
SUGGESTED = Phrase("retention command", "suggested")


@retention.command("list", about=Phrase("command", "List every closed round with its day; what is due says so"))
@option("--due", "is_due", about=Phrase("command", "Only rounds whose time is over"), is_flag=True)
def list_(is_due: bool, language: Language) -> str:
    repository = open_repository()
    rows = []
    for current in read_rounds(repository):
        if current.status != "closed":
            continue
        settled = read_retention(repository, current.id)
        over = settled is not None and settled.is_over(now())
        day = settled.until if settled else _suggested(repository, current.id)
        if day and (over or not is_due):
            word = DUE if over else None if settled else SUGGESTED
            rows.append("  ".join(filter(None, (current.id, language.date(day), language.say(word) if word else ""))))
    return "\n".join(rows) or language.pgettext("retention command", "There is none.")


@retention.command("keep", about=Phrase("command", "Settle until when a closed round is kept"))
@ROUND
@BY
@option("--until", about=UNTIL, default="")
@option("--reason", about=WHY, default="")
def keep(round_id: str, until: str, reason: str, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    suggested = _suggested(repository, round_id)
    if suggested is None:
        raise DomainError("not_closed", round=round_id)
    day = local_day(until) if until else suggested
    settled = keep_until(repository, round_id, day, suggested=suggested, by=operator(), reason=reason, now=now())
    note(repository, "retention_settled", round=round_id, until=day.isoformat(), reason=settled.reason)
    return language.pgettext(
        "retention command", "%(round)s is kept until %(day)s.", round=round_id, day=language.date(settled.until)
    )


@retention.command("purge", about=Phrase("command", "Remove everything of a round whose time is over"))
@ROUND
@BY
@option("--dry-run", about=Phrase("command", "Only say what would be removed"), is_flag=True)
@YES
def purge(round_id: str, dry_run: bool, is_sure: bool, language: Language) -> str:
    repository = open_repository()
    refuse_undue(repository, round_id, now())
    held = [language.say(HELD[name], n=number) for name, number in held_of_round(repository, round_id).items()]
    would = [language.pgettext("retention command", "Would be removed for good: %(round)s", round=round_id), *held]
    if dry_run:
        return "\n".join(would)
    be_sure(would, is_sure, language)
    purge_round(repository, round_id, operator(), now())
    click.echo(language.pgettext("retention command", "Removed: %(round)s. Backups may still hold it.", round=round_id))
    for line in copies_said(language):
        click.echo(line)
    return language.pgettext("retention command", "Remove what was exported of it, too.")


def _suggested(repository: Repository, round_id: str) -> date | None:
    snapshot = load_snapshot(repository, round_id)
    return suggested_day(snapshot.round, snapshot.questionnaire.respondent)
