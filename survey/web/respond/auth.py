"""Who may come in: every page but the first ones needs an access code. No form loses what was typed for want of one.

A form that arrives after the sign-in has ended, or with the sign-in of another cluster, is kept in the page that
asks for the right code; once that is given, it goes on to where it was going.
"""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from flask_wtf.csrf import CSRFError
from wtforms.validators import ValidationError

from survey.collection.earlier_secrets import opened_by_code
from survey.collection.errors import DomainError
from survey.collection.people.access import AccessGrant, normalised
from survey.collection.people.accounts import note
from survey.web.respond.destination import destination, sign_in_address
from survey.web.respond.respondent import SIGNED_IN, WHOSE, respondent_in_session, respondent_of, sign_in_with
from survey.web.site.environment import current_repository, key_ring, now
from survey.web.site.errors import fields_to_carry, from_another_site, send_again
from survey.web.site.forms import CodeField, SiteForm
from survey.web.site.language import SWITCH, current_language, same_form_in_other_language
from survey.web.site.sign_in import end_own_session

BY_LINK = "respond.sign_in_link"
PUBLIC = {"respond.start", "respond.sign_in", "respond.sign_out", BY_LINK}
LONGEST = 100

blueprint = Blueprint("respond", __name__)


class AccessCodeForm(SiteForm):
    """Asks for an access code. Once it is valid, `grant` is what the code opens."""

    access_code = CodeField(
        lazy_pgettext("sign in", "Access code"),
        description=lazy_pgettext(
            "sign in", "It is in your invitation: 12 letters and digits, with or without the hyphens."
        ),
    )
    grant: AccessGrant

    def validate_access_code(self, field: Any) -> None:
        self.grant = self.attempt(lambda: _grant((field.data or "")[:LONGEST]))


class SignInAgainForm(AccessCodeForm):
    """Asks for the access code of the cluster that a form was typed for."""

    def validate_access_code(self, field: Any) -> None:
        super().validate_access_code(field)
        opened = f"{self.grant.round}/{self.grant.cluster}"
        if request.form.get(WHOSE, opened) != opened:
            words = pgettext(
                "sign in again",
                "This access code is for a different cluster. Enter the code of the cluster these answers are for.",
            )
            raise ValidationError(words)


@blueprint.before_request
def require_respondent() -> ResponseReturnValue | None:
    """Find out who is signed in; let nobody else past the first pages."""
    g.respondent = respondent_in_session()
    if request.endpoint in PUBLIC:
        return None
    if request.method != "POST":
        return None if g.respondent else redirect(sign_in_address(), HTTPStatus.SEE_OTHER)
    if g.respondent is None or _is_of_another_cluster():
        return _sign_in_again()
    return None


@blueprint.context_processor
def account() -> dict[str, object]:
    """Who is signed in, for the layout of the pages of this blueprint."""
    respondent = g.get("respondent")
    if respondent is None:
        return {}
    return {
        "respondent": respondent,
        "signed_in_as": respondent.cluster.name(current_language().code),
        "sign_out_url": url_for("respond.sign_out"),
    }


@blueprint.errorhandler(CSRFError)
def token_expired(error: CSRFError) -> ResponseReturnValue:
    """A form whose token has expired, mostly because the sign-in has."""
    g.respondent = respondent_in_session()
    if request.endpoint == BY_LINK:
        # Nothing was typed, and its page says how the link stands now: pressed again after Back, it is used.
        return redirect(request.path, HTTPStatus.SEE_OTHER)
    if request.endpoint in PUBLIC or from_another_site() or fields_to_carry(request.form) is None:
        return send_again(error)
    if g.respondent and not _is_of_another_cluster():
        return send_again(error)
    return _page(SignInAgainForm(formdata=None), HTTPStatus.BAD_REQUEST)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """What this is, who it is for, and the way in."""
    return render_template("respond/start.html")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for the access code, sign in with it, and go on to where one was going. Whoever is signed in already is told
    so, and led on without a code."""
    form = AccessCodeForm()
    if form.validate_on_submit():
        sign_in_with(form.grant)
        return redirect(destination(respondent_of(form.grant)), HTTPStatus.SEE_OTHER)
    leads_on = destination(g.respondent) if g.respondent else ""
    return same_form_in_other_language() or form.page("respond/sign_in.html", leads_on=leads_on)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, wherever else the cookie of this browser is, and go to the start page."""
    end_own_session()
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)


def _is_of_another_cluster() -> bool:
    return request.form.get(WHOSE, g.respondent.key) != g.respondent.key


def _sign_in_again() -> ResponseReturnValue | None:
    """None when the code came with the form and was right: then the form goes on to where it was going."""
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    form = SignInAgainForm()
    if form.access_code.name not in request.form or not form.validate_on_submit():
        return _page(form, HTTPStatus.FORBIDDEN)
    sign_in_with(form.grant)
    g.respondent = respondent_of(form.grant)
    return None


def _page(form: SignInAgainForm, otherwise: HTTPStatus) -> ResponseReturnValue:
    """The page that asks for the code; its status is `otherwise` where nothing is wrong with the code."""
    fields = fields_to_carry(request.form, form.access_code.name, SWITCH)
    if fields is None:
        return render_template("errors/not_ours.html"), HTTPStatus.BAD_REQUEST
    form.access_code.data = ""
    return form.page(
        "respond/sign_in_again.html",
        None if form.errors else otherwise,
        fields=fields,
        anything_written=any(name != WHOSE for name, _ in fields),
        other_cluster=g.respondent is not None and _is_of_another_cluster(),
    )


def _grant(typed: str) -> AccessGrant:
    if not normalised(typed):
        raise DomainError("no_code")  # to send nothing is not a failed try
    repository = current_repository()
    grant = opened_by_code(repository, key_ring(), typed, demonstration=current_app.config["DEMO"])
    note(repository, now(), f"cluster {grant.cluster}", "signed_in", round=grant.round)
    return grant
