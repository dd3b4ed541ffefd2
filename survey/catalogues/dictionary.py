"""The Welsh dictionary (Hunspell, by Bangor University): whether a word is Welsh, and what the words are that are not.

A word of the English message that no Welsh dictionary has is a part that is not translated. A word that neither has is
doubtful.
"""

import re
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
_IDENTIFIER = re.compile(r"\S*[^\W\d_]+[_\d/@\\=*]\S*|\S*\w\.\w\S*|\S*[a-z][A-Z]\S*|(?<!\w)[._]\w+|\S*/\S+")
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
        self._phrases = re.compile("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in long_first) or "(?!)")
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

    def english_left(self, pair: Pair) -> str | None:
        """Words of the English that stand in the Welsh and are not Welsh."""
        said = self._prose(pair.spoken_english)
        english = {word.lower() for word in _WORD.findall(said)}
        names = self._names(said) | self._names(self._prose(pair.spoken_welsh))
        left = [
            word
            for word in self._words_of(pair)
            if word.lower() in ENGLISH_WORDS
            or (word in ENGLISH_ALL_THE_SAME and word in english)
            or (word.lower() in english and word not in names and not self.has(word))
        ]
        return " ".join(dict.fromkeys(left)) or None

    def unknown_words(self, pair: Pair) -> str | None:
        """Words that neither the dictionary nor the English has."""
        english = {word.lower() for word in _WORD.findall(pair.spoken_english)}
        doubtful = [
            word
            for word in self._words_of(pair)
            if word.lower() not in english and word.lower() not in ENGLISH_WORDS and not self.has(word)
        ]
        return " ".join(dict.fromkeys(doubtful)) or None

    def _words_of(self, pair: Pair) -> list[str]:
        return [
            word
            for word in _WORD.findall(self._prose(pair.spoken_welsh))
            if len(word) > 1 or (not word.isascii() and word.lower() not in "âô")
        ]

    def _prose(self, text: str) -> str:
        return _IDENTIFIER.sub(" ", self._phrases.sub(" ", text))

    def _names(self, text: str) -> set[str]:
        """Words with a capital inside a sentence, and initials."""
        inside = set(_WORD.findall(_SENTENCE_START.sub(" ", text)))
        capital = {word for word in inside if word[0].isupper() and word.lower() not in self._english}
        return capital | {word for word in _WORD.findall(text) if word.isupper()}


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
    """The words that stand in English texts with a small letter."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())


def read_allowed_words(path: Path) -> frozenset[str]:
    """The words of a file, one a line, that are right whatever the dictionary says."""
    return frozenset(path.read_text("utf-8").lower().split()) if path.is_file() else frozenset()
