"""What the pages of translators share: a catalogue as they have it, with what the gate finds in it."""

from dataclasses import dataclass
from functools import cached_property

import polib
from flask import abort, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.catalogues.characters import visible
from survey.catalogues.files import BadCatalogue, Places, key_of
from survey.catalogues.memory import Memory
from survey.catalogues.message_check import ReferenceTexts
from survey.collection.translation.changes import HowWordingChanged, SavingOutcome, Wish, keep_wishes, version_of
from survey.collection.translation.editions import Key, new_since_last_year
from survey.collection.translation.message_findings import findings_if, findings_of, is_sound, words_of
from survey.collection.translation.publication import put_to_use
from survey.collection.translation.selection import ExaminedMessage
from survey.collection.translation.wording import Wording
from survey.collection.translation.working_catalogue import TranslatedMessage, current_messages, kept_catalogue
from survey.languages import INTERFACE, MissingText
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.schema_texts import SCHEMA
from survey.storage.repository import Repository
from survey.web.manage.auth import audit, blueprint
from survey.web.site.environment import now
from survey.web.site.language import current_language
from survey.web.site.translations import project, translators_repository

blueprint.add_app_template_filter(visible)


@dataclass(frozen=True)
class Desk:
    """A catalogue on a translator’s desk."""

    name: str
    repository: Repository
    places: Places

    @classmethod
    def of(cls, name: str) -> "Desk":
        """The desk with a catalogue on it; 404 when there is none of this name."""
        if name not in project().names():
            abort(404)
        return cls(name, translators_repository(), project())

    @property
    def title(self) -> str:
        """What the catalogue is called: as the questionnaire or the framework in it, or by its name."""
        if self.name == INTERFACE:
            return pgettext("translations", "The service itself")
        if self.name == SCHEMA:
            return pgettext("translations", "Help for authors of questionnaires")
        context = f"{self.name}.title"
        english = next((message.entry.msgid for message in self.messages if message.entry.msgctxt == context), "")
        try:
            return current_language().message(self.name, context, english) if english else self.name
        except MissingText:
            return self.name

    @cached_property
    def messages(self) -> tuple[TranslatedMessage, ...]:
        return current_messages(self.repository, self.places, self.name)

    @cached_property
    def words(self) -> ReferenceTexts:
        return words_of(self.places)

    @cached_property
    def new(self) -> frozenset[Key] | None:
        """The texts that last year’s edition did not have; None where there is no other edition to compare with."""
        try:
            return new_since_last_year(self.places, self.name)
        except DefinitionError:
            return None

    @cached_property
    def examined(self) -> list[ExaminedMessage]:
        """Every message with what the gate finds in it."""
        new = self.new or frozenset()
        return [
            ExaminedMessage(message, findings_of(message.entry, self.name, self.words), key_of(message.entry) in new)
            for message in self.messages
        ]

    def message(self, key: str) -> TranslatedMessage:
        """The message with this id; 404 when the catalogue has none."""
        return next((message for message in self.messages if message.id == key), None) or abort(404)

    def wish(self, message: TranslatedMessage, wording: Wording, seen: str = "") -> Wish:
        """That a message should have a wording, of somebody who has `seen` another, or the one of now."""
        is_fit = is_sound(findings_if(message.entry, wording, self.name, self.words))
        context, english = key_of(message.entry)
        return Wish(context, english, seen or version_of(message.wording), wording, message.kept, is_fit)

    def keep(self, wishes: list[Wish], how: HowWordingChanged) -> SavingOutcome:
        """Keep what is wanted, show readers what may be shown, and note it in the log."""
        outcome = keep_wishes(self.repository, self.name, wishes, how, g.account.name, now())
        put_to_use(self.repository, self.places, [self.name])
        if outcome.changed:
            audit("translations_changed", catalogue=self.name, how=how, messages=str(outcome.changed))
        return outcome


def memory() -> Memory:
    """The translations of every catalogue as translators have them, and what is obsolete."""
    return Memory({name: _whole(Desk.of(name)) for name in project().names()})


def reviewer() -> str:
    """Who marks something as reviewed, and when."""
    return f"{g.account.name}, {now():%Y-%m-%d}"


def _whole(desk: Desk) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.extend([message.entry for message in desk.messages])
    catalogue.extend([entry for entry in kept_catalogue(desk.places, desk.name) if entry.obsolete])
    return catalogue


@blueprint.errorhandler(BadCatalogue)
def unreadable_catalogue(error: BadCatalogue) -> ResponseReturnValue:
    """A catalogue of the repository that cannot be read: whoever has the files has to put it right."""
    return render_template("manage/translation/bad_catalogue.html", why=error.explain(current_language())), 503
