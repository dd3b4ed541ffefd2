"""Notes to colleagues by themselves, page by page: read, written, settled, opened again, removed."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from survey.collection.responses.notes import add_note, mark_note, remove_note
from survey.questionnaire.walk import Page
from survey.storage.repository import Repository
from survey.web.respond.auth import blueprint
from survey.web.respond.note_thread import NoteForm, thread_of
from survey.web.respond.respondent import Respondent, title_of, writer
from survey.web.respond.sections import may_change, page_or_404
from survey.web.site.carried_fields import PressedButton
from survey.web.site.environment import new_id, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import same_form_in_other_language

BUTTONS: Mapping[str, Callable[[Repository, str, str, str], None]] = {
    "settle": partial(mark_note, settled=True),
    "open": partial(mark_note, settled=False),
    "remove": remove_note,
}
"""What the buttons of a note do with it."""


class MarkForm(SiteForm):
    """Asks what becomes of a note: the buttons of `BUTTONS`, each with the id of its note."""

    settle = PressedButton()
    open = PressedButton()
    remove = PressedButton()


@blueprint.route("/reflection/notes/<path:key>", methods=["GET", "POST"])
def notes(key: str) -> ResponseReturnValue:
    """The notes of a page. A POST adds one, or does with one what the pressed button says."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    page = page_or_404(respondent.path(response), key)
    here = url_for("respond.notes", key=page.key)
    marks = MarkForm()
    for button in BUTTONS:
        if marks[button].data is not None:
            _press(respondent, button, marks[button].data)
            return redirect(here, HTTPStatus.SEE_OTHER)
    form = NoteForm()
    if form.validate_on_submit() and form.takes(lambda: _add(respondent, page, form.note.data or ""), form.note):
        return redirect(here, HTTPStatus.SEE_OTHER)
    takes_answers = may_change(respondent, response)
    return same_form_in_other_language() or form.page(
        "respond/notes.html",
        # A note that comes too late stays in its box, so that it can be copied.
        thread=thread_of(respondent, page, form if takes_answers or form.note.data else None),
        page_title=title_of(page, respondent.texts),
        back=respondent.address(page) if takes_answers else url_for("respond.reflection"),
    )


def _press(respondent: Respondent, button: str, note_id: str) -> None:
    BUTTONS[button](respondent.repository, respondent.snapshot.round.id, respondent.cluster.code, note_id)


def _add(respondent: Respondent, page: Page, typed: str) -> None:
    add_note(
        respondent.repository,
        respondent.snapshot,
        respondent.cluster.code,
        page,
        typed,
        writer=writer(),
        now=now(),
        new_id=new_id(),
    )
