"""The rounds, and how each stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from markupsafe import Markup

from survey.collection.progress import (
    ROUND_WORDS,
    STATUS_WORDS,
    BoardProgress,
    ClusterProgress,
    counts,
    read_progress,
    round_state,
)
from survey.collection.rounds.extensions import answering_clusters
from survey.collection.rounds.round import Round, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import LANGUAGES, Phrase, language
from survey.reporting.charts.description import Series
from survey.storage.repository import Unreadable
from survey.web.manage.assigned_outcomes import assigned_names
from survey.web.manage.auth import audit, blueprint, opened, permits, sees_board
from survey.web.manage.dashboard import has_dashboard
from survey.web.manage.draft_sources import draft_title
from survey.web.manage.followed_year import followed_year
from survey.web.manage.round_stages import STAGES
from survey.web.manage.round_times import times_of_round
from survey.web.manage.tracking import may_read, tracking_page
from survey.web.manage.year import record_name, year_of
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.charts import bars_of_counts
from survey.web.site.environment import current_repository, now, today
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
        "manage/home.html",
        rounds=rows,
        is_damaged=bool(faults) or not all(row["is_readable"] for row in rows),
        damaged=[record_name(fault) for fault in faults],
        sees_accounts=permits(g.account, "manage.accounts"),
        sees_feed=permits(g.account, "manage.feed_keys"),
        sees_log=permits(g.account, "manage.activity"),
        sees_contacts=permits(g.account, "manage.contacts"),
        translates=permits(g.account, "manage.translations"),
        writes=permits(g.account, "manage.editions"),
        heeds_translators=permits(g.account, "manage.translators_comments"),
        sees_rounds=permits(g.account, "manage.status"),
        runs_rounds=permits(g.account, "manage.draft"),
        year=year_of(rounds) if permits(g.account, "manage.draft") else [],
        stages=STAGES,
        followed=followed_year(rounds) if _only_follows() else [],
        language_names={code: language(code).name for code in LANGUAGES},
    )


def _only_follows() -> bool:
    """Whether the account follows clusters and runs no round."""
    return permits(g.account, "manage.status") and not permits(g.account, "manage.draft")


@blueprint.get("/rounds/<round_id>")
def status(round_id: str) -> ResponseReturnValue:
    """How every cluster stands, by health board."""
    snapshot = opened(round_id)
    if _is_anonymous(snapshot):
        return tracking_page(snapshot)
    sort = request.args.get("sort", "name")
    if sort not in SORT_WORDS:
        abort(404)
    progress = read_progress(current_repository(), snapshot, today())
    boards = [board for board in progress if sees_board(g.account, board.board.code)]
    boards.sort(key=lambda board: name_key(board.board))
    audit("status_viewed", round=round_id)
    total = counts(tuple(cluster for board in boards for cluster in board.clusters))
    return render_template(
        "manage/status.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        state=current_language().say(ROUND_WORDS[round_state(snapshot.round, now())]),
        times=times_of_round(snapshot.round),
        boards=[(board, _in_order(board, sort)) for board in boards],
        assigned={board.board.code: assigned_names(snapshot, board.board.code, current_language()) for board in boards},
        counts=counts,
        to_chase=_to_chase(snapshot, boards),
        total=total,
        chart=_chart(boards, total),
        has_dashboard=has_dashboard(snapshot),
        sort=sort,
        sorts=SORT_WORDS,
        words=STATUS_WORDS,
        colours=COLOURS,
        sees_wales=permits(g.account, "manage.workbook"),
        may_analyse=permits(g.account, "manage.contributions"),
        may_read=may_read(snapshot),
        sees_wording=permits(g.account, "manage.wording"),
        runs_rounds=permits(g.account, "manage.new_round"),
    )


def _chart(boards: Sequence[BoardProgress[ClusterProgress]], statuses: Iterable[str]) -> Markup:
    """How many clusters of each health board have each status."""
    spoken = current_language()
    counted = [counts(board.clusters) for board in boards]
    return bars_of_counts(
        pgettext("manage status", "Clusters by status"),
        pgettext("manage status", "The numbers on the bars are numbers of clusters."),
        [board.board.name(spoken.code) for board in boards],
        [
            Series(spoken.say(STATUS_WORDS[status]), tuple(of_board.get(status, 0) for of_board in counted))
            for status in statuses
        ],
        "status",
    )


def _to_chase(snapshot: RoundSnapshot, boards: Iterable[BoardProgress[ClusterProgress]]) -> set[str]:
    """The health boards of clusters that can submit now and have not: after the close, those that are let in late."""
    if round_state(snapshot.round, now()) == "waiting":
        return set()
    answering = answering_clusters(current_repository(), snapshot, now())
    return {
        board.board.code
        for board in boards
        if any(standing.status != "submitted" and standing.cluster.code in answering for standing in board.clusters)
    }


def _is_anonymous(snapshot: RoundSnapshot) -> bool:
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
        "title": _title(listed, snapshot),
        "is_open": snapshot is not None and (not _is_anonymous(snapshot) or permits(g.account, "manage.poster")),
        "is_readable": is_readable,
        "state": current_language().say(ROUND_WORDS[round_state(listed, now())]),
    }


def _title(listed: Round, snapshot: RoundSnapshot | None) -> str:
    """What a round is called: by its questionnaire, or by its id where that cannot be read."""
    if snapshot:
        return questionnaire_title(snapshot)
    return draft_title(listed) if listed.status == "draft" else listed.id


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
