"""Files that are attached to a page as evidence: chosen, sent, taken out again, downloaded.

They have a page of their own, so that a file that is refused, or never arrives, takes nothing along that was typed: the
button that leads there saves the answers first.
"""

from http import HTTPStatus
from io import BytesIO

from flask import abort, current_app, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from flask_wtf.file import FileField

from survey.collection.errors import DomainError
from survey.collection.responses.attachments import attach, content_of, detach, takes_files, zip_files
from survey.collection.responses.file_kinds import FILE_KINDS
from survey.languages import Phrase
from survey.questionnaire.walk import Page
from survey.storage.repository import StorageError
from survey.web.respond.answers_file import numbered
from survey.web.respond.auth import blueprint
from survey.web.respond.file_rows import MB, downloaded, file_limits, rows_on
from survey.web.respond.respondent import Respondent, respondent_in_session, sent_by_script, title_of, writer
from survey.web.respond.sections import may_change, page_or_404
from survey.web.site.carried_fields import PressedButton
from survey.web.site.environment import new_id, now
from survey.web.site.forms import FileInput, SiteForm
from survey.web.site.language import current_language, same_form_in_other_language, switch_asked_for

REMOVE = "remove"
FILES_NAME = Phrase("file name", "files")
STATUSES = {"already_submitted": HTTPStatus.CONFLICT, "round_closed": HTTPStatus.CONFLICT}


class FileForm(SiteForm):
    """Asks for a file; the button, for one to be taken out, of which it holds the id."""

    file = FileField(
        lazy_pgettext("evidence file", "Choose a file"),
        widget=FileInput(),
        render_kw={"attributes": {"accept": ",".join(f".{end}" for kind in FILE_KINDS for end in kind.endings)}},
    )
    remove = PressedButton()


@blueprint.route("/reflection/files/<path:key>", methods=["GET", "POST"])
def files(key: str) -> ResponseReturnValue:
    """The files of a page, and a form to attach one or, where the query names one, to take it out."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    page = page_or_404(respondent.path(response), key)
    if not takes_files(page, file_limits()):
        abort(404)
    if request.method == "POST":
        return _sent(respondent, page)
    if not may_change(respondent, response):
        return redirect(url_for("respond.reflection"))
    return _page(respondent, page, FileForm(formdata=None))


@blueprint.get("/reflection/file/<file_id>")
def file(file_id: str) -> ResponseReturnValue:
    """A file of the draft or of anything that the cluster submitted, to be saved."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    chosen = response.every_file.get(file_id) or abort(404)
    content = content_of(respondent.repository, respondent.snapshot.round.id, respondent.cluster.code, chosen)
    return downloaded(chosen, content)


@blueprint.get("/reflection/view/<int:number>/files.zip")
def files_of_submission(number: int) -> ResponseReturnValue:
    """All files of one submission."""
    respondent: Respondent = g.respondent
    files = numbered(respondent.response(), number).files or abort(404)
    round_id, cluster_code = respondent.snapshot.round.id, respondent.cluster.code
    target = BytesIO()
    zip_files(respondent.repository, round_id, cluster_code, files, target)
    target.seek(0)
    name = f"{current_language().say(FILES_NAME)}-{round_id}-{cluster_code}.zip"
    return send_file(target, "application/zip", as_attachment=True, download_name=name)


def too_large() -> ResponseReturnValue:
    """What is said of a request that is larger than any file may be."""
    g.respondent = respondent_in_session()
    if g.respondent is None:
        return redirect(url_for("respond.sign_in"), HTTPStatus.SEE_OTHER)
    page = page_or_404(g.respondent.path(g.respondent.response()), (request.view_args or {})["key"])
    refused = DomainError("evidence_too_large", most=f"{file_limits().largest / MB:g}")
    return _refused(g.respondent, page, refused.say(current_language()), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _sent(respondent: Respondent, page: Page) -> ResponseReturnValue:
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    if switch_asked_for():
        return _page(respondent, page, FileForm(formdata=None))
    try:
        form = FileForm()
        done = _attach(respondent, page, form) if form.remove.data is None else _remove(respondent, form.remove.data)
    except DomainError as refused:
        status = STATUSES.get(refused.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _refused(respondent, page, refused.say(current_language()), status)
    except StorageError:
        current_app.logger.exception("a file could not be attached or taken out")
        words = pgettext(
            "evidence file", "We cannot do this at the moment. Nothing has changed. Try again in a few minutes."
        )
        return _refused(respondent, page, words, HTTPStatus.SERVICE_UNAVAILABLE)
    address = url_for("respond.files", key=page.key, done=done)
    return {"next": address} if sent_by_script() else redirect(address, HTTPStatus.SEE_OTHER)


def _attach(respondent: Respondent, page: Page, form: FileForm) -> str:
    sent = form.file.data
    if not sent:
        raise DomainError("no_evidence_file")
    attach(
        respondent.repository,
        respondent.snapshot,
        respondent.cluster.code,
        page,
        sent.filename,
        sent.read(),
        file_limits(),
        writer=writer(),
        now=now(),
        new_id=new_id(),
    )
    return "attached"


def _remove(respondent: Respondent, file_id: str) -> str:
    detach(respondent.repository, respondent.snapshot, respondent.cluster.code, file_id, now=now())
    return "removed"


def _refused(respondent: Respondent, page: Page, words: str, status: HTTPStatus) -> ResponseReturnValue:
    """Why nothing was attached, where the file was chosen; to the script as well."""
    if sent_by_script():
        return {"said": words}, status
    if not may_change(respondent, respondent.response()):
        return render_template("respond/not_taken.html", reason=words, typed=[]), status
    form = FileForm(formdata=None)
    form.file.errors = [words]
    return _page(respondent, page, form, status)


def _page(respondent: Respondent, page: Page, form: FileForm, status: HTTPStatus | None = None) -> ResponseReturnValue:
    rows = rows_on(respondent.response(), page) or []
    limits = file_limits()
    form.file.description = pgettext(
        "evidence file",
        "A PDF, a PNG or JPEG picture, an Excel workbook (.xlsx) or a Word document (.docx), of %(size)s MB or less. "
        "Leave out anything that could identify a patient.",
        size=f"{limits.largest / MB:g}",
    )
    return form.page(
        "respond/files.html",
        status,
        rows=rows,
        removing=next((row for row in rows if row.file.id == request.args.get(REMOVE)), None),
        has_room=len(rows) < limits.most,
        largest=limits.largest,
        too_large=DomainError("evidence_too_large", most=f"{limits.largest / MB:g}").say(current_language()),
        page_title=title_of(page, respondent.texts),
        address=url_for("respond.files", key=page.key),
        back=respondent.address(page),
    )
