"""The activity log: who did, saw and took out what, when and why, newest first, with names in place of codes."""

import csv
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from http import HTTPStatus
from io import StringIO

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.local_time import local_day
from survey.collection.people.activity import EVENT_WORDS, TAKEN_OUT, Entry, Wanted, entries
from survey.collection.rounds.round import round_ids
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import LANGUAGES, Language, Phrase, in_uk, language
from survey.reporting.files.data_file import safe
from survey.reporting.files.lines import BYTE_ORDER_MARK
from survey.reporting.reports.registry import BOARD_WORKBOOK, PEER_REVIEW
from survey.storage.repository import StorageError
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.data import FORMAT_WORDS, KIND_WORDS
from survey.web.manage.text_filters import place_names, question_label
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language

A_PAGE = 50
DIGEST_SHOWN = 12
COLUMNS = ("at_europe_london", "who", "what", "in_words", "round", "reason", "details")
WHAT_WORDS = {
    **KIND_WORDS,
    "workbook": Phrase("export log", "Workbook"),
    "exact workbook": Phrase("export log", "Workbook with exact figures"),
    "meeting_pack": Phrase("export log", "Meeting pack"),
    "report": Phrase("export log", "National report"),
    "template": Phrase("export log", "Template of the report"),
    "earlier": Phrase("export log", "Edited version of the report"),
    "peer_review": Phrase("export log", "Peer review pack"),
    "board_workbook": Phrase("export log", "Workbook of a health board"),
    "both": Phrase("export log", "Both languages"),
}
OF_BOARD_WORDS = {BOARD_WORKBOOK: WHAT_WORDS["board_workbook"], PEER_REVIEW: WHAT_WORDS["peer_review"]}
WHO_WORDS = {
    "command line": Phrase("export log", "Command line"),
    "clock": Phrase("export log", "The service by itself"),
}
NAMED = {
    "act": Phrase("manage activity", "What was asked: %(said)s"),
    "account": Phrase("manage activity", "Account: %(said)s"),
    "release": Phrase("export log", "Release: %(said)s"),
    "count": Phrase("export log", "Number of responses: %(said)s"),
    "as_at": Phrase("export log", "As of: %(said)s"),
    "until": Phrase("manage activity", "Until: %(said)s"),
    "opens": Phrase("manage activity", "Opening time: %(said)s"),
    "closes": Phrase("manage activity", "Closing time: %(said)s"),
    "snapshot": Phrase("manage activity", "SHA-256 of what it was opened with: %(said)s"),
}
"""What stands before a value that would not be understood alone."""
FILTERS = ("who", "what", "round", "since", "until")
GONE = Phrase("manage activity", "%(round)s (removed or deleted)")
"""What the log calls a round of which nothing else is left."""
REVERSED = Phrase("manage activity", "“Up to this day” has to be the same day as “From this day on”, or a later one.")


