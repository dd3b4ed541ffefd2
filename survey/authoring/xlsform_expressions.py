"""What XLSForm says in XPath, as far as our rules and figures can say it: `relevant` and `calculation`.

Source: the XLSForm standard, “Relevant” and “Calculation”. Comparisons of one answer with one value are read, joined
by `and` or by `or`; everything else is refused from where it cannot be read, never guessed at.
"""

import re
from collections.abc import Callable
from typing import Any

from survey.authoring.xlsform_brackets import without_brackets
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.rule_text import NotARule

NAME = r"\$\{\s*(?P<name>[\w.-]+)\s*\}"
_VALUE = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?[0-9]+(?:\.[0-9]+)?))"
_COMPARISON = re.compile(rf"\s*{NAME}\s*(?P<operator><=|>=|!=|=|<|>)\s*{_VALUE}\s*")
_SELECTED = re.compile(rf"\s*(?P<no>not\s*\(\s*)?selected\s*\(\s*{NAME}\s*,\s*{_VALUE}\s*\)\s*(?(no)\)\s*)")
_OPEN, _CLOSE = re.compile(r"\s*\("), re.compile(r"\)\s*")
_JOIN = re.compile(r"(and|or)\b", re.IGNORECASE)
_OF_REPEAT = re.compile(rf"\s*(?P<operation>sum|count)\s*\(\s*{NAME}\s*\)\s*")
_TERM = r"\$\{\s*[\w.-]+\s*\}"
_TERMS = re.compile(rf"\s*{_TERM}\s*(?:[+-]\s*{_TERM}\s*)+")
PAIR = 2

NameOf = Callable[[str], str]
CodeOf = Callable[[str], str]


def rule_of(relevant: str, name_of: NameOf, code_of: CodeOf) -> JsonObject:
    """The rule that a `relevant` says. `name_of` is what our rules call a question, `code_of` what a choice is called.

    Raises NotARule.
    """
    relevant = without_brackets(relevant)
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
    answer: Any = code_of(text) if text is not None else number_in(parts["number"])
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
    names = [name_of(match["name"]) for match in re.finditer(NAME, calculation)]
    if "-" not in re.sub(NAME, "", calculation):
        return {"sum": names}
    if len(names) != PAIR or "+" in re.sub(NAME, "", calculation):
        raise NotARule(calculation.strip())
    return {"difference": names}


def number_in(text: str) -> int | float:
    """A number as XLSForm writes it. Raises ValueError."""
    return float(text) if "." in text else int(text)
