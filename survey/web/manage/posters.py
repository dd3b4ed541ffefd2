"""The link of a cluster to an anonymous round, to print and put up."""

from http import HTTPStatus

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.links import links_of, refuse_posters_when_over
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES
from survey.reporting.files.mail_merge import link_address
from survey.reporting.files.posters import qr_code
from survey.web.manage.blueprint import blueprint
from survey.web.manage.rounds import opened, seen_cluster
from survey.web.site.clock import now
from survey.web.site.language import current_language
from survey.web.site.storage import current_repository


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
        halves=[_half(snapshot, cluster, code, token) for code in LANGUAGES],
        back=url_for("manage.status", round_id=round_id),
    )


def _half(snapshot: RoundSnapshot, cluster: Cluster, code: str, token: str) -> dict[str, object]:
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
