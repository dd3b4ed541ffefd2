"""The releases of a round of people: what was given out, the first one asked for, a correction looked at and made."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from flask import Response, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField

from survey.collection.errors import DomainError
from survey.collection.rounds.publication import read_publications
from survey.collection.rounds.releases import KeptRelease, read_releases, released_file
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.reporting import jobs
from survey.reporting.releases.exact_numbers import allow_exact, has_exact_form
from survey.reporting.releases.state import has_changed
from survey.reporting.tasks.job import CORRECTION, DRAFT, RELEASE, Job
from survey.reporting.workbooks.omitted_tables import table_names
from survey.reporting.workbooks.registry import workbook_state
from survey.web.manage.auth import audit, blueprint, opened, permits
from survey.web.manage.made_files import download, how_it_failed, job_for, kept, looked_for
from survey.web.manage.notices import promised
from survey.web.manage.publication import publishes
from survey.web.manage.reason_field import ReasonField
from survey.web.manage.round_titles import round_heading
from survey.web.respond.respondent import words_of
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.language import current_language, same_form_in_other_language

RELEASED = Phrase("manage done", "The figures have been released.")


def releases_page(snapshot: RoundSnapshot) -> ResponseReturnValue:
    """What was released, newest first; before that, how the first is to be had."""
    releases = read_releases(current_repository(), snapshot.round.id)
    job = kept(_job(snapshot))
    is_making = not releases and job.status == jobs.RUNNING
    page = render_template(
        "manage/releases.html",
        **round_heading(snapshot),
        releases=releases[::-1],
        has_changed=bool(releases) and has_changed(current_repository(), snapshot, releases[-1]),
        may_release=permits(g.account, "manage.correct"),
        is_closed=snapshot.round.status == "closed",
        is_making=is_making,
        **how_it_failed(job, partial(_basis, snapshot)),
        left_out={release.number: _left_out(snapshot, release.left_out) for release in releases},
        publications=read_publications(current_repository(), snapshot.round.id),
        publishes=publishes(),
        with_exact={release.number for release in releases if has_exact_form(release)},
    )
    return looked_for(page, is_making)


def ask_for_release(snapshot: RoundSnapshot) -> ResponseReturnValue:
    """Have the first release made, unless it is there or under way. For good: so only whoever may correct it may."""
    if not permits(g.account, "manage.correct"):
        abort(HTTPStatus.FORBIDDEN)
    address, job = url_for("manage.workbook", round_id=snapshot.round.id), _job(snapshot)
    if snapshot.round.status == "closed" and not read_releases(current_repository(), snapshot.round.id):
        state = _basis(snapshot)
        if ask_for(job, state, basis=state):
            audit("release_asked_for", round=snapshot.round.id)
    return promised(address, job, RELEASED)


def _basis(snapshot: RoundSnapshot) -> str:
    """All that the first release is made from."""
    return workbook_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())


def last_released_file(snapshot: RoundSnapshot, code: str) -> ResponseReturnValue:
    """The workbook of the last release in a language; the page about it when there is none."""
    releases = read_releases(current_repository(), snapshot.round.id)
    if not releases:
        return redirect(url_for("manage.workbook", round_id=snapshot.round.id))
    return _given_out(snapshot, releases[-1], code)


@blueprint.get("/rounds/<round_id>/releases/<int:number>/<any(cy, en):code>.xlsx")
def release_file(round_id: str, number: int, code: str) -> ResponseReturnValue:
    """The workbook of a release, as it was made."""
    snapshot = opened(round_id)
    for release in read_releases(current_repository(), round_id):
        if release.number == number:
            return _given_out(snapshot, release, code)
    page = "workbook" if snapshot.questionnaire.respondent == "anonymous" else "releases"
    return redirect(url_for(f"manage.{page}", round_id=round_id))


class CorrectionForm(SiteForm):
    """Asks why; once that is known, and what has to be left out was shown, whether to make it. `seen` is the state of
    the responses that was looked at."""

    reason = ReasonField(
        lazy_pgettext("manage release", "Why is a correction needed?"),
        description=lazy_pgettext(
            "manage release", "The reason and the name of your account stand in the notes of the workbook."
        ),
        missing=DomainError("correction_reason_needed"),
    )
    seen = HiddenField()


@blueprint.route("/rounds/<round_id>/correction", methods=["GET", "POST"])
def correct(round_id: str) -> ResponseReturnValue:
    """Ask why, show what the correction leaves out, and make it when that has been seen."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent != "anonymous":
        abort(HTTPStatus.NOT_FOUND)
    if request.method == "GET":
        return _correction_as_it_stands(snapshot)
    form = CorrectionForm()
    if not form.validate_on_submit():
        return same_form_in_other_language() or form.page("manage/correction.html", **round_heading(snapshot))
    reason, seen = form.reason.data or "", form.seen.data or ""
    job = _job(snapshot, CORRECTION if seen else DRAFT)
    address = url_for("manage.correct", round_id=round_id, step="made" if seen else "draft")
    if ask_for(job, "", by=g.account.name, reason=reason, seen=seen):
        audit("correction_asked_for" if seen else "correction_drafted", round=round_id)
    if seen:
        return promised(address, job, RELEASED, page=url_for("manage.workbook", round_id=round_id))
    return redirect(address, HTTPStatus.SEE_OTHER)


