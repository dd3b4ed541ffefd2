"""The documents of a round: the national report, and a peer review pack for each health board. They are made on request
in a process of their own, kept, and given out. A health board team sees the pack of its own board.
"""

from http import HTTPStatus

from flask import abort, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from survey.collection.people.permissions import may
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase, language
from survey.reporting.jobs import MISSING
from survey.reporting.reports.registry import (
    BOARD_WORKBOOK,
    EXCEL,
    OF_BOARDS,
    OWN_WORDS,
    PEER_REVIEW,
    REPORT,
    WORD,
    endings_of,
)
from survey.reporting.tasks.document import document_state
from survey.reporting.tasks.job import DOCUMENT
from survey.web.manage.auth import audit, blueprint, opened, permits, sees_board
from survey.web.manage.made_files import DOCX, XLSX, as_shown, given_out, job_for, kept, looked_for
from survey.web.manage.notices import promised
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.language import current_language

MEDIA_TYPES = {WORD: DOCX, EXCEL: XLSX}
FORMATS = {
    WORD: lazy_pgettext("manage documents", "Word document"),
    EXCEL: lazy_pgettext("manage documents", "Excel workbook"),
}


OF_BOARD_WORDS = {
    BOARD_WORKBOOK: Phrase("manage documents", "Workbook of a health board: %(board)s"),
    PEER_REVIEW: Phrase("manage documents", "Peer review pack: %(board)s"),
}
"""What a document of a health board is called, by what stands before its short name."""


DOCUMENT_MADE = Phrase("manage done", "The document has been made. It is under “Made already”.")


class DocumentForm(SiteForm):
    """Asks which document is to be made, in which language and format."""

    document = RadioField(choices=[])
    document_language = RadioField(choices=[SelectChoice(code, language(code).name) for code in LANGUAGES])
    document_format = RadioField(choices=[SelectChoice(ending, name) for ending, name in FORMATS.items()])


@blueprint.get("/rounds/<round_id>/documents")
def documents(round_id: str) -> ResponseReturnValue:
    """What has been made, and what may be made; while one is being made, the page looks again by itself."""
    snapshot = reflection_round(round_id)
    seen, state = documents_of_account(snapshot), _state(snapshot)
    files = [
        {"kind": kind, "name": name, "code": code, "ending": ending, **as_shown(file, state)}
        for kind, name in seen.items()
        for ending in endings_of(kind)
        for code in LANGUAGES
        if (file := kept(job_for(snapshot, DOCUMENT, kind, code, ending))).status != MISSING
    ]
    page = render_template(
        "manage/documents.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        files=files,
        documents=seen,
        languages={code: language(code).name for code in LANGUAGES},
        formats=FORMATS,
        may_give=permits(g.account, "manage.report_files"),
        sees_wales=may(g.account.role, "national_files"),
    )
    return looked_for(page, any(file["is_making"] for file in files))


@blueprint.post("/rounds/<round_id>/documents")
def make_document(round_id: str) -> ResponseReturnValue:
    """Have a document made, unless it is there or under way. What comes in one format comes in that, whatever is
    chosen."""
    snapshot = reflection_round(round_id)
    form = DocumentForm()
    form.document.choices = [SelectChoice(kind, name) for kind, name in documents_of_account(snapshot).items()]
    if not form.validate_on_submit():
        abort(HTTPStatus.BAD_REQUEST)
    kind, code = form.document.data, form.document_language.data
    ending = form.document_format.data if form.document_format.data in endings_of(kind) else endings_of(kind)[0]
    job = job_for(snapshot, DOCUMENT, kind, code, ending)
    if ask_for(job, _state(snapshot)):
        audit("document_asked_for", round=round_id, document=kind, language=code)
    return promised(url_for("manage.documents", round_id=round_id), job, DOCUMENT_MADE)


@blueprint.get("/rounds/<round_id>/documents/<kind>.<any(cy, en):code>.<any(docx, xlsx):ending>")
def document_file(round_id: str, kind: str, code: str, ending: str) -> ResponseReturnValue:
    """A document as it was made last; the page about it when there is none."""
    snapshot = reflection_round(round_id)
    if kind not in documents_of_account(snapshot):
        abort(HTTPStatus.FORBIDDEN if kind in _documents(snapshot) else HTTPStatus.NOT_FOUND)
    job, page = job_for(snapshot, DOCUMENT, kind, code, ending), url_for("manage.documents", round_id=round_id)
    return given_out(job, "document_downloaded", page, MEDIA_TYPES[ending], document=kind, language=code)


def reflection_round(round_id: str) -> RoundSnapshot:
    """A round of clusters; 404 for any other."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent != "cluster":
        abort(HTTPStatus.NOT_FOUND)
    return snapshot


def _documents(snapshot: RoundSnapshot) -> dict[str, str]:
    """Every document of a round by its kind, with its name on the page."""
    clusters, code = snapshot.clusters, current_language().code
    boards = sorted((board for board in clusters.health_boards if clusters.of_board(board.code)), key=name_key)
    return {
        REPORT: pgettext("manage documents", "National report"),
        OWN_WORDS: pgettext("manage documents", "What clusters wrote"),
        **{
            before + board.short: current_language().say(name, board=board.name(code))
            for before, name in OF_BOARD_WORDS.items()
            for board in boards
        },
    }


def documents_of_account(snapshot: RoundSnapshot) -> dict[str, str]:
    """Those that the account may have."""
    boards = {before + board.short: board.code for before in OF_BOARDS for board in snapshot.clusters.health_boards}
    return {
        kind: name
        for kind, name in _documents(snapshot).items()
        if (may(g.account.role, "national_files") if kind not in boards else sees_board(g.account, boards[kind]))
    }


def _state(snapshot: RoundSnapshot) -> str:
    return document_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())
