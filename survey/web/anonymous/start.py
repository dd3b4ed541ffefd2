"""The start page, which always begins with empty answers, and going on with a code."""

from http import HTTPStatus
from uuid import uuid4

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.responses import anonymous
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.participant import Participant, forget, remember
from survey.web.anonymous.rate_limit import RateLimiter
from survey.web.respond.sign_in import SAME_FORM
from survey.web.site.clock import now
from survey.web.site.language import current_language, page_in, switch_asked_for
from survey.web.site.storage import access_secret

CODE = "resume_code"
LONGEST = 100


@blueprint.route("/", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """What this is and what becomes of the answers; a POST begins."""
    participant: Participant = g.participant
    if request.method == "GET":
        # Whoever opens the link may not be the one who answered here before.
        return forget(make_response(_start()))
    try:
        _brake()
        draft_id = uuid4().hex
        anonymous.begin(
            participant.repository,
            participant.snapshot,
            participant.cluster.code,
            draft_id=draft_id,
            response_id=uuid4().hex,
            now=now(),
        )
    except DomainError as refused:
        return _start() if refused.code == "round_closed" else _slowed(refused)
    first = participant.instrument.walk({}).pages[0]
    return remember(redirect(participant.address(first), HTTPStatus.SEE_OTHER), draft_id)


@blueprint.route("/resume", methods=["GET", "POST"])
def resume() -> ResponseReturnValue:
    """Ask for the code, and go on where it leads."""
    participant: Participant = g.participant
    if not participant.snapshot.round.takes_answers(now()):
        return redirect(url_for("anonymous.start"), HTTPStatus.SEE_OTHER)
    if request.method == "GET":
        return _ask_for_code()
    other = switch_asked_for()
    if other:
        return _ask_for_code() if other == current_language().code else redirect(page_in(other), SAME_FORM)
    typed = request.form.get(CODE, "")[:LONGEST]
    try:
        _brake()
        draft_id = anonymous.resume(
            participant.repository, participant.snapshot, access_secret(), participant.cluster.code, typed, now()
        )
    except DomainError as refused:
        return _ask_for_code(refused)
    return remember(redirect(url_for("anonymous.check"), HTTPStatus.SEE_OTHER), draft_id)


def _start() -> str:
    snapshot = g.participant.snapshot
    description = snapshot.questionnaire.description
    moment = now()
    opens = snapshot.round.opens
    return render_template(
        "anonymous/start.html",
        description=g.participant.texts(description) if description else "",
        round=snapshot.round,
        takes_answers=snapshot.round.takes_answers(moment),
        not_yet_open=snapshot.round.status == "open" and opens is not None and moment < opens,
    )


def _slowed(refused: DomainError) -> ResponseReturnValue:
    headers = {"Retry-After": refused.values.get("seconds", "1")}
    page = render_template("anonymous/slowed.html", reason=refused.say(current_language()))
    return page, HTTPStatus.TOO_MANY_REQUESTS, headers


def _ask_for_code(refused: DomainError | None = None) -> ResponseReturnValue:
    page = render_template(
        "anonymous/resume.html",
        code_name=CODE,
        typed=request.form.get(CODE, ""),
        error=refused.say(current_language()) if refused else "",
    )
    if refused is None:
        return page
    if refused.code == "many_at_once":
        return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": refused.values["seconds"]}
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _brake() -> None:
    """Raises DomainError("many_at_once") while a script is at work at this address."""
    brake: RateLimiter = current_app.extensions["brake"]
    seconds = brake.wait(request.remote_addr or "", g.link, now())
    if seconds:
        raise DomainError("many_at_once", seconds=str(seconds))
