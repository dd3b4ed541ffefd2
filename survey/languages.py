"""The languages people read: their messages, dates, numbers and order of names.

English stands where it is used, in the definitions and in code. Welsh stands in compiled catalogues
(`cy/LC_MESSAGES/<domain>.mo`), so does the pseudo-language `en-XA`, in which untranslated text shows.

A message that has no translation is never shown in English as if nothing were wrong:

- a text of a definition (`Language.message`) raises `MissingText`, always;
- a text of the interface (`pgettext`, `npgettext`) does what the process chose with `when_missing`:
  `mark_missing`, the default, shows `⚠English⚠`, which no page test lets through;
  `log_missing`, for production, shows the English and logs each such message once.

Every message stands in the code as literal text (`pgettext`, `npgettext`, a `Phrase` or a `CountedPhrase`), so that it
is extracted. Patterns are always formatted: placeholders are `%(name)s`, a percent sign is written `%%`.
"""

import datetime as dt
import gettext
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from survey.alphabet import SortKey, english_key, welsh_key

LANGUAGES = ("cy", "en")
PSEUDO = "en-XA"
INTERFACE = "interface"
REPOSITORY_CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
GENERATION_FILE = "generation"
MISSING_MARK = "⚠"
UK = ZoneInfo("Europe/London")

log = logging.getLogger(__name__)

# code: (locale, own name, tag, date, how date and time are joined)
_TRAITS = {
    "cy": ("cy", "Cymraeg", "cy-GB", "d MMMM y", "d MMMM y 'am' HH:mm"),
    "en": ("en_GB", "English", "en-GB", "d MMMM y", "d MMMM y 'at' HH:mm"),
    PSEUDO: ("en_GB@pseudo", "⟦Ƥşéúðó⟧", PSEUDO, "'⟦'d MMMM y'⟧'", "'⟦'d MMMM y 'at' HH:mm'⟧'"),
}

CatalogueSource = Callable[[str], gettext.NullTranslations]


class MissingText(LookupError):
    """A text has no translation. Attributes: language, domain, context, english."""

    def __init__(self, language: str, domain: str, context: str, english: str) -> None:
        super().__init__(
            f"no {language} text for “{english}” ({domain}, {context}); translate it and run “translations compile”"
        )
        self.language = language
        self.domain = domain
        self.context = context
        self.english = english


def mark_missing(missing: MissingText) -> str:
    return f"{MISSING_MARK}{missing.english}{MISSING_MARK}"


def log_missing(missing: MissingText) -> str:
    """Show the English, and log each message once in the life of the process."""
    seen = (missing.language, missing.context, missing.english)
    if seen not in _logged:
        _logged.add(seen)
        log.error("%s", missing)
    return missing.english


_logged: set[tuple[str, str, str]] = set()


class _Untranslated(gettext.NullTranslations):
    """The end of every catalogue: what is said in the place of a message that none has."""

    def __init__(self, code: str, domain: str) -> None:
        super().__init__()
        self._code = code
        self._domain = domain

    def pgettext(self, context: str, message: str) -> str:
        missing = MissingText(self._code, self._domain, context, message)
        if self._domain != INTERFACE:
            raise missing
        return _process.missing_rule(missing)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.pgettext(context, msgid1 if n == 1 else msgid2)


def compiled(code: str, *places: Path) -> CatalogueSource:
    """Return a source that reads `<place>/<code>/LC_MESSAGES/<domain>.mo`; earlier places lead."""
    folder = Path(code.replace("-", "_"), "LC_MESSAGES")

    def catalogue(domain: str) -> gettext.NullTranslations:
        if not re.fullmatch(r"[a-z0-9-]+", domain):
            raise ValueError(f"not a catalogue’s name: {domain!r}")
        chain = gettext.NullTranslations()
        for place in places:
            path = place / folder / f"{domain}.mo"
            if path.is_file():
                chain.add_fallback(read_compiled(path))
        return chain

    return catalogue


