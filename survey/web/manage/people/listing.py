"""Every account, and inviting somebody: a new account, and the link by which its owner chooses a password."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.collection.people.account_links import LASTS, make_link, token_of_account, was_just_made
from survey.collection.people.accounts import Account, add_account, is_account_name, readable_accounts
from survey.collection.people.form_secrets import new_form
from survey.collection.people.permissions import ROLE_WORDS
from survey.collection.people.provider_accounts import names_by_provider
from survey.collection.people.sessions import ACCOUNT, sessions
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.people.boards import health_boards
from survey.web.manage.people.forms import InvitationForm
from survey.web.manage.secret_form import GivingForm
from survey.web.site.environment import current_repository, key_ring, now
from survey.web.site.language import current_language, same_form_in_other_language

DISABLED = Phrase("manage accounts", "Disabled")
NO_PASSWORD = Phrase("manage accounts", "Invited: no password yet")
ACTIVE = Phrase("manage accounts", "Can sign in")
BY_PROVIDER = Phrase("manage accounts", "Signs in with their organisation")


def state_of(account: Account, by_provider: Collection[str]) -> Phrase:
    """Whether an account can sign in, and how, in words."""
    if account.disabled:
        return DISABLED
    if account.name in by_provider:
        return BY_PROVIDER
    return ACTIVE if account.password_hash else NO_PASSWORD


@blueprint.get("/accounts")
def accounts() -> ResponseReturnValue:
    """All accounts, by name."""
    listed, unreadable = readable_accounts(current_repository())
    audit("accounts_viewed")
    return render_template("manage/people/accounts.html", rows=list(_rows(listed)), is_damaged=bool(unreadable))


def _rows(listed: list[Account]) -> Iterator[dict[str, Any]]:
    code = current_language().code
    boards = {board.code: board.name(code) for board in health_boards()}
    signed_in = Counter(session.whose[1] for session in sessions(current_repository()) if session.whose[0] == ACCOUNT)
    by_provider = names_by_provider(current_repository())
    for account in listed:
        yield {
            "name": account.name,
            "role": ROLE_WORDS[account.role],
            "board": boards.get(account.health_board or "", account.health_board),
            "state": state_of(account, by_provider),
            "signed_in": signed_in[account.name],
        }


@blueprint.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Make an account, and show the link for its owner. It is shown this once: of its secret a digest is kept."""
    form = InvitationForm()
    name = form.new_name.data or ""
    token = _token_of(name, form.form.data or "")
    if form.validate_on_submit() and form.takes(lambda: _add(form, token), form.new_name):
        return _page_of(name, token)
    form.form.data = form.form.data or new_form()
    return same_form_in_other_language() or form.page("manage/people/invite.html", roles=ROLE_WORDS)


def _add(form: InvitationForm, token: str) -> None:
    name, role = form.new_name.data or "", form.role.data or ""
    if is_account_name(name) and was_just_made(current_repository(), name, token, now()):
        # Sent twice, it is done already.
        return
    add_account(current_repository(), name, role, form.board, None, now())
    audit("account_added", account=name, role=role, health_board=form.board or "")
    _make_link(name, token)


def page_of_link(name: str, form: GivingForm) -> ResponseReturnValue:
    """Make the link for an account that a form gives, and show it. Raises DomainError."""
    token = _token_of(name, form.made_of)
    _make_link(name, token, form.shown_at)
    return _page_of(name, token)


def _token_of(name: str, form: str) -> str:
    # Sent again, a form gives what it gave, even if the secret was replaced in between.
    return token_of_account(current_repository(), key_ring().keys, name, g.account.name, form)


def _make_link(name: str, token: str, shown_at: datetime | None = None) -> None:
    if make_link(current_repository(), name, token, now(), shown_at):
        audit("account_link_made", account=name)


def _page_of(name: str, token: str) -> ResponseReturnValue:
    address = url_for("manage.invitation", name=name, token=token, _external=True)
    page = render_template("manage/people/link.html", name=name, address=address, until=now() + LASTS)
    return page, HTTPStatus.OK, {"Cache-Control": "no-store"}
