"""Signing in with an account, with failed tries slowed down by account and by address, and signing out."""

from http import HTTPStatus

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from survey.collection.accounts import Account, sign_in
from survey.collection.activity import note
from survey.collection.refusals import Refused
from survey.collection.throttle import PER_ACCOUNT, PER_ADDRESS, check_allowed, note_failure, note_success
from survey.web.clock import now
from survey.web.language import page_in, switch_asked_for
from survey.web.manage.blueprint import blueprint
from survey.web.manage.officer import SIGNED_IN, remember, the_repository

NAME, PASSWORD = "account_name", "password"
LONGEST_NAME = 100


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def sign_in_page() -> ResponseReturnValue:
    """Ask for name and password, and sign in with them."""
    if request.method == "GET":
        return _ask()
    other = switch_asked_for()
    if other:
        # The name is short, and a password is not carried from page to page.
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    try:
        remember(_taken())
    except Refused as refused:
        return _ask(refused)
    return redirect(url_for("manage.home"), HTTPStatus.SEE_OTHER)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, and go to the start page."""
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)


def ask_again() -> ResponseReturnValue:
    """The sign-in page after its form came without a token that is still good."""
    words = g.language.pgettext("manage sign in", "The page was open for too long. Enter your details again.")
    return _page(words), HTTPStatus.BAD_REQUEST


def _taken() -> Account:
    repository, moment = the_repository(), now()
    name = request.form.get(NAME, "").strip().lower()[:LONGEST_NAME]
    tries = ((PER_ACCOUNT, name), (PER_ADDRESS, request.remote_addr or ""))
    for limit, subject in tries:
        check_allowed(repository, limit, subject, moment)
    try:
        account = sign_in(repository, name, request.form.get(PASSWORD, ""), demonstration=current_app.config["DEMO"])
    except Refused:
        for limit, subject in tries:
            note_failure(repository, limit, subject, moment)
        raise
    note_success(repository, PER_ACCOUNT, name)
    note(repository, moment, account.name, "signed_in")
    return account


def _ask(refused: Refused | None = None) -> ResponseReturnValue:
    if refused is None:
        return _page("")
    words = refused.say(g.language)
    if refused.code == "wait":
        return _page(words), HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": refused.values["seconds"]}
    return _page(words), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(error: str) -> str:
    typed = request.form.get(NAME, "")[:LONGEST_NAME]
    return render_template("manage/sign_in.html", name=NAME, password=PASSWORD, typed=typed, error=error)
