"""One message on a page of its own: its place, what helps to translate it, its history, and what the gate finds."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import Field, HiddenField, TextAreaField
from wtforms.validators import ValidationError

from survey.catalogues.extraction import limit_of
from survey.catalogues.memory import english_of, welsh_of
from survey.collection.errors import DomainError
from survey.collection.translation.changes import version_of
from survey.collection.translation.message_findings import findings_of, is_sound, tidied
from survey.collection.translation.selection import following
from survey.collection.translation.wording import Wording
from survey.collection.translation.working_catalogue import TranslatedMessage
from survey.languages import Phrase
from survey.web.manage.auth import blueprint
from survey.web.manage.notices import done, told
from survey.web.manage.translation.desk import Desk, memory, reviewer
from survey.web.site.carried_fields import CarriedTexts, PressedButton
from survey.web.site.forms import SiteForm, TextArea
from survey.web.site.language import current_language, same_form_in_other_language
from survey.web.site.preview_addresses import preview_address
from survey.web.site.translations import STATE_COLOURS, STATE_WORDS

ADDRESS = "/translations/<catalogue>/<key>"
EXAMPLES = (0, 1, 2, 3, 6, 10)
"""A number for each of the six plural forms."""
SAVED = Phrase("translations", "Saved. Readers see this text now.")
NOT_SHOWN = Phrase("translations", "Saved. Readers do not see it yet, because of what is said below.")
LAST_SAVED = Phrase("translations", "The text that you came from was saved. Readers see it now.")
LAST_NOT_SHOWN = Phrase(
    "translations", "The text that you came from was saved. Readers do not see it yet: it has errors or is not whole."
)
OVERTAKEN = Phrase(
    "translations",
    "Somebody else changed this text meanwhile, so nothing was brought back. It is shown as it is now.",
)
HOW_WORDS = {
    "edited": Phrase("translation history", "Written"),
    "reviewed": Phrase("translation history", "Reviewed"),
    "undone": Phrase("translation history", "Brought back"),
    "uploaded": Phrase("translation history", "Uploaded"),
}


class WelshForm(SiteForm):
    """The Welsh of a message. `boxes` are its fields of text, one or six; `form_class_of` adds them."""

    seen = HiddenField()
    marks = CarriedTexts()
    then = PressedButton()

    @property
    def boxes(self) -> list[Field]:
        return [field for field in self if field.name.startswith("form-")]


class RestoreForm(SiteForm):
    """Asks for what stood `before` a change, by its number, or what the repository has (“kept”). `seen` is the version
    that was on the page."""

    before = HiddenField()
    seen = HiddenField()


@blueprint.route(ADDRESS, methods=["GET", "POST"])
def message(catalogue: str, key: str) -> ResponseReturnValue:
    """Show a message; keep what was written, go on to the next that needs somebody, or show what stands in the way."""
    desk = Desk.of(catalogue)
    translated = desk.message(key)
    form = _form_class_of(translated)(data=_given(translated))
    if form.validate_on_submit():
        outcome = desk.keep([desk.wish(translated, _written(form, desk, translated), form.seen.data or "-")], "edited")
        if not outcome.overtaken:
            return _after(catalogue, key, form)
        form.refuse(DomainError("translated_meanwhile"), form.boxes[0])
        translated = Desk.of(catalogue).message(key)
        form.seen.data = version_of(translated.wording)
        return _page(Desk.of(catalogue), translated, form, HTTPStatus.CONFLICT)
    return same_form_in_other_language() or _page(desk, translated, form)


@blueprint.post(ADDRESS + "/restore")
def restore(catalogue: str, key: str) -> ResponseReturnValue:
    """Bring back what stood before a change, or what the repository has."""
    desk = Desk.of(catalogue)
    translated = desk.message(key)
    form = RestoreForm()
    changes = translated.changed.changes if translated.changed else ()
    address = url_for("manage.message", catalogue=catalogue, key=key)
    wordings = {"kept": translated.kept, **{str(number): change.before for number, change in enumerate(changes)}}
    wording = wordings.get(form.before.data or "")
    if wording is None:
        return done(address, SAVED)
    overtaken = desk.keep([desk.wish(translated, wording, form.seen.data or "-")], "undone").overtaken
    return told(address, OVERTAKEN) if overtaken else done(address, _saved(catalogue, key, SAVED, NOT_SHOWN))


def _form_class_of(translated: TranslatedMessage) -> type[WelshForm]:
    entry = translated.entry
    rows = min(12, max(2, len(english_of(entry)) // 55 + 1))
    look: Mapping[str, Any] = {"rows": rows, "attributes": {"lang": "cy", "spellcheck": "true", "data-pattern": True}}
    fields: dict[str, Any] = {}
    for number, _ in enumerate(translated.wording.forms):
        english = entry.msgid if number == 1 or not entry.msgid_plural else entry.msgid_plural
        fields[f"form_{number}"] = TextAreaField(
            _label(number) if entry.msgid_plural else lazy_pgettext("translations", "Welsh"),
            name=f"form-{number}",
            id=f"form-{number}",
            validators=[_tidy(english, is_needed=number == 0)],
            widget=TextArea(),
            render_kw=dict(look),
        )
    return type("WordingForm", (WelshForm,), fields)


def _label(number: int) -> Any:
    if number == len(EXAMPLES) - 1:
        return lazy_pgettext("translations", "Welsh for every other number, such as 10")
    return lazy_pgettext("translations", "Welsh for the number %(number)s", number=EXAMPLES[number])


def _tidy(english: str, *, is_needed: bool) -> Callable[[WelshForm, Field], None]:
    """A validator that puts what was typed into the form it is kept in."""

    def tidy(form: WelshForm, field: Field) -> None:
        try:
            field.data = tidied(english, field.data or "")
            if is_needed and not any((box.data or "").strip() for box in form.boxes):
                raise DomainError("no_welsh")
        except DomainError as refused:
            raise ValidationError(refused.say(current_language())) from None

    return tidy


def _given(translated: TranslatedMessage) -> dict[str, str]:
    """What the boxes begin with: the Welsh there is, or that of the English before."""
    wording = translated.proposal.latest if translated.proposal and translated.wording.is_empty else translated.wording
    boxes = {f"form_{number}": form for number, form in enumerate(wording.forms)}
    return {**boxes, "seen": version_of(translated.wording)}


def _written(form: WelshForm, desk: Desk, translated: TranslatedMessage) -> Wording:
    """What was written, with the marks that were put on it. A mark of review stays with the text it was given to."""
    written = Wording(tuple(box.data for box in form.boxes), "needs_work" in form.marks.data)
    if "reviewed" in form.marks.data and not written.is_fuzzy:
        marked = replace(written, reviewed=reviewer())
        return marked if desk.wish(translated, marked).is_sound else written
    return (
        replace(written, reviewed=translated.wording.reviewed) if written.text == translated.wording.text else written
    )


def _after(catalogue: str, key: str, form: WelshForm) -> ResponseReturnValue:
    """Go on once a message is kept."""
    if form.then.data == "next":
        ahead = following(Desk.of(catalogue).examined, key)
        said = _saved(catalogue, key, LAST_SAVED, LAST_NOT_SHOWN)
        if ahead is None:
            return done(url_for("manage.catalogue", catalogue=catalogue), said)
        return done(url_for("manage.message", catalogue=catalogue, key=ahead.message.id), said)
    address = url_for("manage.message", catalogue=catalogue, key=key)
    return done(address, _saved(catalogue, key, SAVED, NOT_SHOWN))


def _saved(catalogue: str, key: str, shown: Phrase, not_shown: Phrase) -> Phrase:
    """Which of two is so of a message, as it is now."""
    desk = Desk.of(catalogue)
    translated = desk.message(key)
    is_shown = translated.wording.is_whole and is_sound(findings_of(translated.entry, desk.name, desk.words))
    return shown if is_shown else not_shown


def _page(
    desk: Desk, translated: TranslatedMessage, form: WelshForm, status: HTTPStatus | None = None
) -> ResponseReturnValue:
    entry = translated.entry
    findings = findings_of(entry, desk.name, desk.words)
    remembered = memory()
    return form.page(
        "manage/translation/message.html",
        status,
        desk=desk,
        one=translated,
        found=[]
        if translated.wording.is_empty
        else [(finding, finding.explain(current_language())) for finding in findings],
        marks=form.marks.data,
        is_overtaken=status is HTTPStatus.CONFLICT,
        limit=limit_of(entry),
        place=preview_address(desk.name, entry.msgctxt or "", entry.occurrences[0][0] if entry.occurrences else ""),
        terms=desk.words.glossary.uses(entry.msgid, welsh_of(entry)),
        same=remembered.same(english_of(entry), (desk.name, entry.msgctxt or "")),
        near=remembered.near(english_of(entry)),
        version=version_of(translated.wording),
        state_words=STATE_WORDS,
        colours=STATE_COLOURS,
        how_words=HOW_WORDS,
    )
