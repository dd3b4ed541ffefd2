"""What has been translated before: the same English elsewhere, and English that is nearly the same.

It looks through every catalogue, and through what is obsolete too, which is the Welsh of editions that are gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polib
from rapidfuzz import fuzz, process

from survey.catalogues.files import FORMS
from survey.catalogues.review import is_reviewed

ANY_NUMBER = FORMS - 1
NEAR = 70
"""The least likeness, out of 100, at which the Welsh of other English is of any help."""
MOST = 5


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """Where a translation stands. What is obsolete is used nowhere any more."""

    catalogue: str
    context: str
    is_reviewed: bool
    is_obsolete: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """One English with one Welsh, and every place that has both. `likeness` is 100 for the English asked about.

    Of a message with a plural, the texts are those for any number.
    """

    english: str
    welsh: str
    likeness: int
    places: tuple[MessagePlace, ...]


class Memory:
    """The translations of some catalogues, by their names, to be looked up by English. What is fuzzy is none."""

    def __init__(self, catalogues: Mapping[str, polib.POFile]) -> None:
        self._said: dict[str, dict[str, list[MessagePlace]]] = defaultdict(lambda: defaultdict(list))
        for name, catalogue in catalogues.items():
            for entry in catalogue:
                welsh = welsh_of(entry)
                if welsh and not entry.fuzzy:
                    place = MessagePlace(name, entry.msgctxt or "", is_reviewed(entry), bool(entry.obsolete))
                    self._said[english_of(entry)][welsh].append(place)
        self._lowered = {english: english.lower() for english in self._said}

    def same(self, english: str, besides: tuple[str, str] = ("", "")) -> list[Remembered]:
        """Every Welsh that there is for the very English, without the place `besides` (catalogue and context).

        Reviewed Welsh comes first, then what is in more places.
        """
        translations = (
            Remembered(english, welsh, 100, tuple(elsewhere))
            for welsh, places in self._said.get(english, {}).items()
            if (elsewhere := [place for place in places if (place.catalogue, place.context) != besides])
        )
        return sorted(translations, key=_worth)

    def near(self, english: str, most: int = MOST) -> list[Remembered]:
        """At most `most` translations of other English that is nearly the same, the most alike first."""
        alike: Iterable[tuple[str, float, str]] = process.extract(
            english.lower(), self._lowered, scorer=fuzz.ratio, score_cutoff=NEAR, limit=most + 1
        )
        others = ((other, likeness) for _, likeness, other in alike if other != english)
        translations = [
            Remembered(other, welsh, min(int(likeness), 99), tuple(places))
            for other, likeness in others
            for welsh, places in self._said[other].items()
        ]
        return sorted(translations, key=lambda translation: (-translation.likeness, *_worth(translation)))[:most]

    def said_differently(self) -> list[list[Remembered]]:
        """Each English that has more than one Welsh where it is in use, with all of them."""
        differing = []
        for english in self._said:
            in_use = [
                translation
                for translation in self.same(english)
                if any(not place.is_obsolete for place in translation.places)
            ]
            if len(in_use) > 1:
                differing.append(in_use)
        return differing


def english_of(entry: polib.POEntry) -> str:
    """The English of a message; of one with a plural, that for any number."""
    return entry.msgid_plural or entry.msgid


def welsh_of(entry: polib.POEntry) -> str:
    """The Welsh of a message; of one with a plural, that for any number."""
    return entry.msgstr_plural.get(ANY_NUMBER, "") if entry.msgid_plural else entry.msgstr


def _worth(translation: Remembered) -> tuple[bool, bool, int, str]:
    return (
        not any(place.is_reviewed for place in translation.places),
        all(place.is_obsolete for place in translation.places),
        -len(translation.places),
        translation.welsh,
    )
