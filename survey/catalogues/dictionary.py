"""The Welsh dictionary (Hunspell, by Bangor University): whether a word is Welsh, and what the words are that are not.

A word of the English message that no Welsh dictionary has is a part that is not translated. A word that neither has is
doubtful.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Protocol

from survey.catalogues.mutation import mutated
from survey.catalogues.pairs import Pair
from survey.config import ROOT

FOLDER = ROOT / "node_modules" / "dictionary-cy"

# Words that are English and never Welsh, wherever they come from.
_ENGLISH = "the and your this that with please which have has been from they these those were would should could you"
ENGLISH_WORDS = frozenset(_ENGLISH.split())
# English words that are in a Welsh dictionary too (“to” is a roof), and that a message with them in its English
# will not mean in Welsh.
_ENGLISH_ALL_THE_SAME = """
to of in or for not it be can we no how an more was us than try go does most both did call paid sent long plan fill
moment wales want codes step based far main had lost act me stop rest record action so
"""
ENGLISH_ALL_THE_SAME = frozenset(_ENGLISH_ALL_THE_SAME.split())

# Endings that lean on the word before them: mae’r, i’ch, sy’n.
_ENDING = re.compile(r"’(?:r|n|u|i|m|th|ch|w)$")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[’-][^\W\d_]+)*")
# Names of files, fields and places in a program are no prose.
_IDENTIFIER = re.compile(r"[^\W\d_][_\d/@\\=*]|\w\.\w|[a-z][A-Z]|(?<!\w)[._]\w|/")
_SENTENCE_START = re.compile(r"(?:^|[.?!:“(–]\s*)[^\W\d_]+")


class Speller(Protocol):
    """What knows the words of a dictionary."""

    def spell(self, word: str) -> bool: ...


class NoDictionary(RuntimeError):
    """The Welsh dictionary is not there."""


class Dictionary:
    """Words that are right: those that the speller knows, `words` however mutated, and whole `phrases`.

    `english` are words that are known to be English and no names, in lower case.
    """

    def __init__(
        self, speller: Speller, words: Iterable[str], phrases: Iterable[str] = (), english: Iterable[str] = ()
    ) -> None:
        self._speller = speller
        self._words = frozenset(form for word in words for form in mutated(word))
        long_first = sorted(filter(None, phrases), key=len, reverse=True)
        self._phrases = re.compile(rf"\b(?:{'|'.join(map(re.escape, long_first)) or '(?!)'})(?!\w)")
        self._english = frozenset(english)
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Whether a word is Welsh, in whatever form."""
        if word not in self._known:
            self._known[word] = self._has(word) or ("-" in word and all(map(self._has, word.split("-"))))
        return self._known[word]

    def _has(self, word: str) -> bool:
        bare = _ENDING.sub("", word)
        return bare.lower() in self._words or any(self._speller.spell(form.replace("’", "'")) for form in {bare, word})

    def look_up(self, pair: Pair) -> tuple[str, str]:
        """Words of the English that stand in the Welsh and are not Welsh; and words that neither language has."""
        english_prose, welsh_prose = self._prose(pair.spoken_english), self._prose(pair.spoken_welsh)
        english = {word.lower() for word in _WORD.findall(english_prose)}
        left: dict[str, None] = {}
        doubtful: dict[str, None] = {}
        for word in dict.fromkeys(_WORD.findall(welsh_prose)):
            small = word.lower()
            if len(word) == 1 and (word.isascii() or small in "âô"):
                continue
            if small in ENGLISH_WORDS or (word in ENGLISH_ALL_THE_SAME and word in english):
                left[word] = None
            elif small in english:
                if not self.has(word) and word not in self._names(english_prose, welsh_prose):
                    left[word] = None
            elif not self.has(word):
                doubtful[word] = None
        return " ".join(left), " ".join(doubtful)

    def _prose(self, text: str) -> str:
        said = self._phrases.sub(" ", text)
        if not _IDENTIFIER.search(said):
            return said
        return " ".join("0" if _IDENTIFIER.search(part) else part for part in said.split())

    def _names(self, english: str, welsh: str) -> set[str]:
        """Words with a capital inside an English sentence, or a Welsh one if no English has them small; initials."""
        in_welsh = {word for word in _capitals(welsh) if word.lower() not in self._english}
        initials = {word for word in _WORD.findall(f"{english} {welsh}") if word.isupper()}
        return _capitals(english) | in_welsh | initials


def _capitals(text: str) -> set[str]:
    return {word for word in _WORD.findall(_SENTENCE_START.sub(" ", text)) if word[0].isupper()}


@cache
def welsh_speller(folder: Path = FOLDER) -> Speller:
    """Return the speller of the dictionary that set-up has brought. Raises NoDictionary."""
    try:
        from hunspell import Hunspell  # type: ignore[import-untyped]
    except ImportError:
        raise NoDictionary from None
    if not (folder / "index.dic").is_file():
        raise NoDictionary
    speller: Speller = Hunspell("index", hunspell_data_dir=str(folder))
    return speller


def english_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that English texts have with a small letter, and not more often with a capital, as names have it."""
    small: Counter[str] = Counter()
    for text in texts:
        small.update(word for word in _WORD.findall(text) if word.islower())
        small.subtract(word.lower() for word in _capitals(text))
    return frozenset(word for word, more in small.items() if more > 0)


def read_allowed_words(path: Path) -> frozenset[str]:
    """The words of a file, one a line, that are right whatever the dictionary says."""
    return frozenset(path.read_text("utf-8").lower().split()) if path.is_file() else frozenset()
