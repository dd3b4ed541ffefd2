"""The limits of an answer in XLSForm: `constraint`, as far as our limits can say it.

Source: the XLSForm standard, “Constraints”. Our limits belong to what may be answered: a whole number or a day that is
left out is the next one, or the one before; of what has no next one the author has to say what is meant.
"""

import re
from datetime import date, timedelta
from typing import Any

from survey.authoring.xlsform_brackets import joined_by_and
from survey.authoring.xlsform_expressions import NAME, NameOf, number_in
from survey.questionnaire.limits import TODAY
from survey.questionnaire.rule_text import NotARule
from survey.questionnaire.types import ANSWER_TYPES

_LIMIT = re.compile(
    r"\s*(?P<length>string-length\s*\(\s*\.\s*\)|\.)\s*(?P<operator><=|>=|<|>)\s*"
    rf"(?:(?P<number>-?[0-9.]+)|{NAME}|(?P<today>today\s*\(\s*\))|"
    r"(?:date\s*\(\s*)?(?P<mark>['\"])(?P<day>[0-9-]+)(?P=mark)(?:\s*\))?)\s*"
)
STRICT = {"<": -1, ">": 1}


class LimitLeftOut(NotARule):
    """A limit that is itself no answer, where there is no next one to put in its place.

    `args` holds the words, and the operator that leaves it out.
    """


def limits_of(constraint: str, type_name: str, name_of: NameOf) -> dict[str, Any]:
    """The limits that a `constraint` on an answer of one of our types says, by the properties that take them.

    Raises NotARule, and LimitLeftOut.
    """
    limits: dict[str, Any] = {}
    for expression in joined_by_and(constraint):
        match = _LIMIT.fullmatch(expression)
        name, limit = _limit(match, type_name, name_of) if match else ("", None)
        if not name or name in limits:
            raise NotARule(expression)
        limits[name] = limit
    return limits


def _limit(match: re.Match[str], type_name: str, name_of: NameOf) -> tuple[str, Any]:
    """A property of ours, and what it says; no property for what has none."""
    kind = ANSWER_TYPES[type_name]
    is_least, of_length, of_day = match["operator"] in (">", ">="), match["length"] != ".", kind.limited_as == "date"
    is_fixed_number = match["number"] is not None
    if (of_length and (is_least or not is_fixed_number)) or (is_fixed_number and of_day):
        return "", None
    if is_fixed_number:
        name = "max_length" if of_length else "minimum" if is_least else "maximum"
        return name, _fixed(match, whole=of_length or kind.field_kind == "integer")
    if not of_day and match["name"] is None:
        return "", None
    name = ("earliest" if is_least else "latest") if of_day else ("minimum" if is_least else "maximum")
    if match["day"]:
        return name, _day(match)
    if match["operator"] in STRICT:
        raise LimitLeftOut(match[0].strip(), match["operator"])
    return name, TODAY if match["today"] else {"answer_of": name_of(match["name"])}


def _fixed(match: re.Match[str], *, whole: bool) -> int | float:
    """A number; of whole ones “less than 5” is “4 at most”."""
    try:
        number = number_in(match["number"])
    except ValueError:
        raise NotARule(match[0].strip()) from None
    if match["operator"] in STRICT and not (whole and isinstance(number, int)):
        raise LimitLeftOut(match[0].strip(), match["operator"])
    return number + STRICT.get(match["operator"], 0)


def _day(match: re.Match[str]) -> str:
    """A day; “before 1 January” is “31 December at the latest”. What is no day is left to the checks."""
    try:
        day = date.fromisoformat(match["day"]) + timedelta(days=STRICT.get(match["operator"], 0))
    except ValueError:
        return match["day"]
    except OverflowError:
        raise LimitLeftOut(match[0].strip(), match["operator"]) from None
    return day.isoformat()
