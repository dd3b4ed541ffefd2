"""A new password without help: asked for by e-mail, and where that e-mail goes.

Whoever asks is told the same, whether there is such an account or not.
"""

import threading
from http import HTTPStatus

from flask import abort, current_app, g, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import PasswordField, StringField

from survey.collection.errors import DomainError
from survey.collection.people.account_resets import account_email, ask_for_reset, set_account_email
from survey.collection.people.accounts import note
from survey.languages import Phrase
from survey.reporting.files.post import mail_server
from survey.reporting.files.reset_e_mails import send_waiting
from survey.web.manage.account_form import LONGEST_NAME
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.notices import done
from survey.web.manage.people.own_account import check_own_password
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import PasswordInput, SiteForm, TextInput
from survey.web.site.language import page_in, same_form_in_other_language, switch_asked_for

LONGEST_EMAIL = 200
EMAIL_KEPT = Phrase("manage done", "What you said of your e-mail address was kept.")


@blueprint.record_once
def _choose_start(state: BlueprintSetupState) -> None:
    """Tests give a `SEND_RESETS` of their own. No page waits for a mail server, and none tells by waiting."""
    state.app.config.setdefault("SEND_RESETS", lambda *given: threading.Thread(target=send_waiting, args=given).start())


class ForgottenForm(SiteForm):
    """Asks for the name of an account."""

    account_name = StringField(
        lazy_pgettext("manage sign in", "Account name"),
        filters=[lambda typed: (typed or "").strip().lower()[:LONGEST_NAME]],
        widget=TextInput(),
        render_kw={"width": "20", "autocomplete": "username", "spellcheck": False},
    )


class OwnEmailForm(SiteForm):
    """Asks where one’s e-mail goes, and for the password that one has."""

    email = StringField(
        lazy_pgettext("manage forgotten", "E-mail address"),
        description=lazy_pgettext("manage forgotten", "Leave it empty to have it removed."),
        filters=[lambda typed: (typed or "").strip()[:LONGEST_EMAIL]],
        widget=TextInput(),
        render_kw={"autocomplete": "email", "spellcheck": False},
    )
    current = PasswordField(
        lazy_pgettext("manage accounts", "The password that you have now"),
        widget=PasswordInput(),
        render_kw={"width": "20", "autocomplete": "current-password"},
    )


def sends_resets() -> bool:
    """Whether this service can: it has a mail server, and knows by which names it is called, so that nobody can have a
    link sent that leads elsewhere."""
    return bool(current_app.config["SMTP_HOST"] and current_app.config["HOSTS"])


@blueprint.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask whose password was forgotten; an e-mail goes out if that account has an address."""
    if not sends_resets():
        abort(HTTPStatus.NOT_FOUND)
    form = ForgottenForm()
    if form.validate_on_submit():
        _ask(form.account_name.data or "")
        return redirect(url_for("manage.forgotten", asked="1"), HTTPStatus.SEE_OTHER)
    return same_form_in_other_language() or form.page("manage/people/forgotten.html", is_asked="asked" in request.args)


@blueprint.route("/own/email", methods=["GET", "POST"])
def own_email() -> ResponseReturnValue:
    """Say where one’s own e-mail goes, and change it with one’s password."""
    other = switch_asked_for()
    if other:
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    before = account_email(current_repository(), g.account.name)
    form = OwnEmailForm(data={"email": before})
    if (
        form.validate_on_submit()
        and form.takes(lambda: check_own_password(form.current.data or ""), form.current)
        and form.takes(
            lambda: set_account_email(current_repository(), g.account.name, form.email.data or ""), form.email
        )
    ):
        if account_email(current_repository(), g.account.name) != before:
            audit("account_email_changed")
        return done(url_for("manage.own_account"), EMAIL_KEPT)
    return form.page("manage/people/own_email.html")


def _ask(name: str) -> None:
    config, repository = current_app.config, current_app.extensions["repository"]
    has_password = not config["OIDC_ISSUER"] or name in config["PASSWORD_ACCOUNTS"]
    try:
        server = mail_server(config)
    except DomainError as refused:
        current_app.logger.error("no e-mail can be sent for a new password: %s", refused.code)
        return
    if has_password and ask_for_reset(repository, name, now()):
        note(repository, now(), name, "reset_asked_for")
    config["SEND_RESETS"](repository, server, request.url_root, now())
