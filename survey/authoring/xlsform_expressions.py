"""What XLSForm says in XPath, as far as our rules and limits can say it: `relevant` and `constraint`.

Source: the XLSForm standard, “Relevant” and “Constraints”. Comparisons of one answer with one value are read, joined
by `and` or by `or`; everything else is refused from where it cannot be read, never guessed at.
"""

import re
from collections.abc import Callable
from typing import Any

from survey.authoring.rule_text import NotARule
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.limits import TODAY

_NAME = r"\$\{\s*(?P<name>[\w.-]+)\s*\}"
_VALUE = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?[0-9]+(?:\.[0-9]+)?))"
_COMPARISON = re.compile(rf"\s*{_NAME}\s*(?P<operator><=|>=|!=|=|<|>)\s*{_VALUE}\s*")
_SELECTED = re.compile(rf"\s*(?P<no>not\s*\(\s*)?selected\s*\(\s*{_NAME}\s*,\s*{_VALUE}\s*\)\s*(?(no)\)\s*)")
_OPEN, _CLOSE = re.compile(r"\s*\("), re.compile(r"\)\s*")
_JOIN = re.compile(r"(and|or)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\s*(?P<length>string-length\s*\(\s*\.\s*\)|\.)\s*(?P<operator><=|>=|<|>)\s*"
    rf"(?:(?P<number>-?[0-9.]+)|{_NAME}|(?P<today>today\s*\(\s*\))|"
    r"(?:date\s*\(\s*)?(?P<mark>['\"])(?P<day>[0-9-]+)(?P=mark)(?:\s*\))?)\s*"
)

_OF_REPEAT = re.compile(rf"\s*(?P<operation>sum|count)\s*\(\s*{_NAME}\s*\)\s*")
_TERM = r"\$\{\s*[\w.-]+\s*\}"
_TERMS = re.compile(rf"\s*{_TERM}\s*(?:[+-]\s*{_TERM}\s*)+")
PAIR = 2

NameOf = Callable[[str], str]
CodeOf = Callable[[str], str]


def rule_of(relevant: str, name_of: NameOf, code_of: CodeOf) -> JsonObject:
    """The rule that a `relevant` says. `name_of` is what our rules call a question, `code_of` what a choice is called.

    Raises NotARule.
    """
    conditions: list[JsonObject] = []
    joins: set[str] = set()
    at = 0
    while True:
        condition, at = _condition(relevant, at, name_of, code_of)
        conditions.append(condition)
        if at == len(relevant):
            return {"any" if "or" in joins else "all": conditions}
        join = _JOIN.match(relevant, at)
        if not join or (joins and join[1].lower() not in joins):
            raise NotARule(relevant[at:])
        joins.add(join[1].lower())
        at = join.end()


def _condition(text: str, at: int, name_of: NameOf, code_of: CodeOf) -> tuple[JsonObject, int]:
    opened = _OPEN.match(text, at)
    inside = opened.end() if opened else at
    match = _SELECTED.match(text, inside) or _COMPARISON.match(text, inside)
    if not match:
        raise NotARule(text[at:].strip())
    end = match.end()
    if opened:
        closed = _CLOSE.match(text, end)
        if not closed:
            raise NotARule(text[at:].strip())
        end = closed.end()
    return _said(match, name_of, code_of), end


def _said(match: re.Match[str], name_of: NameOf, code_of: CodeOf) -> JsonObject:
    parts = match.groupdict()
    name = name_of(parts["name"])
    operator = parts.get("operator") or ("!=" if parts.get("no") else "=")
    text = parts["single"] if parts["single"] is not None else parts["double"]
    if text == "" and operator in ("=", "!="):
        return {"question": name, "operator": "exists", "answer": operator == "!="}
    answer: Any = code_of(text) if text is not None else _number(parts["number"])
    return {"question": name, "operator": operator, "answer": answer}


def figure_of(calculation: str, name_of: NameOf) -> JsonObject:
    """The figure that a `calculation` says: answers added up, one taken from another, a repeat summed or counted.

    Raises NotARule.
    """
    of_repeat = _OF_REPEAT.fullmatch(calculation)
    if of_repeat:
        return {of_repeat["operation"]: [name_of(of_repeat["name"])]}
    if not _TERMS.fullmatch(calculation):
        raise NotARule(calculation.strip())
    names = [name_of(match["name"]) for match in re.finditer(_NAME, calculation)]
    if "-" not in re.sub(_NAME, "", calculation):
        return {"sum": names}
    if len(names) != PAIR or "+" in re.sub(_NAME, "", calculation):
        raise NotARule(calculation.strip())
    return {"difference": names}


def limits_of(constraint: str, answer_type: str, name_of: NameOf) -> dict[str, Any]:
    """The limits that a `constraint` on an answer of one of our types says, by the properties that take them.

    Raises NotARule.
    """
    limits: dict[str, Any] = {}
    at = 0
    while True:
        match = _LIMIT.match(constraint, at)
        if not match:
            raise NotARule(constraint[at:].strip())
        name, limit = _limit(match, answer_type, name_of)
        if name in limits:
            raise NotARule(constraint[at:].strip())
        limits[name] = limit
        at = match.end()
        if at == len(constraint):
            return limits
        join = _JOIN.match(constraint, at)
        if not join or join[1].lower() != "and":
            raise NotARule(constraint[at:])
        at = join.end()


def _limit(match: re.Match[str], answer_type: str, name_of: NameOf) -> tuple[str, Any]:
    """A property of ours, and what it says."""
    is_least, of_length, of_day = match["operator"] in (">", ">="), match["length"] != ".", answer_type == "date"
    is_fixed_number = match["number"] is not None
    if (of_length and (is_least or not is_fixed_number)) or (is_fixed_number and of_day):
        raise NotARule(match[0].strip())
    if is_fixed_number:
        name = "max_length" if of_length else "minimum" if is_least else "maximum"
        return name, _fixed(match, whole=of_length or answer_type == "whole_number")
    if match["operator"] in ("<", ">") or (not of_day and match["name"] is None):
        raise NotARule(match[0].strip())
    name = ("earliest" if is_least else "latest") if of_day else ("minimum" if is_least else "maximum")
    if match["name"] is not None:
        return name, {"answer_of": name_of(match["name"])}
    return name, TODAY if match["today"] else match["day"]


def _fixed(match: re.Match[str], *, whole: bool) -> int | float:
    """A number; of whole ones “less than 5” is “4 at most”."""
    try:
        number = _number(match["number"])
    except ValueError:
        raise NotARule(match[0].strip()) from None
    if match["operator"] in ("<", ">") and not (whole and isinstance(number, int)):
        raise NotARule(match[0].strip())
    return number + {"<": -1, ">": 1}.get(match["operator"], 0)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
