"""Contribution analysis: for each outcome a page that lays side by side what was meant to change, what did, what
clusters say and show, and takes what the team makes of it: what else could explain it, and how sure it is.
"""

from http import HTTPStatus
from typing import Any

import orjson
from flask import abort, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, TextAreaField

from survey.collection.errors import DomainError
from survey.collection.reports.contributions import (
    NOTHING_WRITTEN,
    SURENESS_WORDS,
    TEXTS,
    keep_contribution,
    read_contributions,
)
from survey.collection.responses.merge import Base, base_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase
from survey.reporting import jobs
from survey.reporting.tasks.job import CONTRIBUTIONS, Job
from survey.reporting.workbooks.registry import workbook_state
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.documents import reflection_round
from survey.web.manage.made_files import as_shown, job_for, kept, looked_for
from survey.web.manage.notices import done, promised
from survey.web.manage.round_titles import round_heading
from survey.web.respond.respondent import words_of
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.language import current_language, same_form_in_other_language

BASE = "base-"
PARTS = (*TEXTS, "sureness")
GATHERED = Phrase("manage done", "Figures and words of clusters have been gathered.")
KEPT = Phrase("manage done", "What you wrote was kept.")


class GatherForm(SiteForm):
    """Asks for figures and words to be gathered; `outcome` is that of the page it is sent from, if it is of one."""

    outcome = HiddenField()


class WrittenForm(SiteForm):
    """Asks what the team makes of an outcome. Each field has its part of the base beside it; the class below adds
    both."""

    @property
    def written(self) -> dict[str, str]:
        """What was written, by part."""
        return {part: self[part].data or "" for part in PARTS}

    @property
    def base(self) -> Base:
        """What it was written on."""
        return {(part,): self[BASE + part].data for part in PARTS if self[BASE + part].data}


_FIELDS = {name: field() for part in PARTS for name, field in ((part, TextAreaField), (BASE + part, HiddenField))}
ContributionForm: type[WrittenForm] = type("ContributionForm", (WrittenForm,), _FIELDS)


@blueprint.get("/rounds/<round_id>/contributions")
def contributions(round_id: str) -> ResponseReturnValue:
    """The outcomes, and of which something has been written."""
    snapshot = reflection_round(round_id)
    file = _file(snapshot)
    page = render_template(
        "manage/contributions.html",
        **round_heading(snapshot),
        outcomes=_outcomes(snapshot),
        written=read_contributions(current_repository(), round_id),
        file=file,
    )
    return looked_for(page, file["is_making"])


@blueprint.post("/rounds/<round_id>/contributions")
def gather_contributions(round_id: str) -> ResponseReturnValue:
    """Have the figures and words of all outcomes gathered in the reader’s language, unless they are as of now."""
    snapshot = reflection_round(round_id)
    if ask_for(_job(snapshot), _state(snapshot)):
        audit("contributions_asked_for", round=round_id)
    back = GatherForm().outcome.data or ""
    page = url_for("manage.contribution", round_id=round_id, outcome=back) if back in _outcomes(snapshot) else ""
    return promised(page or url_for("manage.contributions", round_id=round_id), _job(snapshot), GATHERED)


@blueprint.route("/rounds/<round_id>/contributions/<outcome>", methods=["GET", "POST"])
def contribution(round_id: str, outcome: str) -> ResponseReturnValue:
    """One outcome; what the team writes is kept, unless somebody else has written otherwise meanwhile."""
    snapshot = reflection_round(round_id)
    if outcome not in _outcomes(snapshot):
        abort(HTTPStatus.NOT_FOUND)
    form = ContributionForm()
    clashing: frozenset[str] = frozenset()

    def keep() -> None:
        nonlocal clashing
        by = g.account.name
        clashing = keep_contribution(current_repository(), round_id, outcome, form.base, form.written, by, now())

    if form.validate_on_submit() and form.takes(keep, form[TEXTS[0]]):
        if not clashing:
            return done(url_for("manage.contribution", round_id=round_id, outcome=outcome), KEPT)
        form.refuse(DomainError("contribution_changed"), form[min(clashing)])
    return same_form_in_other_language() or _page(snapshot, outcome, form, clashing)


def _page(snapshot: RoundSnapshot, outcome: str, form: WrittenForm, clashing: frozenset[str]) -> ResponseReturnValue:
    """The outcome with what is kept; or with what was sent: all of it, or where two wrote what is `clashing`."""
    written = read_contributions(current_repository(), snapshot.round.id).get(outcome, NOTHING_WRITTEN)
    shown = dict(written.words)
    if form.is_submitted():
        shown |= {name: text for name, text in form.written.items() if not clashing or name in clashing}
    base = form.base if form.is_submitted() and not clashing else base_of(written.words)
    file = _file(snapshot)
    page = form.page(
        "manage/contribution.html",
        HTTPStatus.CONFLICT if clashing else None,
        **round_heading(snapshot),
        code=outcome,
        name=_outcomes(snapshot)[outcome],
        levels=_levels(snapshot, outcome),
        parts=_gathered(snapshot).get(outcome, {}),
        file=file,
        written=written,
        shown=shown,
        clashing=clashing,
        sureness=SURENESS_WORDS,
        base={part[0]: print_ for part, print_ in base.items()},
    )
    return looked_for(page, file["is_making"] and not form.is_submitted())


def _gathered(snapshot: RoundSnapshot) -> dict[str, Any]:
    """What was gathered last of each outcome, part by part, as blocks; nothing before that."""
    job = _job(snapshot)
    content = jobs.content_of(current_repository(), job, kept(job))
    gathered: dict[str, Any] = orjson.loads(content) if content else {}
    return gathered


def _outcomes(snapshot: RoundSnapshot) -> dict[str, str]:
    """The names of the framework’s outcomes by id, in its order: “PCMW 1: An informed public”."""
    framework, language = snapshot.framework, current_language()
    return framework.names(words_of(snapshot, language), language) if framework else {}


def _levels(snapshot: RoundSnapshot, outcome_id: str) -> list[tuple[str, str, list[str]]]:
    """The name of each level, what it means, and what the outcome asks for at it."""
    framework, texts = snapshot.framework, words_of(snapshot, current_language())
    outcomes = framework.outcomes if framework else ()
    return [
        (
            texts(level.name),
            texts(level.description),
            [texts(criterion.text) for criterion in outcome.at_level(level.id)],
        )
        for outcome in outcomes
        if outcome.id == outcome_id and framework
        for level in framework.levels
    ]


def _job(snapshot: RoundSnapshot) -> Job:
    # The pseudo-language has no figures of its own.
    code = current_language().code
    return job_for(snapshot, CONTRIBUTIONS, language=code if code in LANGUAGES else LANGUAGES[-1])


def _file(snapshot: RoundSnapshot) -> dict[str, Any]:
    return as_shown(kept(_job(snapshot)), _state(snapshot))


def _state(snapshot: RoundSnapshot) -> str:
    return workbook_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())
