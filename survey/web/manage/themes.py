"""The list of themes of a question: named in both languages, begun afresh or as that of the year before."""

from http import HTTPStatus

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
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
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language, same_form_in_other_language, switch_asked_for

KEPT = Phrase("manage done", "The themes were kept.")
NEW_ONES = 3
NEW = Theme("", "", "")


@blueprint.route("/rounds/<round_id>/themes/<asked>", methods=["GET", "POST"])
def themes(round_id: str, asked: str) -> ResponseReturnValue:
    """The list, with room for more themes; it is kept as a whole."""
    snapshot = opened(round_id)
    if asked not in asked_for_words(snapshot):
        abort(HTTPStatus.NOT_FOUND)
    if request.method == "GET":
        return _page(snapshot, asked)
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    form = request.form
    rows = zip(form.getlist("code"), form.getlist("cy"), form.getlist("en"), strict=False)
    sent = tuple(Theme(*row) for row in rows)
    if switch_asked_for():
        return _page(snapshot, asked, sent, form.get("seen", ""))
    before = read_themes(current_repository(), round_id).get(asked, ())
    try:
        if "take_over" in form:
            take_over(current_repository(), snapshot, asked, now())
        else:
            keep_themes(current_repository(), round_id, asked, form.get("seen", ""), sent, now())
    except DomainError as refused:
        return _page(snapshot, asked, sent, form.get("seen", ""), refused)
    if before != read_themes(current_repository(), round_id).get(asked, ()):
        audit("themes_changed", round=round_id, question=asked)
    return done(url_for("manage.themes", round_id=round_id, asked=asked), KEPT)


def _page(
    snapshot: RoundSnapshot,
    asked: str,
    sent: tuple[Theme, ...] = (),
    seen: str = "",
    refused: DomainError | None = None,
) -> ResponseReturnValue:
    """The list as it is kept, or as it was `sent`."""
    kept = read_themes(current_repository(), snapshot.round.id).get(asked, ())
    is_stale = refused is not None and refused.code == "themes_changed"
    shown = sent or kept
    room = [NEW] * max(0, min(NEW_ONES, MOST_THEMES - len(shown))) if not sent else []
    page = render_template(
        "manage/themes.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        question=question_label(snapshot, asked),
        asked=asked,
        themes=(*shown, *room),
        kept=kept,
        is_stale=is_stale,
        seen=version_of(kept) if is_stale or not sent else seen,
        earlier=() if kept else earlier_themes(current_repository(), snapshot, asked),
        errors=[{"text": refused.say(current_language()), "href": "#cy-1"}] if refused else [],
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
