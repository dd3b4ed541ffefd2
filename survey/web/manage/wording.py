"""Corrected wording in an open round: what files and translations would change today, and the corrections so far."""

import hashlib

from flask import g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import BooleanField, HiddenField

from survey.catalogues.files import Places
from survey.collection.errors import DomainError
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.rewording import Rewording, meaning_changes, revise_texts, revisions, rewordings
from survey.collection.rounds.snapshot import RoundSources
from survey.collection.translation.publication import gate_of_readers
from survey.languages import Phrase
from survey.questionnaire.diff import describe
from survey.questionnaire.findings import DefinitionError, line
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.notices import done
from survey.web.manage.reason_field import ReasonField
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language
from survey.web.site.translations import project, translators_repository

CORRECTED = Phrase("manage done", "The words were corrected. Whoever answers reads them from now on.")


class RewordingForm(SiteForm):
    """Asks why words are corrected. `shown` tells which words were on the page."""

    reason = ReasonField(
        lazy_pgettext("manage wording", "Why are the words corrected?"),
        description=lazy_pgettext("manage wording", "The reason and your account’s name are kept with the round."),
    )
    vouched = BooleanField(
        lazy_pgettext("manage wording", "I have compared the words, and they ask the same as before")
    )
    shown = HiddenField()


@blueprint.route("/rounds/<round_id>/wording", methods=["GET", "POST"])
def wording(round_id: str) -> ResponseReturnValue:
    """Show what would change, and put it to use once somebody says why."""
    snapshot = opened(round_id)
    form = RewordingForm()
    places = project()
    reworded: list[Rewording] = []
    obstacles: list[str] = []
    try:
        current = snapshot.round
        sources = read_sources(
            places.questionnaires, current.questionnaire, current.edition, current.cluster_list, places.shelf.added
        )
        reworded, obstacles = _what_would_change(round_id, sources)
    except (DomainError, DefinitionError) as refused:
        obstacles = _why_not(refused)
    else:
        if form.validate_on_submit() and form.takes(
            lambda: _correct(form, round_id, sources, reworded, places), form.reason
        ):
            return done(url_for("manage.wording", round_id=round_id), CORRECTED)
    form.shown.data = _digest(reworded)
    return same_form_in_other_language() or form.page(
        "manage/wording.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        rewordings=reworded,
        is_doubtful=any(rewording.may_ask_otherwise for rewording in reworded),
        obstacles=obstacles,
        revisions=revisions(current_repository(), round_id)[::-1],
    )


def _what_would_change(round_id: str, sources: RoundSources) -> tuple[list[Rewording], list[str]]:
    """The rewordings; where something else would be asked instead, everything that it is."""
    try:
        return rewordings(current_repository(), round_id, sources), []
    except DomainError as refused:
        if refused.code != "meaning_changed":
            raise
        changes = meaning_changes(current_repository(), round_id, sources)
        return [], [f"{change.pointer}: {describe(change, current_language())}" for change in changes]


def _why_not(refused: DomainError | DefinitionError) -> list[str]:
    if isinstance(refused, DomainError):
        return [refused.say(current_language())]
    return [line(finding, current_language()) for finding in refused.findings]


def _correct(
    form: RewordingForm, round_id: str, sources: RoundSources, reworded: list[Rewording], places: Places
) -> None:
    """Raises DomainError."""
    if form.shown.data != _digest(reworded):
        raise DomainError("revised_meanwhile")
    made = revise_texts(
        current_repository(),
        round_id,
        sources,
        gate_of_readers(translators_repository(), places, current_language(), sources),
        shown=reworded,
        reason=form.reason.data or "",
        by=g.account.name,
        vouched=bool(form.vouched.data),
        now=now(),
    )
    audit("round_reworded", round=round_id, revision=str(made.number), texts=str(len(made.rewordings)))


def _digest(reworded: list[Rewording]) -> str:
    return hashlib.sha256(repr(reworded).encode()).hexdigest()[:16]
