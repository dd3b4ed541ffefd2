"""A text in both languages side by side, with how its Welsh stands and where it is edited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flask import url_for

from survey.catalogues.files import Places, key_of
from survey.collection.translation.working_catalogue import TranslatedMessage, current_messages
from survey.languages import INTERFACE, CountedPhrase, MissingText, Phrase, language
from survey.questionnaire.problems import WORDINGS, Problem, describe
from survey.questionnaire.texts import Message as Text
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One text. `state` is that of its Welsh; without an `address` no catalogue has it yet."""

    context: str
    comment: str
    english: str
    welsh: str
    state: str
    address: str


@dataclass(frozen=True)
class Catalogue:
    """The messages of a catalogue as they are now, with what translators have changed on their pages."""

    name: str
    repository: Repository
    places: Places

    @cached_property
    def messages(self) -> Mapping[tuple[str, str], TranslatedMessage]:
        return {key_of(message.entry): message for message in current_messages(self.repository, self.places, self.name)}

    def line(self, context: str, english: str, comment: str = "") -> PreviewLine:
        """A message of the catalogue, or what has no entry in it yet."""
        message = self.messages.get((context, english))
        if message is None:
            return PreviewLine(context, comment, english, "", "missing", "")
        address = url_for("manage.message", catalogue=self.name, key=message.id)
        welsh = " · ".join(dict.fromkeys(filter(None, message.wording.forms)))
        about = comment or message.entry.comment.split("\n")[0]
        return PreviewLine(context, about, message.entry.msgid_plural or english, welsh, message.state, address)

    def lines(self, texts: Iterable[Text]) -> list[PreviewLine]:
        """Texts of a definition."""
        return [self.line(text.context, text.text, text.comment) for text in texts]


def problem_line(interface: Catalogue, problem: Problem) -> PreviewLine:
    """What a respondent is told of a problem, with its numbers in it; the entry has their placeholders."""
    wording: Phrase | CountedPhrase = WORDINGS[problem.code]
    english = wording.singular if isinstance(wording, CountedPhrase) else wording.english
    line = interface.line(wording.context, english)
    return replace(line, english=describe(problem, language("en")), welsh=_said_in_welsh(problem))


def _said_in_welsh(problem: Problem) -> str:
    try:
        return describe(problem, language("cy"))
    except MissingText:
        return ""


def said_line(interface: Catalogue, context: str, message: str, english: str, welsh: str) -> PreviewLine:
    """A message as it is said somewhere, with its values in it; without any the Welsh is that of now."""
    line = interface.line(context, message)
    return replace(line, english=english, welsh=welsh if "%" in message or not line.welsh else line.welsh)


def interface_of(repository: Repository, places: Places) -> Catalogue:
    """The catalogue of the texts of the service itself."""
    return Catalogue(INTERFACE, repository, places)
