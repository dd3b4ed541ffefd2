"""Everything that the gate finds in one message: by the rules, by the dictionary and by the glossary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polib

from survey.catalogues.dictionary import (
    Dictionary,
    NoDictionary,
    english_words,
    read_allowed_words,
    welsh_speller,
)
from survey.catalogues.files import Places
from survey.catalogues.finding import GateFinding, message_finding
from survey.catalogues.glossary import Glossary, read_glossary
from survey.catalogues.pairs import pairs
from survey.catalogues.review import odd_mark
from survey.catalogues.rules import faults
from survey.languages import INTERFACE


@dataclass(frozen=True)
class Words:
    """What the Welsh is held against: texts that are the same in English, the glossary, the dictionary if there."""

    same: frozenset[str]
    glossary: Glossary
    dictionary: Dictionary | None


def read_words(places: Places, made: Mapping[str, polib.POFile]) -> Words:
    """Return the words of a project with the templates `made`; `dictionary` is None where set-up has not brought it."""
    same = read_allowed(places)
    allowed = read_allowed_words(places.translations / "cy" / "allowed-words.txt")
    english = english_words(entry.msgid for template in made.values() for entry in template)
    try:
        dictionary = Dictionary(welsh_speller(), allowed, same, english)
    except NoDictionary:
        dictionary = None
    return Words(same, read_glossary(places.translations / "glossary.csv"), dictionary)


def read_allowed(places: Places) -> frozenset[str]:
    """The texts that may be the same in both languages: one a line, `#` begins a comment line."""
    path = places.translations / "cy" / "same-as-english.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def message_findings(entry: polib.POEntry, name: str, file: str, words: Words) -> Iterator[GateFinding]:
    """Errors and warnings of one message of the catalogue `name`, as it stands or as somebody is about to save it."""
    found = list(rule_findings(entry, name, file))
    if entry.msgid.strip() in words.same:
        found = [finding for finding in found if finding.rule != "same-as-english"]
    yield from found
    if mark := odd_mark(entry):
        yield message_finding("odd-mark", entry, name, file, mark)
    if entry.fuzzy or not entry.translated() or any(finding.rule == "same-as-english" for finding in found):
        return
    if words.dictionary is not None:
        yield from _dictionary_findings(entry, name, file, words.dictionary)
    for term in words.glossary.slips(entry.msgid, entry.msgstr) if entry.msgstr else ():
        rule = "glossary" if term.is_sure else "glossary-advice"
        yield message_finding(rule, entry, name, file, f"{term.english} = {term.welsh}")


def is_sound(entry: polib.POEntry, name: str, words: Words) -> bool:
    """Whether the gate has no error in a message of the catalogue `name`."""
    return not any(finding.is_error for finding in message_findings(entry, name, "", words))


def rule_findings(entry: polib.POEntry, name: str, file: str) -> Iterator[GateFinding]:
    """What the rules find, which need nothing but the message."""
    for rule, detail, form in faults(entry, formatted=name == INTERFACE):
        yield message_finding(rule, entry, name, file, detail, form)


def _dictionary_findings(entry: polib.POEntry, name: str, file: str, dictionary: Dictionary) -> Iterator[GateFinding]:
    for pair in pairs(entry, formatted=name == INTERFACE):
        left, doubtful = dictionary.look_up(pair)
        if left:
            yield message_finding("english-left", entry, name, file, left, pair.form)
        if doubtful:
            yield message_finding("unknown-word", entry, name, file, doubtful, pair.form)
