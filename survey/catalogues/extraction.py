"""What is to be translated, as code, pages and definitions have it now: every message, and the templates (.pot)."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from survey.catalogues.calls import BARE_CALLS, COMMENT_TAG, Call, UnreadableSource, calls_in
from survey.catalogues.files import ExtractionError, Places, canonical, new_catalogue, replace_file
from survey.catalogues.readers import LIMITS, READERS, place_of, seen_by
from survey.languages import INTERFACE, Phrase
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.framework import Framework
from survey.questionnaire.library import load_source
from survey.questionnaire.schema_texts import SCHEMA, reworded, schema_place
from survey.questionnaire.shelf import NOT_QUESTIONNAIRES
from survey.questionnaire.texts import messages

LIMIT = "Maximum length:"
FORMERLY = "Formerly:"
_LIMIT = re.compile(rf"^{LIMIT} (\d+)$", re.MULTILINE)
_FORMERLY = re.compile(rf"^{FORMERLY} (\S+)$", re.MULTILINE)
_BRACES = re.compile(r"\{\w*\}")
SEEN_BY_AUTHORS = "Seen by authors of questionnaires · in the help of their editor"
# Gives these calls their meaning, so it has them without text.
MACHINERY = ("survey/languages.py", "survey/web/site/language.py")

NOT_LITERAL = Phrase(
    "extraction", "%(file)s:%(line)s: call %(call)s with a context and with literal text, not a variable"
)
NOT_READABLE = Phrase("extraction", "%(file)s cannot be read: %(fault)s")
TWO_PLURALS = Phrase(
    "extraction",
    "%(file)s: “%(english)s” (%(context)s) has two plurals, “%(one)s” and “%(other)s”: make them the same",
)


@dataclass(frozen=True, slots=True)
class MessageSource:
    """One message to translate.

    `limit` is the most characters its translation may have, `formerly` the context that it had before.
    """

    context: str
    english: str
    plural: str = ""
    comment: str = ""
    reference: str = ""
    limit: int | None = None
    formerly: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.english


def templates(places: Places) -> dict[str, polib.POFile]:
    """Return the templates by the names of their catalogues.

    Raises:
        ExtractionError: a call in the code cannot be extracted.
        survey.questionnaire.findings.DefinitionError: a definition cannot be read.
    """
    made = {
        INTERFACE: template(interface_sources(places), formatted=True),
        "framework": template(_definition_sources(places, "frameworks"), formatted=False),
    }
    if schemas := list(_schema_sources(places)):
        made[SCHEMA] = template(schemas, formatted=False)
    names = {path.parent.name for path in places.questionnaires.glob("*/*.json")} - NOT_QUESTIONNAIRES
    for name in sorted(names):
        made[name] = template(_definition_sources(places, name), formatted=False)
    return made


def write_templates(places: Places, made: dict[str, polib.POFile]) -> list[str]:
    """Write the templates and return the names of those that changed."""
    return [name for name, catalogue in made.items() if replace_file(places.template(name), canonical(catalogue))]


def template(sources: Iterable[MessageSource], *, formatted: bool) -> polib.POFile:
    """Return the sources as a catalogue without translations; `formatted` ones are patterns for `%`.

    Raises:
        ExtractionError: a message is there with two plurals.
    """
    catalogue = new_catalogue()
    for source in _unique(sources):
        catalogue.append(_entry(source, formatted=formatted))
    return catalogue


def limit_of(entry: polib.POEntry) -> int | None:
    """The most characters that a translation of the entry may have, as its comment says."""
    limit = _LIMIT.search(entry.comment) if LIMIT in entry.comment else None
    return int(limit[1]) if limit else None


def former_context(entry: polib.POEntry) -> str:
    """The context that the message had before, as its comment says; empty if it had no other."""
    former = _FORMERLY.search(entry.comment)
    return former[1] if former else ""


def interface_sources(places: Places) -> list[MessageSource]:
    """Return the messages of code and templates: those that most people see first, then by context.

    Raises:
        ExtractionError: a call has no context or no literal text, or a template cannot be read.
    """
    files = sorted(
        path
        for path in places.source.rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".svg"}
        and "static" not in path.parts
        and path.relative_to(places.root).as_posix() not in MACHINERY
    )
    sources = [source for path in files for source in _file_sources(path, places.root)]
    first: dict[tuple[str, str], int] = {}
    for source in sources:
        first[source.key] = min(first.get(source.key, len(READERS)), place_of(source.reference))
    # A pair of singular and plural comes before the same text alone.
    return sorted(sources, key=lambda source: (first[source.key], *source.key, source.plural == "", source.reference))


def _file_sources(path: Path, root: Path) -> Iterator[MessageSource]:
    reference = path.relative_to(root).as_posix()
    for line, function, arguments, comments in _calls(path, reference):
        texts = [text for text in arguments if isinstance(text, str)]
        needed = 3 if function in ("npgettext", "CountedPhrase") else 2
        if function in BARE_CALLS or len(texts) < needed:
            raise ExtractionError(NOT_LITERAL, file=reference, line=line, call=function)
        said = [text.removeprefix(COMMENT_TAG).strip() for text in comments]
        comment = "\n".join([*said, seen_by(reference)])
        plural = texts[2] if needed == 3 else ""
        yield MessageSource(texts[0], texts[1], plural, comment, reference, LIMITS.get(texts[0]))


def _calls(path: Path, reference: str) -> list[Call]:
    try:
        return list(calls_in(path))
    except UnreadableSource as fault:
        raise ExtractionError(NOT_READABLE, file=reference, fault=fault) from None


def _schema_sources(places: Places) -> Iterator[MessageSource]:
    """What editors show to authors of questionnaires."""
    for path in sorted((places.questionnaires / SCHEMA).glob("*.json"), reverse=True):
        taken: list[tuple[str, str]] = []

        def take(place: str, english: str, taken: list[tuple[str, str]] = taken) -> str:
            taken.append((place, english))
            return english

        reworded(json.loads(path.read_text("utf-8")), schema_place(path), take)
        reference = path.relative_to(places.root).as_posix()
        for place, english in taken:
            yield MessageSource(place, english, "", SEEN_BY_AUTHORS, reference)


def _definition_sources(places: Places, folder: str) -> Iterator[MessageSource]:
    """The texts of the frameworks, or of every edition of a questionnaire, the newest first. Raises DefinitionError."""
    for path in sorted((places.questionnaires / folder).glob("*.json"), reverse=True):
        reference = path.relative_to(places.root).as_posix()
        if folder == "frameworks":
            root: Framework | Questionnaire = framework_from(load_source(path, "framework"))
        else:
            root = questionnaire_from(load_source(path, "questionnaire"))
        yield from message_sources(root, reference)


def message_sources(root: Framework | Questionnaire, reference: str) -> Iterator[MessageSource]:
    """The texts of a definition, in its order."""
    for message in messages(root):
        yield MessageSource(
            message.context, message.text, "", message.comment, reference, message.max_length, message.formerly
        )


def _unique(sources: Iterable[MessageSource]) -> Iterable[MessageSource]:
    """The first source of each context and English; every other has to have the same plural or none."""
    seen: dict[tuple[str, str], MessageSource] = {}
    for source in sources:
        first = seen.setdefault(source.key, source)
        if source.plural and source.plural != first.plural:
            raise ExtractionError(
                TWO_PLURALS,
                file=source.reference,
                english=source.english,
                context=source.context,
                one=first.plural,
                other=source.plural,
            )
    return seen.values()


def _entry(source: MessageSource, *, formatted: bool) -> polib.POEntry:
    limit = [f"{LIMIT} {source.limit}"] if source.limit else []
    former = [f"{FORMERLY} {source.formerly}"] if source.formerly else []
    entry = polib.POEntry(
        msgctxt=source.context,
        msgid=source.english,
        msgid_plural=source.plural,
        msgstr_plural={0: "", 1: ""} if source.plural else {},
        comment="\n".join([*filter(None, source.comment.splitlines()), *limit, *former]),
        occurrences=[(source.reference, "")],
        flags=[],
    )
    if formatted and "%" in source.english + source.plural:
        entry.flags.append("python-format")
    if _BRACES.search(source.english):
        entry.flags.append("python-brace-format")
    return entry
