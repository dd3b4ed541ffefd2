"""Everything that the gate finds in one message: by the rules, by the dictionary and by the glossary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from survey.catalogues.circumflexes import added_circumflex
from survey.catalogues.counterparts import Counterparts
from survey.catalogues.dictionary import (
    Dictionary,
    NoDictionary,
    english_words,
    read_allowed_words,
    welsh_speller,
)
from survey.catalogues.files import Places
from survey.catalogues.finding import GateFinding, message_finding
from survey.catalogues.findings_cache import Fault, FindingsCache, found_path, sign_of
from survey.catalogues.glossary import Glossary, read_glossary
from survey.catalogues.pairs import Pair, pairs
from survey.catalogues.register import familiar_order
from survey.catalogues.review import odd_mark
from survey.catalogues.rules import faults
from survey.languages import INTERFACE


@dataclass(frozen=True)
class ReferenceTexts:
    """What the Welsh is held against: texts that are the same in English, the glossary, the dictionary if there.

    `counterparts` tell the Welsh of another text, and `found` is what was found with all of them already.
    """

    same: frozenset[str]
    glossary: Glossary
    dictionary: Dictionary | None
    counterparts: Counterparts
    found: FindingsCache = field(compare=False)


def read_words(places: Places, made: Mapping[str, polib.POFile]) -> ReferenceTexts:
    """Return the words of a project with the templates `made`; `dictionary` is None where set-up has not brought it."""
    same = read_allowed(places)
    allowed = read_allowed_words(places.translations / "cy" / "allowed-words.txt")
    english = english_words(entry.msgid for template in made.values() for entry in template)
    try:
        dictionary = Dictionary(welsh_speller(), allowed, same, english)
    except NoDictionary:
        dictionary = None
    glossary = places.translations / "glossary.csv"
    counterparts = _text_of(places.translations / "cy" / "counterparts.txt")
    texts = [_text_of(glossary), counterparts, str(dictionary is not None)]
    sign = sign_of(sorted(same), sorted(allowed), sorted(english), texts)
    cache = FindingsCache(found_path(places), sign)
    return ReferenceTexts(same, read_glossary(glossary), dictionary, Counterparts(counterparts.splitlines()), cache)


def _text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def read_allowed(places: Places) -> frozenset[str]:
    """The texts that may be the same in both languages: one a line, `#` begins a comment line."""
    path = places.translations / "cy" / "same-as-english.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def message_findings(entry: polib.POEntry, name: str, file: str, words: ReferenceTexts) -> Iterator[GateFinding]:
    """Errors and warnings of one message of the catalogue `name`, as it stands or as somebody is about to save it."""
    for rule, detail, form in words.found.faults(entry, name, lambda: _faults(entry, name, words)):
        yield message_finding(rule, entry, name, file, detail, form)


def _faults(entry: polib.POEntry, name: str, words: ReferenceTexts) -> Iterator[Fault]:
    known_faults = list(faults(entry, formatted=name == INTERFACE))
    if entry.msgid.strip() in words.same:
        known_faults = [fault for fault in known_faults if fault[0] != "same-as-english"]
    yield from known_faults
    if mark := odd_mark(entry):
        yield "odd-mark", mark, None
    if entry.fuzzy or not entry.translated() or any(rule == "same-as-english" for rule, _, _ in known_faults):
        return
    for pair in pairs(entry, formatted=name == INTERFACE):
        if other := words.counterparts.other_text(pair):
            yield "other-text", other, pair.form
        if words.dictionary is not None:
            yield from _dictionary_faults(pair, words.dictionary)
    for term in words.glossary.slips(entry.msgid, entry.msgstr) if entry.msgstr else ():
        rule = "glossary" if term.is_sure else "glossary-advice"
        yield rule, f"{term.english} = {term.welsh}", None


def is_sound(entry: polib.POEntry, name: str, words: ReferenceTexts) -> bool:
    """Whether the gate has no error in a message of the catalogue `name`."""
    return not any(finding.is_error for finding in message_findings(entry, name, "", words))


def rule_findings(entry: polib.POEntry, name: str, file: str) -> Iterator[GateFinding]:
    """What the rules find, which need nothing but the message."""
    for rule, detail, form in faults(entry, formatted=name == INTERFACE):
        yield message_finding(rule, entry, name, file, detail, form)


def _dictionary_faults(pair: Pair, dictionary: Dictionary) -> Iterator[Fault]:
    if order := familiar_order(pair, dictionary.has):
        yield "familiar-form", order, pair.form
    if twin := added_circumflex(pair, dictionary.has):
        yield "added-circumflex", twin, pair.form
    left, doubtful = dictionary.look_up(pair)
    if left:
        yield "english-left", left, pair.form
    if doubtful:
        yield "unknown-word", doubtful, pair.form
