"""Signing in by the provider of identities: going there, coming back, and a page for whatever fails on the way.

What a sign-in was begun with is kept in the session of the browser, for a few at once: somebody may have two tabs.
The libraries for it take long to load, so a service without a provider does without them.
"""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, note
from survey.collection.people.permissions import Role
from survey.collection.people.provider_accounts import account_name_of, account_of
from survey.collection.people.sessions import ACCOUNT, end_sessions
from survey.languages import Phrase
from survey.web.manage.auth import account_in_session, blueprint, sign_in_by_provider
from survey.web.manage.destination import destination, wanted_page
from survey.web.manage.people.boards import health_boards
from survey.web.site.environment import current_repository, now
from survey.web.site.errors import from_another_site
from survey.web.site.language import current_language

if TYPE_CHECKING:
    from survey.collection.people.provider import Identity, Provider

BEGUN = "provider"
MOST_BEGUN = 4
SECONDS = 5.0
"""How long the provider may take to answer."""

AWAY = Phrase(
    "manage provider",
    "The service that your organisation signs you in with does not answer, or not as it should. Try again in a few "
    "minutes. If it goes on, tell whoever runs this service.",
)
FAULTS: Mapping[str, Phrase] = {
    "away": AWAY,
    "bad_answer": Phrase(
        "manage provider",
        "What came back from your organisation’s sign-in could not be trusted, so you were not signed in. Try again. "
        "If it goes on, tell whoever runs this service.",
    ),
    "not_begun": Phrase(
        "manage provider",
        "This sign-in was not begun in this browser, or it has been used already. Begin again from this page.",
    ),
    "refused": Phrase(
        "manage provider", "Your organisation’s sign-in was stopped, or did not let you in. You can try again."
    ),
    "no_group": Phrase(
        "manage provider",
        "Your organisation knows you, but you are in no group that may use this service. Ask the national team which "
        "group you should be in.",
    ),
    "disabled_account": Phrase(
        "manage provider", "Your account here is disabled. If you think that it should not be, ask the national team."
    ),
}
STATUS: Mapping[str, HTTPStatus] = {
    "away": HTTPStatus.BAD_GATEWAY,
    "no_group": HTTPStatus.FORBIDDEN,
    "disabled_account": HTTPStatus.FORBIDDEN,
}


@blueprint.get("/provider")
def provider() -> ResponseReturnValue:
    """Go to the provider, from a page of ours; from another site to the sign-in page."""
    from survey.collection.people.provider import ProviderError, begin

    if from_another_site():
        # Whom the provider knows already it would sign in without a question: that is hers to begin.
        return redirect(url_for("manage.sign_in", next=request.args.get("next")), HTTPStatus.SEE_OTHER)
    try:
        address, asked = begin(_settings(), _back(), now())
    except ProviderError as failed:
        return _failed(failed.code, failed.reason)
    begun = [*session.get(BEGUN, []), [*asdict(asked).values(), wanted_page()]]
    session[BEGUN] = begun[-MOST_BEGUN:]
    return redirect(address, HTTPStatus.SEE_OTHER)


@blueprint.get("/provider/back")
def provider_back() -> ResponseReturnValue:
    """Take whoever comes back from the provider for who it says she is, if it is believed."""
    from survey.collection.people.provider import ProviderError, SignInRequest, identify

    settings = _settings()
    begun = session.pop(BEGUN, [])
    state = request.args.get("state", "")
    begun_sign_in = next((sign_in for sign_in in begun if sign_in[0] == state), None)
    session[BEGUN] = [sign_in for sign_in in begun if sign_in is not begun_sign_in]
    if begun_sign_in is None and account_in_session() is not None:
        # Whoever goes Back to the address that has signed her in is in.
        return redirect(url_for("manage.home"), HTTPStatus.SEE_OTHER)
    if begun_sign_in is None:
        return _failed("not_begun")
    if "error" in request.args:
        return _failed("refused", "the provider sent an error")
    asked, wanted = SignInRequest(*begun_sign_in[:3]), begun_sign_in[3]
    try:
        account = _account(identify(settings, _back(), asked, request.args.get("code", ""), now()))
    except ProviderError as failed:
        _sign_out_everywhere((settings.issuer, failed.subject))
        return _failed(failed.code, failed.reason)
    except DomainError as refused:
        return _failed(refused.code)
    sign_in_by_provider(account)
    note(current_repository(), now(), account.name, "signed_in")
    return redirect(destination(account, wanted), HTTPStatus.SEE_OTHER)


def _account(identity: "Identity") -> Account:
    """Raises DomainError: disabled_account."""
    owner = (identity.issuer, identity.subject)
    return account_of(current_repository(), owner, identity.name, identity.role, identity.health_board, now())


def _sign_out_everywhere(owner: tuple[str, str]) -> None:
    """End what is open of somebody whom the provider has just said to be in no group any more."""
    name = account_name_of(current_repository(), owner)
    if name is not None:
        end_sessions(current_repository(), (ACCOUNT, name))


def _back() -> str:
    return url_for("manage.provider_back", _external=True)


def _settings() -> "Provider":
    """The provider of the settings; 404 where there is none."""
    from survey.collection.people.provider import Provider

    config = current_app.config
    if config["OIDC_ISSUER"] is None:
        abort(HTTPStatus.NOT_FOUND)
    return Provider(
        issuer=config["OIDC_ISSUER"],
        client_id=config["OIDC_CLIENT_ID"],
        secret_file=config["OIDC_SECRET_FILE"],
        tenant=config["OIDC_TENANT"],
        groups_claim=config["OIDC_GROUPS_CLAIM"],
        groups={group: _with_board(*role) for group, role in config["OIDC_GROUPS"].items()},
        timeout=config.get("OIDC_SECONDS", SECONDS),
    )


def _with_board(role: Role, board: str) -> tuple[Role, str | None]:
    """A role with the code of its board, which the settings may call by its short name."""
    codes = {name: known.code for known in health_boards() for name in (known.code, known.short)}
    return role, (codes.get(board, board) or None)


def _failed(code: str, reason: str = "") -> ResponseReturnValue:
    current_app.logger.warning("nobody was signed in by the provider: %s", ", ".join(filter(None, (code, reason))))
    said = current_language().say(FAULTS[code])
    return render_template("manage/provider_failed.html", reason=said), STATUS.get(code, HTTPStatus.BAD_REQUEST)
