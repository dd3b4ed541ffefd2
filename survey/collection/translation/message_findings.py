"""What the gate finds in messages as translators have them, and the words that it goes by."""

import unicodedata
from functools import lru_cache

import polib

from survey.catalogues.added_editions import template_of
from survey.catalogues.files import LONGEST_TEXT, LONGEST_WORD, Places
from survey.catalogues.finding import GateFinding
from survey.catalogues.message_check import ReferenceTexts, message_findings, read_words
from survey.collection.errors import DomainError
from survey.collection.translation.wording import Wording, with_wording

Findings = tuple[GateFinding, ...]


def words_of(places: Places) -> ReferenceTexts:
    """The words that the Welsh of a project is held against, read anew when their files have changed. Raises
    BadCatalogue."""
    files = [*places.translations.glob("*.pot"), *places.translations.glob("*.csv")]
    files += places.translations.glob("cy/*.txt")
    return _words(places, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(files)))


def findings_of(entry: polib.POEntry, name: str, words: ReferenceTexts) -> Findings:
    """Errors and warnings of a message of the catalogue `name`."""
    return tuple(message_findings(entry, name, f"{name}.po", words))


def findings_if(entry: polib.POEntry, wording: Wording, name: str, words: ReferenceTexts) -> Findings:
    """The findings there would be if the message had this wording."""
    return findings_of(with_wording(entry, wording), name, words)


def is_sound(findings: Findings) -> bool:
    """Whether none of them keeps a text from its readers."""
    return not any(finding.is_error for finding in findings)


def tidied(english: str, welsh: str) -> str:
    """What was typed in a box, as a catalogue has it: its letters whole, its edges those of the English.

    Raises DomainError: long_welsh, long_word.
    """
    said = unicodedata.normalize("NFC", welsh.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(said) > LONGEST_TEXT:
        raise DomainError("long_welsh", most=str(LONGEST_TEXT))
    if any(len(word) > LONGEST_WORD for word in said.split()):
        raise DomainError("long_word", most=str(LONGEST_WORD))
    if not said:
        return ""
    start = english[: len(english) - len(english.lstrip())]
    end = english[len(english.rstrip()) :]
    return f"{start}{said}{end}"


@lru_cache(maxsize=4)
def _words(places: Places, _files: tuple[object, ...]) -> ReferenceTexts:
    return read_words(places, {name: template_of(places, name) for name in places.names()})
