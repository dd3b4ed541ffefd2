"""The pages of the questionnaire, one after the other; checking the answers, sending them, and the thanks for it."""

from dataclasses import replace
from http import HTTPStatus

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import submit_draft
from survey.collection.responses.lifecycle import Incomplete
from survey.questionnaire.walk import Page, Walk
from survey.storage.repository import StorageError
from survey.web.anonymous.auth import DraftTarget, Participant, blueprint, let_go_of_draft
from survey.web.respond.form_view import FormView
from survey.web.respond.overview import checked_answers
from survey.web.respond.respondent import WHOSE, heading_of
from survey.web.respond.sections import page_or_404, saved
from survey.web.site.environment import now
from survey.web.site.language import current_language


@blueprint.route("/section/<path:key>", methods=["GET", "POST"])
def section(key: str) -> ResponseReturnValue:
    """Show a page, or save it and go on."""
    participant: Participant = g.participant
    if request.method == "POST":
        if request.form.get(WHOSE) != participant.key:
            # It was typed for a draft that this browser no longer holds: it is shown, and saved nowhere.
            participant = replace(participant, draft_id="")
        page = participant.instrument.page(key) or abort(404)
        return saved(_view(participant, page, participant.path(participant.response())))
    response = participant.response()
    path = participant.path(response)
    page = page_or_404(path, key)
    return _view(participant, page, path).show(response, path)


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """All answers, with what is still missing; a POST sends them."""
    return _submit(g.participant) if request.method == "POST" else _check(g.participant)


@blueprint.get("/thanks")
def thanks() -> ResponseReturnValue:
    """The answers have been received."""
    return render_template("anonymous/thanks.html")


def _view(participant: Participant, page: Page, path: Walk) -> FormView:
    number = path.pages.index(page) if page in path.pages else 0
    before = path.pages[number - 1] if number else None
    return FormView(
        respondent=participant,
        target=DraftTarget(participant, page),
        template="anonymous/section.html",
        not_taken="anonymous/not_taken.html",
        leads_to=lambda then: _following(participant, page, then),
        context={
            **heading_of(page, participant.snapshot.framework, participant.texts),
            "number": number + 1,
            "count": len(path.pages),
            "back": participant.address(before) if before else "",  # the start page would forget the answers
        },
    )


def _following(participant: Participant, page: Page, then: str) -> str:
    if then == "later":
        return url_for("anonymous.later")
    following = participant.page_after(page)
    return participant.address(following) if following else url_for("anonymous.check")


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
    return render_template(
        "anonymous/check.html",
        **checked_answers(participant, response, submitting=submitting, fault=fault),
        back=participant.address(participant.path(response).pages[-1]),
    )
