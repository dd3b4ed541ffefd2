"""One’s own account: what it is, and choosing a new password."""

from http import HTTPStatus

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.accounts import set_password, sign_in
from survey.collection.people.permissions import ROLE_WORDS
from survey.collection.people.rate_limits import Tries
from survey.languages import Phrase
from survey.web.manage import known_browser
from survey.web.manage.auth import audit, blueprint, sign_in_as
from survey.web.manage.notices import done
from survey.web.manage.people.boards import board_name
from survey.web.manage.people.forms import OwnPasswordForm
from survey.web.site.environment import access_secret, current_repository, now
from survey.web.site.language import page_in, switch_asked_for

PASSWORD_CHANGED = Phrase("manage done", "Your password was changed. Everywhere else you were signed out.")


@blueprint.get("/own")
def own_account() -> ResponseReturnValue:
    """Say what one’s own account is, and what one may change of it."""
    return render_template(
        "manage/people/own.html", role=ROLE_WORDS[g.account.role], board=board_name(g.account.health_board)
    )


@blueprint.route("/own/password", methods=["GET", "POST"])
def own_password() -> ResponseReturnValue:
    """Ask for the password that one has and a new one. Every other browser is signed out."""
    other = switch_asked_for()
    if other:
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    form = OwnPasswordForm()
    if (
        form.validate_on_submit()
        and form.takes(lambda: check_own_password(form.current.data or ""), form.current)
        and form.takes(lambda: _choose(form.password.data or ""), form.password)
    ):
        return done(url_for("manage.own_account"), PASSWORD_CHANGED)
    return form.page("manage/people/own_password.html")


def check_own_password(password: str) -> None:
    """Whether it is the password of whoever is signed in. Raises DomainError: wrong_own_password, wait."""
    tries = Tries(current_repository(), access_secret(), known_browser.subject(g.account.name))
    tries.check_allowed(now())
    try:
        sign_in(current_repository(), g.account.name, password, demonstration=g.account.demonstration)
    except DomainError:
        tries.note_failure(now())
        raise DomainError("wrong_own_password") from None
    tries.note_success()


def _choose(password: str) -> None:
    sign_in_as(set_password(current_repository(), g.account.name, password))
    audit("password_changed")
