"""The form that asks for an account and its password: on a page of its own, and wherever a sign-in has ended."""

from typing import Any

from flask import current_app
from flask_babel import lazy_pgettext
from wtforms import PasswordField, StringField

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, note, sign_in
from survey.collection.people.rate_limits import Tries
from survey.web.manage import known_browser
from survey.web.site.environment import access_secret, current_repository, now
from survey.web.site.forms import PasswordInput, SiteForm, TextInput

LONGEST_NAME = 100
PAGE = "manage/sign_in.html"


class AccountForm(SiteForm):
    """Asks for name and password; failed tries are slowed down. Once it is valid, `account` is what they open."""

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


def _account(name: str, password: str) -> Account:
    repository, demonstration = current_repository(), current_app.config["DEMO"]
    tries = Tries(repository, access_secret(), known_browser.subject(name))
    tries.check_allowed(now())
    try:
        account = sign_in(repository, name, password, demonstration=demonstration)
        if current_app.config["OIDC_ISSUER"] and name not in current_app.config["PASSWORD_ACCOUNTS"]:
            raise DomainError("wrong_password")
    except DomainError:
        tries.note_failure(now())
        raise
    tries.note_success()
    known_browser.remember(name)
    note(repository, now(), account.name, "signed_in")
    return account
