"""What the national team sees of an anonymous round: which clusters have enough responses, while it is open."""

from collections.abc import Sequence

from flask import abort, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.collection.people.links import links_of
from survey.collection.rounds.progress import (
    ROUND_WORDS,
    BoardProgress,
    ClusterTracking,
    read_tracking,
    round_state,
    say_clusters,
    say_progress,
)
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.web.manage.current_account import audit
from survey.web.manage.permissions import permits
from survey.web.respond.wording import name_key, words_of
from survey.web.site.clock import now
from survey.web.site.language import current_language
from survey.web.site.storage import current_repository


def show_tracking(snapshot: RoundSnapshot) -> ResponseReturnValue:
    """The progress of a round by health board and cluster; of a closed one, the way to its workbook."""
    if not permits(g.account, "manage.poster"):
        abort(403)
    audit("status_viewed", round=snapshot.round.id)
    said = {
        "round": snapshot.round,
        "questionnaire": words_of(snapshot, current_language())(snapshot.questionnaire.title),
        "state": current_language().say(ROUND_WORDS[round_state(snapshot.round, now())]),
    }
    if snapshot.round.status == "closed":
        return render_template("manage/tracked.html", **said)
    threshold: int = current_app.config["SMALLEST_GROUP"]
    tracking = read_tracking(current_repository(), snapshot, threshold)
    links = links_of(current_repository(), snapshot.round.id)
    boards = sorted(tracking, key=lambda tracked: name_key(tracked.board))
    language = current_language()
    return render_template(
        "manage/tracking.html",
        **said,
        threshold=threshold,
        boards=[
            (tracked, say_clusters(tracked.clusters, language), _rows(tracked, snapshot, links, threshold))
            for tracked in boards
        ],
        wales=say_clusters([cluster for board in tracking for cluster in board.clusters], language),
    )


def _rows(
    tracked: BoardProgress[ClusterTracking], snapshot: RoundSnapshot, links: dict[str, str], threshold: int
) -> Sequence[tuple[ClusterTracking, str, str]]:
    """(cluster, what is told of it, the address of its poster or nothing), by name."""
    return [
        (
            cluster,
            say_progress(cluster.has_enough, threshold, current_language()),
            url_for("manage.poster", round_id=snapshot.round.id, cluster_code=cluster.cluster.code)
            if cluster.cluster.code in links
            else "",
        )
        for cluster in sorted(tracked.clusters, key=lambda tracked: name_key(tracked.cluster))
    ]
