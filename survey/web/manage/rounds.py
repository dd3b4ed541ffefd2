"""The rounds, and how each stands."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.rounds.progress import (
    ROUND_WORDS,
    STATUS_WORDS,
    BoardProgress,
    ClusterProgress,
    counts,
    read_progress,
    round_state,
)
from survey.collection.rounds.round import Round, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Phrase
from survey.storage.repository import Unreadable
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.permissions import opened, permits, sees_board
from survey.web.manage.tracking import show_tracking
from survey.web.respond.wording import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language

COLOURS = {
    "not_started": "blue",
    "in_progress": "aqua-green",
    "submitted": "green",
    "reopened": "orange",
    "unreadable": "red",
}
SORT_WORDS = {
    "name": Phrase("manage status", "Name"),
    "status": Phrase("manage status", "Status"),
    "saved": Phrase("manage status", "Last saved"),
}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The rounds there are."""
    rounds, faults = readable_rounds(current_repository()) if permits(g.account, "manage.status") else ([], [])
    rows = [_round_row(listed) for listed in reversed(rounds)]
    return render_template(
        "manage/home.html", rounds=rows, is_damaged=bool(faults) or not all(row["is_readable"] for row in rows)
    )


@blueprint.get("/rounds/<round_id>")
def status(round_id: str) -> ResponseReturnValue:
    """How every cluster stands, by health board."""
    snapshot = opened(round_id)
    if is_anonymous(snapshot):
        return show_tracking(snapshot)
    sort = request.args.get("sort", "name")
    if sort not in SORT_WORDS:
        abort(404)
    progress = read_progress(current_repository(), snapshot)
    boards = [board for board in progress if sees_board(g.account, board.board.code)]
    boards.sort(key=lambda board: name_key(board.board))
    audit("status_viewed", round=round_id)
    return render_template(
        "manage/status.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        state=current_language().say(ROUND_WORDS[round_state(snapshot.round, now())]),
        boards=[(board, _in_order(board, sort)) for board in boards],
        counts=counts,
        total=counts(tuple(cluster for board in boards for cluster in board.clusters)),
        sort=sort,
        sorts=SORT_WORDS,
        words=STATUS_WORDS,
        colours=COLOURS,
        sees_wales=permits(g.account, "manage.workbook"),
    )


def is_anonymous(snapshot: RoundSnapshot) -> bool:
    """Whether people answer the round unnamed, so that only the national team sees how many have."""
    return snapshot.questionnaire.respondent == "anonymous"


def _round_row(listed: Round) -> dict[str, object]:
    snapshot = None
    is_readable = True
    try:
        snapshot = load_snapshot(current_repository(), listed.id) if listed.snapshot_digest else None
    except Unreadable:
        is_readable = False
    return {
        "round": listed,
        "title": questionnaire_title(snapshot) if snapshot else listed.id,
        "is_open": snapshot is not None and (not is_anonymous(snapshot) or permits(g.account, "manage.poster")),
        "is_readable": is_readable,
        "state": current_language().say(ROUND_WORDS[round_state(listed, now())]),
    }


def _in_order(board: BoardProgress[ClusterProgress], sort: str) -> list[ClusterProgress]:
    by_name = sorted(board.clusters, key=lambda cluster: name_key(cluster.cluster))
    return sorted(by_name, key=_ORDERS[sort])


_STATUSES = list(STATUS_WORDS)
_ORDERS: Mapping[str, Callable[[ClusterProgress], Any]] = {
    "name": lambda _: 0,
    "status": lambda cluster: _STATUSES.index(cluster.status),
    # Who has not saved for longest comes first: they are the ones to ask.
    "saved": lambda cluster: cluster.last_saved.timestamp() if cluster.last_saved else 0.0,
}
