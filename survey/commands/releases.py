"""`flask releases …`: what has been given out of a round, corrections of it, and what anybody may read."""

from pathlib import Path

import click
from flask import current_app

from survey.atomic_file import replace_file
from survey.collection.errors import DomainError
from survey.collection.people import accounts
from survey.collection.rounds.publication import Publication, publish, read_publications, withdraw
from survey.collection.rounds.releases import KeptRelease, read_releases, released_file
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import (
    BY,
    ROUND,
    WHO,
    YES,
    answering_account,
    be_sure,
    note,
    now,
    open_repository,
    open_snapshot,
    writing,
)
from survey.commands.export_group import target_of
from survey.commands.permissions import answerable
from survey.languages import LANGUAGES, Language, Phrase
from survey.reporting.releases.state import has_changed
from survey.reporting.workbooks.omitted_tables import table_names
from survey.storage.repository import Repository

releases = group("releases", Phrase("command", "Figures that have been released: made, corrected, published"))

ACCOUNT = Phrase("releases command", "Account of the national team that answers for it")
REASON = Phrase("releases command", "Why it is corrected; it is kept with the release and stands in the workbook")
LEAVE_OUT = Phrase("releases command", "Make it without the tables that earlier releases forbid")
NOT_SAFE = Phrase(
    "releases command",
    "Nothing was released: the audit found that a small group could be worked out. Tell those who look after the "
    "service: %(round)s.",
)
FORBIDDEN = Phrase(
    "releases command",
    "Nothing was made. Beside what was released before, these tables would give away what a few people answered:",
)
WITHOUT = Phrase("releases command", "To make the correction without them, say so with --leave-out.")
MADE = Phrase("releases command", "Release %(number)s is made. To have its workbook, run: export workbook %(round)s")
MADE_PROVISIONAL = Phrase("releases command", "Release %(number)s is made. It is provisional.")
MADE_FINAL = Phrase("releases command", "Release %(number)s is made. It is final.")
CHANGED = Phrase("releases command", "What has changed since the release before; it stands in the workbook")
FOLDER = Phrase("command", "Folder to write to; without it, the folder of exports")
NOTE_CY = Phrase("releases command", "Note to readers, in Welsh")
NOTE_EN = Phrase("releases command", "Note to readers, in English")
ANYBODY = Phrase("releases command", "Anybody can read it then, without signing in: release %(number)s of %(round)s.")
LINE_OF_PEOPLE = Phrase(
    "releases command", "%(number)s  %(time)s  %(by)s  smallest number shown: %(threshold)s  %(reason)s"
)
LINE_OF_CLUSTERS = Phrase("releases command", "%(number)s  %(time)s  %(by)s  %(state)s  %(reason)s")
PROVISIONAL = Phrase("releases command", "provisional")
FINAL = Phrase("releases command", "final")
PUBLISHED = Phrase("releases command", "published")
WITHDRAWN = Phrase("releases command", "withdrawn")
NUMBER = click.argument("number", metavar="NUMBER", type=int)
MAKING = Phrase("releases command", "Making the release")
COMPARING = Phrase("releases command", "Holding the correction against earlier releases")


