"""All clusters of a round in one list: filtered and put in order by the address, the silent first; and as a file."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.people.contacts import read_contacts
from survey.collection.progress import STATUS_WORDS, ClusterProgress, read_progress
from survey.collection.rounds.clusters import HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened, permits, sees_board
from survey.web.manage.response_over_time import response_over_time
from survey.web.manage.rounds import COLOURS
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now, today
from survey.web.site.language import current_language

SORT_WORDS: Mapping[str, Phrase] = {
    "silent": Phrase("manage following", "Longest silent first"),
    "name": Phrase("manage following", "Name"),
    "board": Phrase("manage following", "Health board"),
}
HEADS = ("code", "cluster_cy", "cluster_en", "health_board", "status", "done", "sections", "last_saved", "submitted_at")

Listed = tuple[HealthBoard, ClusterProgress]


@blueprint.get("/rounds/<round_id>/clusters")
def following(round_id: str) -> ResponseReturnValue:
    """The clusters that were asked for."""
    snapshot = opened(round_id)
    listed = _seen(snapshot)
    audit("status_viewed", round=round_id)
    code = current_language().code
    boards = sorted({board.code: board for board, _ in listed}.values(), key=name_key)
    say = current_language().say
    return render_template(
        "manage/following.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        rows=_wanted(listed),
        of_all=len(listed),
        boards=[{"value": board.code, "text": board.name(code), "as_is": True} for board in boards],
        statuses=[{"value": status, "text": say(words)} for status, words in STATUS_WORDS.items()],
        sorts=[{"value": order, "text": say(words)} for order, words in SORT_WORDS.items()],
        asked={name: request.args.get(name, "") for name in ("board", "status", "sort")},
        words=STATUS_WORDS,
        colours=COLOURS,
        may_remind=permits(g.account, "manage.queue_post"),
        over_time=response_over_time(snapshot.round, [progress for _, progress in listed], now()),
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
    for board, progress in rows:
        to_whom = [" ".join(addresses[progress.cluster.code])] if addresses is not None else []
        lines.writerow((*_line(board, progress), *to_whom))
    name = f"{round_id}-clusters.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + written.getvalue(), mimetype="text/csv", headers=headers)


def _addresses() -> dict[str, list[str]] | None:
    """The addresses of the contacts of each cluster; None for an account that may not see them."""
    if not permits(g.account, "manage.contacts"):
        return None
    found: dict[str, list[str]] = defaultdict(list)
    for contact in read_contacts(current_repository()).values():
        found[contact.cluster].append(contact.email)
    audit("contacts_viewed")
    return found


def _seen(snapshot: RoundSnapshot) -> list[Listed]:
    """What the account may see; 404 for a round that people answer, of which no cluster’s progress is told."""
    if snapshot.questionnaire.respondent == "anonymous":
        abort(404)
    boards = read_progress(current_repository(), snapshot, today())
    return [
        (one.board, progress) for one in boards if sees_board(g.account, one.board.code) for progress in one.clusters
    ]


def _wanted(listed: Sequence[Listed]) -> list[Listed]:
    """Those of the list that the address asks for, in its order. What it does not know it asks for in vain."""
    board, status = request.args.get("board", ""), request.args.get("status", "")
    found = [row for row in listed if board in ("", row[0].code) and status in ("", row[1].status)]
    found.sort(key=lambda row: name_key(row[1].cluster))
    return sorted(found, key=_ORDERS.get(request.args.get("sort", ""), _ORDERS["silent"]))


_ORDERS: Mapping[str, Callable[[Listed], Any]] = {
    # Who has submitted is not waited for.
    "silent": lambda row: (
        row[1].status == "submitted",
        row[1].last_saved.timestamp() if row[1].last_saved else 0.0,
    ),
    "name": lambda _: 0,
    "board": lambda row: name_key(row[0]),
}


def _line(board: HealthBoard, progress: ClusterProgress) -> tuple[object, ...]:
    cluster = progress.cluster
    times = (moment.isoformat() if moment else "" for moment in (progress.last_saved, progress.submitted_at))
    names = (cluster.code, cluster.name("cy"), cluster.name("en"), board.short)
    return (*names, progress.status, progress.done, progress.sections, *times)
