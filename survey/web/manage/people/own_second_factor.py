"""One’s own second factor: begun, put into an app, confirmed by a code; then recovery codes, shown once."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField, StringField

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account
from survey.collection.people.form_secrets import new_form
from survey.collection.people.second_factor import (
    address_for_app,
    begin_second_factor,
    confirm_second_factor,
    has_second_factor,
    recovery_codes_of_form,
    unconfirmed_secret,
)
from survey.reporting.files.mailing import qr_code
from survey.web.manage.auth import audit, blueprint, must_begin
from survey.web.site.environment import current_repository, key_ring, now
from survey.web.site.forms import SiteForm, TextInput
from survey.web.site.language import page_in, switch_asked_for

GROUP = 4


class CodeForm(SiteForm):
    """Asks for a code of the app. `form` is what the recovery codes are made of: sent twice, it shows the same."""

    code = StringField(
        lazy_pgettext("manage second factor", "The code that the app shows"),
        filters=[lambda typed: (typed or "")[:40]],
        widget=TextInput(),
        render_kw={"width": "10", "autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    form = HiddenField()


@blueprint.route("/own/second-factor", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """Show what to put into the app and ask for its first code. Once there is a second factor, only say so."""
    other = switch_asked_for()
    if other:
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    form = CodeForm()
    codes = recovery_codes_of_form(current_repository(), key_ring().keys, g.account.name, form.form.data or "")
    if form.validate_on_submit() and form.takes(lambda: _confirm(form, codes), form.code):
        page = render_template("manage/people/recovery_codes.html", codes=[_grouped(code) for code in codes])
        return page, HTTPStatus.OK, {"Cache-Control": "no-store"}
    form.form.data = new_form()
    return form.page("manage/people/second_factor.html", **_said(g.account))


@blueprint.post("/own/second-factor/begin")
def begin_own_second_factor() -> ResponseReturnValue:
    """Make a secret for the app, in place of one that was not confirmed."""
    with suppress(DomainError):  # It is there already: the page says so.
        begin_second_factor(current_repository(), g.account.name)
    return redirect(url_for("manage.second_factor"), HTTPStatus.SEE_OTHER)


def _confirm(form: CodeForm, codes: list[str]) -> None:
    if confirm_second_factor(current_repository(), g.account.name, form.code.data or "", codes, now()):
        audit("second_factor_set")


def _said(account: Account) -> dict[str, Any]:
    secret = unconfirmed_secret(current_repository(), account.name)
    return {
        "is_set": has_second_factor(current_repository(), account.name),
        "must_begin": must_begin(account),
        "secret": _grouped(secret) if secret else "",
        "qr": qr_code(address_for_app(account.name, secret)) if secret else "",
    }


def _grouped(code: str) -> str:
    """A long code in groups, as it is easiest to copy by hand."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
