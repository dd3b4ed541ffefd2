"""The characters that Welsh is written in: one list, and what looks like one of them is none.

Letters of other alphabets that look alike, what is left of text in another encoding (Ã, �), spaces that do not break
and marks that nobody sees come from other programs; a reader sees them, or a search does not find the word.
"""

import unicodedata

from survey.catalogues.pairs import PLACEHOLDER, TAG, Pair

LETTERS = "abcdefghijklmnopqrstuvwxyz" + "âêîôûŵŷ" + "áéíóúẃý" + "àèìòùẁỳ" + "äëïöüẅÿ"
MARKS = " .,;:?!’“”()[]-–—…/%"
ALLOWED = frozenset(LETTERS + LETTERS.upper() + "0123456789" + MARKS)
# Other rules say more of these.
EXPLAINED_ELSEWHERE = frozenset("&'\"<>{}")


def odd_character(pair: Pair) -> str | None:
    """A character that is neither on the list nor in the English; line ends are as many as in the English."""
    if not unicodedata.is_normalized("NFC", pair.welsh):
        return next((word for word in pair.welsh.split() if not unicodedata.is_normalized("NFC", word)), "")
    written = set(TAG.sub("", PLACEHOLDER.sub("", pair.welsh)))
    strange = written - ALLOWED - EXPLAINED_ELSEWHERE - set(pair.english)
    if strange:
        return ", ".join(map(_named, sorted(strange)))
    return _named("\n") if pair.welsh.count("\n") != pair.english.count("\n") else None


def _named(mark: str) -> str:
    """A character with the word for it that Unicode has, since it may look like another."""
    code = f"U+{ord(mark):04X}"
    return f"{mark} ({code})" if mark.isprintable() and not mark.isspace() else code


def visible(text: str) -> str:
    """A text as it is read, with the code of every character that nobody sees or that turns its neighbours round."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() or mark == "\n" else f"[{_named(mark)}]" for mark in text)
