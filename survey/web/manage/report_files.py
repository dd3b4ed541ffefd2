"""The Word documents that the report of a round is made from: the team’s own template, and a version that it edited."""

from http import HTTPStatus

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from survey.collection.errors import DomainError
from survey.collection.reports.report_files import (
    EARLIER,
    KINDS,
    TEMPLATE,
    keep_report_file,
    read_report_file,
    report_file_content,
    take_back_report_file,
)
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase, language
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.documents import reflection_round
from survey.web.manage.large_files import when_too_large
from survey.web.manage.made_files import DOCX, download
from survey.web.manage.notices import done
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import FileInput, SiteForm
from survey.web.site.language import current_language

GIVEN = Phrase("manage done", "The document was kept. Reports are made with it from now on.")
TAKEN_BACK = Phrase("manage done", "The document was taken back. Reports are made without it from now on.")
KIND_WORDS = {
    EARLIER: lazy_pgettext("manage report", "An earlier version of the report, with words of your own"),
    TEMPLATE: lazy_pgettext("manage report", "A template of your own"),
}


class ReportFileForm(SiteForm):
    """Takes a Word document, and asks what it is and in which language."""

    kind = RadioField(
        lazy_pgettext("manage report", "What is it?"),
        choices=[SelectChoice(kind, words) for kind, words in KIND_WORDS.items()],
        default=EARLIER,
    )
    file_language = RadioField(
        lazy_pgettext("manage report", "In which language is it?"),
        choices=[SelectChoice(code, language(code).name) for code in LANGUAGES],
    )
    file = FileField(
        lazy_pgettext("manage report", "Word document (.docx)"),
        widget=FileInput(),
        render_kw={"attributes": {"accept": ".docx"}},
    )


@blueprint.route("/rounds/<round_id>/report", methods=["GET", "POST"])
def report_files(round_id: str) -> ResponseReturnValue:
    """What the report is made from; a document that is sent is looked at, and kept if a report can be made with it."""
    snapshot = reflection_round(round_id)
    form = ReportFileForm()
    if form.validate_on_submit() and form.takes(lambda: _take(snapshot, form), form.file):
        return done(url_for("manage.report_files", round_id=round_id), GIVEN)
    return _page(snapshot, form)


@blueprint.get("/rounds/<round_id>/report/<any(template, earlier):kind>.<any(cy, en):code>.docx")
def report_file(round_id: str, kind: str, code: str) -> ResponseReturnValue:
    """A document as it was given; the page about it when there is none."""
    snapshot = reflection_round(round_id)
    file = read_report_file(current_repository(), round_id, kind, code)
    if file is None:
        return redirect(url_for("manage.report_files", round_id=round_id))
    audit("document_downloaded", round=round_id, document=kind, language=code, sha256=file.sha256)
    return download(report_file_content(current_repository(), snapshot.round.id, file), file.name, DOCX)


@blueprint.get("/rounds/<round_id>/report/service.<any(cy, en):code>.docx")
def service_template(round_id: str, code: str) -> ResponseReturnValue:
    """The template of the service, to be changed."""
    from survey.reporting.reports.template import report_template, template_name

    reflection_round(round_id)
    return download(report_template(language(code)), template_name(language(code)), DOCX)


@blueprint.post("/rounds/<round_id>/report/<any(template, earlier):kind>.<any(cy, en):code>")
def take_back(round_id: str, kind: str, code: str) -> ResponseReturnValue:
    """Go on without a document."""
    reflection_round(round_id)
    take_back_report_file(current_repository(), round_id, kind, code, g.account.name, now())
    return done(url_for("manage.report_files", round_id=round_id), TAKEN_BACK)


@when_too_large("manage.report_files")
def too_large(round_id: str) -> ResponseReturnValue:
    """A file of any size may be chosen by mistake: that is said where it was chosen."""
    form = ReportFileForm(formdata=None)
    form.refuse(DomainError("word_document_too_large"), form.file)
    return _page(reflection_round(round_id), form, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _take(snapshot: RoundSnapshot, form: ReportFileForm) -> None:
    """Keep a document that a report can be made with. Raises DomainError for any other."""
    from survey.reporting.reports.given_documents import check_document

    sent = form.file.data
    content = sent.read() if sent else b""
    if not content:
        raise DomainError("no_report_file")
    kind, code = form.kind.data, form.file_language.data
    check_document(kind, content, language(code))
    given = (sent.filename or f"{kind}.docx", content)
    keep_report_file(current_repository(), snapshot.round.id, kind, code, given, g.account.name, now())


def _page(snapshot: RoundSnapshot, form: ReportFileForm, status: HTTPStatus | None = None) -> ResponseReturnValue:
    kept = [
        (kind, code, file)
        for kind in KINDS
        for code in LANGUAGES
        if (file := read_report_file(current_repository(), snapshot.round.id, kind, code))
    ]
    form.file_language.data = form.file_language.data or current_language().code
    return form.page(
        "manage/report_files.html",
        status,
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        kept=kept,
        kinds=KIND_WORDS,
        languages={code: language(code).name for code in LANGUAGES},
    )
