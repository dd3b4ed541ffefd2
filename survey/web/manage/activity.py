"""The activity log: who did, saw and took out what, when and why, newest first, with names in place of codes."""

from datetime import date
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.local_time import local_day
from survey.collection.people.activity import EVENT_WORDS, TAKEN_OUT, LogEntry, LogFilter, entries, event_in_words
from survey.collection.rounds.round import round_ids
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Phrase
from survey.reporting.files.activity_log import activity_csv
from survey.storage.repository import StorageError
from survey.web.manage.activity_details import cluster_in_words, details_in_words
from survey.web.manage.auth import audit, blueprint
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language

A_PAGE = 50
WHO_WORDS = {
    "command line": Phrase("export log", "Command line"),
    "clock": Phrase("export log", "The service by itself"),
}
CLUSTER_WROTE = "cluster "
"""What stands before the code of a cluster where one did something."""
CLUSTER = Phrase("manage activity", "Cluster: %(name)s")
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
    rounds = sorted(
        {entry.round for entry in every if entry.round}, key=lambda round_id: (round_id not in there, round_id)
    )
    snapshots = {round_id: _snapshot(round_id) for round_id in rounds}
    names = {round_id: _round_name(round_id, snapshot) for round_id, snapshot in snapshots.items()}
    gone = {round_id: reader.say(GONE, round=round_id) for round_id in rounds if round_id not in there}
    said = {code: reader.say(words) for code, words in EVENT_WORDS.items()}
    page = render_template(
        "manage/activity.html",
        entries=[
            (
                entry,
                _who(entry, snapshots.get(entry.round)),
                event_in_words(entry.what, reader),
                list(details_in_words(entry.details, snapshots.get(entry.round))),
            )
            for entry in shown
        ],
        rounds=names | gone,
        events=sorted(said.items(), key=lambda event: reader.sort_key(event[1])),
        asked={name: request.args.get(name, "") for name in FILTERS},
        errors=[{"text": said, "href": f"#{name}"} for name, said in bad_days.items()],
        taken_out=TAKEN_OUT,
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
    content = activity_csv(filter(wanted.fits, entries(current_repository(), now())), current_language())
    headers = {"Content-Disposition": 'attachment; filename="activity.csv"', "Cache-Control": "no-store"}
    return Response(content, mimetype="text/csv", headers=headers)


def _wanted() -> tuple[LogFilter, dict[str, str]]:
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
        return LogFilter(), bad
    if days["since"] and days["until"] and days["until"] < days["since"]:
        return LogFilter(), {"until": current_language().say(REVERSED)}
    return LogFilter(texts["who"].lower(), texts["what"], texts["round"], days["since"], days["until"]), {}


def _who(entry: LogEntry, snapshot: RoundSnapshot | None) -> str:
    """Who did it: an account by its name, a cluster by its own, and in words what is neither."""
    if entry.who in WHO_WORDS:
        return current_language().say(WHO_WORDS[entry.who])
    if entry.who.startswith(CLUSTER_WROTE):
        name = cluster_in_words(entry.who.removeprefix(CLUSTER_WROTE), snapshot)
        return current_language().say(CLUSTER, name=name)
    return entry.who


def _snapshot(round_id: str) -> RoundSnapshot | None:
    """A round; None when it is gone or cannot be read. The log outlives it."""
    try:
        return load_snapshot(current_repository(), round_id)
    except (DomainError, StorageError):
        return None


def _round_name(round_id: str, snapshot: RoundSnapshot | None) -> str:
    return f"{questionnaire_title(snapshot)}, {snapshot.round.reporting_year}" if snapshot else round_id
