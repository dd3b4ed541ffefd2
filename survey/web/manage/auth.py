"""Who may come in, and who may do what: every page needs an account that is permitted to use it."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, note, read_account
from survey.collection.people.begun_acts import begin_act, end_act
from survey.collection.people.permissions import may
from survey.collection.people.second_factor import has_second_factor
from survey.collection.people.sessions import ACCOUNT
from survey.collection.purge import was_purged
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Phrase
from survey.web.manage.account_form import PAGE, AccountForm
from survey.web.manage.destination import sign_in_address
from survey.web.manage.notices import notices
from survey.web.manage.permissions import ACTION_OF, PUBLIC
from survey.web.site.environment import current_repository, new_id, now
from survey.web.site.errors import ExplainedError, fields_to_carry
from survey.web.site.language import SWITCH, language_in_address, same_form_in_other_language, switch_asked_for
from survey.web.site.sign_in import begin_session, goes_on

BEFORE_A_SECOND_FACTOR = frozenset(("manage.second_factor", "manage.begin_own_second_factor"))
"""The only pages for an account that needs a second factor and has none."""

SIGNED_IN = "account"
BY_PROVIDER = "by_provider"

REMOVED = (
    Phrase("error page", "This round has been removed"),
    Phrase("error page", "The day until which it was kept had passed. Nothing that was kept of it is there any more."),
    Phrase("error page", "If you sent something from a page of this round, it was not kept. Nothing was changed."),
)
NO_SUCH_ROUND = (
    Phrase("error page", "There is no such round"),
    Phrase("error page", "Perhaps it was a draft that has been deleted, or a part of the web address is missing."),
    Phrase("error page", "If you sent something from a page of this round, it was not kept. Nothing was changed."),
)
NOT_OPENED = (
    Phrase("error page", "This round has not been opened yet"),
    Phrase("error page", "It is a draft. There is nothing to see on this page before it is opened."),
)
TO_DRAFT = Phrase("error page", "Go to the draft of this round")

blueprint = Blueprint("manage", __name__, url_prefix="/manage")


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
        return redirect(sign_in_address(), HTTPStatus.SEE_OTHER)
    if not permits(g.account, str(request.endpoint)):
        abort(HTTPStatus.FORBIDDEN)
    if must_begin(g.account) and request.endpoint not in BEFORE_A_SECOND_FACTOR:
        return redirect(url_for("manage.second_factor"), HTTPStatus.SEE_OTHER)
    if request.method == "POST" and g.account.role == "national" and not switch_asked_for():
        _begin()
    return None


@blueprint.after_request
def end_what_was_begun(response: Response) -> Response:
    """What a form asked for is in the log, or was refused. Where it failed, nobody knows: then it stays begun."""
    if "begun" in g and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        end_act(current_repository(), g.begun)
    return response


def _begin() -> None:
    begun = new_id()
    language_free = request.path.removeprefix(f"/{language_in_address()}")
    round_id = str((request.view_args or {}).get("round_id", ""))
    begin_act(current_repository(), begun, g.account.name, language_free, round_id, now())
    g.begun = begun


@blueprint.context_processor
def account() -> dict[str, object]:
    """Who is signed in, for the layout of these pages, and what they say once."""
    if g.get("account") is None:
        return {"notices": notices}
    return {
        "notices": notices,
        "account": g.account,
        "signed_in_as": g.account.name,
        "sign_out_url": url_for("manage.sign_out"),
    }


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


def sign_in_by_provider(account: Account) -> None:
    """The same for whoever the provider has let in, with the factors that it asks for."""
    sign_in_as(account)
    session[BY_PROVIDER] = True


def audit(what: str, **details: str) -> None:
    """Keep in the log what the account that is signed in did."""
    note(current_repository(), now(), g.account.name, what, **details)


def must_begin(account: Account) -> bool:
    """Whether an account needs a second factor and has none. Whoever came in by the provider has hers there, even with
    a password here."""
    is_asked = current_app.config["SECOND_FACTOR"] and account.role == "national" and BY_PROVIDER not in session
    return is_asked and not has_second_factor(current_repository(), account.name)


def permits(account: Account, page: str) -> bool:
    """Whether the account's role may use a page."""
    return page in ACTION_OF and may(account.role, ACTION_OF[page])


def sees_board(account: Account, board_code: str) -> bool:
    """Whether the account may see the clusters of a health board: a health board team sees its own."""
    return account.role != "health_board" or account.health_board == board_code


def opened(round_id: str) -> RoundSnapshot:
    """A round that has been opened; for any other 404, with what became of it."""
    try:
        return load_snapshot(current_repository(), round_id)
    except DomainError as refused:
        if refused.code == "not_open":
            draft = url_for("manage.draft", round_id=round_id), TO_DRAFT
            onward = draft if permits(g.account, "manage.draft") else None
            raise ExplainedError(HTTPStatus.NOT_FOUND, *NOT_OPENED, onward=onward) from None
        is_purged = was_purged(current_repository(), round_id)
        raise ExplainedError(HTTPStatus.NOT_FOUND, *(REMOVED if is_purged else NO_SUCH_ROUND)) from None


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
    fields = fields_to_carry(request.form, form.account_name.name, form.password.name, form.account_code.name, SWITCH)
    if fields is None:
        return None
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    if form.account_name.name not in request.form or not form.validate_on_submit():
        return form.page(PAGE, None if form.errors else HTTPStatus.FORBIDDEN, fields=fields)
    sign_in_as(form.account)
    return None
