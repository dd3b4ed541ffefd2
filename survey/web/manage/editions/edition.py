"""One edition: how it stands, beside the year before, with its history; copied, brought back, taken away."""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField, StringField

from survey.collection.editions.changes import digest_of
from survey.collection.editions.lifecycle import content_now, restore_edition, withdraw_edition
from survey.collection.editions.standing import standing_of
from survey.collection.errors import DomainError
from survey.collection.translation.from_authors import keep_with_welsh
from survey.collection.translation.held_texts import held_back
from survey.collection.translation.publication import put_to_use
from survey.languages import Phrase
from survey.languages import language as language_of
from survey.questionnaire.editions import YEAR, next_edition
from survey.questionnaire.json_reader import read_definition
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.walk import Instrument
from survey.web.manage.auth import audit, blueprint, permits
from survey.web.manage.editions.comparison import FATE_COLOURS, FATES, WHYS, with_year_before
from survey.web.manage.editions.findings import findings_in_words
from survey.web.manage.editions.shelf import STATE_COLOURS, STATES, EditionRow, row_named, title_of
from survey.web.manage.notices import done
from survey.web.respond.task_list import estimate
from survey.web.site.carried_fields import CarriedNumber
from survey.web.site.editions import words_of
from survey.web.site.environment import now
from survey.web.site.forms import SiteForm, TextInput
from survey.web.site.language import same_form_in_other_language
from survey.web.site.translations import project, translators_repository

ADDRESS = "/questionnaires/<name>/<year>"
HOW_WORDS = {
    "uploaded": Phrase("edition history", "Taken from a file"),
    "copied": Phrase("edition history", "Copied from another year"),
    "gathered": Phrase("edition history", "With questions of earlier editions"),
    "restored": Phrase("edition history", "Brought back"),
    "withdrawn": Phrase("edition history", "Taken away"),
}

COPIED = Phrase("author", "The edition was copied. It counts from now on.")
RESTORED = Phrase("author", "The edition was brought back. It counts from now on.")
WITHDRAWN = Phrase("author", "The edition was taken away.")


class CopyForm(SiteForm):
    """Asks for the year of a copy."""

    edition = StringField(
        lazy_pgettext("author", "Year of the new edition"), widget=TextInput(), render_kw={"width": "4"}
    )


class EditionChangeForm(SiteForm):
    """Changes the edition that was `seen`."""

    seen = HiddenField()


class BringBackForm(EditionChangeForm):
    """Asks for what the edition was after the change of this number."""

    number = CarriedNumber()


@blueprint.get(ADDRESS)
def edition(name: str, year: str) -> ResponseReturnValue:
    """How an edition stands, and what can be done with it."""
    return _page(row_named(name, year), CopyForm(formdata=None), EditionChangeForm(formdata=None))


@blueprint.post(ADDRESS + "/copy")
def copy_edition(name: str, year: str) -> ResponseReturnValue:
    """Begin the edition of a later year with the same questions. Nothing is written over."""
    row, form = row_named(name, year), CopyForm()
    if row.edition is None or row.edition.findings:
        abort(HTTPStatus.NOT_FOUND)
    wanted = (form.edition.data or "").strip()

    def copy() -> None:
        if not YEAR.fullmatch(wanted) or wanted <= year:
            raise DomainError("no_later_year", given=wanted, before=year, example=str(int(year) + 1))
        repository, places = translators_repository(), project()
        source = read_definition(content_now(repository, places.questionnaires, row.standing), row.name).value
        made = next_edition(source, wanted)
        there = standing_of(repository, places.questionnaires, name, wanted).current
        if there == digest_of(json_of(made)):
            # Sent twice, it is done already.
            return
        if there:
            raise DomainError("edition_there", edition=wanted)
        keep_with_welsh(repository, places, made, (), "", "copied", g.account.name, now())
        audit("edition_changed", questionnaire=name, edition=wanted, how="copied")

    if form.validate_on_submit() and form.takes(copy, form.edition):
        return done(url_for("manage.edition", name=name, year=wanted), COPIED)
    return same_form_in_other_language() or _page(row, form, EditionChangeForm(formdata=None))


