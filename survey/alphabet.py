"""The order of names in Welsh and in English."""

import re
import unicodedata
from typing import TypeAlias

# Letters that Welsh borrows (k, q, v, x, z) stand where a Welsh dictionary puts them.
WELSH_LETTERS = "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"

# Pairs that look like one letter and are two, marked where they part. A stem stands for every word that
# starts with it: all the Llan- names whose second part starts with g, for instance.
PARTED = (
    "aber|gwyn|gregyn",
    "aber|h",
    "ar|hol",
    "ar|hos",
    "ban|gor",
    "bryn|g",
    "caer|h",
    "dan|gos",
    "ardan|gos",
    "arddan|gos",
    "glan|g",
    "hen|goed",
    "llan|g",
    "llanfairpwllgwyn|gyll",
    "par|ha",
    "pen|g",
    "ton|g",
    "tyn|g",
)

_LETTER = re.compile("ch|dd|ff|ng|ll|ph|rh|th|[a-z]|[0-9]+| ")
_RANK = {letter: rank for rank, letter in enumerate(WELSH_LETTERS.split(), start=1)}
_PARTED = tuple((stem.replace("|", ""), stem) for stem in PARTED)

SortKey: TypeAlias = tuple[tuple[tuple[int, int], ...], str, str]


def folded(text: str) -> str:
    """Return `text` without accents and capitals, so that ŵ and w, or Â and a, are the same letter."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def welsh_letters(word: str) -> list[str]:
    """Return the letters of one folded word, with ch, dd, ff, ng, ll, ph, rh and th as one letter each."""
    for stem, parted in _PARTED:
        if word.startswith(stem):
            word = parted + word[len(stem) :]
            break
    return _LETTER.findall(word)


def _place(letter: str) -> tuple[int, int]:
    """A word break comes before everything; numbers, by their value, before letters."""
    if letter == " ":
        return (-1, 0)
    if letter.isdecimal():
        return (0, int(letter))
    return (_RANK[letter], 0)


def welsh_key(text: str) -> SortKey:
    """Return a key that sorts `text` by the Welsh alphabet: Caerdydd, Chwilog, Dinbych, Ddraig.

    Accents, capitals and marks between letters count only between texts that are otherwise the same.
    """
    words = " ".join(folded(text).split())
    letters: list[str] = []
    for word in re.split("( )", words):
        letters.extend(welsh_letters(word))
    return tuple(_place(letter) for letter in letters), words, text


def english_key(text: str) -> SortKey:
    """Return a key that sorts `text` from a to z, without regard to accents and capitals."""
    words = " ".join(folded(text).split())
    parts = re.findall("[0-9]+|[^\\W\\d_]| ", words)
    return tuple(_english_place(part) for part in parts), words, text


def _english_place(part: str) -> tuple[int, int]:
    if part == " ":
        return (-1, 0)
    if part.isdecimal():
        return (0, int(part))
    return (ord(part), 0)
