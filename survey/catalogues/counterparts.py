"""Whether a text may be the Welsh of another one: words of the English whose Welsh is nowhere in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from survey.catalogues.mutation import mutated
from survey.catalogues.pairs import Pair

STEM = 4
_WORD = re.compile(r"[^\W\d_]{3,}")


class Counterparts:
    """English words, each with how its Welsh may begin. A line is `english: welsh welsh …`, or a comment."""

    def __init__(self, lines: Iterable[str]) -> None:
        words = (line.partition(":") for line in lines if line.strip() and not line.startswith("#"))
        self._beginnings: Mapping[str, tuple[str, ...]] = {
            _stem(english.strip()): tuple(_beginnings(welsh)) for english, _, welsh in words
        }

    def other_text(self, pair: Pair) -> str | None:
        """The English words that should have Welsh here, where none of them has."""
        if pair.form == 0:
            return None  # what is said of none at all may be another sentence
        welsh = [word.lower() for word in _WORD.findall(pair.spoken_welsh)]
        english = dict.fromkeys(map(str.lower, _WORD.findall(pair.spoken_english)))
        translated = [word for word in english if word not in welsh]  # `text/csv` is typed as it is in both
        known = {word: self._beginnings[stem] for word in translated if (stem := _stem(word)) in self._beginnings}
        if not known:
            return None
        if any(word.startswith(beginnings) for beginnings in known.values() for word in welsh):
            return None
        return ", ".join(known)


def _beginnings(welsh: str) -> Iterator[str]:
    for word in welsh.split():
        yield from (form[:STEM] for form in mutated(word))


@cache
def _stem(word: str) -> str:
    """An English word without the ending that it has here."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word[: -len(ending)]
    return word
