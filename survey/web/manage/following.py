"""All clusters of a round in one list: filtered and put in order by the address, the silent first; and as a file."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.people.contacts import read_contacts
from survey.collection.people.messages import last_reminded
from survey.collection.progress import STATUS_WORDS, ClusterProgress, read_progress
from survey.collection.rounds.clusters import HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase, by_our_clocks, language
from survey.web.manage.auth import audit, blueprint, opened, permits, sees_board
from survey.web.manage.response_over_time import response_over_time
from survey.web.manage.rounds import COLOURS
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now, today
from survey.web.site.language import current_language

SORT_WORDS: Mapping[str, Phrase] = {
    "silent": Phrase("manage following", "Longest silent first"),
    "reminded": Phrase("manage following", "Longest not reminded first"),
    "name": Phrase("manage following", "Name"),
    "board": Phrase("manage following", "Health board"),
}
NOT_SUBMITTED = "not_submitted"
FILTERS: Mapping[str, Phrase] = {
    NOT_SUBMITTED: Phrase("manage following", "Not submitted, begun or not"),
    **STATUS_WORDS,
}
"""What the list can be filtered by: every status, and all in which something is still waited for."""
HEADS = (
    *("code", "cluster_cy", "cluster_en", "health_board", "health_board_cy", "health_board_en"),
    *("status", "status_cy", "status_en", "done", "sections"),
    *("last_saved_europe_london", "submitted_at_europe_london", "last_reminded_europe_london"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A cluster in the list. `reminded`: when it was last sent a reminder by e-mail."""

    board: HealthBoard
    progress: ClusterProgress
    reminded: datetime | None


@blueprint.get("/rounds/<round_id>/clusters")
def following(round_id: str) -> ResponseReturnValue:
    """The clusters that were asked for."""
    snapshot = opened(round_id)
    listed = _seen(snapshot)
    audit("status_viewed", round=round_id)
    code = current_language().code
    boards = sorted({row.board.code: row.board for row in listed}.values(), key=name_key)
    say = current_language().say
    return render_template(
        "manage/following.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        rows=_wanted(listed),
        of_all=len(listed),
        boards=[{"value": board.code, "text": board.name(code), "as_is": True} for board in boards],
        statuses=[{"value": status, "text": say(words)} for status, words in FILTERS.items()],
        sorts=[{"value": order, "text": say(words)} for order, words in SORT_WORDS.items()],
        asked={
            **{name: request.args.get(name, "") for name in ("board", "status")},
            "sort": sort if (sort := request.args.get("sort", "")) in SORT_WORDS else "",
        },
        words=STATUS_WORDS,
        colours=COLOURS,
        may_remind=permits(g.account, "manage.queue_post"),
        over_time=response_over_time(snapshot.round, [row.progress for row in listed], now()),
    )


@blueprint.get("/rounds/<round_id>/clusters.csv")
def following_file(round_id: str) -> ResponseReturnValue:
    """The same clusters as a file, in codes and both languages’ names; with the addresses of their contacts for whoever
    may write to them."""
    snapshot = opened(round_id)
    rows, addresses = _wanted(_seen(snapshot)), _addresses()
    audit("status_downloaded", round=round_id)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow((*HEADS, *(["emails"] if addresses is not None else [])))
    for row in rows:
        to_whom = [" ".join(addresses[row.progress.cluster.code])] if addresses is not None else []
        lines.writerow((*_line(row), *to_whom))
    name = f"{round_id}-clusters.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + written.getvalue(), mimetype="text/csv", headers=headers)


def _addresses() -> dict[str, list[str]] | None:
    """The addresses of the contacts of each cluster; None for an account that may not see them."""
    if not permits(g.account, "manage.contacts"):
        return None
    addresses: dict[str, list[str]] = defaultdict(list)
    for contact in read_contacts(current_repository()).values():
        addresses[contact.cluster].append(contact.email)
    audit("contacts_viewed")
    return addresses


def _seen(snapshot: RoundSnapshot) -> list[Listed]:
    """What the account may see; 404 for a round that people answer, of which no cluster’s progress is told."""
    if snapshot.questionnaire.respondent == "anonymous":
        abort(404)
    reminded = last_reminded(current_repository(), snapshot.round.id, now())
    return [
        Listed(board.board, progress, reminded.get(progress.cluster.code))
        for board in read_progress(current_repository(), snapshot, today())
        if sees_board(g.account, board.board.code)
        for progress in board.clusters
    ]


def _wanted(listed: Sequence[Listed]) -> list[Listed]:
    """Those of the list that the address asks for, in its order. What it does not know it asks for in vain."""
    board, status = request.args.get("board", ""), request.args.get("status", "")
    rows = [row for row in listed if board in ("", row.board.code) and _has(row.progress.status, status)]
    rows.sort(key=lambda row: name_key(row.progress.cluster))
    return sorted(rows, key=_ORDERS.get(request.args.get("sort", ""), _ORDERS["silent"]))


def _has(status: str, wanted: str) -> bool:
    return wanted in ("", status) or (wanted == NOT_SUBMITTED and status != "submitted")


_ORDERS: Mapping[str, Callable[[Listed], Any]] = {
    # Who has submitted is not waited for.
    "silent": lambda row: (
        row.progress.status == "submitted",
        row.progress.last_saved.timestamp() if row.progress.last_saved else 0.0,
    ),
    "reminded": lambda row: (
        row.progress.status == "submitted",
        row.reminded.timestamp() if row.reminded else 0.0,
    ),
    "name": lambda _: 0,
    "board": lambda row: name_key(row.board),
}


def _line(row: Listed) -> tuple[object, ...]:
    """A cluster in codes and in the words of both languages; times by the clocks of the United Kingdom, with how far
    those are from UTC."""
    cluster, progress = row.progress.cluster, row.progress
    times = (progress.last_saved, progress.submitted_at, row.reminded)
    return (
        *(cluster.code, *(cluster.name(code) for code in LANGUAGES)),
        *(row.board.short, *(row.board.name(code) for code in LANGUAGES)),
        *(progress.status, *(language(code).say(STATUS_WORDS[progress.status]) for code in LANGUAGES)),
        *(progress.done, progress.sections),
        *(by_our_clocks(moment) if moment else "" for moment in times),
    )
