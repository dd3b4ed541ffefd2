"""Who is answering: nobody in particular, by the link of a cluster, with the draft that her browser holds."""

from dataclasses import dataclass

from flask import after_this_request, request, url_for

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous_drafts import AnonymousDraft, read_draft, save_draft
from survey.collection.responses.merge import Base, Edits, base_of, merge
from survey.collection.responses.response import Response, SavedPage
from survey.questionnaire.definition import Question
from survey.questionnaire.screens import Screen, screens_of, screens_on
from survey.questionnaire.walk import Page
from survey.web.anonymous.draft_cookie import hold_draft
from survey.web.respond.form_targets import Saved, Version
from survey.web.respond.forms import anchor_of
from survey.web.respond.respondent import Respondent, sent_by_script
from survey.web.site.environment import now
from survey.web.site.language import current_language, switch_asked_for

LATER = "later"


@dataclass(frozen=True)
class Participant(Respondent):
    """A person who answers for herself. `draft_id` is what her browser holds, which may be of no draft."""

    draft_id: str = ""

    @property
    def key(self) -> str:
        """What a form carries, so that what was typed for one draft never reaches another."""
        return self.response().id

    def draft(self) -> AnonymousDraft | None:
        """The draft as it is now; None when there is none of this link."""
        draft = read_draft(self.repository, self.snapshot.round.id, self.draft_id, now())
        return draft if draft and draft.cluster == self.cluster.code else None

    def response(self) -> Response:
        """The draft as the forms take it; an empty one, without an id, when there is none."""
        draft = self.draft() or AnonymousDraft("", self.cluster.code, "", {})
        return Response(draft.response, self.snapshot.round.id, self.cluster.code, "in_progress", draft.pages, (), ())

    def screens(self) -> tuple[Screen, ...]:
        """The screens on the way of the draft as it is now."""
        return screens_on(self.path(self.response()))

    def unseen(self) -> list[Screen]:
        """Those of them that the person has not gone on from."""
        draft = self.draft()
        return [screen for screen in self.screens() if draft is None or not draft.has_seen(screen)]

    def screen_address(self, screen: Screen) -> str:
        """Where a screen is answered."""
        return url_for("anonymous.section", key=screen.key)

    def onward(self) -> str:
        """Where the person goes on: at the first screen not yet seen, else where answers are checked."""
        unseen = self.unseen()
        return self.screen_address(unseen[0]) if unseen else url_for("anonymous.check")

    def address(self, page: Page) -> str:
        """Where a page is answered: at the first of its screens that is asked."""
        return self.screen_address(next(screen for screen in self.screens() if screen.page == page))

    def answer_address(self, page: Page, question: Question, part: str | None = None) -> str:
        """Where an answer, or a part of it, is given: at its control on the screen that has it."""
        row = (part or "").partition(".")[0]
        screens = (screen for screen in screens_of(self.instrument) if screen.page == page)
        here = next(screen for screen in screens if _asks(screen, question, row))
        return f"{self.screen_address(here)}#{anchor_of(question, part)}"


class DraftTarget:
    """A screen of a draft. It is one person's, so what she changes last holds."""

    def __init__(self, participant: Participant, screen: Screen) -> None:
        self.page = screen.shown
        self._screen = screen
        self._participant = participant

    def version(self, response: Response) -> Version:
        """The screen in a draft."""
        saved = response.pages.get(self._screen.page.key, SavedPage())
        return Version(self._screen.answers_in(saved.answers or {}), saved.written_in or {}, None)

    def save(self, changed: Edits, base: Base | None) -> Saved:
        """Keep what was changed; the browser holds the draft anew. Raises DomainError: round_closed, draft_gone."""
        participant = self._participant
        if not participant.snapshot.round.takes_answers(now()):
            raise DomainError("round_closed")
        if participant.draft() is None:
            raise DomainError("draft_gone")
        save_draft(
            participant.repository,
            participant.snapshot,
            participant.draft_id,
            self._screen.page,
            lambda before: merge(before, base_of(before), changed).answers,
            language=current_language().code,
            now=now(),
            seen=(self._screen.key,) if _goes_on() else (),
        )
        after_this_request(lambda answer: hold_draft(answer, participant.draft_id))
        return Saved(self.version(participant.response()))


def _goes_on() -> bool:
    """Whether the person goes on with this save: not if she stops, changes the language or is still writing."""
    then = request.form.get("then")
    is_writing = then is None and sent_by_script()
    return not (is_writing or then == LATER or switch_asked_for())


def _asks(screen: Screen, question: Question, row: str) -> bool:
    here = screen.shown.section.question(question.id)
    return here is not None and (not row or not here.rows or any(asked_row.id == row for asked_row in here.rows))
