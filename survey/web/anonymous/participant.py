"""Who is answering: nobody in particular. The browser holds a draft’s random id, for the pages of one link only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from werkzeug.wrappers import Response as Answer

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous_drafts import Draft, read_draft, save_draft
from survey.collection.responses.response import Response, SavedPage
from survey.questionnaire.walk import Page
from survey.web.respond.form_targets import Version
from survey.web.respond.respondent import Respondent
from survey.web.site.clock import now
from survey.web.site.language import current_language

COOKIE = "draft"


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
    """A page of a draft. It is one person's, so the last save wins, and versions do not matter."""

    def __init__(self, participant: Participant, page: Page) -> None:
        self.page = page
        self._participant = participant

    def version(self, response: Response) -> Version:
        """The page in a draft."""
        saved = response.pages.get(self.page.key, SavedPage())
        return Version("", saved.answers or {}, saved.written_in or {}, None)

    def save(self, answers: Mapping[str, Any], token: str) -> Version:
        """Keep the answers. Raises DomainError: round_closed, draft_gone."""
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
            answers,
            language=current_language().code,
            now=now(),
        )
        return self.version(participant.response())


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


def _cookies() -> Iterator[dict[str, Any]]:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    for code in current_app.config["LANGUAGES"]:
        path = f"{request.root_path}/{code}/survey/{g.link}"
        yield {"path": path, "secure": secure, "httponly": True, "samesite": "Strict"}
