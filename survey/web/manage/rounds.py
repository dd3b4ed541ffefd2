"""The rounds, how each stands, and what a cluster submitted."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.accounts import Account
from survey.collection.clusters import Cluster
from survey.collection.frozen import FrozenRound, thaw
from survey.collection.refusals import Refused
from survey.collection.repository import Unreadable
from survey.collection.responses import read_response
from survey.collection.rounds import Round, readable_rounds
from survey.collection.standing import (
    ROUND_WORDS,
    STATUS_WORDS,
    BoardStanding,
    ClusterStanding,
    counts,
    read_standing,
    round_state,
)
from survey.languages import Phrase
from survey.web.clock import now
from survey.web.manage.blueprint import blueprint
from survey.web.manage.officer import note_for, the_repository
from survey.web.manage.permissions import permits, sees_board
from survey.web.manage.tracking import show_tracking
from survey.web.respond.overview import page_answers
from survey.web.respond.respondent import Respondent
from survey.web.respond.wording import words_of

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
    found, faults = readable_rounds(the_repository()) if permits(g.account, "manage.status") else ([], [])
    rows = [_round_row(kept) for kept in reversed(found)]
    return render_template(
        "manage/home.html", rounds=rows, is_damaged=bool(faults) or not all(row["is_readable"] for row in rows)
    )


@blueprint.get("/rounds/<round_id>")
def status(round_id: str) -> ResponseReturnValue:
    """How every cluster stands, by health board."""
    frozen = opened(round_id)
    if is_anonymous(frozen):
        return show_tracking(frozen)
    sort = request.args.get("sort", "name")
    if sort not in SORT_WORDS:
        abort(404)
    boards = [one for one in read_standing(the_repository(), frozen) if sees_board(g.account, one.board.code)]
    boards.sort(key=lambda one: g.language.sort_key(one.board.name(g.language.code)))
    note_for("status_viewed", round=round_id)
    return render_template(
        "manage/status.html",
        round=frozen.round,
        questionnaire=title_of(frozen),
        state=g.language.say(ROUND_WORDS[round_state(frozen.round, now())]),
        boards=[(one, _in_order(one, sort)) for one in boards],
        total=counts(tuple(found for one in boards for found in one.clusters)),
        sort=sort,
        sorts=SORT_WORDS,
        words=STATUS_WORDS,
        colours=COLOURS,
        sees_wales=permits(g.account, "manage.workbook"),
    )


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>")
def response(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """What a cluster submitted last. A draft is the cluster's own until it submits."""
    frozen = opened(round_id)
    cluster = seen_cluster(frozen, cluster_code)
    found = read_response(the_repository(), round_id, cluster_code)
    submission = found.counted
    pages: list[Any] = []
    if submission:
        respondent = Respondent(the_repository(), frozen, cluster)
        pages = page_answers(respondent, respondent.instrument.walk(submission.answers), submission.written_in)
        note_for("response_viewed", round=round_id, cluster=cluster_code, submission=str(submission.number))
    return render_template(
        "manage/response.html",
        round=frozen.round,
        questionnaire=title_of(frozen),
        cluster=cluster,
        cluster_name=cluster.name(g.language.code),
        found=found,
        submission=submission,
        pages=pages,
        reopenings=[entry for entry in found.history if entry["what"] == "reopened"],
        may_reopen=may_reopen(g.account, frozen, found.status),
    )


def may_reopen(account: Account, frozen: FrozenRound, response_status: str) -> bool:
    """Whether the account may reopen a response of a round now."""
    return permits(account, "manage.reopen") and response_status == "submitted" and frozen.round.takes_answers(now())


def opened(round_id: str) -> FrozenRound:
    """A round that has been opened; 404 for any other."""
    try:
        return thaw(the_repository(), round_id)
    except Refused:
        abort(404)


def seen_cluster(frozen: FrozenRound, cluster_code: str) -> Cluster:
    """A cluster of the round that the account may see; 404 or 403 for any other."""
    try:
        cluster = frozen.cluster(cluster_code)
    except Refused:
        abort(404)
    if not sees_board(g.account, cluster.health_board):
        abort(403)
    return cluster


def title_of(frozen: FrozenRound) -> str:
    """The title of the round's questionnaire in the language of the page."""
    return words_of(frozen, g.language)(frozen.questionnaire.title)


def is_anonymous(frozen: FrozenRound) -> bool:
    """Whether people answer the round unnamed, so that only the national team sees how many have."""
    return frozen.questionnaire.respondent == "anonymous"


def _round_row(kept: Round) -> dict[str, object]:
    frozen = None
    is_readable = True
    try:
        frozen = thaw(the_repository(), kept.id) if kept.frozen else None
    except Unreadable:
        is_readable = False
    return {
        "round": kept,
        "title": title_of(frozen) if frozen else kept.id,
        "is_open": frozen is not None and (not is_anonymous(frozen) or permits(g.account, "manage.poster")),
        "is_readable": is_readable,
        "state": g.language.say(ROUND_WORDS[round_state(kept, now())]),
    }


def _in_order(one: BoardStanding, sort: str) -> list[ClusterStanding]:
    by_name = sorted(one.clusters, key=lambda found: g.language.sort_key(found.cluster.name(g.language.code)))
    return sorted(by_name, key=_ORDERS[sort])


_STATUSES = list(STATUS_WORDS)
_ORDERS: Mapping[str, Callable[[ClusterStanding], Any]] = {
    "name": lambda _: 0,
    "status": lambda found: _STATUSES.index(found.status),
    # Who has not saved for longest comes first: they are the ones to ask.
    "saved": lambda found: found.last_saved.timestamp() if found.last_saved else 0.0,
}
