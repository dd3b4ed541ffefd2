"""The screens of the questionnaire, one after the other; checking the answers, sending them, and the thanks for it."""

from dataclasses import replace
from http import HTTPStatus

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import submit_draft
from survey.collection.responses.endings import end_draft
from survey.collection.responses.lifecycle import Incomplete
from survey.questionnaire.definition import Question
from survey.questionnaire.screens import Screen, screen_named
from survey.storage.repository import StorageError
from survey.web.anonymous.auth import blueprint
from survey.web.anonymous.checked_parts import checked_parts
from survey.web.anonymous.draft_cookie import let_go_of_draft
from survey.web.anonymous.participant import LATER, DraftTarget, Participant
from survey.web.respond.form_view import FormView
from survey.web.respond.overview import checked_answers
from survey.web.respond.respondent import WHOSE, group_heading, heading_of
from survey.web.respond.sections import saved
from survey.web.site.environment import now
from survey.web.site.language import current_language, same_form_in_other_language

ENDS = "ended"
"""What the form of an ending carries, and the address of what follows it."""


@blueprint.route("/section/<path:key>", methods=["GET", "POST"])
def section(key: str) -> ResponseReturnValue:
    """Show a screen, or save it and go on."""
    participant: Participant = g.participant
    screen = screen_named(participant.instrument, key) or abort(404)
    if request.method == "POST":
        if request.form.get(WHOSE) != participant.key:
            # It was typed for a draft that this browser no longer holds: it is shown, and saved nowhere.
            participant = replace(participant, draft_id="")
        return saved(_view(participant, screen))
    response = participant.response()
    path = participant.path(response)
    if screen in participant.screens():
        return _view(participant, screen).show(response, path)
    return redirect(participant.address(screen.page)) if screen.page.key in path.asked else abort(404)


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """All answers, with what is still missing or has not been seen; a POST sends them."""
    participant: Participant = g.participant
    ending = participant.path(participant.response()).ending
    if request.method == "POST":
        return _end(participant) if request.form.get(ENDS) else _submit(participant)
    if ending:
        return _ending(participant, ending[1])
    return _check(participant, submitting="submitting" in request.args)


@blueprint.get("/thanks")
def thanks() -> ResponseReturnValue:
    """The answers have been received, or, of somebody who was not to answer, are gone."""
    return render_template("anonymous/ended.html" if ENDS in request.args else "anonymous/thanks.html")


def _view(participant: Participant, screen: Screen) -> FormView:
    screens = participant.screens()
    number = screens.index(screen) if screen in screens else 0
    return FormView(
        respondent=participant,
        target=DraftTarget(participant, screen),
        template="anonymous/section.html",
        not_taken="anonymous/not_taken.html",
        leads_to=lambda then: url_for("anonymous.later") if then == LATER else participant.onward(),
        context=lambda: {
            **heading_of(screen.page, participant.snapshot.framework, participant.texts),
            **group_heading(screen, participant.texts),
            "screen": screen,
            "number": number + 1,
            "count": len(screens),
            "back": participant.screen_address(screens[number - 1]) if number else url_for("anonymous.start"),
        },
    )


def _ending(participant: Participant, question: Question) -> str:
    """What somebody is told who is not to answer."""
    return render_template(
        "anonymous/ending.html",
        words=participant.texts(question.label),
        hint=participant.texts(question.hint) if question.hint else "",
        hidden=[(WHOSE, participant.key), (ENDS, "1")],
        back=participant.screen_address(participant.screens()[-1]),
    )


def _end(participant: Participant) -> ResponseReturnValue:
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    try:
        sent = request.form.get(WHOSE, "")
        has_ended = end_draft(participant.repository, participant.snapshot, participant.draft_id, sent, now())
    except DomainError as refused:
        page = render_template("anonymous/not_taken.html", reason=refused.say(current_language()), typed=[])
        return page, HTTPStatus.CONFLICT
    if not has_ended:
        return redirect(url_for("anonymous.check"), HTTPStatus.SEE_OTHER)
    return let_go_of_draft(redirect(url_for("anonymous.thanks", ended=1), HTTPStatus.SEE_OTHER))


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
        return redirect(url_for("anonymous.check", submitting=1), HTTPStatus.SEE_OTHER)
    except DomainError as refused:
        page = render_template("anonymous/not_taken.html", reason=refused.say(current_language()), typed=[])
        return page, HTTPStatus.CONFLICT
    except StorageError:
        current_app.logger.exception("anonymous answers could not be submitted")
        words = pgettext(
            "submitting",
            "We cannot take your answers at the moment. They are kept. Submit them again in a few minutes.",
        )
        return _check(participant, fault=words)
    return let_go_of_draft(redirect(url_for("anonymous.thanks"), HTTPStatus.SEE_OTHER))


def _check(participant: Participant, *, submitting: bool = False, fault: str = "") -> ResponseReturnValue:
    response = participant.response()
    parts = checked_parts(participant)
    checked = checked_answers(participant, response, submitting=submitting, fault=fault)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if checked["errors"] else HTTPStatus.OK
    page = render_template(
        "anonymous/check.html",
        **checked,
        parts=parts,
        unseen=[part for part in parts if not part.seen],
        back=participant.screen_address(participant.screens()[-1]),
    )
    return page, HTTPStatus.SERVICE_UNAVAILABLE if fault else status
