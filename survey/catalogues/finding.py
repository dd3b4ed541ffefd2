"""What the gate says of a text: one thing that is wrong, where it is, and both texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polib

from survey.catalogues.files import BadCatalogue
from survey.catalogues.wording import BAD_FILE, WORDING, quoted
from survey.languages import Language

WARNINGS = frozenset(
    {
        "glossary",
        "glossary-advice",
        "unknown-word",
        "too-short",
        "forms-alike",
        "no-dictionary",
        "lost-circumflex",
        "added-circumflex",
        "other-text",
        "odd-mark",
    }
)


def is_error(rule: str) -> bool:
    """Whether what a rule finds keeps a round from opening."""
    return rule not in WARNINGS


@dataclass(frozen=True)
class GateFinding:
    """One thing that is wrong, where it is, and both texts.

    `about` says what the text is and which question it serves, as the translator sees it in the catalogue.
    `line` is 0 where a whole file is meant.
    """

    rule: str
    catalogue: str
    file: str
    line: int = 0
    context: str = ""
    about: str = ""
    english: str = ""
    welsh: str = ""
    detail: str = ""
    form: int | None = None
    refused: BadCatalogue | None = field(default=None, compare=False, repr=False)

    @property
    def is_error(self) -> bool:
        return is_error(self.rule)

    def explain(self, language: Language) -> str:
        """What is wrong and what to do, in a sentence."""
        if self.refused is not None:
            return language.say(BAD_FILE, reason=language.say(self.refused.reason, **self.refused.values))
        return language.say(WORDING[self.rule], detail=self.detail, form=self.form)

    def lines(self, language: Language) -> Iterator[str]:
        """The finding as it is printed: place and explanation, then what the text is and both texts."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        yield f"{place}: {self.explain(language)}"
        if self.context:
            yield f"    {self.context}" + (f" ({self.about})" if self.about else "")
        yield from (f"    {text}" for text in quoted(self.english, self.welsh, language))

    def as_json(self, language: Language) -> dict[str, object]:
        """The finding for a machine."""
        fields = {name: value for name, value in vars(self).items() if name != "refused"}
        return {"severity": "error" if self.is_error else "warning", **fields, "message": self.explain(language)}


def message_finding(
    rule: str, entry: polib.POEntry, name: str, file: str, detail: str = "", form: int | None = None
) -> GateFinding:
    """A finding about an entry of a catalogue; `form` is the plural form that is meant."""
    english, welsh = entry.msgid, entry.msgstr
    if entry.msgid_plural:
        english = entry.msgid if form == 1 else entry.msgid_plural
        welsh = entry.msgstr_plural.get(form, "") if form is not None else ""
    line = entry.linenum or 0
    return GateFinding(rule, name, file, line, entry.msgctxt or "", about(entry), english, welsh, detail, form)


def about(entry: polib.POEntry) -> str:
    """What a text is, and which question it serves, as the catalogue says it."""
    return entry.comment.split("\n")[0]
