"""Who may come in, and who may do what: every page needs an account that is permitted to use it.

Pages and roles are in one table, which a test holds against the pages there are.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from flask_wtf.csrf import CSRFError
from wtforms import PasswordField, StringField

from survey.collection.errors import DomainError
from survey.collection.people.accounts import ROLES, Account, Role, note, read_account, sign_in
from survey.collection.people.rate_limits import Tries
from survey.collection.people.sessions import ACCOUNT
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.web.manage import known_browser
from survey.web.site.environment import access_secret, current_repository, now
from survey.web.site.errors import fields_to_carry, send_again
from survey.web.site.forms import PasswordInput, SiteForm, TextInput
from survey.web.site.language import SWITCH, page_in, same_form_in_other_language, switch_asked_for
from survey.web.site.sign_in import asked_for, begin_session, end_own_session, goes_on, page_to_go_to

ALL_ROLES: frozenset[Role] = frozenset(ROLES)
ROUND_ROLES: frozenset[Role] = frozenset(("national", "reader", "health_board"))
NATIONWIDE_ROLES: frozenset[Role] = frozenset(("national", "reader"))
NATIONAL_ROLES: frozenset[Role] = frozenset(("national",))
TRANSLATING_ROLES: frozenset[Role] = frozenset(("national", "translator"))

PUBLIC = frozenset(("manage.sign_in", "manage.sign_out"))
"""Pages for people who are not signed in."""

GONE_ON_TO = frozenset(("manage.translations", "manage.catalogue", "manage.message"))
"""Pages to which others lead, such as the preview: whoever has to sign in first goes on to them."""

PERMITTED: Mapping[str, frozenset[Role]] = {
    "manage.home": ALL_ROLES,
    "manage.status": ROUND_ROLES,
    "manage.poster": NATIONWIDE_ROLES,
    "manage.response": ROUND_ROLES,
    "manage.evidence_file": ROUND_ROLES,
    "manage.cluster_story": ROUND_ROLES,
    "manage.response_on_paper": ROUND_ROLES,
    "manage.response_document": ROUND_ROLES,
    "manage.meeting_pack_file": ROUND_ROLES,
    "manage.reopen": NATIONAL_ROLES,
    "manage.documents": ROUND_ROLES,
    "manage.make_document": ROUND_ROLES,
    "manage.document_file": ROUND_ROLES,
    "manage.report_files": NATIONAL_ROLES,
    "manage.report_file": NATIONAL_ROLES,
    "manage.service_template": NATIONAL_ROLES,
    "manage.take_back": NATIONAL_ROLES,
    "manage.contributions": NATIONAL_ROLES,
    "manage.gather_contributions": NATIONAL_ROLES,
    "manage.contribution": NATIONAL_ROLES,
    "manage.workbook": NATIONWIDE_ROLES,
    "manage.make_workbook": NATIONWIDE_ROLES,
    "manage.workbook_file": NATIONWIDE_ROLES,
    "manage.release_file": NATIONWIDE_ROLES,
    "manage.exact_release": NATIONAL_ROLES,
    "manage.correct": NATIONAL_ROLES,
    "manage.data": NATIONWIDE_ROLES,
    "manage.data_file": NATIONWIDE_ROLES,
    "manage.exports": NATIONAL_ROLES,
    "manage.reading": NATIONAL_ROLES,
    "manage.themes": NATIONAL_ROLES,
    "manage.wording": NATIONAL_ROLES,
    "manage.translations": TRANSLATING_ROLES,
    "manage.catalogue": TRANSLATING_ROLES,
    "manage.review": TRANSLATING_ROLES,
    "manage.message": TRANSLATING_ROLES,
    "manage.restore": TRANSLATING_ROLES,
    "manage.comment": TRANSLATING_ROLES,
    "manage.catalogue_file": TRANSLATING_ROLES,
    "manage.upload": TRANSLATING_ROLES,
    "manage.uploaded": TRANSLATING_ROLES,
}

LONGEST_NAME = 100
PAGE = "manage/sign_in.html"
SIGNED_IN = "account"

blueprint = Blueprint("manage", __name__, url_prefix="/manage")


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


@blueprint.before_request
def require_account() -> ResponseReturnValue | None:
    """Find out who is signed in; let nobody past who may not go there."""
    g.account = account_in_session()
    if request.endpoint in PUBLIC:
        return None
    if g.account is None and request.method == "POST":
        answer = _sign_in_with_form()
        if answer is not None:
            return answer
    if g.account is None:
        return redirect(url_for("manage.sign_in", next=asked_for(GONE_ON_TO)), HTTPStatus.SEE_OTHER)
    if not permits(g.account, str(request.endpoint)):
        abort(HTTPStatus.FORBIDDEN)
    return None


@blueprint.context_processor
def account() -> dict[str, object]:
    """Who is signed in, for the layout of these pages."""
    if g.get("account") is None:
        return {}
    return {"account": g.account, "signed_in_as": g.account.name, "sign_out_url": url_for("manage.sign_out")}


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
        endpoint, values = page_to_go_to(GONE_ON_TO) or ("manage.home", {})
        return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)
    return form.page(PAGE)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, wherever else the cookie of this browser is, and go to the start page."""
    end_own_session()
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)


def account_in_session() -> Account | None:
    """The account that is signed in; None when nobody is, it signed out, was disabled or given a new password since."""
    match session.get(SIGNED_IN):
        case [str(name), int(generation)] if goes_on((ACCOUNT, name)):
            account = read_account(current_repository(), name)
        case _:
            return None
    if account is None or account.disabled or account.generation != generation:
        return None
    return account if current_app.config["DEMO"] or not account.demonstration else None


def sign_in_as(account: Account) -> None:
    """Sign an account in, for this request too."""
    begin_session(SIGNED_IN, (ACCOUNT, account.name), account.name, account.generation)
    g.account = account


def audit(what: str, **details: str) -> None:
    """Keep in the log what the account that is signed in did."""
    note(current_repository(), now(), g.account.name, what, **details)


def permits(account: Account, page: str) -> bool:
    """Whether the account's role may use a page."""
    return account.role in PERMITTED.get(page, frozenset())


def sees_board(account: Account, board_code: str) -> bool:
    """Whether the account may see the clusters of a health board: a health board team sees its own."""
    return account.role != "health_board" or account.health_board == board_code


def opened(round_id: str) -> RoundSnapshot:
    """A round that has been opened; 404 for any other."""
    try:
        return load_snapshot(current_repository(), round_id)
    except DomainError:
        abort(404)


def seen_cluster(snapshot: RoundSnapshot, cluster_code: str) -> Cluster:
    """A cluster of the round that the account may see; 404 or 403 for any other."""
    try:
        cluster = snapshot.cluster(cluster_code)
    except DomainError:
        abort(404)
    if not sees_board(g.account, cluster.health_board):
        abort(403)
    return cluster


def _sign_in_with_form() -> ResponseReturnValue | None:
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


def _account(name: str, password: str) -> Account:
    repository, demonstration = current_repository(), current_app.config["DEMO"]
    tries = Tries(repository, access_secret(), known_browser.subject(name))
    tries.check_allowed(now())
    try:
        account = sign_in(repository, name, password, demonstration=demonstration)
    except DomainError:
        tries.note_failure(now())
        raise
    tries.note_success()
    known_browser.remember(name)
    note(repository, now(), account.name, "signed_in")
    return account
