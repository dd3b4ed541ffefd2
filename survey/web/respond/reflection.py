"""The list of pages, checking the answers, submitting them, and reading or printing them."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.collection.errors import DomainError
from survey.collection.people.accounts import note
from survey.collection.progress import round_state
from survey.collection.responses.lifecycle import Incomplete, submit
from survey.collection.responses.queries import TOLD_TO_CLUSTER
from survey.collection.responses.response import Response, Submission
from survey.web.respond.answers_file import numbered
from survey.web.respond.auth import blueprint
from survey.web.respond.file_rows import rows_of
from survey.web.respond.overview import checked_answers, page_answers
from survey.web.respond.paper import in_draft, may_be_asked, paper_pages, were_asked
from survey.web.respond.query_threads import printed_threads, queries_of
from survey.web.respond.respondent import NAME, Respondent
from survey.web.respond.sections import may_change
from survey.web.respond.task_list import task_list
from survey.web.respond.unchanged_texts import with_unchanged_texts
from survey.web.respond.worksheets import with_worksheets
from survey.web.site.environment import now
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
        **task_list(respondent, response, now()),
        my_name=session.get(NAME, ""),
        queries=Counter(query.state for query in queries_of(respondent)),
        **_state(respondent, response),
    )


@blueprint.route("/reflection/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """All answers before submitting, with what is still missing; a POST submits them, or leads back to say why not."""
    respondent: Respondent = g.respondent
    if request.method == "POST":
        return _submit(respondent)
    if not may_change(respondent, respondent.response()):
        return redirect(url_for("respond.reflection"))
    return _check(respondent, submitting="submitting" in request.args)


@blueprint.get("/reflection/submitted")
def submitted() -> ResponseReturnValue:
    """The receipt."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    if response.counted is None:
        return redirect(url_for("respond.reflection"))
    files = [row for rows in rows_of(response.counted.files).values() for row in rows]
    return render_template(
        "respond/submitted.html",
        submission=response.counted,
        reference=response.reference,
        document=document_address(response.counted),
        files=files,
    )


@blueprint.get("/reflection/view")
def view() -> ResponseReturnValue:
    """All answers on one page, to read and print: what was submitted, or the draft while there is one to submit."""
    response = g.respondent.response()
    return _read_all(g.respondent, response, response.counted if response.status == "submitted" else None)


@blueprint.get("/reflection/view/<int:number>")
def view_submission(number: int) -> ResponseReturnValue:
    """All answers of one submission, also after it has been reopened."""
    response = g.respondent.response()
    return _read_all(g.respondent, response, numbered(response, number))


@blueprint.get("/reflection/print", endpoint="print")
def on_paper() -> ResponseReturnValue:
    """The whole reflection to print: what was submitted or the draft, as for reading it; the submission that the query
    names; or, where it says `blank=1`, a form to fill in by hand.
    """
    respondent: Respondent = g.respondent
    response = respondent.response()
    blank, number = request.args.get("blank") == "1", request.args.get("submission", type=int)
    submission = numbered(response, number) if number else response.counted if response.status == "submitted" else None
    answers, marks = with_worksheets(respondent, response, submission)
    pages = paper_pages(
        respondent,
        respondent.instrument.walk({} if blank else answers),
        marks,
        may_be_asked if blank else were_asked if submission else in_draft,
        {} if blank else rows_of((submission or response).files),
    )
    return render_template(
        "respond/print.html",
        **on_every_paper(respondent, response),
        pages=pages,
        blank=blank,
        submission=submission,
        **printed_threads(respondent, response, TOLD_TO_CLUSTER),
        back=(url_for("respond.reflection"), pgettext("section", "Back to the list of sections")),
    )


def document_address(submission: Submission) -> Callable[..., str]:
    """Where a submission can be had as a document, by `code`."""
    return partial(url_for, "respond.answers_of_submission", number=submission.number)


def on_every_paper(respondent: Respondent, response: Response) -> dict[str, object]:
    """What stands on everything that is printed of a response."""
    return {
        "title": respondent.texts(respondent.snapshot.questionnaire.title),
        "whose": respondent.cluster.name(current_language().code),
        "reporting_year": respondent.snapshot.round.reporting_year,
        "response": response,
        "reference": response.reference,
        "today": current_language().date(now()),
    }


def _read_all(respondent: Respondent, response: Response, submission: Submission | None) -> str:
    answers, marks = with_worksheets(respondent, response, submission)
    path = respondent.instrument.walk(answers)
    worksheets = [page for page in path.worksheets if answers.get(page.key)]
    files = rows_of((submission or response).files)
    return render_template(
        "respond/view.html",
        title=respondent.texts(respondent.snapshot.questionnaire.title),
        pages=page_answers(respondent, path, path.pages, marks, files),
        worksheets=page_answers(respondent, path, worksheets, marks, {}),
        submission=submission,
        document=document_address(submission) if submission else None,
        response=response,
        reference=response.reference,
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
        return redirect(url_for("respond.check", submitting=1), HTTPStatus.SEE_OTHER)
    except DomainError:
        return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    if submission.submitted_at == moment:
        who, kept_in = f"cluster {respondent.cluster.code}", respondent.snapshot.round.id
        note(respondent.repository, moment, who, "submitted", round=kept_in, submission=str(submission.number))
    return redirect(url_for("respond.submitted"), HTTPStatus.SEE_OTHER)


def _check(respondent: Respondent, *, submitting: bool) -> ResponseReturnValue:
    response = respondent.response()
    checked = checked_answers(respondent, response, submitting=submitting)
    checked["pages"] = with_unchanged_texts(respondent, respondent.path(response), checked["pages"])
    page = render_template("respond/check.html", **checked, **_state(respondent, response))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if checked["errors"] else HTTPStatus.OK


def _state(respondent: Respondent, response: Response) -> dict[str, object]:
    current, moment = respondent.snapshot.round, now()
    return {
        "round": current,
        "reference": response.reference,
        "may_change": may_change(respondent, response),
        "not_yet_open": round_state(current, moment) == "waiting",
        "takes_answers": respondent.takes_answers(moment),
        "closes": respondent.closes,
    }
