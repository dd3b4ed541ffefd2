"""Checking the answers, sending them, and the thanks for it."""

from functools import partial
from http import HTTPStatus

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import submit_draft
from survey.collection.responses.lifecycle import Incomplete
from survey.storage.repository import StorageError
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.participant import Participant, let_go_of_draft
from survey.web.respond.overview import change_address, gap_links, page_answers
from survey.web.respond.respondent import WHOSE
from survey.web.site.clock import now
from survey.web.site.language import current_language


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """All answers, with what is still missing; a POST sends them."""
    return _submit(g.participant) if request.method == "POST" else _check(g.participant)


@blueprint.get("/thanks")
def thanks() -> ResponseReturnValue:
    """The answers have been received."""
    return render_template("anonymous/thanks.html")


def _submit(participant: Participant) -> ResponseReturnValue:
    try:
        submit_draft(
            participant.repository,
            participant.snapshot,
            participant.draft_id,
            request.form.get(WHOSE, ""),
            language=current_language().code,
            now=now(),
        )
    except Incomplete:
        return _check(participant, submitting=True), HTTPStatus.UNPROCESSABLE_ENTITY
    except DomainError as refused:
        page = render_template("anonymous/not_taken.html", reason=refused.say(current_language()), typed=[])
        return page, HTTPStatus.CONFLICT
    except StorageError:
        current_app.logger.exception("anonymous answers could not be submitted")
        words = pgettext(
            "submitting",
            "We cannot take your answers at the moment. They are kept. Submit them again in a few minutes.",
        )
        return _check(participant, fault=words), HTTPStatus.SERVICE_UNAVAILABLE
    return let_go_of_draft(redirect(url_for("anonymous.thanks"), HTTPStatus.SEE_OTHER))


def _check(participant: Participant, *, submitting: bool = False, fault: str = "") -> str:
    response = participant.response()
    path = participant.path(response)
    gaps = gap_links(participant, path)
    return render_template(
        "anonymous/check.html",
        pages=page_answers(participant, path, {key: page.written_in or {} for key, page in response.pages.items()}),
        gaps=gaps,
        errors=[*([{"text": fault}] if fault else []), *(gaps if submitting else [])],
        change_address=partial(change_address, participant),
        back=participant.address(path.pages[-1]),
        hidden=[(WHOSE, response.id)],
    )
