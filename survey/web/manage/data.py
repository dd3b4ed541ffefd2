"""Data of a round: asked for in a format, made by a job, kept, and given out. Of people only to whoever said why."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import abort, current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import RadioField, SelectField

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import allow_comments, allow_row_level
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.reporting import jobs
from survey.reporting.files.formats import FORMATS
from survey.reporting.files.of_round import COMMENTS, RESPONSES, SERIES, kinds_of
from survey.reporting.tasks.data import data_state
from survey.reporting.tasks.job import DATA, Job
from survey.web.manage.auth import audit, blueprint, opened, permits
from survey.web.manage.made_files import ANYTHING, as_shown, given_out, job_for, kept, looked_for
from survey.web.manage.notices import done, promised
from survey.web.manage.reason_field import ReasonField
from survey.web.manage.round_titles import round_heading
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.language import current_language, same_form_in_other_language

KIND_WORDS = {
    RESPONSES: Phrase("manage data", "The responses of this round"),
    SERIES: Phrase("manage data", "The answers of all editions up to this round, one a row"),
    COMMENTS: Phrase("manage data", "The comments that were released"),
}
FORMAT_WORDS = {
    "csv": Phrase("manage data", "Plain text, for any program (.csv)"),
    "xlsx": Phrase("manage data", "Excel workbook (.xlsx)"),
    "ods": Phrase("manage data", "Open document spreadsheet (.ods)"),
    "sav": Phrase("manage data", "SPSS, one file for each language (.sav)"),
    "parquet": Phrase("manage data", "Parquet, for analysis"),
    "jsonl": Phrase("manage data", "JSON Lines, for programs"),
    "package": Phrase("manage data", "Data package, with what each column means (.zip)"),
}


MADE = Phrase("manage done", "The file has been made. It is under “What has been made”.")
THERE = Phrase("manage done", "The file was there already. You can download it now, under “What has been made”.")


class DataForm(SiteForm):
    """Asks what is to be written and in which format; of people, also why."""

    kind = RadioField(lazy_pgettext("manage data", "What is to be written?"))
    format_name = SelectField(lazy_pgettext("manage data", "Format"))
    reason = ReasonField(
        lazy_pgettext("manage data", "What do you need it for?"),
        description=lazy_pgettext("manage data", "The reason and the name of your account are kept in the log."),
    )

    def __init__(self, snapshot: RoundSnapshot) -> None:
        super().__init__()
        language = current_language()
        self.of_people = _of_people(snapshot)
        self.kind.choices = [(kind, language.say(KIND_WORDS[kind])) for kind in kinds_of(snapshot)]
        self.format_name.choices = [(name, language.say(FORMAT_WORDS[name])) for name in FORMATS]
        self.kind.data = self.kind.data or RESPONSES
        self.reason.missing = DomainError("export_reason_needed") if self.of_people else None


@blueprint.route("/rounds/<round_id>/data", methods=["GET", "POST"])
def data(round_id: str) -> ResponseReturnValue:
    """What there is and what is under way; what is asked for is made, unless it is there in the state of now."""
    snapshot = _seen(round_id)
    form = DataForm(snapshot)
    if form.validate_on_submit():
        job, state = job_for(snapshot, DATA, form.kind.data, ending=form.format_name.data), _state(snapshot)
        if form.takes(lambda: _allowed(snapshot, job, state, form.reason.data or ""), form.reason):
            address, is_asked = url_for("manage.data", round_id=round_id), ask_for(job, state)
            if is_asked and not _of_people(snapshot):
                audit("data_asked_for", round=round_id, export=job.what, format=job.ending)
            if _may_have(snapshot, kept(job)) and _of_people(snapshot):
                return done(address, THERE)
            return promised(address, job, MADE)
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    files = list(_files(snapshot))
    page = form.page("manage/data.html", **round_heading(snapshot), files=files, of_people=_of_people(snapshot))
    return looked_for(page, any(file["is_making"] for file in files))


@blueprint.get("/rounds/<round_id>/data/<kind>/<format_name>")
def data_file(round_id: str, kind: str, format_name: str) -> ResponseReturnValue:
    """A file that was made; of people only for an account that gave a reason for it as it is."""
    snapshot = _seen(round_id)
    if kind not in kinds_of(snapshot) or format_name not in FORMATS:
        abort(HTTPStatus.NOT_FOUND)
    job, page = job_for(snapshot, DATA, kind, ending=format_name), url_for("manage.data", round_id=round_id)
    if not _may_have(snapshot, kept(job)):
        return redirect(page)
    return given_out(job, "data_downloaded", page, ANYTHING, export=kind, format=format_name)


def _seen(round_id: str) -> RoundSnapshot:
    """A round whose data the account may have: those of people are for the national team alone."""
    snapshot = opened(round_id)
    if _of_people(snapshot) and not permits(g.account, "manage.reading"):
        abort(HTTPStatus.FORBIDDEN)
    return snapshot


def _allowed(snapshot: RoundSnapshot, job: Job, state: str, reason: str) -> None:
    """Keep of data of people who asked for them, and why, each time. Raises DomainError when nobody may have them."""
    if _of_people(snapshot):
        allow = allow_comments if job.what == COMMENTS else allow_row_level
        allow(current_repository(), snapshot, g.account.name, reason, now())
        jobs.allow(current_repository(), job, g.account.name, state)


def _may_have(snapshot: RoundSnapshot, file: jobs.JobFile) -> bool:
    return not _of_people(snapshot) or file.allowed.get(g.account.name) == file.state


def _files(snapshot: RoundSnapshot) -> Iterator[dict[str, Any]]:
    language, state = current_language(), _state(snapshot)
    for kind in kinds_of(snapshot):
        for format_name in FORMATS:
            file = kept(job_for(snapshot, DATA, kind, ending=format_name))
            if file.status != jobs.MISSING:
                yield {
                    "kind": kind,
                    "format": format_name,
                    "words": f"{language.say(KIND_WORDS[kind])}: {language.say(FORMAT_WORDS[format_name])}",
                    "may_have": _may_have(snapshot, file),
                    **as_shown(file, state),
                }


def _of_people(snapshot: RoundSnapshot) -> bool:
    return snapshot.questionnaire.respondent == "anonymous"


def _state(snapshot: RoundSnapshot) -> str:
    return data_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())
