"""Messages to translate, before they are a template."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polib

from survey.catalogues.files import new_catalogue
from survey.languages import Language, Phrase

LIMIT = "Maximum length:"


class ExtractionError(ValueError):
    """A message cannot be extracted. `explain` says where and why in a language."""

    def __init__(self, reason: Phrase, **values: object) -> None:
        super().__init__(reason.english % values)
        self.reason = reason
        self.values = values

    def explain(self, language: Language) -> str:
        return language.say(self.reason, **self.values)


TWO_PLURALS = Phrase(
    "extraction",
    "%(file)s: “%(english)s” (%(context)s) has two plurals, “%(one)s” and “%(other)s”: make them the same",
)


@dataclass(frozen=True, slots=True)
class MessageSource:
    """One message to translate. `limit` is the most characters its translation may have."""

    context: str
    english: str
    plural: str = ""
    comment: str = ""
    reference: str = ""
    limit: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.english


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
    limit = re.search(rf"^{LIMIT} (\d+)$", entry.comment, re.MULTILINE)
    return int(limit[1]) if limit else None


def _unique(sources: Iterable[MessageSource]) -> Iterator[MessageSource]:
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
    return iter(seen.values())


def _entry(source: MessageSource, *, formatted: bool) -> polib.POEntry:
    limit = [f"{LIMIT} {source.limit}"] if source.limit else []
    entry = polib.POEntry(
        msgctxt=source.context,
        msgid=source.english,
        msgid_plural=source.plural,
        msgstr_plural={0: "", 1: ""} if source.plural else {},
        comment="\n".join([*filter(None, source.comment.splitlines()), *limit]),
        occurrences=[(source.reference, "")],
        flags=[],
    )
    if formatted and "%" in source.english + source.plural:
        entry.flags.append("python-format")
    if re.search(r"\{\w*\}", source.english):
        entry.flags.append("python-brace-format")
    return entry
