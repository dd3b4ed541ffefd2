"""The workbook of a round: made on request in a process of its own, kept, and given out."""

from http import HTTPStatus

from flask import Response, abort, current_app, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, language
from survey.reporting import jobs
from survey.reporting.tasks.job import Job
from survey.reporting.workbooks.registry import workbook_state
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.releases import REFRESH, ask_for_release, download, last_released_file, releases_page
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm


@blueprint.record_once
def _choose_start(state: BlueprintSetupState) -> None:
    """Tests give a `START_JOB` of their own, which takes the job of a workbook."""
    config = state.app.config
    config.setdefault("START_JOB", lambda job: jobs.start(config["DATA"], job))


class WorkbookForm(SiteForm):
    """Asks in which language the workbook is to be made."""

    workbook_language = RadioField(choices=[SelectChoice(code, language(code).name) for code in LANGUAGES])


@blueprint.get("/rounds/<round_id>/workbook")
def workbook(round_id: str) -> ResponseReturnValue:
    """What there is in each language; while one is being made, the page looks again by itself."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return releases_page(snapshot)
    kept = {code: jobs.kept_workbook(current_repository(), _job(snapshot, code), now()) for code in LANGUAGES}
    state = _state(snapshot) if any(workbook.status == jobs.READY for workbook in kept.values()) else ""
    is_making = any(workbook.status == jobs.RUNNING for workbook in kept.values())
    page = Response(
        render_template(
            "manage/workbook.html",
            round=snapshot.round,
            questionnaire=questionnaire_title(snapshot),
            workbooks=[_card(code, workbook, state) for code, workbook in kept.items()],
            is_making=is_making,
            form=WorkbookForm(),
        )
    )
    if is_making:
        page.headers["Refresh"] = REFRESH
    return page


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
    job = _job(snapshot, code)
    if jobs.enqueue(current_repository(), job, _state(snapshot), now()):
        audit("workbook_asked_for", round=round_id, language=code)
        current_app.config["START_JOB"](job)
    return redirect(url_for("manage.workbook", round_id=round_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/rounds/<round_id>/workbook/<any(cy, en):code>.xlsx")
def workbook_file(round_id: str, code: str) -> ResponseReturnValue:
    """The workbook made last in a language, of people the last release; the page about it when there is none."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return last_released_file(snapshot, code)
    job = _job(snapshot, code)
    kept = jobs.kept_workbook(current_repository(), job, now())
    content = jobs.workbook_content(current_repository(), job, kept)
    if content is None:
        return redirect(url_for("manage.workbook", round_id=round_id))
    audit("workbook_downloaded", round=round_id, language=code, sha256=kept.sha256)
    return download(content, kept.name)


def _job(snapshot: RoundSnapshot, code: str) -> Job:
    return jobs.job_of(snapshot, code, current_app.config["SMALLEST_GROUP"])


def _state(snapshot: RoundSnapshot) -> str:
    return workbook_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())


def _card(code: str, kept: jobs.KeptWorkbook, state: str) -> dict[str, object]:
    return {
        "code": code,
        "name": language(code).name,
        "is_there": bool(kept.sha256),
        "is_current": kept.status == jobs.READY and kept.state == state,
        "made_at": kept.made_at,
        "is_making": kept.status == jobs.RUNNING,
        "has_failed": kept.status == jobs.FAILED,
    }
