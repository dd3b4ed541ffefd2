"""What a cluster submitted, and reopening it, with a reason that is kept with the response."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from wtforms import HiddenField
from wtforms.validators import ValidationError

from survey.collection.errors import DomainError
from survey.collection.people.messages import KIND_WORDS, REASON_WORDS, STATE_WORDS
from survey.collection.progress import STATUS_WORDS
from survey.collection.responses.lifecycle import reopen
from survey.collection.responses.queries import read_queries
from survey.collection.responses.response import Response, Submission, read_response
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import takes_answers_of
from survey.collection.rounds.snapshot import RoundSnapshot, worded_as
from survey.languages import Phrase
from survey.reporting.records.former_clusters import FormerCluster
from survey.web.manage.auth import audit, blueprint, opened, permits, seen_cluster, sees_board
from survey.web.manage.cluster_standing import cluster_standing
from survey.web.manage.invitations.log import COLOURS as MESSAGE_COLOURS
from survey.web.manage.notices import done
from survey.web.manage.reason_field import ReasonField
from survey.web.manage.rounds import COLOURS
from survey.web.respond.answers_file import answers_file
from survey.web.respond.file_rows import RowsByPage, file_rows
from survey.web.respond.overview import AnsweredPage, AnswerGroup, OverviewRow, page_answers
from survey.web.respond.paper import paper_pages, were_asked
from survey.web.respond.query_threads import printed_threads, subject_of
from survey.web.respond.reflection import on_every_paper
from survey.web.respond.respondent import Respondent, questionnaire_title
from survey.web.respond.story import story_page
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language

REOPENED = Phrase("manage done", "The response was reopened: the cluster can change it.")


class ReopenForm(SiteForm):
    """Asks why a response is reopened. `submission` is the number of the one that was on the page."""

    reason = ReasonField(
        lazy_pgettext("manage reopen", "Why is it reopened?"),
        description=lazy_pgettext(
            "manage reopen", "The reason is kept with the response, and the cluster reads it with your account’s name."
        ),
        missing=DomainError("reason_needed"),
    )
    submission = HiddenField()

    def __init__(self, snapshot: RoundSnapshot, cluster: Cluster) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._cluster = cluster
        self.response = read_response(current_repository(), snapshot.round.id, cluster.code)
        self.current = str(self.response.counted.number) if self.response.counted else ""

    def validate_reason(self, _field: ReasonField) -> None:
        if self.current and self.submission.data != self.current:
            words = pgettext(
                "manage reopen", "The cluster has submitted again since you opened this page. Read that first."
            )
            raise ValidationError(words)

    def reopen(self) -> None:
        """Let the cluster change what it submitted. Raises DomainError."""
        reason, code = self.reason.data or "", self._cluster.code
        reopen(current_repository(), self._snapshot, code, reason=reason.strip(), by=g.account.name, now=now())

    def has_done(self) -> bool:
        """Whether whoever sends the form had reopened it already, for the same reason: then it was sent twice."""
        last = self.response.history[-1] if self.response.history else {}
        done = {"what": "reopened", "by": g.account.name, "reason": (self.reason.data or "").strip()}
        return self.response.status == "reopened" and done.items() <= last.items()


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>", endpoint="response")
def response_page(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """What a cluster submitted last. A draft is the cluster's own until it submits."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    response = read_response(current_repository(), round_id, cluster_code)
    submission = response.counted
    pages: list[AnsweredPage] = []
    if submission:
        snapshot = worded_as(current_repository(), snapshot, submission.text_revision)
        respondent = Respondent(current_repository(), snapshot, cluster)
        files = _files(round_id, cluster_code, submission)
        path = respondent.instrument.walk(submission.answers)
        pages = page_answers(respondent, path, path.pages, submission.written_in, files)
        audit("response_viewed", round=round_id, cluster=cluster_code, submission=str(submission.number))
    return render_template(
        "manage/response.html",
        **_heading(snapshot, cluster, response),
        response=response,
        submission=submission,
        pages=pages,
        standing=cluster_standing(snapshot, cluster) if snapshot.questionnaire.respondent == "cluster" else None,
        status_words=STATUS_WORDS,
        status_colours=COLOURS,
        message_words={"states": STATE_WORDS, "kinds": KIND_WORDS, "reasons": REASON_WORDS},
        message_colours=MESSAGE_COLOURS,
        queries=read_queries(current_repository(), round_id, cluster_code),
        ask_address=_ask_address(round_id, cluster_code, submission) if submission else None,
        reopenings=[entry for entry in response.history if entry["what"] == "reopened"],
        document=partial(url_for, "manage.response_document", round_id=round_id, cluster_code=cluster_code),
        pack_address=partial(url_for, "manage.meeting_pack_file", round_id=round_id, cluster_code=cluster_code),
    )


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/print")
def response_on_paper(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """What a cluster submitted last, to print."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    response, submission = _submitted(round_id, cluster_code, "response_printed")
    respondent = Respondent(
        current_repository(), worded_as(current_repository(), snapshot, submission.text_revision), cluster
    )
    path = respondent.instrument.walk(submission.answers)
    return render_template(
        "respond/print.html",
        **on_every_paper(respondent, response),
        pages=paper_pages(
            respondent, path, submission.written_in, were_asked, _files(round_id, cluster_code, submission)
        ),
        blank=False,
        submission=submission,
        **printed_threads(respondent, response),
        back=(url_for("manage.response", round_id=round_id, cluster_code=cluster_code),),
    )


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/<any(cy, en):code>.docx")
def response_document(round_id: str, cluster_code: str, code: str) -> ResponseReturnValue:
    """What a cluster submitted last, as a document."""
    snapshot = opened(round_id)
    seen_cluster(snapshot, cluster_code)
    response, submission = _submitted(round_id, cluster_code, "response_downloaded")
    worded = worded_as(current_repository(), snapshot, submission.text_revision)
    return answers_file(worded, response, submission, code)


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/story")
def cluster_story(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """The levels and the actions of a cluster, year by year, up to a round."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    if snapshot.questionnaire.respondent != "cluster":
        abort(404)
    audit("story_viewed", round=round_id, cluster=cluster_code)
    back = (url_for("manage.response", round_id=round_id, cluster_code=cluster_code),)
    return story_page(Respondent(current_repository(), snapshot, cluster), back, _story_of_former)


def _story_of_former(former: FormerCluster) -> str:
    """Where the story of a cluster of before is read; nowhere by whoever may not see it."""
    if not sees_board(g.account, former.cluster.health_board):
        return ""
    return url_for("manage.cluster_story", round_id=former.round.id, cluster_code=former.cluster.code)


def _submitted(round_id: str, cluster_code: str, done: str) -> tuple[Response, Submission]:
    """What a cluster submitted last, with what is done with it in the log; 404 where it has not submitted."""
    response = read_response(current_repository(), round_id, cluster_code)
    submission = response.counted or abort(404)
    audit(done, round=round_id, cluster=cluster_code, submission=str(submission.number))
    return response, submission


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/reopen", methods=["GET", "POST"], endpoint="reopen")
def reopen_page(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """Ask why, and let the cluster change what it submitted."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    form = ReopenForm(snapshot, cluster)
    if form.validate_on_submit() and (form.has_done() or form.takes(form.reopen, form.reason)):
        if not form.has_done():
            audit("response_reopened", round=round_id, cluster=cluster_code)
        address = url_for("manage.response", round_id=round_id, cluster_code=cluster_code)
        return done(address, REOPENED)
    form.submission.data = form.submission.data or form.current
    return same_form_in_other_language() or form.page(
        "manage/reopen.html",
        **_heading(snapshot, cluster, form.response),
    )


def _ask_address(
    round_id: str, cluster_code: str, submission: Submission
) -> Callable[[AnsweredPage, AnswerGroup, OverviewRow], str] | None:
    """What gives where a row of answers is asked about; None to whom may not ask."""
    if not permits(g.account, "manage.new_query"):
        return None
    new_query = partial(url_for, "manage.new_query", round_id=round_id, cluster_code=cluster_code)

    def address(page: AnsweredPage, group: AnswerGroup, row: OverviewRow) -> str:
        subject = {name: value or None for name, value in asdict(subject_of(page, group, row)).items()}
        return new_query(submission=submission.number, **subject)

    return address


def _files(round_id: str, cluster_code: str, submission: Submission) -> RowsByPage:
    """The files of a submission, each with where it is downloaded here."""
    address = partial(url_for, "manage.evidence_file", round_id=round_id, cluster_code=cluster_code)
    return file_rows(submission.files, lambda file: address(file_id=file.id))


def _heading(snapshot: RoundSnapshot, cluster: Cluster, response: Response) -> dict[str, Any]:
    """What the pages say of a response, and whether the account may reopen it now."""
    takes_answers = takes_answers_of(current_repository(), snapshot.round, cluster.code, now())
    return {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "cluster": cluster,
        "cluster_name": cluster.name(current_language().code),
        "may_erase": permits(g.account, "manage.erasure"),
        "may_give_grace": permits(g.account, "manage.grace"),
        "may_reopen": permits(g.account, "manage.reopen") and response.status == "submitted" and takes_answers,
    }
