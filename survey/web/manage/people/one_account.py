"""One account: its role, a new link, disabling it, and ending its sign-ins."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.account_links import link_since
from survey.collection.people.accounts import Account, disable, enable, read_account, set_role
from survey.collection.people.permissions import ROLE_WORDS
from survey.collection.people.provider_accounts import names_by_provider
from survey.collection.people.second_factor import has_second_factor, remove_second_factor
from survey.collection.people.sessions import ACCOUNT, end_sessions, sessions
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.notices import done
from survey.web.manage.people.forms import FactorForm, RoleForm
from survey.web.manage.people.listing import page_of_link, state_of
from survey.web.manage.secret_form import GivingForm
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language, same_form_in_other_language

PAGE = "manage/people/account.html"
CHANGED = Phrase("manage done", "The account has another role, or another health board. It was signed out.")
FACTOR_TAKEN = Phrase("manage done", "The second factor was taken away, and the account signed out everywhere.")
STEP_WORDS = {
    "disable": Phrase("manage done", "The account was disabled, and signed out everywhere."),
    "enable": Phrase("manage done", "The account can sign in again."),
    "end": Phrase("manage done", "The account was signed out everywhere."),
}


@blueprint.route("/accounts/<name>", methods=["GET", "POST"], endpoint="account")
def account_page(name: str) -> ResponseReturnValue:
    """Show an account, and give it another role or health board."""
    account = _account(name)
    if request.method == "POST" and name == g.account.name:
        return _refused(name, DomainError("own_account").say(current_language()))
    form = RoleForm(data=_kept(account))
    if form.validate_on_submit() and form.takes(lambda: _change(account, form), form.role):
        return done(_address(name), CHANGED)
    return same_form_in_other_language() or form.page(PAGE, **_said(account))


@blueprint.post("/accounts/<name>/link")
def account_link(name: str) -> ResponseReturnValue:
    """Make a new link, by which the owner of an account chooses a new password. Sent twice, the form shows it twice."""
    _account(name)
    try:
        return page_of_link(name, GivingForm())
    except DomainError as refused:
        return _refused(name, refused.say(current_language()))


@blueprint.post("/accounts/<name>/<any(disable, enable, end):step>")
def account_step(name: str, step: str) -> ResponseReturnValue:
    """Disable an account or let it sign in again, or end its sign-ins wherever they are."""
    _account(name)
    try:
        STEPS[step](name)
    except DomainError as refused:
        return _refused(name, refused.say(current_language()))
    return done(_address(name), STEP_WORDS[step])


@blueprint.post("/accounts/<name>/second-factor")
def take_second_factor(name: str) -> ResponseReturnValue:
    """Take away the second factor of somebody who has lost it, with a reason. Nobody does that to her own account."""
    _account(name)
    if name == g.account.name:
        return _refused(name, DomainError("own_account").say(current_language()))
    form = FactorForm()
    if not form.validate():
        return _refused(name, str(form.reason.errors[0]))
    # Sent twice, it is done already.
    if remove_second_factor(current_repository(), name):
        end_sessions(current_repository(), (ACCOUNT, name))
        audit("second_factor_taken", account=name, reason=form.reason.data or "")
    return done(_address(name), FACTOR_TAKEN)


def _disable(name: str) -> None:
    # Whoever could disable herself, or take her own role away, might be the last who could undo it.
    if name == g.account.name:
        raise DomainError("own_account")
    if _account(name).disabled:
        return
    disable(current_repository(), name)
    end_sessions(current_repository(), (ACCOUNT, name))
    audit("account_disabled", account=name)


def _enable(name: str) -> None:
    if not _account(name).disabled:
        return
    enable(current_repository(), name)
    audit("account_enabled", account=name)


def _end(name: str) -> None:
    end_sessions(current_repository(), (ACCOUNT, name))
    audit("sessions_ended", account=name)


STEPS: Mapping[str, Callable[[str], None]] = {"disable": _disable, "enable": _enable, "end": _end}


def _address(name: str) -> str:
    return url_for("manage.account", name=name)


def _change(account: Account, form: RoleForm) -> None:
    role = form.role.data or ""
    changed = set_role(current_repository(), account.name, role, form.board, form.seen.data or 0)
    # Sent twice, it is done once, and whoever has the role already stays signed in.
    if changed.generation != account.generation:
        audit("account_changed", account=account.name, role=role, health_board=form.board or "")


def _refused(name: str, why: str) -> ResponseReturnValue:
    errors = [{"text": why, "href": "#steps"}]
    account = _account(name)
    form = RoleForm(formdata=None, data=_kept(account))
    return render_template(PAGE, form=form, errors=errors, **_said(account)), HTTPStatus.CONFLICT


def _account(name: str) -> Account:
    return read_account(current_repository(), name) or abort(HTTPStatus.NOT_FOUND)


def _kept(account: Account) -> dict[str, object]:
    return {"role": account.role, "health_board": account.health_board, "seen": account.generation}


def _said(account: Account) -> dict[str, Any]:
    giving = GivingForm(formdata=None)
    giving.begin()
    going_on = [session for session in sessions(current_repository()) if session.whose == (ACCOUNT, account.name)]
    return {
        "shown": account,
        "giving": giving,
        "link_since": link_since(current_repository(), account.name, now()),
        "state": state_of(account, names_by_provider(current_repository())),
        "has_second_factor": has_second_factor(current_repository(), account.name),
        "roles": ROLE_WORDS,
        "is_own": account.name == g.account.name,
        "signed_in": sorted((session.began for session in going_on), reverse=True),
    }
