"""Who may come in, and who is answering: everybody with a link, which each address holds; nobody in particular.

The pages after the first need a draft, which the browser holds (`draft_cookie.py`). Reading one changes nothing.
"""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.clock import note_day
from survey.collection.errors import DomainError
from survey.collection.people.access import LINKS, follow
from survey.collection.responses.anonymous_drafts import clear_drafts, drafts_of, over_drafts
from survey.collection.rounds.round import ROUND, Round, place, round_ids
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.repository import Repository, StorageError
from survey.web.anonymous.draft_cookie import HELD, OFFERED, held_draft
from survey.web.anonymous.participant import Participant
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language

PUBLIC = {"anonymous.start", "anonymous.resume", "anonymous.thanks"}

blueprint = Blueprint("anonymous", __name__, url_prefix="/survey/<link>")


@blueprint.url_value_preprocessor
def _take_link(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.link = values.pop("link") if values else ""


@blueprint.url_defaults
def _keep_link(_endpoint: str, values: dict[str, Any]) -> None:
    if "link" not in values:
        values["link"] = g.link


@blueprint.before_request
def require_participant() -> ResponseReturnValue | None:
    """Find out where the link leads, and lead to the start whoever has no draft. What was sent is for the pages."""
    repository = current_repository()
    sends = request.method == "POST"
    draft_id = held_draft().within(HELD if sends else OFFERED)
    _read_ahead(repository, draft_id)
    try:
        link = follow(repository, g.link, demonstration=current_app.config["DEMO"])
        snapshot = load_snapshot(repository, link.round)
        cluster = snapshot.cluster(link.cluster)
    except DomainError as refused:
        return render_template(
            "anonymous/unknown_link.html", reason=refused.say(current_language())
        ), HTTPStatus.NOT_FOUND
    _rounds_of_links()[g.link.lower()] = link.round
    if sends:
        _clear_once_a_day(repository, snapshot.round)
    g.participant = Participant(repository, snapshot, cluster, draft_id)
    if sends or request.endpoint in PUBLIC:
        return None
    if not g.participant.draft_id or not snapshot.round.takes_answers(now()):
        return redirect(url_for("anonymous.start"))
    return gone() if g.participant.draft() is None else None


@blueprint.context_processor
def survey() -> dict[str, object]:
    """What the pages say of the survey."""
    participant: Participant | None = g.get("participant")
    if participant is None:
        return {}
    return {
        "participant": participant,
        "survey_title": participant.texts(participant.snapshot.questionnaire.title),
        "cluster_name": participant.cluster.name(current_language().code),
    }


def gone() -> ResponseReturnValue:
    """The page for a draft that is no longer there."""
    return render_template(
        "anonymous/gone.html", reason=DomainError("draft_gone").say(current_language())
    ), HTTPStatus.GONE


def _read_ahead(repository: Repository, draft_id: str) -> None:
    """What a page needs, if its link has been followed in this process before. Where the link leads is found out all
    the same."""
    round_id = _rounds_of_links().get(g.link.lower())
    if round_id:
        links = [(place(known_id, LINKS), g.link.lower()) for known_id in round_ids(repository)]
        drafts = [(drafts_of(round_id), draft_id)] if draft_id else []
        repository.read_ahead([*links, (place(round_id), ROUND), *drafts])


def _rounds_of_links() -> dict[str, str]:
    """Where the links led that have been followed: there are no more of them than were given out."""
    rounds: dict[str, str] = current_app.extensions.setdefault("rounds_of_links", {})
    return rounds


def _clear_once_a_day(repository: Repository, of_round: Round) -> None:
    """Drafts go when their time is over, also where nobody has set up the daily purge: whoever sends, clears."""
    moment = now()
    cleared: dict[tuple[str, str], object] = current_app.extensions.setdefault("drafts_cleared", {})
    which = (of_round.id, of_round.status)
    if cleared.get(which) == moment.date():
        return
    cleared[which] = moment.date()
    try:
        note_day(repository, moment)
        over = over_drafts(repository, of_round, moment)
        if over:
            clear_drafts(repository, of_round.id, over)
    except StorageError:
        current_app.logger.exception("drafts that are over could not be cleared")
