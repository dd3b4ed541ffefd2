"""How a round of people stands: which clusters have enough responses, and the link of each cluster, to print."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.access import links_of, refuse_posters_when_over
from survey.collection.progress import (
    ROUND_WORDS,
    BoardProgress,
    ClusterTracking,
    read_tracking,
    round_state,
    say_clusters,
    say_progress,
)
from survey.collection.reading.texts import asked_for_words
from survey.collection.responses.endings import people_at_endings, said_of_endings
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES
from survey.reporting.files.mailing import link_address, qr_code
from survey.web.manage.auth import audit, blueprint, opened, permits, seen_cluster
from survey.web.manage.round_times import times_of_round
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language


def tracking_page(snapshot: RoundSnapshot) -> ResponseReturnValue:
    """The progress of a round by health board and cluster; of a closed one, the way to its workbook."""
    if not permits(g.account, "manage.poster"):
        abort(403)
    audit("status_viewed", round=snapshot.round.id)
    said = {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "runs_rounds": permits(g.account, "manage.new_round"),
        "times": times_of_round(snapshot.round),
        "state": current_language().say(ROUND_WORDS[round_state(snapshot.round, now())]),
    }
    if snapshot.round.status == "closed":
        return render_template(
            "manage/tracked.html",
            **said,
            endings=said_of_endings(
                people_at_endings(current_repository(), snapshot),
                current_app.config["SMALLEST_GROUP"],
                current_language(),
            ),
            may_read=may_read(snapshot),
            sees_people=permits(g.account, "manage.reading"),
        )
    threshold: int = current_app.config["SMALLEST_GROUP"]
    tracking = read_tracking(current_repository(), snapshot, threshold)
    links = links_of(current_repository(), snapshot.round.id)
    boards = sorted(tracking, key=lambda tracked: name_key(tracked.board))
    language = current_language()
    return render_template(
        "manage/tracking.html",
        **said,
        sees_wording=permits(g.account, "manage.wording"),
        threshold=threshold,
        boards=[
            (tracked, say_clusters(tracked.clusters, language), _tracking_rows(tracked, snapshot, links, threshold))
            for tracked in boards
        ],
        wales=say_clusters([cluster for board in tracking for cluster in board.clusters], language),
    )


@blueprint.get("/rounds/<round_id>/posters/<cluster_code>")
def poster(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """A page to print, in both languages, with the link of a cluster as QR codes."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    token = links_of(current_repository(), round_id).get(cluster_code)
    if token is None:
        abort(404)
    try:
        refuse_posters_when_over(snapshot.round, now())
    except DomainError as refused:
        page = render_template(
            "manage/no_poster.html",
            cluster_name=cluster.name(current_language().code),
            reason=refused.say(current_language()),
            back=url_for("manage.status", round_id=round_id),
        )
        return page, HTTPStatus.CONFLICT
    return render_template(
        "manage/poster.html",
        round=snapshot.round,
        cluster_name=cluster.name(current_language().code),
        halves=[_poster_half(snapshot, cluster, code, token) for code in LANGUAGES],
        back=url_for("manage.status", round_id=round_id),
    )


def may_read(snapshot: RoundSnapshot) -> bool:
    """Whether there are questions that are answered in words, and the account may read the answers one by one."""
    return permits(g.account, "manage.reading") and bool(asked_for_words(snapshot))


def _tracking_rows(
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


def _poster_half(snapshot: RoundSnapshot, cluster: Cluster, code: str, token: str) -> dict[str, object]:
    """The words of a poster in one of the languages, with the address and its code."""
    address = link_address(request.url_root, code, token)
    return {
        "code": code,
        "title": snapshot.texts[code](snapshot.questionnaire.title),
        "cluster": cluster.name(code),
        "closes": snapshot.round.closes,
        "address": address,
        "qr": qr_code(address),
    }
