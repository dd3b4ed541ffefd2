"""The start page, which offers to go on with what this browser has just begun; stopping, and going on later.

Whoever stops is shown a code once, of which only a keyed hash is kept.
"""

import secrets
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext

from survey.collection.earlier_secrets import resumed_by_code
from survey.collection.errors import DomainError
from survey.collection.people.access import new_code
from survey.collection.progress import round_state
from survey.collection.responses import anonymous_drafts
from survey.web.anonymous.auth import blueprint, gone
from survey.web.anonymous.draft_cookie import OFFERED, held_draft, hold_draft, let_go_of_draft
from survey.web.anonymous.participant import Participant
from survey.web.respond.respondent import WHOSE
from survey.web.site.environment import key_ring, now
from survey.web.site.forms import CodeField, SiteForm
from survey.web.site.language import current_language, same_form_in_other_language
from survey.web.site.rate_limiter import RateLimiter

LONGEST = 100
SHOWN = "code"
AFRESH = "afresh"
BURST = 120
PER_SECOND = 1.0
"""So many may begin at once from one network address with one link, then one a second: a whole practice behind one
address never notices. It brakes where somebody begins or enters a code, before anything is typed; whoever has begun
can always go on and submit."""


@blueprint.record_once
def _add_rate_limiter(state: BlueprintSetupState) -> None:
    """Each process has one of its own."""
    state.app.extensions["rate_limiter"] = RateLimiter(BURST, PER_SECOND)


class ResumeCodeForm(SiteForm):
    """Asks for a resume code. Once it is valid, `draft_id` is what the code leads to."""

    resume_code = CodeField(
        lazy_pgettext("survey", "Your code"),
        description=lazy_pgettext(
            "survey",
            "The code that we showed you when you stopped: 12 letters and digits, with or without the hyphens.",
        ),
    )
    draft_id: str

    def validate_resume_code(self, field: Any) -> None:
        self.attempt(_refuse_too_many)
        self.draft_id = self.attempt(lambda: _draft_of(g.participant, (field.data or "")[:LONGEST]))


@blueprint.route("/", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """What this is, what becomes of the answers, and what this browser has begun; a POST begins.

    It begins beside a draft that this browser is offered only if the form names that draft: so a start page that was
    opened before, or a second tap, destroys nothing.
    """
    offered = _offered()
    if request.method == "GET":
        return _start(offered)
    if offered and request.form.get(AFRESH) != offered.key:
        return redirect(url_for("anonymous.start"), HTTPStatus.SEE_OTHER)
    try:
        _refuse_too_many()
        draft_id = _begin(g.participant)
    except DomainError as refused:
        return _start(offered) if refused.code == "round_closed" else _slowed(refused)
    if offered:
        anonymous_drafts.discard_draft(offered.repository, offered.snapshot.round.id, offered.draft_id)
    begun: Participant = replace(g.participant, draft_id=draft_id)
    return hold_draft(redirect(begun.onward(), HTTPStatus.SEE_OTHER), draft_id)


@blueprint.route("/later", methods=["GET", "POST"])
def later() -> ResponseReturnValue:
    """Explain how to go on later; a POST shows a code, and the same one again in another language."""
    participant: Participant = g.participant
    if request.method == "GET":
        return render_template("anonymous/later.html", code="", hidden=[(WHOSE, participant.key)])
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    code = request.form.get(SHOWN, "")
    try:
        if not _leads_to_draft(participant, code):
            if request.form.get(WHOSE) != participant.key:
                return gone()
            code = new_code(secrets.choice)
            ring = key_ring()
            anonymous_drafts.store_resume_code(
                participant.repository,
                participant.snapshot,
                ring.newest.key,
                participant.draft_id,
                code,
                now(),
                ring.mark,
            )
    except DomainError:
        return gone()
    # From now on it is the code that leads to the answers, not the browser: somebody else may use that next.
    return let_go_of_draft(make_response(render_template("anonymous/later.html", code=code)))


@blueprint.route("/resume", methods=["GET", "POST"])
def resume() -> ResponseReturnValue:
    """Ask for the code, and go on where it leads."""
    participant: Participant = g.participant
    if not participant.snapshot.round.takes_answers(now()):
        return redirect(url_for("anonymous.start"), HTTPStatus.SEE_OTHER)
    form = ResumeCodeForm()
    if form.validate_on_submit():
        resumed: Participant = replace(g.participant, draft_id=form.draft_id)
        return hold_draft(redirect(resumed.onward(), HTTPStatus.SEE_OTHER), form.draft_id)
    return same_form_in_other_language() or form.page("anonymous/resume.html")


def _offered() -> Participant | None:
    """Who can go on with the draft of this browser; None where there is none, or its time is over."""
    participant: Participant = replace(g.participant, draft_id=held_draft().within(OFFERED))
    takes_answers = participant.snapshot.round.takes_answers(now())
    return participant if takes_answers and participant.draft() else None


def _begin(participant: Participant) -> str:
    """The id of a new draft. Raises DomainError: round_closed."""
    draft_id = uuid4().hex
    anonymous_drafts.begin(
        participant.repository,
        participant.snapshot,
        participant.cluster.code,
        draft_id=draft_id,
        response_id=uuid4().hex,
        now=now(),
    )
    return draft_id


def _start(offered: Participant | None) -> str:
    snapshot = g.participant.snapshot
    description = snapshot.questionnaire.description
    moment = now()
    return render_template(
        "anonymous/start.html",
        description=g.participant.texts(description) if description else "",
        round=snapshot.round,
        takes_answers=snapshot.round.takes_answers(moment),
        not_yet_open=round_state(snapshot.round, moment) == "waiting",
        offered=offered,
        afresh=[(AFRESH, offered.key)] if offered else [],
    )


def _slowed(refused: DomainError) -> ResponseReturnValue:
    headers = {"Retry-After": refused.values.get("seconds", "1")}
    afresh = [(AFRESH, request.form[AFRESH])] if AFRESH in request.form else []
    page = render_template("anonymous/slowed.html", reason=refused.say(current_language()), afresh=afresh)
    return page, HTTPStatus.TOO_MANY_REQUESTS, headers


def _leads_to_draft(participant: Participant, code: str) -> bool:
    """Whether a code that the form carried is a real one: in the other language the page is shown once more."""
    try:
        _draft_of(participant, code)
    except DomainError:
        return False
    return True


def _draft_of(participant: Participant, code: str) -> str:
    """The id of the draft that a code leads to. Raises DomainError."""
    return resumed_by_code(
        participant.repository, participant.snapshot, key_ring(), participant.cluster.code, code, now()
    )


def _refuse_too_many() -> None:
    """Raises DomainError("many_at_once") while a script is at work at this address."""
    limiter: RateLimiter = current_app.extensions["rate_limiter"]
    seconds = limiter.wait(request.remote_addr or "", g.link, now())
    if seconds:
        raise DomainError("many_at_once", seconds=str(seconds))
