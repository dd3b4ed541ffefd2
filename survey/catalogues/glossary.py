"""The glossary: which Welsh word goes with an English term, and where a translation has another."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from survey.catalogues.mutations import mutated

# Terms that hold wherever they occur; a term of the interface holds only for a message that is nothing else.
ANYWHERE = ("domain", "profession", "organisation")


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
        self._inside = [(re.compile(rf"\b{re.escape(term.english.lower())}\b"), term) for term in inside]

    def slips(self, english: str, welsh: str) -> list[Term]:
        """The terms in `english` whose Welsh, however mutated, is not in `welsh`. A longer term hides those in it."""
        left, said = english.lower(), welsh.lower()
        whole = self._whole.get(left)
        if whole:
            return [] if said == whole.welsh.lower() else [whole]
        slips = []
        for pattern, term in self._inside:
            left, times = pattern.subn("\0", left)
            if times and not _says(said, term.welsh.lower()):
                slips.append(term)
        return slips


def _says(welsh: str, term: str) -> bool:
    """Whether every word of the term is in the text, mutated or with an ending, in any order."""
    words = re.findall(r"\w+", welsh)
    return all(
        any(word.startswith(form) for word in words for form in mutated(part))
        for part in re.findall(r"\w+", term)
        if len(part) > 2
    )


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in a CSV file with the columns en, cy, part, confidence; empty if there is none."""
    if not path.is_file():
        return Glossary(())
    with path.open(encoding="utf-8", newline="") as file:
        return Glossary([Term(row["en"], row["cy"], row["part"], row["confidence"]) for row in csv.DictReader(file)])
