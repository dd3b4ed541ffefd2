"""What the national team sees of an anonymous round: which clusters have enough responses, while it is open."""

from collections.abc import Sequence

from flask import abort, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.collection.people.links import links_of
from survey.collection.rounds.progress import ROUND_WORDS, round_state
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.collection.rounds.tracking import BoardTracking, ClusterTracking, read_tracking, say_clusters, say_progress
from survey.web.manage.permissions import permits
from survey.web.manage.signed_in import note_for, the_repository
from survey.web.respond.wording import words_of
from survey.web.site.clock import now


def show_tracking(snapshot: RoundSnapshot) -> ResponseReturnValue:
    """The progress of a round by health board and cluster; of a closed one, the way to its workbook."""
    if not permits(g.account, "manage.poster"):
        abort(403)
    note_for("status_viewed", round=snapshot.round.id)
    said = {
        "round": snapshot.round,
        "questionnaire": words_of(snapshot, g.language)(snapshot.questionnaire.title),
        "state": g.language.say(ROUND_WORDS[round_state(snapshot.round, now())]),
    }
    if snapshot.round.status == "closed":
        return render_template("manage/tracked.html", **said)
    threshold: int = current_app.config["SMALLEST_GROUP"]
    tracking = read_tracking(the_repository(), snapshot, threshold)
    links = links_of(the_repository(), snapshot.round.id)
    boards = sorted(tracking.boards, key=lambda one: g.language.sort_key(one.board.name(g.language.code)))
    return render_template(
        "manage/tracking.html",
        **said,
        threshold=threshold,
        boards=[
            (one, say_clusters(one.clusters, g.language), _rows(one, snapshot, links, threshold)) for one in boards
        ],
        wales=say_clusters(tracking.clusters, g.language),
    )


def _rows(
    one: BoardTracking, snapshot: RoundSnapshot, links: dict[str, str], threshold: int
) -> Sequence[tuple[ClusterTracking, str, str]]:
    """(cluster, what is told of it, the address of its poster or nothing), by name."""
    return [
        (
            found,
            say_progress(found.has_enough, threshold, g.language),
            url_for("manage.poster", round_id=snapshot.round.id, cluster_code=found.cluster.code)
            if found.cluster.code in links
            else "",
        )
        for found in sorted(one.clusters, key=lambda found: g.language.sort_key(found.cluster.name(g.language.code)))
    ]
