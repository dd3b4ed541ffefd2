"""Signing in with an account, and out."""

from http import HTTPStatus

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from flask_wtf.csrf import CSRFError

from survey.web.manage.account_form import PAGE, AccountForm
from survey.web.manage.auth import SIGNED_IN, account_in_session, blueprint, sign_in_as
from survey.web.manage.destination import destination, wanted_page
from survey.web.site.errors import send_again
from survey.web.site.language import page_in, switch_asked_for
from survey.web.site.sign_in import end_own_session


@blueprint.errorhandler(CSRFError)
def token_expired(error: CSRFError) -> ResponseReturnValue:
    """A form whose token has expired. A password is never put into a page to be sent again."""
    g.account = account_in_session()
    if request.endpoint != "manage.sign_in":
        return send_again(error)
    form = AccountForm()
    form.account_name.errors = [pgettext("manage sign in", "The page was open for too long. Enter your details again.")]
    return form.page(PAGE, HTTPStatus.BAD_REQUEST)


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def sign_in_page() -> ResponseReturnValue:
    """Ask for name and password, and sign in with them."""
    other = switch_asked_for()
    if other:
        # The name is short, and a password is not carried from page to page.
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    form = AccountForm()
    if form.validate_on_submit():
        sign_in_as(form.account)
        return redirect(destination(form.account, wanted_page()), HTTPStatus.SEE_OTHER)
    return form.page(PAGE)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, wherever else the cookie of this browser is, and go to where accounts sign in."""
    end_own_session()
    session.pop(SIGNED_IN, None)
    return redirect(url_for("manage.sign_in"), HTTPStatus.SEE_OTHER)
