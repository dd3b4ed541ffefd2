"""The notes to colleagues of a page, as they are shown beside it, on a page of their own and counted in lists."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import session, url_for
from flask_babel import lazy_pgettext, pgettext
from markupsafe import Markup
from wtforms import TextAreaField

from survey.collection.responses.notes import Note, read_notes, state_of
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.fields import verbatim
from survey.web.respond.respondent import NAME, WHOSE, Respondent, title_of
from survey.web.site.forms import SiteForm, TextArea


class NoteForm(SiteForm):
    """Asks for a note, and says under which name it will appear."""

    note = TextAreaField(
        lazy_pgettext("notes", "Write a note to your colleagues"),
        widget=TextArea(),
        render_kw={"rows": 3},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        name = session.get(NAME, "")
        self.note.description = (
            pgettext("notes", "Your note will be signed: %(name)s", name=name)
            if name
            else pgettext("notes", "Your note will have no name on it. You can give one on the list of sections.")
        )


@dataclass(frozen=True)
class Thread:
    """The notes of a page. `form` is for a new one; None where none is taken any more."""

    respondent: Respondent
    page: Page
    form: NoteForm | None
    notes: tuple[Note, ...]

    @property
    def address(self) -> str:
        """Where they are read by themselves, and where all their forms are sent."""
        return url_for("respond.notes", key=self.page.key)

    @property
    def draft(self) -> str:
        """Under which name the browser keeps a note that has not been sent."""
        return f"{self.respondent.key}/{self.page.key}"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What each form carries."""
        return [(WHOSE, self.respondent.key)]

    @property
    def state(self) -> str:
        return state_of(self.notes)

    @property
    def open(self) -> list[Note]:
        return [note for note in self.notes if not note.settled]

    @property
    def settled(self) -> list[Note]:
        return [note for note in self.notes if note.settled]

    def text(self, note: Note) -> Markup:
        """What a note says, marked with the language it was written in."""
        return verbatim(note.text, note.language)


@dataclass(frozen=True, slots=True)
class NotedPage:
    """A page that has notes; `open` counts those that are not settled."""

    key: str
    title: str
    href: str
    open: int


def thread_of(respondent: Respondent, page: Page, form: NoteForm | None) -> Thread:
    """The notes of a page."""
    return Thread(respondent, page, form, tuple(note for note in _notes(respondent) if note.page == page.key))


def thread_beside(respondent: Respondent, page: Page) -> Thread:
    """The notes of a page that is being answered."""
    return thread_of(respondent, page, NoteForm(formdata=None))


def noted_pages(respondent: Respondent, path: Walk) -> list[NotedPage]:
    """The pages that have notes, in their order."""
    notes = _notes(respondent)
    noted = {note.page for note in notes}
    still_open = Counter(note.page for note in notes if not note.settled)
    return [
        NotedPage(
            page.key,
            title_of(page, respondent.texts),
            url_for("respond.notes", key=page.key),
            still_open[page.key],
        )
        for page in path.instrument.pages
        if page.key in noted and page.key in path.asked
    ]


def _notes(respondent: Respondent) -> tuple[Note, ...]:
    return read_notes(respondent.repository, respondent.snapshot.round.id, respondent.cluster.code)
