"""Publishing a release: what anybody could read then, the notes to readers, and taking it back."""

from http import HTTPStatus

from flask import abort, current_app, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField, TextAreaField

from survey.collection.rounds.publication import Publication, publish, read_publications, withdraw
from survey.collection.rounds.releases import read_releases
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.notices import done, told
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm, TextArea
from survey.web.site.language import same_form_in_other_language

PUBLISH, WITHDRAW = "publish", "withdraw"
PUBLISHED = Phrase("manage done", "The release is published: anybody can read it.")
WITHDRAWN = Phrase("manage done", "The release was withdrawn: nobody reads it here any more.")
ALREADY = (
    Phrase("manage done", "This release has been published already. Nothing was changed."),
    Phrase("manage done", "This release is published no more. Nothing was changed."),
)
"""What is said to whoever publishes, or withdraws, what somebody else has meanwhile."""


class NotesForm(SiteForm):
    """Asks for the notes to readers in both languages. `act` is what the page offered: sent twice, it is done once."""

    notes_cy = TextAreaField(lazy_pgettext("manage publication", "Note to readers, in Welsh"), widget=TextArea())
    notes_en = TextAreaField(lazy_pgettext("manage publication", "Note to readers, in English"), widget=TextArea())
    act = HiddenField()

    def said(self) -> dict[str, str]:
        """What was written, as it is kept."""
        return {code: note.strip() for code, note in self.notes().items()}

    def notes(self) -> dict[str, str]:
        """What was written, by language."""
        return {"cy": self.notes_cy.data or "", "en": self.notes_en.data or ""}


@blueprint.route("/rounds/<round_id>/releases/<int:number>/publication", methods=["GET", "POST"])
def publication(round_id: str, number: int) -> ResponseReturnValue:
    """Publish a release; take back one that is published."""
    snapshot = opened(round_id)
    repository = current_repository()
    release = next((release for release in read_releases(repository, round_id) if release.number == number), None)
    if release is None or not publishes():
        abort(HTTPStatus.NOT_FOUND)
    form = NotesForm()

    def act() -> None:
        if form.act.data == WITHDRAW:
            withdraw(repository, round_id, number, form.notes(), g.account.name, now())
            audit("release_withdrawn", round=round_id, release=str(number))
        else:
            publish(repository, round_id, number, form.notes(), g.account.name, now())
            audit("release_published", round=round_id, release=str(number))

    if form.validate_on_submit() and (form.takes(act, form.notes_cy) or _has_done(form, round_id, number)):
        address = url_for("manage.releases", round_id=round_id)
        return done(address, WITHDRAWN if form.act.data == WITHDRAW else PUBLISHED)
    before = read_publications(repository, round_id).get(number)
    if form.refused and is_public(before) == (form.act.data != WITHDRAW):
        # The notes were not meant for what the page would offer now.
        return told(url_for("manage.releases", round_id=round_id), ALREADY[form.act.data == WITHDRAW])
    form.act.data = WITHDRAW if is_public(before) else PUBLISH
    return same_form_in_other_language() or form.page(
        "manage/publication.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        release=release,
        publication=before,
        is_public=is_public(before),
        needs_notes=number > 1 or release.provisional,
    )


def publishes() -> bool:
    """Whether this service shows anybody what was published."""
    return "published.releases" in current_app.view_functions


def _has_done(form: NotesForm, round_id: str, number: int) -> bool:
    """Whether whoever sends the form has done just that already: then it was sent twice."""
    publication = read_publications(current_repository(), round_id).get(number)
    if publication is None or is_public(publication) == (form.act.data == WITHDRAW):
        return False
    done = publication.withdrawn or publication.made
    return (done.by, done.notes) == (g.account.name, form.said())


def is_public(publication: Publication | None) -> bool:
    """Whether anybody can read it now."""
    return publication is not None and publication.withdrawn is None
