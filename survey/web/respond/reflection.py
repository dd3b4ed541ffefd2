"""The list of pages, checking the answers, submitting them, and reading or printing them."""

from functools import partial
from http import HTTPStatus

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.audit_log import note
from survey.collection.responses.response import Response, Submission, WrittenIn
from survey.collection.responses.submissions import Incomplete, submit
from survey.questionnaire.walk import Answers
from survey.web.respond.auth import blueprint
from survey.web.respond.overview import change_address, gap_links, page_answers, tasks
from survey.web.respond.respondent import WHOSE, Respondent
from survey.web.respond.sections import may_change
from survey.web.site.clock import now
from survey.web.site.language import current_language


@blueprint.get("/reflection")
def reflection() -> ResponseReturnValue:
    """The pages with how far each is, or what has become of the reflection."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    description = respondent.snapshot.questionnaire.description
    return render_template(
        "respond/reflection.html",
        title=respondent.texts(respondent.snapshot.questionnaire.title),
        description=respondent.texts(description) if description else "",
        response=response,
        tasks=tasks(respondent, response),
        **_state(respondent, response),
    )


@blueprint.route("/reflection/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """All answers before submitting, with what is still missing; a POST submits them."""
    respondent: Respondent = g.respondent
    if request.method == "POST":
        return _submit(respondent)
    if not may_change(respondent, respondent.response()):
        return redirect(url_for("respond.reflection"))
    return _check(respondent)


@blueprint.get("/reflection/submitted")
def submitted() -> ResponseReturnValue:
    """The receipt."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    if response.counted is None:
        return redirect(url_for("respond.reflection"))
    return render_template("respond/submitted.html", submission=response.counted, reference=_reference(response))


@blueprint.get("/reflection/view")
def view() -> ResponseReturnValue:
    """All answers on one page, to read and print: what was submitted, or the draft while there is one to submit."""
    response = g.respondent.response()
    return _read_all(g.respondent, response, response.counted if response.status == "submitted" else None)


@blueprint.get("/reflection/view/<int:number>")
def view_submission(number: int) -> ResponseReturnValue:
    """All answers of one submission, also after it has been reopened."""
    response = g.respondent.response()
    numbered = {submission.number: submission for submission in response.submissions}
    return _read_all(g.respondent, response, numbered.get(number) or abort(404))


def _read_all(respondent: Respondent, response: Response, submission: Submission | None) -> str:
    answers: Answers = submission.answers if submission else response.answers
    written_in = submission.written_in if submission else _written_in(response)
    return render_template(
        "respond/view.html",
        title=respondent.texts(respondent.snapshot.questionnaire.title),
        pages=page_answers(respondent, respondent.instrument.walk(answers), written_in),
        submission=submission,
        response=response,
        reference=_reference(response),
    )


def _submit(respondent: Respondent) -> ResponseReturnValue:
    moment = now()
    try:
        submission = submit(
            respondent.repository,
            respondent.snapshot,
            respondent.cluster.code,
            language=current_language().code,
            now=moment,
        )
    except Incomplete:
        return _check(respondent, submitting=True), HTTPStatus.UNPROCESSABLE_ENTITY
    except DomainError:
        return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    if submission.submitted_at == moment:
        who, kept_in = f"cluster {respondent.cluster.code}", respondent.snapshot.round.id
        note(respondent.repository, moment, who, "submitted", round=kept_in, submission=str(submission.number))
    return redirect(url_for("respond.submitted"), HTTPStatus.SEE_OTHER)


def _check(respondent: Respondent, *, submitting: bool = False) -> str:
    response = respondent.response()
    path = respondent.path(response)
    gaps = gap_links(respondent, path)
    return render_template(
        "respond/check.html",
        pages=page_answers(respondent, path, _written_in(response)),
        gaps=gaps,
        errors=gaps if submitting else [],
        change_address=partial(change_address, respondent),
        hidden=[(WHOSE, respondent.key)],
        **_state(respondent, response),
    )


def _written_in(response: Response) -> dict[str, WrittenIn]:
    return {key: page.written_in or {} for key, page in response.pages.items()}


def _reference(response: Response) -> str:
    """A short form of the response's id that can be read out."""
    return response.id[:8].upper()


def _state(respondent: Respondent, response: Response) -> dict[str, object]:
    current = respondent.snapshot.round
    moment = now()
    return {
        "round": current,
        "reference": _reference(response),
        "may_change": may_change(respondent, response),
        "not_yet_open": current.status == "open" and current.opens is not None and moment < current.opens,
        "takes_answers": current.takes_answers(moment),
    }
