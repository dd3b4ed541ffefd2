"""Months and days of the week as people write them, in Welsh and in English, each with its number."""

from functools import cache

from babel import Locale

# What Welsh makes of the beginning of a month after “o”, “i”, “yn” or “a”: o Fawrth, i Orffennaf, yn Nhachwedd.
_MUTATIONS = (("m", ("f",)), ("g", ("",)), ("t", ("d", "nh", "th")), ("rh", ("r",)))
_LOCALES = ("cy", "en_GB")
_SHORTER = {"sep": 9}
"""What Babel does not know: it writes Sept."""


def _spelled(name: str) -> tuple[str, ...]:
    """A name, and how it begins where it is mutated."""
    for start, instead in _MUTATIONS:
        if name.startswith(start):
            return (name, *(begins + name.removeprefix(start) for begins in instead))
    return (name,)


@cache
def months() -> dict[str, int]:
    """The number of a month by its name, in small letters. Babel reads the names of a language for long, and few
    commands are told a day."""
    numbers = dict(_SHORTER)
    for locale in _LOCALES:
        for context in Locale.parse(locale).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context.get(width, {}).items():
                    numbers |= dict.fromkeys(
                        _spelled(name.casefold()) if locale == "cy" else (name.casefold(),), number
                    )
    return numbers


@cache
def weekdays() -> dict[str, int]:
    """The number of a day of the week by its name, in small letters; Monday is 0."""
    numbers: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(locale).days["format"][width].items():
                numbers[name.casefold()] = number
                if name.startswith("Dydd "):
                    numbers["d" + name.casefold()] = numbers[name.removeprefix("Dydd ").casefold()] = number
    return numbers