@releases.command("list", about=Phrase("command", "List the releases of a round, with who corrected what and why"))
@ROUND
def list_(round_id: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    kept = read_releases(repository, round_id)
    if not kept:
        return language.pgettext("releases command", "Nothing has been released of this round yet.")
    publications = read_publications(repository, round_id)
    lines = [_line(release, publications.get(release.number), language) for release in kept]
    if kept[-1].is_of_people and has_changed(repository, snapshot, kept[-1]):
        lines.append(language.pgettext("releases command", "The responses have changed since the last of them."))
    return "\n".join(lines)


@releases.command("files", about=Phrase("command", "Write the workbooks of a release, as they were made"))
@ROUND
@NUMBER
@option("--output", about=FOLDER, type=click.Path(path_type=Path, file_okay=False, exists=True))
@BY
def files(round_id: str, number: int, output: Path | None, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    release = next((release for release in read_releases(repository, round_id) if release.number == number), None)
    if release is None:
        raise DomainError("no_release", round=round_id, number=str(number))
    written = []
    for code in LANGUAGES:
        path = target_of(output) / release.files[code].name
        with writing(path, language):
            replace_file(path, released_file(repository, round_id, release, code))
        details = {"language": code, "release": str(number), "sha256": release.files[code].sha256}
        note(repository, "exported", round=round_id, export="workbook", **details)
        written.append(str(path))
    return "\n".join(written)


@releases.command(
    "correct", about=Phrase("command", "Make a correction: audited together with all that was released before")
)
@ROUND
@answering_account(ACCOUNT)
@option("--reason", about=REASON, required=True)
@option("--leave-out", about=LEAVE_OUT, is_flag=True)
def correct_(round_id: str, account: str, reason: str, leave_out: bool, language: Language) -> str:
    from survey.reporting.disclosure.audit import Recoverable
    from survey.reporting.releases.of_people import correct, draft_correction

    repository, snapshot = open_snapshot(round_id)
    account = _responsible("releases correct", account)
    if not reason.strip():
        raise DomainError("correction_reason_needed")
    try:
        with terminal.progress_bar(language.say(COMPARING)):
            draft = draft_correction(repository, round_id)
    except Recoverable as fault:
        raise Refusal(language.say(NOT_SAFE, round=round_id)) from fault
    if draft.left_out and not leave_out:
        tables = table_names(snapshot.questionnaire, draft.left_out, language, snapshot.texts[language.code])
        raise Refusal(language.say(FORBIDDEN), *tables, language.say(WITHOUT))
    with terminal.progress_bar(language.say(MAKING)), writing(current_app.config["DATA"], language):
        made = correct(repository, draft, account, reason, now())
    return language.say(MADE, number=language.number(made.number), round=round_id)


@releases.command("make", about=Phrase("command", "Release the figures of a round of clusters as they are now"))
@ROUND
@answering_account(ACCOUNT)
@option("--changed", about=CHANGED, default="")
def make(round_id: str, account: str, changed: str, language: Language) -> str:
    from survey.reporting.releases.of_clusters import release_clusters

    repository = open_repository()
    with terminal.progress_bar(language.say(MAKING)), writing(current_app.config["DATA"], language):
        made = release_clusters(repository, round_id, account, changed, now())
    return language.say(MADE_PROVISIONAL if made.provisional else MADE_FINAL, number=language.number(made.number))


@releases.command("publish", about=Phrase("command", "Let anybody read a release, on the public pages"))
@ROUND
@NUMBER
@answering_account(ACCOUNT)
@option("--note-cy", about=NOTE_CY, default="")
@option("--note-en", about=NOTE_EN, default="")
@YES
def publish_(
    round_id: str, number: int, account: str, note_cy: str, note_en: str, is_sure: bool, language: Language
) -> str:
    repository, by = open_repository(), _responsible("releases publish", account)
    be_sure([language.say(ANYBODY, number=language.number(number), round=round_id)], is_sure, language)
    publish(repository, round_id, number, {"cy": note_cy, "en": note_en}, by, now())
    accounts.note(repository, now(), by, "release_published", round=round_id, release=str(number))
    return language.pgettext("releases command", "Published: release %(number)s", number=language.number(number))


@releases.command("withdraw", about=Phrase("command", "Give a published release out no more"))
@ROUND
@NUMBER
@answering_account(ACCOUNT)
@option("--note-cy", about=NOTE_CY, default="")
@option("--note-en", about=NOTE_EN, default="")
def withdraw_(round_id: str, number: int, account: str, note_cy: str, note_en: str, language: Language) -> str:
    repository, by = open_repository(), _responsible("releases withdraw", account)
    withdraw(repository, round_id, number, {"cy": note_cy, "en": note_en}, by, now())
    accounts.note(repository, now(), by, "release_withdrawn", round=round_id, release=str(number))
    return language.pgettext("releases command", "Withdrawn: release %(number)s", number=language.number(number))


def _responsible(command: str, name: str) -> str:
    """The name of the account that answers for a command. Raises DomainError."""
    account = answerable(open_repository(), command, name)
    if account is None:
        raise DomainError("correction_account_needed")
    return account.name


def _line(release: KeptRelease, publication: Publication | None, language: Language) -> str:
    """A release in a line: of people with the smallest number shown, of clusters with whether it is final."""
    told = {
        "number": language.number(release.number),
        "time": language.datetime(release.at),
        "by": release.by,
        "threshold": language.number(release.threshold),
        "state": language.say(PROVISIONAL if release.provisional else FINAL),
        "reason": release.reason,
    }
    said = language.say(LINE_OF_PEOPLE if release.is_of_people else LINE_OF_CLUSTERS, **told).rstrip()
    if publication is None:
        return said
    return f"{said}  {language.say(WITHDRAWN if publication.withdrawn else PUBLISHED)}"


def last_release(repository: Repository, round_id: str, language: Language) -> KeptRelease:
    """The last release of a round of people; the first is made if there is none. Raises Refusal, DomainError."""
    from survey.reporting.disclosure.audit import Recoverable
    from survey.reporting.releases.of_people import released

    try:
        with terminal.progress_bar(language.say(MAKING)), writing(current_app.config["DATA"], language):
            return released(repository, round_id, current_app.config["SMALLEST_GROUP"], WHO, now())
    except Recoverable as fault:
        raise Refusal(language.say(NOT_SAFE, round=round_id)) from fault
