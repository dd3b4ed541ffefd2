"""Numbers as people type them, in Welsh and in English: “45 000”, “tua 45,000”, “3,5”.

`survey/web/scripts/reading.js` reads them alike; `tests/questionnaire/typed.json` holds both to it.
"""

import re
import unicodedata

from survey.questionnaire.types.base import Reading, fault

LONGEST = 60

_FULL_WIDTH = 0xFEE0
_BLANKS = frozenset({"Cc", "Zl", "Zp", "Zs"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ABOUT = re.compile(
    r"(?:approx(?:imately|\.)?|about|around|roughly|circa|ca?\.?|tua|oddeutu|rhyw|o gwmpas|[~≈∼]) ?", re.IGNORECASE
)
_DIGITS = "[0-9]{1,15}|[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}"
_WITH_COMMAS = "[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}"
_WHOLE = re.compile(rf"[+-]?(?:{_DIGITS}|{_WITH_COMMAS})(?:\.00?)?")
_WITH_POINT = re.compile(rf"[+-]?(?:(?:{_DIGITS}|{_WITH_COMMAS})(?:\.[0-9]{{1,10}})?|\.[0-9]{{1,10}})")
_WITH_COMMA = re.compile(rf"[+-]?(?:{_DIGITS}),[0-9]{{1,10}}")
_SHORTENED = re.compile(r"[+-]?[0-9,. ]*[0-9] ?(?:k|m|thousand|million|mil|miliwn)", re.IGNORECASE)
_RANGE = re.compile(r"[0-9,. ]*[0-9] ?(?:-|to|or|i|neu|hyd at) ?[0-9][0-9,. ]*", re.IGNORECASE)


def plain(text: str) -> str:
    """The text with the digits, dashes and single blanks of a keyboard here, and without what cannot be seen."""
    return " ".join("".join(map(_plain, text)).translate(_DASHES).split())


def read_number(text: str, *, decimals: bool) -> Reading:
    """An integer, or with `decimals` a float.

    A comma or a blank between groups of three digits parts thousands; any other comma before digits is a decimal comma.
    What says that a number is approximate is read over: the number is the answer.
    """
    typed = plain(text)
    if not typed:
        return Reading()
    if len(typed) > LONGEST:
        return fault("not_number" if decimals else "not_whole")
    about = _ABOUT.match(typed)
    number = typed[about.end() :] if about else typed
    if _SHORTENED.fullmatch(number):
        return fault("shortened")
    if _RANGE.fullmatch(number):
        return fault("range")
    if not decimals:
        return Reading(int(_joined(number).partition(".")[0])) if _WHOLE.fullmatch(number) else fault("not_whole")
    if _WITH_POINT.fullmatch(number):
        return Reading(float(_joined(number)))
    if _WITH_COMMA.fullmatch(number):
        return Reading(float(number.replace(" ", "").replace(",", ".")))
    return fault("not_number")


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANKS:
        return " "
    if category == "Cf":
        return ""
    return chr(ord(character) - _FULL_WIDTH) if "！" <= character <= "～" else character


def _joined(number: str) -> str:
    return number.replace(" ", "").replace(",", "")
