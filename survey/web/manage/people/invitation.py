"""Choosing a password by the one-time link that somebody was given."""

from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.account_links import linked_account, take_link
from survey.collection.people.accounts import note
from survey.languages import Phrase
from survey.web.manage.auth import blueprint
from survey.web.manage.notices import done
from survey.web.manage.people.forms import PasswordForm
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language, page_in, switch_asked_for

CHOSEN = Phrase("manage sign in", "Your password is saved. Sign in with it.")


@blueprint.route("/invitation/<name>/<token>", methods=["GET", "POST"])
def invitation(name: str, token: str) -> ResponseReturnValue:
    """Say whose link it is and ask for a password. Looking at it changes nothing; it can be used once."""
    other = switch_asked_for()
    if other:
        # A password is not carried from page to page.
        return redirect(page_in(other), HTTPStatus.SEE_OTHER)
    form = PasswordForm()
    try:
        account = linked_account(current_repository(), name, token, now())
        if form.validate_on_submit() and form.takes(lambda: _take(name, token, form), form.password):
            return done(url_for("manage.sign_in"), CHOSEN)
    except DomainError as refused:
        page = render_template("manage/people/no_link.html", reason=refused.say(current_language()))
        return page, HTTPStatus.GONE if refused.code in ("link_used", "link_over") else HTTPStatus.NOT_FOUND
    return form.page("manage/people/invitation.html", name=account.name)


def _take(name: str, token: str, form: PasswordForm) -> None:
    take_link(current_repository(), name, token, form.password.data or "", now())
    note(current_repository(), now(), name, "password_chosen")
