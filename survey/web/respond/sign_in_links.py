"""Signing in by the one-time link of an e-mail. Opening it changes nothing; the button on its page signs in."""

from http import HTTPStatus

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.accounts import note
from survey.collection.people.contacts import read_contact
from survey.collection.people.messages import LINK, QUEUED_EVENTS, queue
from survey.collection.people.sign_in_links import (
    SignInLink,
    known_link,
    refuse_early,
    refuse_spent,
    refuse_when_not_kept,
    use_up,
)
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.files.post import mail_server
from survey.reporting.tasks.job import POST
from survey.web.respond.auth import blueprint
from survey.web.respond.respondent import sign_in_with
from survey.web.site.carried_fields import PressedButton
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for, job_of
from survey.web.site.language import current_language

STATUSES = {"sign_in_link_unknown": HTTPStatus.NOT_FOUND, "sign_in_link_early": HTTPStatus.OK}
"""What is answered with a link that opens nothing; one that did before, or was replaced, is gone."""


class LinkForm(SiteForm):
    """Asks to be signed in; the button, for another link."""

    another = PressedButton()


@blueprint.route("/sign-in/<token>", methods=["GET", "POST"])
def sign_in_link(token: str) -> ResponseReturnValue:
    """Whose link it is, and a button that signs in; where it opens nothing any more, one that has another sent."""
    form = LinkForm()
    try:
        link = _known(token)
        if form.another.data is not None and form.validate_on_submit() and _has_another_sent(link):
            return render_template("respond/link_on_its_way.html")
        if _is_signed_in_for(link):
            return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
        refuse_spent(current_repository(), link, now())
        refuse_early(current_repository(), link, now())
        if form.validate_on_submit():
            grant = use_up(current_repository(), link, token, now())
            note(current_repository(), now(), f"cluster {link.cluster}", "signed_in_by_link", round=link.round)
            sign_in_with(grant)
            return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    except DomainError as refused:
        return _opens_nothing(token, refused)
    cluster = load_snapshot(current_repository(), link.round).cluster(link.cluster)
    return form.page("respond/sign_in_link.html", cluster_name=cluster.name(current_language().code))


def _has_another_sent(link: SignInLink) -> bool:
    """Have another link sent to whom this one was sent, at most one an hour. Whether that can be."""
    contact = read_contact(current_repository(), link.contact) if _can_send(link) else None
    if contact is None:
        return False
    who = f"cluster {link.cluster}"
    if queue(current_repository(), link.round, LINK, {link.contact: contact}, now()):
        note(current_repository(), now(), who, QUEUED_EVENTS[LINK], round=link.round)
    ask_for(job_of(link.round, POST, by=who), now().isoformat(), site=request.url_root)
    return True


def _known(token: str) -> SignInLink:
    return known_link(current_repository(), token, demonstration=current_app.config["DEMO"])


def _is_signed_in_for(link: SignInLink) -> bool:
    return g.respondent is not None and g.respondent.key == f"{link.round}/{link.cluster}"


def _opens_nothing(token: str, refused: DomainError) -> ResponseReturnValue:
    is_early = refused.code == "sign_in_link_early"
    try:
        can_send = not is_early and _can_send(_known(token))
    except DomainError:
        can_send = False
    page = render_template(
        "respond/no_sign_in_link.html",
        reason=refused.say(current_language()),
        can_send=can_send,
        is_early=is_early,
    )
    return page, STATUSES.get(refused.code, HTTPStatus.GONE)


def _can_send(link: SignInLink) -> bool:
    """Whether another link can be sent to whom this one was sent."""
    repository = current_repository()
    try:
        mail_server(current_app.config)
        refuse_when_not_kept(repository, link.round, now())
    except DomainError:
        return False
    return link.contact != "" and read_contact(repository, link.contact) is not None
