"""The start page, and signing in and out with an access code."""

from http import HTTPStatus

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.web.respond.blueprint import blueprint
from survey.web.respond.code_entry import CODE, take_code
from survey.web.respond.respondent import SIGNED_IN, remember
from survey.web.site.language import current_language, page_in, switch_asked_for

# A browser that is sent on in this way sends the form again, with everything typed in it.
SAME_FORM = HTTPStatus.TEMPORARY_REDIRECT


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """What this is, who it is for, and the way in."""
    return render_template("respond/start.html")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for the access code, and sign in with it."""
    if request.method == "GET":
        return _ask_for_code()
    other = switch_asked_for()
    if other:
        return _ask_for_code() if other == current_language().code else redirect(page_in(other), SAME_FORM)
    try:
        remember(take_code(request.form.get(CODE, "")))
    except DomainError as refused:
        return _ask_for_code(refused)
    return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, and go to the start page."""
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)


def refused_code(refused: DomainError) -> tuple[str, HTTPStatus, dict[str, str]]:
    """What to say of a code that was not taken: words, status, and headers."""
    if refused.code == "wait":
        return refused.say(current_language()), HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": refused.values["seconds"]}
    return refused.say(current_language()), HTTPStatus.UNPROCESSABLE_ENTITY, {}


def _ask_for_code(refused: DomainError | None = None) -> ResponseReturnValue:
    error, status, headers = refused_code(refused) if refused else ("", HTTPStatus.OK, {})
    typed = request.form.get(CODE, "")
    return render_template("respond/sign_in.html", code_name=CODE, typed=typed, error=error), status, headers