@blueprint.post(ADDRESS + "/restore", endpoint="restore_edition")
def restored(name: str, year: str) -> ResponseReturnValue:
    """Bring back what an edition was after one of its changes."""
    form = BringBackForm()
    place = -1 if form.number.data is None else form.number.data

    def restore(seen: str) -> None:
        folder, before = project().questionnaires, row_named(name, year).standing.current
        made = restore_edition(translators_repository(), folder, name, year, place, seen, g.account.name, now())
        if made.current != before:
            audit("edition_changed", questionnaire=name, edition=year, how="restored")

    return _changed(name, year, form, restore, RESTORED)


@blueprint.post(ADDRESS + "/withdraw", endpoint="withdraw_edition")
def withdrawn(name: str, year: str) -> ResponseReturnValue:
    """Let an edition be what its file has, or not be there."""

    def withdraw(seen: str) -> None:
        folder, before = project().questionnaires, row_named(name, year).standing.current
        made = withdraw_edition(translators_repository(), folder, name, year, seen, g.account.name, now())
        if made.current != before:
            audit("edition_withdrawn", questionnaire=name, edition=year)

    return _changed(name, year, EditionChangeForm(), withdraw, WITHDRAWN)


def _changed(
    name: str, year: str, form: EditionChangeForm, change: Callable[[str], None], said: Phrase
) -> ResponseReturnValue:
    """The edition after a change, or with why it was refused."""
    if form.validate_on_submit() and form.takes(lambda: change(form.seen.data or ""), form.seen):
        put_to_use(translators_repository(), project(), [name])
        return done(url_for("manage.edition", name=name, year=year), said)
    return same_form_in_other_language() or _page(row_named(name, year), CopyForm(formdata=None), form)


def _asked_of_a_cluster(instrument: Instrument) -> Instrument:
    """What a cluster is asked that has as many outcomes as most have: two of the first family, one of the last."""
    outcomes = [outcome.id for outcome in instrument.outcomes]
    return Instrument(instrument.questionnaire, instrument.framework, (*outcomes[:2], *outcomes[2:][-1:]))


def _held(row: EditionRow) -> int:
    """How many of the texts that are owed have Welsh with an error."""
    if not row.owed or row.edition is None:
        return 0
    held = held_back(translators_repository(), project(), row.standing.questionnaire)
    return sum((missing.context, missing.text) in held for missing in words_of(row.edition, language_of("cy")).missing)


def _page(row: EditionRow, copying: CopyForm, changing: EditionChangeForm) -> ResponseReturnValue:
    changing.seen.data = row.standing.current
    sound = row.edition if row.edition and row.edition.questionnaire else None
    walk = _asked_of_a_cluster(sound.instrument).walk({}) if sound else None
    title = title_of(row.standing.questionnaire, [row])
    asking = copying if copying.errors else changing
    return asking.page(
        "manage/editions/edition.html",
        row=row,
        questionnaire=title,
        name_is_id=title == row.standing.questionnaire,
        copying=copying,
        changing=changing,
        state=STATES[row.state],
        colour=STATE_COLOURS[row.state],
        findings=findings_in_words(row.edition.findings if row.edition else ()),
        questions=sum(len(section.questions) for section in sound.instrument.questionnaire.sections) if sound else 0,
        estimate=estimate(walk) if walk else "",
        comparison=with_year_before(sound) if sound else None,
        fates=FATES,
        fate_colours=FATE_COLOURS,
        whys=WHYS,
        how_words=HOW_WORDS,
        held=_held(row),
        translates=permits(g.account, "manage.catalogue"),
        sees_rounds=permits(g.account, "manage.status"),
    )
