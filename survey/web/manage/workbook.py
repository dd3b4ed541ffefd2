"""The national workbook: made on request in a process of its own, kept, and given out."""

from http import HTTPStatus

from flask import Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from survey.languages import LANGUAGES, language
from survey.reporting.jobs import FAILED, MAKING, MISSING, READY, Made, data_state, made_workbook, reserve
from survey.web.manage.blueprint import blueprint
from survey.web.manage.current_account import audit
from survey.web.manage.rounds import opened, title_of
from survey.web.site.clock import now
from survey.web.site.forms import SiteForm
from survey.web.site.storage import current_repository

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFRESH = "3"


class WorkbookForm(SiteForm):
    """Asks in which language the workbook is to be made."""

    workbook_language = RadioField(choices=[SelectChoice(code, language(code).name) for code in LANGUAGES])


@blueprint.get("/rounds/<round_id>/workbook")
def workbook(round_id: str) -> ResponseReturnValue:
    """What there is in each language; while one is being made, the page looks again by itself."""
    snapshot = opened(round_id)
    state = data_state(current_repository(), round_id)
    found = {code: made_workbook(current_repository(), round_id, code, now()) for code in LANGUAGES}
    page = Response(
        render_template(
            "manage/workbook.html",
            round=snapshot.round,
            questionnaire=title_of(snapshot),
            workbooks=[_card(code, made, state) for code, made in found.items()],
            is_making=any(made.status == MAKING for made in found.values()),
            form=WorkbookForm(),
        )
    )
    if any(made.status == MAKING for made in found.values()):
        page.headers["Refresh"] = REFRESH
    return page


@blueprint.post("/rounds/<round_id>/workbook")
def make_workbook(round_id: str) -> ResponseReturnValue:
    """Have the workbook made in one language, unless it is there or under way."""
    opened(round_id)
    form = WorkbookForm()
    if not form.validate_on_submit():
        abort(400)
    code = form.workbook_language.data
    order = reserve(current_repository(), round_id, code, now())
    if order is not None:
        audit("workbook_asked_for", round=round_id, language=code)
        current_app.config["MAKE_WORKBOOK"](order)
    return redirect(url_for("manage.workbook", round_id=round_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/rounds/<round_id>/workbook/<any(cy, en):code>.xlsx")
def workbook_file(round_id: str, code: str) -> ResponseReturnValue:
    """The workbook that was made last in a language; the page about it when there is none."""
    opened(round_id)
    made = made_workbook(current_repository(), round_id, code, now())
    content = made.content()
    if content is None:
        return redirect(url_for("manage.workbook", round_id=round_id))
    audit("workbook_downloaded", round=round_id, language=code, sha256=made.sha256)
    file = Response(content, mimetype=XLSX)
    file.headers.set("Content-Disposition", "attachment", filename=made.name)
    return file


def _card(code: str, made: Made, state: str) -> dict[str, object]:
    return {
        "code": code,
        "name": language(code).name,
        "status": made.status,
        "is_there": made.status == READY or (made.status in (MAKING, FAILED) and bool(made.sha256)),
        "is_current": made.status == READY and made.state == state,
        "made_at": made.made_at,
        "is_making": made.status == MAKING,
        "has_failed": made.status == FAILED,
        "is_missing": made.status == MISSING,
    }
