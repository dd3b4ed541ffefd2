"""The glossary: the Welsh that there is for an English term, and whether a message keeps to it."""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.catalogues.mutation import mutated
from survey.catalogues.pairs import prose

# Terms that hold wherever they occur; a term of the interface holds only for a message that is nothing else.
ANYWHERE = ("domain", "profession", "organisation")
INTERFACE_TERM = "ui"
SHORT = 6
"""The most words of a text that is a label and no sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term; `doubt` is what a person has still to settle about it, in Welsh."""

    english: str
    welsh: str
    part: str
    confidence: str
    doubt: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the term holds; another is advice."""
        return self.confidence == "high"


class Glossary:
    """The terms, ready to be looked for. Those of the interface hold for a text that is nothing else, where they are
    sure; in a longer one they are other words as often as not.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        every = list(terms)
        self._whole = {term.english.lower(): term for term in every if term.is_sure and term.part not in ANYWHERE}
        numbers = _numbers(every)
        self._by_first_word: dict[str, list[tuple[re.Pattern[str], Term, list[tuple[str, ...]]]]] = defaultdict(list)
        for term in every:
            english = term.english.lower()
            first_word = re.split(r"\W", english, maxsplit=1)[0]
            pattern = re.compile(rf"\b{re.escape(english)}\b")
            self._by_first_word[first_word].append((pattern, term, _stems(term, numbers)))

    def slips(self, english: str, welsh: str) -> list[Term]:
        """The terms in `english` whose Welsh, however mutated, is not in `welsh`."""
        whole = self._whole.get(english.lower())
        if whole:
            return [] if welsh.lower() == whole.welsh.lower() else [whole]
        return [term for term, is_kept in self._uses(english, welsh, ANYWHERE) if not is_kept]

    def uses(self, english: str, welsh: str) -> list[tuple[Term, bool]]:
        """The terms in `english`, each with whether its Welsh is in `welsh`; of the interface those in a short text."""
        parts = (*ANYWHERE, INTERFACE_TERM) if len(english.split()) <= SHORT else ANYWHERE
        return list(self._uses(english, welsh, parts))

    def _uses(self, english: str, welsh: str, parts: Collection[str]) -> Iterator[tuple[Term, bool]]:
        """A longer term hides those in it."""
        left, said = prose(english).lower(), re.findall(r"\w+", prose(welsh).lower())
        words = dict.fromkeys(re.findall(r"\w+", left))
        terms = [term for word in words for term in self._by_first_word.get(word, ()) if term[1].part in parts]
        for pattern, term, stems in sorted(terms, key=lambda term: -len(term[1].english)):
            left, times = pattern.subn("\0", left)
            if times:
                yield term, all(any(word.startswith(beginnings) for word in said) for beginnings in stems)


def _stems(term: Term, numbers: dict[str, str]) -> list[tuple[str, ...]]:
    """How each word of a term may begin in a text: mutated, in either number, with any ending. Their order is free."""
    words = [word for word in re.findall(r"\w+", term.welsh.lower()) if len(word) > 2]
    forms = (mutated(word) | mutated(numbers.get(word, word)) for word in words)
    return [tuple(map(_stem, some)) for some in forms]


def _numbers(terms: Iterable[Term]) -> dict[str, str]:
    """Welsh words of one term as singular and plural, each by the other: clwstwr and clystyrau."""
    words = {term.english.lower(): term.welsh.lower() for term in terms if " " not in term.welsh}
    pairs = ((words[term], words.get(term + "s") or words.get(term[:-1] + "ies")) for term in words)
    return {word: other for single, many in pairs if many for word, other in ((single, many), (many, single))}


def _stem(word: str) -> str:
    """What stays of a longer word whatever its ending: hyfforddi(ant), rhwystr(au)."""
    return word[: max(4, len(word) - 3)]


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in a CSV file with the columns en, cy, part, confidence, doubt; empty if there is none."""
    if not path.is_file():
        return Glossary(())
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return Glossary(
            [Term(row["en"], row["cy"], row["part"], row["confidence"], row.get("doubt") or "") for row in rows]
        )
