"""The workbook of a round: made on request in a process of its own, kept, and given out."""

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase, language
from survey.reporting.tasks.job import WORKBOOK
from survey.reporting.workbooks.registry import workbook_state
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.made_files import as_shown, given_out, job_for, kept, looked_for
from survey.web.manage.notices import promised
from survey.web.manage.releases import ask_for_release, last_released_file, releases_page
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for

WORKBOOK_MADE = Phrase("manage done", "The workbook has been made.")


class WorkbookForm(SiteForm):
    """Asks in which language the workbook is to be made."""

    workbook_language = RadioField(choices=[SelectChoice(code, language(code).name) for code in LANGUAGES])


@blueprint.get("/rounds/<round_id>/workbook")
def workbook(round_id: str) -> ResponseReturnValue:
    """What there is in each language; while one is being made, the page looks again by itself."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return releases_page(snapshot)
    state = _state(snapshot)
    files = {code: as_shown(kept(job_for(snapshot, WORKBOOK, language=code)), state) for code in LANGUAGES}
    page = render_template(
        "manage/workbook.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        workbooks=[(code, language(code).name, file) for code, file in files.items()],
        form=WorkbookForm(),
    )
    return looked_for(page, any(file["is_making"] for file in files.values()))


@blueprint.post("/rounds/<round_id>/workbook")
def make_workbook(round_id: str) -> ResponseReturnValue:
    """Have the workbook made in one language, unless it is there or under way."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return ask_for_release(snapshot)
    form = WorkbookForm()
    if not form.validate_on_submit():
        abort(400)
    code = form.workbook_language.data
    job = job_for(snapshot, WORKBOOK, language=code)
    if ask_for(job, _state(snapshot)):
        audit("workbook_asked_for", round=round_id, language=code)
    return promised(url_for("manage.workbook", round_id=round_id), job, WORKBOOK_MADE)


@blueprint.get("/rounds/<round_id>/workbook/<any(cy, en):code>.xlsx")
def workbook_file(round_id: str, code: str) -> ResponseReturnValue:
    """The workbook made last in a language, of people the last release; the page about it when there is none."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return last_released_file(snapshot, code)
    page = url_for("manage.workbook", round_id=round_id)
    return given_out(job_for(snapshot, WORKBOOK, language=code), "workbook_downloaded", page, language=code)


def _state(snapshot: RoundSnapshot) -> str:
    return workbook_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())
