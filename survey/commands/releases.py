"""`flask releases …`: what has been given out of a round of people, and corrections of it."""

from flask import current_app

from survey.collection.rounds.releases import KeptRelease, read_releases
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import ROUND, WHO, now, open_snapshot, writing
from survey.languages import Language, Phrase
from survey.reporting.releases.state import has_changed
from survey.reporting.workbooks.left_out import table_names
from survey.storage.tinydb_files.repository import FileRepository

releases = group("releases", Phrase("command", "Figures of people that have been released, and corrections of them"))

ACCOUNT = Phrase("releases command", "Account of the national team that answers for the correction")
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
MAKING = Phrase("releases command", "Holding the correction against earlier releases")


@releases.command("list", about=Phrase("command", "List the releases of a round, with who corrected what and why"))
@ROUND
def list_(round_id: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    kept = read_releases(repository, round_id)
    if not kept:
        return language.pgettext("releases command", "Nothing has been released of this round yet.")
    lines = [
        language.pgettext(
            "releases command",
            "%(number)s  %(time)s  %(by)s  smallest number shown: %(threshold)s  %(reason)s",
            number=language.number(release.number),
            time=language.datetime(release.at),
            by=release.by,
            threshold=language.number(release.threshold),
            reason=release.reason,
        ).rstrip()
        for release in kept
    ]
    if has_changed(repository, snapshot, kept[-1]):
        lines.append(language.pgettext("releases command", "The responses have changed since the last of them."))
    return "\n".join(lines)


@releases.command(
    "correct", about=Phrase("command", "Make a correction: audited together with all that was released before")
)
@ROUND
@option("--account", about=ACCOUNT, required=True)
@option("--reason", about=REASON, required=True)
@option("--leave-out", about=LEAVE_OUT, is_flag=True)
def correct_(round_id: str, account: str, reason: str, leave_out: bool, language: Language) -> str:
    from survey.reporting.disclosure.audit import Recoverable
    from survey.reporting.releases.making import correct, draft_correction

    repository, snapshot = open_snapshot(round_id)
    try:
        with terminal.progress_bar(language.say(MAKING)):
            draft = draft_correction(repository, round_id)
    except Recoverable as fault:
        raise Refusal(language.say(NOT_SAFE, round=round_id)) from fault
    if draft.left_out and not leave_out:
        tables = table_names(snapshot.questionnaire, draft.left_out, language, snapshot.texts[language.code])
        raise Refusal(language.say(FORBIDDEN), *tables, language.say(WITHOUT))
    with writing(current_app.config["DATA"], language):
        made = correct(repository, draft, account, reason, now())
    return language.say(MADE, number=language.number(made.number), round=round_id)


def last_release(repository: FileRepository, round_id: str, language: Language) -> KeptRelease:
    """The last release of a round of people; the first is made if there is none. Raises Refusal, DomainError."""
    from survey.reporting.disclosure.audit import Recoverable
    from survey.reporting.releases.making import released

    try:
        with writing(current_app.config["DATA"], language):
            return released(repository, round_id, current_app.config["SMALLEST_GROUP"], WHO, now())
    except Recoverable as fault:
        raise Refusal(language.say(NOT_SAFE, round=round_id)) from fault