def _correction_as_it_stands(snapshot: RoundSnapshot) -> ResponseReturnValue:
    """The step that the address names: being worked out, looked at, made or refused; without one, why it is needed."""
    step = {"draft": DRAFT, "made": CORRECTION}.get(request.args.get("step", ""))
    form = CorrectionForm()
    if step is None:
        return form.page("manage/correction.html", **round_heading(snapshot))
    job = kept(_job(snapshot, step))
    if job.asked.get("by") != g.account.name:
        return redirect(url_for("manage.correct", round_id=snapshot.round.id))
    if job.status == jobs.RUNNING:
        return looked_for(render_template("manage/correction_made.html", **round_heading(snapshot)), is_making=True)
    if job.status == jobs.FAILED:
        why = job.refused.say(current_language()) if job.refused else ""
        return render_template("manage/no_correction.html", **round_heading(snapshot), why=why)
    if step == CORRECTION:
        return redirect(url_for("manage.workbook", round_id=snapshot.round.id))
    form.reason.data, form.seen.data = job.asked["reason"], job.told["state"]
    left_out = _left_out(snapshot, [(of, tuple(breakdowns)) for of, breakdowns in job.told["left_out"]])
    return form.page("manage/correction.html", **round_heading(snapshot), left_out=left_out, number=job.told["number"])


class ExactForm(SiteForm):
    """Asks why exact figures are needed, and in which language."""

    reason = ReasonField(
        lazy_pgettext("manage release", "Why are exact figures needed?"),
        description=lazy_pgettext("manage release", "The reason and the name of your account are kept in the log."),
        missing=DomainError("exact_reason_needed"),
    )


@blueprint.route("/rounds/<round_id>/releases/<int:number>/exact/<any(cy, en):code>", methods=["GET", "POST"])
def exact_release(round_id: str, number: int, code: str) -> ResponseReturnValue:
    """Ask why, and give out the workbook of a release with exact figures."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent != "anonymous":
        abort(HTTPStatus.NOT_FOUND)
    release = next(
        (release for release in read_releases(current_repository(), round_id) if release.number == number), None
    )
    if release is None:
        return redirect(url_for("manage.workbook", round_id=round_id))
    form = ExactForm()
    if not form.validate_on_submit():
        page = form.page("manage/exact_release.html", **round_heading(snapshot), number=number, code=code)
        return same_form_in_other_language() or page
    account, reason = g.account.name, form.reason.data or ""
    which = allow_exact(current_repository(), round_id, release, code, account, reason, now())
    file = release.files[which]
    return download(released_file(current_repository(), round_id, release, which), file.name)


def _given_out(snapshot: RoundSnapshot, release: KeptRelease, code: str) -> Response:
    round_id, file = snapshot.round.id, release.files[code]
    content = released_file(current_repository(), round_id, release, code)
    audit("workbook_downloaded", round=round_id, language=code, release=str(release.number), sha256=file.sha256)
    return download(content, file.name)


def _left_out(snapshot: RoundSnapshot, tables: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    language = current_language()
    return table_names(snapshot.questionnaire, tables, language, words_of(snapshot, language))


def _job(snapshot: RoundSnapshot, task: str = RELEASE) -> Job:
    return replace(job_for(snapshot, task), by=g.account.name)