def read_compiled(path: Path) -> gettext.GNUTranslations:
    """Return what a compiled catalogue says. Raises OSError, and what gettext raises of a file that is none."""
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An interface message written down where there is no reader yet, in a table or a constant; said with `say`."""

    context: str
    english: str


@dataclass(frozen=True, slots=True)
class CountedPhrase:
    """A phrase with a plural. `number` names the value that says which form it takes, and that is `%(n)s` in it."""

    context: str
    singular: str
    plural: str
    number: str


class Language:
    """One language: how it says a message, writes a date or number, and sorts names."""

    def __init__(self, code: str, source: CatalogueSource) -> None:
        """`source` gives a domain’s catalogue; English never asks it. Raises KeyError for other codes."""
        locale, self.name, self.tag, self.date_format, self.datetime_format = _TRAITS[code]
        self.code = code
        self.locale = Locale.parse(locale)
        self._source = source
        self._catalogues: dict[str, gettext.NullTranslations] = {}

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def pgettext(self, context: str, message: str, /, **variables: object) -> str:
        """Return an interface message with its `%(name)s` placeholders filled."""
        return self.catalogue(INTERFACE).pgettext(context, message) % variables

    def say(self, phrase: Phrase | CountedPhrase, /, **variables: Any) -> str:
        """Return a phrase with its `%(name)s` placeholders filled; what is a phrase itself is said, too."""
        variables = {name: self.say(it) if isinstance(it, Phrase) else it for name, it in variables.items()}
        if isinstance(phrase, CountedPhrase):
            number = int(variables[phrase.number])
            others = {name: value for name, value in variables.items() if name != phrase.number}
            return self.npgettext(phrase.context, phrase.singular, phrase.plural, number, **others)
        return self.pgettext(phrase.context, phrase.english, **variables)

    def npgettext(self, context: str, singular: str, plural: str, n: int, /, **variables: object) -> str:
        """Return the form of an interface message that goes with `n`; `%(n)s` in it is `n` as a number."""
        pattern = self.catalogue(INTERFACE).npgettext(context, singular, plural, n)
        return pattern % {"n": self.number(n), **variables}

    def message(self, domain: str, context: str, english: str) -> str:
        """Return a text of a definition from the catalogue `domain`. Raises MissingText; never falls back."""
        return self.catalogue(domain).pgettext(context, english)

    def catalogue(self, domain: str) -> gettext.NullTranslations:
        """Return the messages of a domain, unformatted, for whatever else asks for them as `gettext` does."""
        if domain not in self._catalogues:
            translations = gettext.NullTranslations()
            if self.code != "en":
                translations = self._source(domain)
                translations.add_fallback(_Untranslated(self.code, domain))
            self._catalogues[domain] = translations
        return self._catalogues[domain]

    def date(self, day: dt.date) -> str:
        """“3 Chwefror 2025”. A datetime is first brought to the time of the United Kingdom."""
        if isinstance(day, dt.datetime):
            day = in_uk(day)
        return format_date(day, self.date_format, locale=self.locale)

    def month(self, day: dt.date) -> str:
        """“Chwefror 2025”."""
        return format_date(day, "LLLL y", locale=self.locale)

    def datetime(self, moment: dt.datetime) -> str:
        """“3 Chwefror 2025 am 14:05”, in the time of the United Kingdom. Raises ValueError without a zone."""
        return format_datetime(in_uk(moment), self.datetime_format, tzinfo=UK, locale=self.locale)

    def time(self, moment: dt.datetime) -> str:
        """“14:05”, in the time of the United Kingdom. Raises ValueError without a zone."""
        return format_datetime(in_uk(moment), "HH:mm", tzinfo=UK, locale=self.locale)

    def number(self, value: int | float | Decimal) -> str:
        """“12,345” or “3.14”: a comma between thousands, at most three decimals."""
        return format_decimal(value, locale=self.locale)

    def percent(self, fraction: float | Decimal, decimals: int = 0) -> str:
        """“45%” for 0.45, with exactly `decimals` decimals; halves are rounded up."""
        step = Decimal(1).scaleb(-decimals - 2)
        rounded = Decimal(str(fraction)).quantize(step, rounding=ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return format_percent(rounded, format=pattern, locale=self.locale)

    def sort_key(self, text: str) -> SortKey:
        """Return the key that puts `text` in the order of this language’s alphabet."""
        return welsh_key(text) if self.code == "cy" else english_key(text)


def day_of(moment: dt.datetime) -> dt.date:
    """The day of the calendar on which a moment falls in the United Kingdom."""
    return in_uk(moment).date()


def in_uk(moment: dt.datetime) -> dt.datetime:
    """Return a moment in the time of the United Kingdom. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without its time zone: {moment.isoformat()}")
    return moment.astimezone(UK)


def by_our_clocks(moment: dt.datetime) -> str:
    """A moment as programs read it, by the clocks of the United Kingdom, with how far they are from UTC."""
    return in_uk(moment).isoformat(timespec="seconds")


class _ProcessState:
    """What this process has chosen and read."""

    def __init__(self) -> None:
        self.leading: tuple[Path, ...] = ()
        self.chosen: tuple[Path, ...] = (REPOSITORY_CATALOGUES,)
        self.missing_rule: Callable[[MissingText], str] = mark_missing
        self.languages: dict[str, Language] = {}
        self.generations: dict[Path, str] = {}

    @property
    def places(self) -> tuple[Path, ...]:
        return (*self.leading, *self.chosen)

    def read_anew(self) -> None:
        self.generations = {place: self.generation(place) for place in self.places}
        self.languages = {}

    def generation(self, place: Path) -> str:
        try:
            return (place / GENERATION_FILE).read_text("ascii")
        except (FileNotFoundError, NotADirectoryError):
            return ""


_process = _ProcessState()


def when_missing(rule: Callable[[MissingText], str]) -> None:
    """Choose for this process what stands in the place of an untranslated interface message."""
    _process.missing_rule = rule


def lead_with(place: Path) -> None:
    """Let the catalogues in a folder, which need not be there yet, lead all others of this process."""
    _process.leading = (place,)
    _process.read_anew()


def language(code: str) -> Language:
    """Return the language with this code, kept for the process. Raises KeyError for any other code."""
    if code not in _process.languages:
        _process.languages[code] = Language(code, compiled(code, *_process.places))
    return _process.languages[code]


def refresh_if_changed(*places: Path) -> bool:
    """Forget what was read if the catalogues in `places` (default: all in use) have been compiled anew since.

    Reads one small file a folder, so it may be asked at every request. Returns whether it forgot anything.
    """
    generations = {place: _process.generation(place) for place in places or _process.places}
    changed = any(_process.generations.get(place, "") != generation for place, generation in generations.items())
    _process.generations.update(generations)
    if changed:
        _process.languages = {}
    return changed
