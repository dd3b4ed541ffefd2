"""Who may come in: every page but the first ones needs an access code. No form loses what was typed for want of one.

A form that arrives after the sign-in has ended, or with the sign-in of another cluster, is kept in the page that
asks for the right code; once that is given, it goes on to where it was going.
"""

from http import HTTPStatus

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from flask_wtf.csrf import CSRFError

from survey.collection.errors import DomainError
from survey.web.respond.blueprint import blueprint
from survey.web.respond.code_entry import CODE, take_code
from survey.web.respond.respondent import WHOSE, remember, respondent_of, signed_in
from survey.web.respond.sign_in import SAME_FORM, refused_code
from survey.web.site.csrf import from_another_site, send_again
from survey.web.site.language import SWITCH, current_language, page_in, switch_asked_for
from survey.web.site.resubmission import fields_to_carry

OPEN = {"respond.start", "respond.sign_in", "respond.sign_out"}


@blueprint.before_request
def know_respondent() -> ResponseReturnValue | None:
    """Find out who is signed in; let nobody else past the first pages."""
    g.respondent = signed_in()
    if request.endpoint in OPEN:
        return None
    if request.method != "POST":
        return None if g.respondent else redirect(url_for("respond.sign_in"), HTTPStatus.SEE_OTHER)
    if g.respondent is None or _is_of_another_cluster():
        return _take_code_with_form()
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
def without_token(error: CSRFError) -> ResponseReturnValue:
    """A form whose token has expired, mostly because the sign-in has."""
    g.respondent = signed_in()
    fields = fields_to_carry(request.form)
    if request.endpoint in OPEN or from_another_site() or fields is None:
        return send_again(error)
    if g.respondent and not _is_of_another_cluster():
        return send_again(error)
    return _ask_for_code_with_form("", HTTPStatus.BAD_REQUEST)


def _is_of_another_cluster() -> bool:
    return request.form.get(WHOSE, g.respondent.key) != g.respondent.key


def _take_code_with_form() -> ResponseReturnValue | None:
    other = switch_asked_for()
    if other and other != current_language().code:
        return redirect(page_in(other), SAME_FORM)
    if other or CODE not in request.form:
        return _ask_for_code_with_form("", HTTPStatus.FORBIDDEN)
    try:
        entry = take_code(request.form[CODE])
    except DomainError as refused:
        words, status, headers = refused_code(refused)
        return *_ask_for_code_with_form(words, status), headers
    if request.form.get(WHOSE, f"{entry.round}/{entry.cluster}") != f"{entry.round}/{entry.cluster}":
        words = pgettext(
            "sign in again", "This is the access code of another cluster. Enter the code of the cluster you typed for."
        )
        return _ask_for_code_with_form(words, HTTPStatus.UNPROCESSABLE_ENTITY)
    remember(entry)
    g.respondent = respondent_of(entry)
    return None


def _ask_for_code_with_form(error: str, status: HTTPStatus) -> tuple[str, HTTPStatus]:
    fields = fields_to_carry(request.form)
    if fields is None:
        return render_template("errors/not_ours.html"), HTTPStatus.BAD_REQUEST
    kept = [(name, value) for name, value in fields if name not in (CODE, SWITCH)]
    other_cluster = g.respondent is not None and _is_of_another_cluster()
    page = render_template(
        "respond/sign_in_again.html",
        code_name=CODE,
        typed="",
        error=error,
        fields=kept,
        other_cluster=other_cluster,
    )
    return page, status
