"""One form of a message as the rules of the gate look at it: the English, the Welsh, and what in them is not prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polib

from survey.catalogues.extraction import limit_of
from survey.catalogues.files import FORMS

# What in a message is not prose.
NAMED = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[sdifr]")
BRACES = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);")
LINK = re.compile(r"https?://[^\s<>“”()\"']+|(?<![\w.])www\.[^\s<>“”()\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
OPTION = re.compile(r"--[a-z][a-z-]*|\bSURVEY_[A-Z_]+")

PLACEHOLDER = re.compile(f"{NAMED.pattern}|{BRACES.pattern}")
ADDRESS = re.compile(f"{LINK.pattern}|{OPTION.pattern}")
NOT_PROSE = re.compile("|".join(part.pattern for part in (PLACEHOLDER, TAG, ENTITY, ADDRESS)) + "|%%")

ANY_NUMBER = FORMS - 1


def placeholders(text: str) -> list[str]:
    """The placeholders of a text as they are written, in order."""
    return PLACEHOLDER.findall(text) if "%" in text or "{" in text else []


@lru_cache(maxsize=64)
def prose(text: str) -> str:
    """The text with a space for everything that is not prose."""
    return NOT_PROSE.sub(" ", text)


def links(text: str) -> list[str]:
    """The web and e-mail addresses of a text, without the mark that ends the sentence."""
    if "@" not in text and "://" not in text and "www" not in text:
        return []
    return [match[0].rstrip(".,;:!?’") for match in LINK.finditer(text)]


@dataclass(frozen=True)
class Pair:
    """One form of a message. `form` is None where there is no plural; `required` placeholders may not be lost."""

    english: str
    welsh: str
    required: frozenset[str]
    allowed: frozenset[str]
    form: int | None = None
    formatted: bool = False
    limit: int | None = None

    @cached_property
    def same_quotations(self) -> frozenset[str]:
        """What both texts have in quotation marks: something that is typed or named, in no language."""
        return frozenset(_quotations(self.english) & _quotations(self.welsh))

    @cached_property
    def spoken_english(self) -> str:
        return self._spoken(self.english)

    @cached_property
    def spoken_welsh(self) -> str:
        return self._spoken(self.welsh)

    def _spoken(self, text: str) -> str:
        """The prose of a text without what stands in it as it is typed."""
        for quotation in self.same_quotations:
            text = text.replace(f"“{quotation}”", " ").replace(f"‘{quotation}’", " ")
        return prose(text)


def _quotations(text: str) -> set[str]:
    return {match[1] or match[2] for match in re.finditer(r"“([^“”]+)”|‘([^‘’]+)’", text)}


def pairs(entry: polib.POEntry, *, formatted: bool) -> Iterator[Pair]:
    """The forms of an entry, each beside the English it goes with."""
    limit = limit_of(entry)
    singular = frozenset(placeholders(entry.msgid))
    if not entry.msgid_plural:
        yield Pair(entry.msgid, entry.msgstr, singular, singular, None, formatted, limit)
        return
    plural = frozenset(placeholders(entry.msgid_plural))
    for form, welsh in sorted(entry.msgstr_plural.items()):
        # A form for one number may say the number in words; the form for all others has to show it.
        required = plural if form == ANY_NUMBER else frozenset(name for name in singular & plural if "%(n)" not in name)
        english = entry.msgid if form == 1 else entry.msgid_plural
        yield Pair(english, welsh, required, singular | plural, form, formatted, limit)
