"""Signing in with an account, with failed tries slowed down by account and by address, and signing out."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, sign_in
from survey.collection.people.audit_log import note
from survey.collection.people.rate_limits import PER_ACCOUNT, PER_ADDRESS, check_allowed, note_failure, note_success
from survey.web.manage.blueprint import blueprint
from survey.web.manage.signed_in import SIGNED_IN, remember, the_repository
from survey.web.site.clock import now
from survey.web.site.language import SWITCH, current_language, page_in, switch_asked_for
from survey.web.site.resubmission import fields_to_carry

NAME, PASSWORD = "account_name", "password"
LONGEST_NAME = 100

Fields = Sequence[tuple[str, str]]


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def sign_in_page() -> ResponseReturnValue:
    """Ask for name and password, and sign in with them."""
    if request.method == "GET":
        return _page("")
    other = switch_asked_for()
    if other:
        # The name is short, and a password is not carried from page to page.
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    try:
        remember(_taken())
    except DomainError as refused:
        return _ask(refused)
    return redirect(url_for("manage.home"), HTTPStatus.SEE_OTHER)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, and go to the start page."""
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)


def sign_in_with_form() -> ResponseReturnValue | None:
    """Ask whoever sends a form without being signed in any more for their account, and keep what the form holds.

    None when name and password came with it and were right: then the form goes on to where it was going.
    """
    fields = fields_to_carry(request.form)
    if fields is None:
        return None
    other = switch_asked_for()
    if other and other != current_language().code:
        return redirect(page_in(other), HTTPStatus.TEMPORARY_REDIRECT)
    kept = [(name, value) for name, value in fields if name not in (NAME, PASSWORD, SWITCH)]
    if other or NAME not in request.form:
        return _page("", kept), HTTPStatus.FORBIDDEN
    try:
        account = _taken()
    except DomainError as refused:
        return _ask(refused, kept)
    remember(account)
    g.account = account
    return None


def ask_again() -> ResponseReturnValue:
    """The sign-in page after its form came without a token that is still good."""
    words = pgettext("manage sign in", "The page was open for too long. Enter your details again.")
    return _page(words), HTTPStatus.BAD_REQUEST


def _taken() -> Account:
    repository, moment = the_repository(), now()
    name = request.form.get(NAME, "").strip().lower()[:LONGEST_NAME]
    tries = ((PER_ACCOUNT, name), (PER_ADDRESS, request.remote_addr or ""))
    for limit, subject in tries:
        check_allowed(repository, limit, subject, moment)
    try:
        account = sign_in(repository, name, request.form.get(PASSWORD, ""), demonstration=current_app.config["DEMO"])
    except DomainError:
        for limit, subject in tries:
            note_failure(repository, limit, subject, moment)
        raise
    note_success(repository, PER_ACCOUNT, name)
    note(repository, moment, account.name, "signed_in")
    return account


def _ask(refused: DomainError, kept: Fields = ()) -> ResponseReturnValue:
    words = refused.say(current_language())
    if refused.code == "wait":
        return _page(words, kept), HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": refused.values["seconds"]}
    return _page(words, kept), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(error: str, kept: Fields = ()) -> str:
    typed = request.form.get(NAME, "")[:LONGEST_NAME]
    return render_template("manage/sign_in.html", name=NAME, password=PASSWORD, typed=typed, error=error, kept=kept)
