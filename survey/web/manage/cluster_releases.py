"""The releases of a round of clusters: what was given out, and the next one asked for."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from flask import abort, current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import TextAreaField

from survey.collection.errors import DomainError
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.publication import read_publications
from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting import jobs
from survey.reporting.tasks.job import CLUSTER_RELEASE, Job
from survey.reporting.workbooks.registry import workbook_state
from survey.web.manage.auth import audit, blueprint, opened, permits
from survey.web.manage.made_files import how_it_failed, job_for, kept, looked_for
from survey.web.manage.notices import promised
from survey.web.manage.publication import publishes
from survey.web.manage.releases import RELEASED
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm, TextArea
from survey.web.site.jobs import ask_for
from survey.web.site.language import same_form_in_other_language


class NextReleaseForm(SiteForm):
    """Asks what has changed since the release before."""

    changed = TextAreaField(
        lazy_pgettext("manage release", "What has changed since the release before?"),
        widget=TextArea(),
        description=lazy_pgettext("manage release", "This stands in the notes of the workbook."),
    )


@blueprint.get("/rounds/<round_id>/releases")
def releases(round_id: str) -> ResponseReturnValue:
    """What was released, newest first, with the form that has the next one made."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return redirect(url_for("manage.workbook", round_id=round_id), HTTPStatus.SEE_OTHER)
    return _page(snapshot, NextReleaseForm())


@blueprint.post("/rounds/<round_id>/releases")
def make_release(round_id: str) -> ResponseReturnValue:
    """Have the next release made, unless one is under way."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        abort(HTTPStatus.NOT_FOUND)
    form = NextReleaseForm()

    def ask() -> None:
        changed = form.changed.data or ""
        if read_releases(current_repository(), round_id) and not changed.strip():
            raise DomainError("change_needed")
        if not snapshot.round.is_over(now()):
            raise DomainError("released_after_close", round=round_id)
        if ask_for(_job(snapshot), "", changed=changed, basis=_basis(snapshot)):
            audit("release_asked_for", round=round_id)

    if form.validate_on_submit() and form.takes(ask, form.changed):
        return promised(url_for("manage.releases", round_id=round_id), _job(snapshot), RELEASED)
    return same_form_in_other_language() or _page(snapshot, form)


def _page(snapshot: RoundSnapshot, form: NextReleaseForm) -> ResponseReturnValue:
    repository, round_id = current_repository(), snapshot.round.id
    kept_releases = read_releases(repository, round_id)
    job = kept(_job(snapshot))
    is_making = job.status == jobs.RUNNING
    if job.status == jobs.FAILED and not form.is_submitted():
        # What was said of it is not to be written once more.
        form.changed.data = job.asked.get("changed", "")
    page = form.page(
        "manage/cluster_releases.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        releases=kept_releases[::-1],
        publications=read_publications(repository, round_id),
        publishes=publishes(),
        is_over=snapshot.round.is_over(now()),
        is_provisional=may_still_change(repository, snapshot.round, now()),
        may_release=permits(g.account, "manage.publication"),
        is_making=is_making,
        **how_it_failed(job, partial(_basis, snapshot)),
    )
    return looked_for(page, is_making)


def _basis(snapshot: RoundSnapshot) -> str:
    """All that decides whether there is something to release."""
    repository = current_repository()
    state = workbook_state(repository, snapshot, current_app.config["SMALLEST_GROUP"], now())
    return f"{state} {may_still_change(repository, snapshot.round, now())}"


def _job(snapshot: RoundSnapshot) -> Job:
    return replace(job_for(snapshot, CLUSTER_RELEASE), by=g.account.name)