@blueprint.get("/log")
def activity() -> ResponseReturnValue:
    """Fifty entries at a time: all, or those that somebody looks for."""
    every = list(entries(current_repository(), now()))
    audit("log_viewed")
    wanted, bad_days = _wanted()
    listed = [] if bad_days else [entry for entry in reversed(every) if wanted.fits(entry)]
    pages = max(1, -(-len(listed) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    shown = listed[(number - 1) * A_PAGE : number * A_PAGE]
    there, reader = set(round_ids(current_repository())), current_language()
    # Those that are kept come first.
    rounds = sorted({entry.round for entry in every if entry.round}, key=lambda one: (one not in there, one))
    snapshots = {round_id: _snapshot(round_id) for round_id in rounds}
    names = {round_id: _round_name(round_id, snapshot) for round_id, snapshot in snapshots.items()}
    gone = {round_id: reader.say(GONE, round=round_id) for round_id in rounds if round_id not in there}
    said = {code: reader.say(words) for code, words in EVENT_WORDS.items()}
    page = render_template(
        "manage/activity.html",
        entries=[(entry, _event(entry), list(_said(entry.details, snapshots.get(entry.round)))) for entry in shown],
        rounds=names | gone,
        events=sorted(said.items(), key=lambda event: reader.sort_key(event[1])),
        asked={name: request.args.get(name, "") for name in FILTERS},
        errors=[{"text": said, "href": f"#{name}"} for name, said in bad_days.items()],
        taken_out=TAKEN_OUT,
        nobody=WHO_WORDS,
        number=number,
        pages=pages,
        found=len(listed),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if bad_days else HTTPStatus.OK


@blueprint.get("/log.csv")
def activity_file() -> ResponseReturnValue:
    """The same entries, all of them, oldest first, as CSV; times by the clocks of the United Kingdom, with how far they
    are from UTC."""
    wanted, bad_days = _wanted()
    if bad_days:
        return activity()
    audit("log_downloaded")
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in filter(wanted.fits, entries(current_repository(), now())):
        details = "; ".join(f"{name}={_as_written(name, value)}" for name, value in entry.details)
        cells = (entry.who, entry.what, _event(entry), entry.round, entry.reason, details)
        writer.writerow([_by_our_clocks(entry.at), *map(safe, cells)])
    headers = {"Content-Disposition": 'attachment; filename="activity.csv"', "Cache-Control": "no-store"}
    return Response(BYTE_ORDER_MARK + text.getvalue().encode(), mimetype="text/csv", headers=headers)


def _wanted() -> tuple[Wanted, dict[str, str]]:
    """What the address asks for, and what is wrong with its days, by the name of the field."""
    texts = {name: request.args.get(name, "").strip() for name in FILTERS}
    days: dict[str, date | None] = {}
    bad = {}
    for name in ("since", "until"):
        try:
            days[name] = local_day(texts[name]) if texts[name] else None
        except DomainError as refused:
            bad[name] = refused.say(current_language())
    if bad:
        return Wanted(), bad
    if days["since"] and days["until"] and days["until"] < days["since"]:
        return Wanted(), {"until": current_language().say(REVERSED)}
    return Wanted(texts["who"].lower(), texts["what"], texts["round"], days["since"], days["until"]), {}


def _event(entry: Entry) -> str:
    """What happened, in words; a code that an older or newer version wrote stays as it is."""
    words = EVENT_WORDS.get(entry.what)
    return current_language().say(words) if words else entry.what


def _snapshot(round_id: str) -> RoundSnapshot | None:
    """A round; None when it is gone or cannot be read. The log outlives it."""
    try:
        return load_snapshot(current_repository(), round_id)
    except (DomainError, StorageError):
        return None


def _round_name(round_id: str, snapshot: RoundSnapshot | None) -> str:
    return f"{questionnaire_title(snapshot)}, {snapshot.round.reporting_year}" if snapshot else round_id


def _said(details: Iterable[tuple[str, str]], snapshot: RoundSnapshot | None) -> Iterable[str]:
    """What is known of an export, as a reader calls it; a code that nothing is known of stays as it is."""
    reader = current_language()
    for name, value in sorted(details, key=lambda detail: _RANKS.get(detail[0], len(_RANKS))):
        said = _NAMES.get(name, _as_it_is)(value, snapshot, reader)
        yield reader.say(NAMED[name], said=said) if name in NAMED else said


def _what(value: str, snapshot: RoundSnapshot | None, reader: Language) -> str:
    """What was taken out, whichever command or page named it: “series csv” too."""
    for before, document in OF_BOARD_WORDS.items():
        if value.startswith(before):
            return f"{reader.say(document)}: {_board(value.removeprefix(before), snapshot, reader)}"
    words = {**WHAT_WORDS, **FORMAT_WORDS}
    if value in words:
        return reader.say(words[value])
    return ", ".join(reader.say(words[part]) if part in words else part for part in value.split())


def _language(value: str, _snapshot: RoundSnapshot | None, reader: Language) -> str:
    return language(value).name if value in LANGUAGES else _what(value, None, reader)


def _board(value: str, snapshot: RoundSnapshot | None, reader: Language) -> str:
    board = snapshot.clusters.health_board(value) if snapshot else None
    return board.name(reader.code) if board else value


def _cluster(value: str, snapshot: RoundSnapshot | None, _reader: Language) -> str:
    return place_names(snapshot).get(value, value) if snapshot else value


def _question(value: str, snapshot: RoundSnapshot | None, _reader: Language) -> str:
    try:
        return question_label(snapshot, value) if snapshot else value
    except KeyError:
        return value


def _as_it_is(value: str, _snapshot: RoundSnapshot | None, _reader: Language) -> str:
    return value


def _moment(value: str, _snapshot: RoundSnapshot | None, reader: Language) -> str:
    """A time or a day in words; what is neither stays as it is."""
    try:
        if len(value) == len("2026-12-11"):
            return reader.date(date.fromisoformat(value))
        return reader.datetime(datetime.fromisoformat(value))
    except ValueError:
        return value


def _by_our_clocks(moment: datetime) -> str:
    return in_uk(moment).isoformat(timespec="seconds")


def _as_written(name: str, value: str) -> str:
    """A detail in the file: as the log has it, but for times."""
    if _NAMES.get(name) is not _moment or "T" not in value:
        return value
    with suppress(ValueError):
        return _by_our_clocks(datetime.fromisoformat(value))
    return value


def _digest(value: str, _snapshot: RoundSnapshot | None, _reader: Language) -> str:
    """The beginning of a digest, enough to tell it from others by eye; the file has all of it."""
    return f"{value[:DIGEST_SHOWN]}…" if len(value) > DIGEST_SHOWN else value


_NAMES: dict[str, Callable[[str, RoundSnapshot | None, Language], str]] = {
    "export": _what,
    "document": _what,
    "format": _what,
    "health_board": _board,
    "cluster": _cluster,
    "question": _question,
    "language": _language,
    "as_at": _moment,
    "until": _moment,
    "opens": _moment,
    "closes": _moment,
    "snapshot": _digest,
}
"""How the value of a detail is said, by its name in the log."""
_RANKS = {name: rank for rank, name in enumerate({**_NAMES, **NAMED})}
