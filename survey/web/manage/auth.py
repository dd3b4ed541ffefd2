"""Who may come in: every page needs an account that is permitted to use it."""

from http import HTTPStatus

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from survey.web.manage.blueprint import blueprint
from survey.web.manage.current_account import account_in_session
from survey.web.manage.permissions import PUBLIC, permits
from survey.web.manage.sign_in import ask_again, sign_in_with_form
from survey.web.site.csrf import send_again


@blueprint.before_request
def require_account() -> ResponseReturnValue | None:
    """Find out who is signed in; let nobody past who may not go there."""
    g.account = account_in_session()
    if request.endpoint in PUBLIC:
        return None
    if g.account is None and request.method == "POST":
        answer = sign_in_with_form()
        if answer is not None:
            return answer
    if g.account is None:
        return redirect(url_for("manage.sign_in"), HTTPStatus.SEE_OTHER)
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
    return ask_again() if request.endpoint == "manage.sign_in" else send_again(error)
