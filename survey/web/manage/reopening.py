"""Reopening a response, with a reason that is kept with it."""

from http import HTTPStatus

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import npgettext, pgettext

from survey.collection.errors import DomainError
from survey.collection.responses.response import read_response, reopen
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.web.manage.blueprint import blueprint
from survey.web.manage.rounds import may_reopen, opened, seen_cluster, title_of
from survey.web.manage.signed_in import note_for, the_repository
from survey.web.site.clock import now
from survey.web.site.language import current_language, page_in, switch_asked_for

REASON, NUMBER = "reason", "submission"
MOST_REASON = 1000


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/reopen", methods=["GET", "POST"], endpoint="reopen")
def reopen_page(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """Ask why, and let the cluster change what it submitted."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    if request.method == "GET":
        return _ask(snapshot, cluster)
    other = switch_asked_for()
    if other:
        return _ask(snapshot, cluster) if other == current_language().code else redirect(page_in(other), 307)
    error = _fault(snapshot, cluster)
    if not error:
        try:
            reason = request.form[REASON].strip()
            reopen(the_repository(), snapshot, cluster_code, reason=reason, by=g.account.name, now=now())
        except DomainError as refused:
            error = refused.say(current_language())
    if error:
        return _ask(snapshot, cluster, error), HTTPStatus.UNPROCESSABLE_ENTITY
    note_for("response_reopened", round=round_id, cluster=cluster_code)
    return redirect(url_for("manage.response", round_id=round_id, cluster_code=cluster_code), HTTPStatus.SEE_OTHER)


def _fault(snapshot: RoundSnapshot, cluster: Cluster) -> str:
    reason = request.form.get(REASON, "")
    if not reason.strip():
        return DomainError("reason_needed").say(current_language())
    if len(reason.replace("\r\n", "\n")) > MOST_REASON:
        return npgettext(
            "manage reopen",
            "Shorten the reason to %(n)s character or fewer.",
            "Shorten the reason to %(n)s characters or fewer.",
            MOST_REASON,
        )
    counted = read_response(the_repository(), snapshot.round.id, cluster.code).counted
    if counted and request.form.get(NUMBER) != str(counted.number):
        return pgettext("manage reopen", "The cluster has submitted again since you opened this page. Read that first.")
    return ""


def _ask(snapshot: RoundSnapshot, cluster: Cluster, error: str = "") -> str:
    found = read_response(the_repository(), snapshot.round.id, cluster.code)
    return render_template(
        "manage/reopen.html",
        round=snapshot.round,
        questionnaire=title_of(snapshot),
        cluster=cluster,
        cluster_name=cluster.name(current_language().code),
        may_reopen=may_reopen(g.account, snapshot, found.status),
        reason_name=REASON,
        reason=request.form.get(REASON, ""),
        number_name=NUMBER,
        number=request.form.get(NUMBER) or (str(found.counted.number) if found.counted else ""),
        error=error,
    )
