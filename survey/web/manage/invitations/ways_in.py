"""How one cluster gets in: its access code, issued anew with a letter to print, or a one-time link."""

from http import HTTPStatus
from typing import Any

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.access import code_of
from survey.collection.people.contacts import contacts_of_cluster
from survey.collection.people.messages import LINK, QUEUED_EVENTS, queue
from survey.collection.people.sign_in_links import (
    link_by_hand_since,
    make_link_by_hand,
    refuse_when_not_kept,
    token_by_hand,
    works_until,
)
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import takes_answers_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES
from survey.reporting.files.mailing import sign_in_address
from survey.web.manage.auth import audit, blueprint, opened, seen_cluster
from survey.web.manage.invitations.letters import ONCE, issue
from survey.web.manage.invitations.post import begin_sending, why_no_link
from survey.web.manage.invitations.queue import MANY_QUEUED
from survey.web.manage.notices import Told, done
from survey.web.manage.round_forms import SureForm
from survey.web.manage.secret_form import GivingForm
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, key_ring, now
from survey.web.site.language import current_language


class WayInForm(SureForm, GivingForm):
    """Asks for a way in: a code, which replaces the one that was `shown`, or a link."""


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/ways-in")
def ways_in(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """Whether the cluster has a code, and what can be issued."""
    snapshot, cluster = _asked(round_id, cluster_code)
    return _page(WayInForm(formdata=None), snapshot, cluster)


@blueprint.post("/rounds/<round_id>/clusters/<cluster_code>/ways-in/<any(code, link, post):way>")
def issue_way_in(round_id: str, cluster_code: str, way: str) -> ResponseReturnValue:
    """Issue a code and show the letter with it; make a link and show it; or have a link sent to each contact."""
    snapshot, cluster = _asked(round_id, cluster_code)
    form = WayInForm()
    if not form.validate_on_submit():
        abort(HTTPStatus.BAD_REQUEST)
    try:
        refuse_when_not_kept(current_repository(), round_id, now())
        match way:
            case "code":
                return _letter(snapshot, cluster, form)
            case "link":
                return _link(snapshot, cluster, form)
        number = _send(snapshot, cluster)
    except DomainError as refused:
        form.refuse(refused, form.shown)
        return _page(form, snapshot, cluster)
    return done(url_for("manage.post_log", round_id=round_id), Told(MANY_QUEUED, {"n": number}))


def _letter(snapshot: RoundSnapshot, cluster: Cluster, form: WayInForm) -> ResponseReturnValue:
    made = issue(snapshot, cluster, form.made_of, form.shown.data or "")
    page = render_template("manage/invitations/letter.html", **_heading(snapshot, cluster), letter=made)
    return page, HTTPStatus.OK, ONCE


def _link(snapshot: RoundSnapshot, cluster: Cluster, form: WayInForm) -> ResponseReturnValue:
    round_id, repository = snapshot.round.id, current_repository()
    # Sent again, a form gives what it gave, even if the secret was replaced in between.
    whose = round_id, cluster.code, g.account.name
    token = token_by_hand(repository, key_ring().keys, *whose, form.made_of)
    if make_link_by_hand(repository, round_id, cluster.code, token, now(), form.shown_at):
        audit("sign_in_link_made", round=round_id, cluster=cluster.code)
    addresses = [(each, sign_in_address(request.url_root, each, token)) for each in LANGUAGES]
    until = works_until(repository, round_id, now())
    page = render_template(
        "manage/invitations/link_made.html", **_heading(snapshot, cluster), addresses=addresses, until=until
    )
    return page, HTTPStatus.OK, ONCE


def _send(snapshot: RoundSnapshot, cluster: Cluster) -> int:
    """Queue a link for each contact; for how many."""
    refused = why_no_link(snapshot)
    if refused:
        raise refused
    round_id, repository = snapshot.round.id, current_repository()
    number = queue(repository, round_id, LINK, contacts_of_cluster(current_repository(), cluster.code), now())
    if number:
        audit(QUEUED_EVENTS[LINK], round=round_id, cluster=cluster.code, number=str(number))
    begin_sending(snapshot)
    return number


def _page(form: WayInForm, snapshot: RoundSnapshot, cluster: Cluster) -> ResponseReturnValue:
    repository = current_repository()
    code = code_of(repository, snapshot.round.id, cluster.code)
    form.shown.data = code.version
    form.begin()
    is_over = snapshot.round.is_over(now())
    return form.page(
        "manage/invitations/ways_in.html",
        **_heading(snapshot, cluster),
        code=code,
        link_since=link_by_hand_since(repository, snapshot.round.id, cluster.code, now()),
        is_late=is_over and not takes_answers_of(repository, snapshot.round, cluster.code, now()),
        contacts=contacts_of_cluster(current_repository(), cluster.code).values(),
        can_send=why_no_link(snapshot) is None,
        is_kept=_is_kept(snapshot),
    )


def _is_kept(snapshot: RoundSnapshot) -> bool:
    """Whether anybody is still given a way in."""
    try:
        refuse_when_not_kept(current_repository(), snapshot.round.id, now())
    except DomainError:
        return False
    return True


def _asked(round_id: str, cluster_code: str) -> tuple[RoundSnapshot, Cluster]:
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        abort(HTTPStatus.NOT_FOUND)
    return snapshot, seen_cluster(snapshot, cluster_code)


def _heading(snapshot: RoundSnapshot, cluster: Cluster) -> dict[str, Any]:
    return {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "cluster": cluster,
        "cluster_name": cluster.name(current_language().code),
    }
