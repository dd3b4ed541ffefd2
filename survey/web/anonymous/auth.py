"""Who may come in, and who is answering: everybody with a link, which each address holds; nobody in particular.

The pages after the first need a draft. The browser holds its random id, for the pages of one link only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from survey.collection.errors import DomainError
from survey.collection.people.access import follow
from survey.collection.responses.anonymous_drafts import Draft, clear_drafts, over_drafts, read_draft, save_draft
from survey.collection.responses.merge import Base, Edits, base_of, merge
from survey.collection.responses.response import Response, SavedPage
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import load_snapshot
from survey.questionnaire.walk import Page
from survey.storage.repository import Repository, StorageError
from survey.web.respond.form_targets import Saved, Version
from survey.web.respond.respondent import Respondent
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language

COOKIE = "draft"
PUBLIC = {"anonymous.start", "anonymous.resume", "anonymous.thanks"}

blueprint = Blueprint("anonymous", __name__, url_prefix="/survey/<link>")


@dataclass(frozen=True)
class Participant(Respondent):
    """A person who answers for herself. `draft_id` is what her browser holds, which may be of no draft."""

    draft_id: str = ""

    @property
    def key(self) -> str:
        """What a form carries, so that what was typed for one draft never reaches another."""
        return self.response().id

    def address(self, page: Page) -> str:
        """Where a page is answered."""
        return url_for("anonymous.section", key=page.key)

    def draft(self) -> Draft | None:
        """The draft as it is now; None when there is none of this link."""
        draft = read_draft(self.repository, self.snapshot.round.id, self.draft_id, now())
        return draft if draft and draft.cluster == self.cluster.code else None

    def response(self) -> Response:
        """The draft as the forms take it; an empty one, without an id, when there is none."""
        draft = self.draft() or Draft("", self.cluster.code, "", {})
        return Response(draft.response, self.snapshot.round.id, self.cluster.code, "in_progress", draft.pages, (), ())


class DraftTarget:
    """A page of a draft. It is one person's, so what she changes last holds."""

    def __init__(self, participant: Participant, page: Page) -> None:
        self.page = page
        self._participant = participant

    def version(self, response: Response) -> Version:
        """The page in a draft."""
        saved = response.pages.get(self.page.key, SavedPage())
        return Version(saved.answers or {}, saved.written_in or {}, None)

    def save(self, changed: Edits, base: Base | None) -> Saved:
        """Keep what was changed. Raises DomainError: round_closed, draft_gone."""
        participant = self._participant
        if not participant.snapshot.round.takes_answers(now()):
            raise DomainError("round_closed")
        if participant.draft() is None:
            raise DomainError("draft_gone")
        save_draft(
            participant.repository,
            participant.snapshot,
            participant.draft_id,
            self.page,
            lambda before: merge(before, base_of(before), changed).answers,
            language=current_language().code,
            now=now(),
        )
        return Saved(self.version(participant.response()))


def hold_draft(answer: Answer, draft_id: str) -> Answer:
    """Let the browser hold a draft's id for the pages of this link, in each language, until it is closed."""
    for traits in _cookies():
        answer.set_cookie(COOKIE, draft_id, **traits)
    return answer


def let_go_of_draft(answer: Answer) -> Answer:
    """Let the browser hold nothing."""
    for traits in _cookies():
        answer.delete_cookie(COOKIE, **traits)
    return answer


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
    try:
        link = follow(repository, g.link, demonstration=current_app.config["DEMO"])
        snapshot = load_snapshot(repository, link.round)
        cluster = snapshot.cluster(link.cluster)
    except DomainError as refused:
        return render_template(
            "anonymous/unknown_link.html", reason=refused.say(current_language())
        ), HTTPStatus.NOT_FOUND
    _clear_once_a_day(repository, snapshot.round)
    g.participant = Participant(repository, snapshot, cluster, request.cookies.get(COOKIE, ""))
    if request.endpoint in PUBLIC or request.method == "POST":
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


def _cookies() -> Iterator[dict[str, Any]]:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    for code in current_app.config["LANGUAGES"]:
        path = f"{request.root_path}/{code}/survey/{g.link}"
        yield {"path": path, "secure": secure, "httponly": True, "samesite": "Strict"}


def _clear_once_a_day(repository: Repository, of_round: Round) -> None:
    """Drafts go when their time is over, also where nobody has set up the daily purge: whoever comes, clears."""
    moment = now()
    cleared: dict[tuple[str, str], object] = current_app.extensions.setdefault("drafts_cleared", {})
    which = (of_round.id, of_round.status)
    if cleared.get(which) == moment.date():
        return
    cleared[which] = moment.date()
    try:
        over = over_drafts(repository, of_round, moment)
        if over:
            clear_drafts(repository, of_round.id, over)
    except StorageError:
        current_app.logger.exception("drafts that are over could not be cleared")
