"""The initial mutations of Welsh: clwstwr, glwstwr, chlwstwr, nghlwstwr are one word."""

# What a first letter may become: soft, nasal and aspirate.
_MUTATIONS = {
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "c": ("g", "ngh", "ch"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "g": ("", "ng"),
    "ll": ("l",),
    "m": ("f",),
    "rh": ("r",),
}
_UNCHANGED = ("ch", "ph", "th", "dd", "ff", "ng")
_VOWELS = "aeiouwyâêîôûŵŷ"


def mutated(word: str) -> frozenset[str]:
    """Return a lower-case word in all the forms that its beginning takes, its own among them."""
    forms = {word}
    if word.startswith(_UNCHANGED):
        return frozenset(forms)
    first = word[:2] if word[:2] in _MUTATIONS else word[:1]
    forms.update(begin + word[len(first) :] for begin in _MUTATIONS.get(first, ()))
    if first and first in _VOWELS:
        forms.add("h" + word)
    return frozenset(forms)
