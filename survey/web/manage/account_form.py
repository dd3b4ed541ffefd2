"""The form that asks for an account and its password: on a page of its own, and wherever a sign-in has ended."""

from typing import Any

from flask import current_app
from flask_babel import lazy_pgettext
from wtforms import PasswordField, StringField

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, note, sign_in
from survey.collection.people.rate_limits import Tries
from survey.collection.people.second_factor import are_in_use, has_second_factor, take_code
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
    account_code = StringField(
        lazy_pgettext("manage sign in", "Code"),
        description=lazy_pgettext(
            "manage sign in", "Of your app, or a recovery code. Leave it empty if your account has no second factor."
        ),
        filters=[lambda typed: (typed or "")[:LONGEST_NAME]],
        widget=TextInput(),
        render_kw={"width": "10", "autocomplete": "one-time-code", "spellcheck": False},
    )
    account: Account

    def __init__(self) -> None:
        super().__init__()
        self.asks_code = current_app.config["SECOND_FACTOR"] or are_in_use(current_repository())

    def validate_account_name(self, field: Any) -> None:
        # Which of the two is wrong is nobody's business, so the one error stands at the name.
        self.account = self.attempt(lambda: self._opened(field.data.strip().lower()))

    def _opened(self, name: str) -> Account:
        tries = Tries(current_repository(), access_secret(), known_browser.subject(name))
        tries.check_allowed(now())
        try:
            account = _account(name, self.password.data or "", self.account_code.data or "")
        except DomainError as refused:
            tries.note_failure(now())
            # Nobody learns from it that the password alone was right.
            raise DomainError("wrong_sign_in") if self.asks_code else refused from None
        tries.note_success()
        known_browser.remember(name)
        note(current_repository(), now(), account.name, "signed_in")
        return account


def _account(name: str, password: str, code: str) -> Account:
    """Raises DomainError: wrong_password, wrong_factor_code."""
    repository, config = current_repository(), current_app.config
    account = sign_in(repository, name, password, demonstration=config["DEMO"])
    if config["OIDC_ISSUER"] and name not in config["PASSWORD_ACCOUNTS"]:
        raise DomainError("wrong_password")
    if has_second_factor(repository, name):
        take_code(repository, name, code, now())
    return account
