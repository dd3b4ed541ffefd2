"""The list of themes of a question: named in both languages, begun afresh or as that of the year before."""

from http import HTTPStatus

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.reading.texts import asked_for_words
from survey.collection.reading.themes import (
    MOST_THEMES,
    Theme,
    earlier_themes,
    keep_themes,
    read_themes,
    take_over,
    version_of,
)
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.notices import done
from survey.web.manage.text_filters import question_label
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.carried_fields import CarriedTexts, PressedButton
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import same_form_in_other_language

KEPT = Phrase("manage done", "The themes were kept.")
NEW_ONES = 3
NEW = Theme("", "", "")


class ThemesForm(SiteForm):
    """Asks for the whole list, of which each theme has a place in `code`, `cy` and `en`; `seen` is the version of the
    list that was on the page. The button begins with that of the year before."""

    seen = HiddenField()
    code = CarriedTexts()
    cy = CarriedTexts(id="cy-1")
    en = CarriedTexts(id="en-1")
    take_over = PressedButton()

    @property
    def written(self) -> tuple[Theme, ...]:
        """The list as it was written."""
        return tuple(map(Theme, self.code.data, self.cy.data, self.en.data))


@blueprint.route("/rounds/<round_id>/themes/<asked>", methods=["GET", "POST"])
def themes(round_id: str, asked: str) -> ResponseReturnValue:
    """The list, with room for more themes; it is kept as a whole."""
    snapshot = opened(round_id)
    if asked not in asked_for_words(snapshot):
        abort(HTTPStatus.NOT_FOUND)
    form = ThemesForm()
    before = read_themes(current_repository(), round_id).get(asked, ())

    def keep() -> None:
        if form.take_over.data is not None:
            take_over(current_repository(), snapshot, asked, now())
        else:
            keep_themes(current_repository(), round_id, asked, form.seen.data or "", form.written, now())

    if form.validate_on_submit() and form.takes(keep, form.cy):
        if before != read_themes(current_repository(), round_id).get(asked, ()):
            audit("themes_changed", round=round_id, question=asked)
        return done(url_for("manage.themes", round_id=round_id, asked=asked), KEPT)
    return same_form_in_other_language() or _page(snapshot, asked, form)


def _page(snapshot: RoundSnapshot, asked: str, form: ThemesForm) -> ResponseReturnValue:
    """The list as it is kept, or as it was written."""
    kept = read_themes(current_repository(), snapshot.round.id).get(asked, ())
    is_stale = form.refused is not None and form.refused.code == "themes_changed"
    written = form.written
    room = [] if written else [NEW] * max(0, min(NEW_ONES, MOST_THEMES - len(kept)))
    return form.page(
        "manage/themes.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        question=question_label(snapshot, asked),
        asked=asked,
        themes=(*(written or kept), *room),
        kept=kept,
        is_stale=is_stale,
        seen=version_of(kept) if is_stale or not written else form.seen.data,
        earlier=() if kept else earlier_themes(current_repository(), snapshot, asked),
    )
