"""Signing in with an account, with failed tries slowed down by account and by address, and signing out."""

from http import HTTPStatus
from typing import Any

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from wtforms import PasswordField, StringField

from survey.collection.people.accounts import Account, sign_in
from survey.collection.people.audit_log import note
from survey.collection.people.rate_limits import PER_ACCOUNT
from survey.web.manage.blueprint import blueprint
from survey.web.manage.current_account import SIGNED_IN, sign_in_as
from survey.web.site.clock import now
from survey.web.site.components import PasswordInput, TextInput
from survey.web.site.forms import SiteForm
from survey.web.site.language import SWITCH, page_in, same_form_in_other_language, switch_asked_for
from survey.web.site.rate_limits import rate_limited
from survey.web.site.resubmission import fields_to_carry
from survey.web.site.storage import current_repository

LONGEST_NAME = 100
PAGE = "manage/sign_in.html"


class AccountForm(SiteForm):
    """Asks for name and password. Once it is valid, `account` is the account they open."""

    account_name = StringField(
        lazy_pgettext("manage sign in", "Account name"),
        filters=[lambda typed: (typed or "")[:LONGEST_NAME]],
        widget=TextInput(),
        render_kw={
            "width": "20",
            "autocomplete": "username",
            "spellcheck": False,
            "attributes": {"autocapitalize": "none"},
        },
    )
    password = PasswordField(
        lazy_pgettext("manage sign in", "Password"),
        widget=PasswordInput(),
        render_kw={"width": "20", "autocomplete": "current-password"},
    )
    account: Account

    def validate_account_name(self, field: Any) -> None:
        # Which of the two is wrong is nobody's business, so the one error stands at the name.
        self.account = self.attempt(lambda: _account(field.data.strip().lower(), self.password.data or ""))


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
        return redirect(url_for("manage.home"), HTTPStatus.SEE_OTHER)
    return form.page(PAGE)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, and go to the start page."""
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)


def sign_in_with_form() -> ResponseReturnValue | None:
    """Ask whoever sends a form without being signed in any more for their account, and keep what the form holds.

    None when name and password came with it and were right: then the form goes on to where it was going.
    """
    form = AccountForm()
    fields = fields_to_carry(request.form, form.account_name.name, form.password.name, SWITCH)
    if fields is None:
        return None
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    if form.account_name.name not in request.form or not form.validate_on_submit():
        return form.page(PAGE, None if form.errors else HTTPStatus.FORBIDDEN, fields=fields)
    sign_in_as(form.account)
    return None


def ask_again() -> ResponseReturnValue:
    """The sign-in page after its form came without a token that is still good."""
    form = AccountForm()
    words = pgettext("manage sign in", "The page was open for too long. Enter your details again.")
    form.account_name.errors = [words]
    return form.page(PAGE, HTTPStatus.BAD_REQUEST)


def _account(name: str, password: str) -> Account:
    repository, demonstration = current_repository(), current_app.config["DEMO"]
    account = rate_limited(PER_ACCOUNT, name, lambda: sign_in(repository, name, password, demonstration=demonstration))
    note(repository, now(), account.name, "signed_in")
    return account
