"""The mutations of the first letter of a Welsh word."""

from functools import cache

SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "ll": "l", "m": "f", "rh": "r"}
NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
_UNCHANGED = ("ch", "ph", "th", "dd", "ff", "ng")
_VOWELS = "aeiouwyâêîôûŵŷ"


def soft(word: str) -> str:
    return _changed(word, SOFT)


def aspirate(word: str) -> str:
    return _changed(word, ASPIRATE)


@cache
def mutated(word: str) -> frozenset[str]:
    """Return a lower-case word in all the forms that its beginning takes, its own among them."""
    forms = {word, *(_changed(word, kind) for kind in (SOFT, NASAL, ASPIRATE))}
    if word and word[0] in _VOWELS:
        forms.add("h" + word)
    return frozenset(forms)


def _changed(word: str, letters: dict[str, str]) -> str:
    if word.startswith(_UNCHANGED):
        return word
    first = word[:2] if word[:2] in letters or word[:2] in SOFT else word[:1]
    return letters.get(first, first) + word[len(first) :]
