"""Whether the catalogues say the same thing the same way: one English with two Welsh, one term said two ways.

Neither is a fault as such: “Yes” is another word after another question. So this is a report to read, and no gate.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polib

from survey.catalogues.glossary import Glossary, Term
from survey.catalogues.memory import Memory, MessagePlace, Remembered
from survey.catalogues.review import is_reviewed


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term of the glossary: in how many messages its Welsh is there, and those that say it otherwise."""

    term: Term
    kept: int
    otherwise: tuple[Remembered, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """What is said in more than one way, each English with every Welsh of it."""

    texts: list[list[Remembered]]
    terms: list[TermUse]


def consistency(catalogues: Mapping[str, polib.POFile], glossary: Glossary) -> Consistency:
    """Look through all the catalogues, given by name, as one."""
    return Consistency(Memory(catalogues).said_differently(), _terms(catalogues, glossary))


def _terms(catalogues: Mapping[str, polib.POFile], glossary: Glossary) -> list[TermUse]:
    kept: dict[Term, int] = defaultdict(int)
    otherwise: dict[Term, list[Remembered]] = defaultdict(list)
    for name, catalogue in catalogues.items():
        for entry in catalogue:
            # After a number a noun has another number in Welsh, so that a term need not be as the glossary has it.
            if entry.obsolete or entry.fuzzy or not entry.msgstr:
                continue
            for term, is_kept in glossary.uses(entry.msgid, entry.msgstr):
                if is_kept:
                    kept[term] += 1
                else:
                    place = MessagePlace(name, entry.msgctxt or "", is_reviewed(entry), is_obsolete=False)
                    otherwise[term].append(Remembered(entry.msgid, entry.msgstr, 100, (place,)))
    terms = [TermUse(term, kept[term], tuple(uses)) for term, uses in otherwise.items()]
    return sorted(terms, key=lambda use: use.term.english.lower())
