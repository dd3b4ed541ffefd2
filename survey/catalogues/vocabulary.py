"""The words of the Welsh: those that the glossary has for English terms; as advice, those that no dictionary knows."""

import csv
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from survey.catalogues.rules import prose

# Terms that hold wherever they occur; a term of the interface holds only for a message that is nothing else.
ANYWHERE = ("domain", "profession", "organisation")

# What a first letter may become: soft, nasal and aspirate.
_MUTATIONS = {
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "c": ("g", "ngh", "ch"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "g": ("", "ng"),
    "ll": ("l",),
    "m": ("f",),
    "rh": ("r",),
}
_UNCHANGED = ("ch", "ph", "th", "dd", "ff", "ng")
_VOWELS = "aeiouwyâêîôûŵŷ"


@dataclass(frozen=True, slots=True)
class Term:
    english: str
    welsh: str
    part: str
    confidence: str


class Glossary:
    """The terms of high confidence, ready to be looked for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        sure = [term for term in terms if term.confidence == "high"]
        self._whole = {term.english.lower(): term for term in sure if term.part not in ANYWHERE}
        inside = sorted((term for term in sure if term.part in ANYWHERE), key=lambda term: -len(term.english))
        self._numbers = _numbers(sure)
        self._inside = [(re.compile(rf"\b{re.escape(term.english.lower())}\b"), term) for term in inside]

    def slips(self, english: str, welsh: str) -> list[Term]:
        """The terms in `english` whose Welsh, however mutated, is not in `welsh`. A longer term hides those in it."""
        whole = self._whole.get(english.lower())
        if whole:
            return [] if welsh.lower() == whole.welsh.lower() else [whole]
        left, said = prose(english).lower(), prose(welsh).lower()
        slips = []
        for pattern, term in self._inside:
            left, times = pattern.subn("\0", left)
            if times and not self._says(said, term.welsh.lower()):
                slips.append(term)
        return slips

    def _says(self, welsh: str, term: str) -> bool:
        """Whether every word of the term is in the text, mutated, in either number, with any ending and order."""
        words = re.findall(r"\w+", welsh)
        parts = [part for part in re.findall(r"\w+", term) if len(part) > 2]
        return all(any(word.startswith(_stem(form)) for word in words for form in self._forms(part)) for part in parts)

    def _forms(self, word: str) -> frozenset[str]:
        return mutated(word) | mutated(self._numbers.get(word, word))


def _numbers(terms: Iterable[Term]) -> dict[str, str]:
    """Welsh words of one term as singular and plural, each by the other: clwstwr and clystyrau."""
    words = {term.english.lower(): term.welsh.lower() for term in terms if " " not in term.welsh}
    pairs = ((words[term], words.get(term + "s") or words.get(term[:-1] + "ies")) for term in words)
    return {word: other for single, many in pairs if many for word, other in ((single, many), (many, single))}


def _stem(word: str) -> str:
    """What stays of a longer word whatever its ending: hyfforddi(ant), rhwystr(au)."""
    return word[: max(4, len(word) - 3)]


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in a CSV file with the columns en, cy, part, confidence; empty if there is none."""
    if not path.is_file():
        return Glossary(())
    with path.open(encoding="utf-8", newline="") as file:
        return Glossary([Term(row["en"], row["cy"], row["part"], row["confidence"]) for row in csv.DictReader(file)])


def mutated(word: str) -> frozenset[str]:
    """Return a lower-case word in all the forms that its beginning takes, its own among them."""
    forms = {word}
    if word.startswith(_UNCHANGED):
        return frozenset(forms)
    first = word[:2] if word[:2] in _MUTATIONS else word[:1]
    forms.update(begin + word[len(first) :] for begin in _MUTATIONS.get(first, ()))
    if first and first in _VOWELS:
        forms.add("h" + word)
    return frozenset(forms)


class NoSpeller(RuntimeError):
    """aspell, or its Welsh dictionary, is not there."""


def unknown_words(catalogues: Iterable[polib.POFile], allowed: frozenset[str]) -> dict[str, list[polib.POEntry]]:
    """Return the words that neither the dictionary nor `allowed` (lower case) has, each with where it stands.

    Raises:
        NoSpeller: there is no aspell with a Welsh dictionary on this machine.
    """
    places: dict[str, list[polib.POEntry]] = {}
    for catalogue in catalogues:
        for entry in catalogue:
            if not entry.obsolete:
                for word in _words(entry):
                    places.setdefault(word, []).append(entry)
    doubtful = [word for word in _unknown(sorted(places)) if word.lower() not in allowed]
    return {word: places[word] for word in doubtful if word in places}


def read_allowed_words(path: Path) -> frozenset[str]:
    """The words of a file, one a line, that are right whatever the dictionary says."""
    return frozenset(path.read_text("utf-8").lower().split()) if path.is_file() else frozenset()


def _words(entry: polib.POEntry) -> set[str]:
    texts = [entry.msgstr, *entry.msgstr_plural.values()]
    # An ending after an apostrophe (’r, ’n, ’u) is a word of its own and right.
    return {
        word
        for text in texts
        for word in re.findall(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*", re.sub(r"’\w{1,2}\b", "", prose(text)))
    }


def _unknown(words: list[str]) -> list[str]:
    program = shutil.which("aspell")
    if program is None:
        raise NoSpeller
    command = [program, "--lang=cy", "--encoding=utf-8", "list"]
    result = subprocess.run(command, input="\n".join(words).encode(), capture_output=True, check=False)  # noqa: S603
    if result.returncode:
        raise NoSpeller
    return result.stdout.decode("utf-8").split()
