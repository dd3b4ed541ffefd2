"""A rule in one cell of a spreadsheet, as people write it: `agreed = with_reservations and people > 5`.

What is compared with is an option’s code or a number; a text of anything else, or one that reads like a number, stands
in “ ” or straight quotation marks. `answered` and `not answered` ask whether there is an answer; `answer_of other` is
what was answered there. Conditions are joined by `and`, of which all hold, or by `or`; a single one that is kept as one
of “any” begins with `any:`.
"""

import re
from decimal import Decimal
from typing import Any

from survey.questionnaire.builder import JsonObject

_CONDITION = re.compile(
    r"(?P<question>[a-z][a-z0-9_.]*)\s*(?:(?P<presence>is\s+(?:not\s+)?answered|exists)|(?P<operator><=|>=|!=|=|<|>)\s*"
    r"(?:answer_of\s+(?P<of>[a-z][a-z0-9_.]*)|(?P<text>[“\"](?:[^”\"\\]|\\.)*[”\"])|(?P<plain>[^\s“”\"=<>!][^\s“”\"]*)))\s*"
)
_JOIN = re.compile(r"(and|or)\s+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MARKS = re.compile(r'(["“”\\])')
_PLAIN = re.compile(r"(?!answer_of$)[^\s“”\"\\=<>!][^\s“”\"\\]*")


class NotARule(ValueError):
    """A cell that cannot be read as a rule; `args` holds the words from where it cannot be read."""


def rule_text(rule: JsonObject) -> str:
    """The rule as a cell says it."""
    (behaviour, conditions), *_ = rule.items()
    said = (" and " if behaviour == "all" else " or ").join(map(_condition_text, conditions))
    return f"any: {said}" if behaviour == "any" and len(conditions) == 1 else said


def rule_from(cell: str) -> JsonObject:
    """The rule that a cell says. Raises NotARule."""
    text = cell.strip()
    marked = re.match(r"any:\s*", text)
    at = marked.end() if marked else 0
    conditions: list[JsonObject] = []
    joins: set[str] = set()
    while True:
        match = _CONDITION.match(text, at)
        if not match:
            raise NotARule(text[at:])
        conditions.append(_condition(match))
        at = match.end()
        if at == len(text):
            break
        join = _JOIN.match(text, at)
        if not join or (joins and join[1] not in joins):
            raise NotARule(text[at:])
        joins.add(join[1])
        at = join.end()
    return {"any" if marked or "or" in joins else "all": conditions}


def _condition_text(condition: JsonObject) -> str:
    name, operator, answer = str(condition["question"]), condition["operator"], condition.get("answer")
    if operator == "exists":
        return name + {True: " is answered", False: " is not answered", None: " exists"}[answer]
    if "answer_of" in condition:
        return f"{name} {operator} answer_of {condition['answer_of']}"
    return f"{name} {operator} {_answer_text(answer)}"


def _answer_text(answer: Any) -> str:
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, int | float):
        return format(Decimal(repr(answer)), "f")
    is_plain = _PLAIN.fullmatch(answer) and not _NUMBER.fullmatch(answer) and answer not in ("true", "false")
    return str(answer) if is_plain else '"' + _MARKS.sub(r"\\\1", answer) + '"'


def _condition(match: re.Match[str]) -> JsonObject:
    made: dict[str, Any] = {"question": match["question"], "operator": match["operator"] or "exists"}
    if match["presence"]:
        if match["presence"] != "exists":
            made["answer"] = "not" not in match["presence"]
    elif match["of"]:
        made["answer_of"] = match["of"]
    elif match["text"]:
        made["answer"] = re.sub(r"\\(.)", r"\1", match["text"][1:-1])
    else:
        made["answer"] = _plain_answer(match["plain"])
    return made


def _plain_answer(plain: str) -> str | int | float | bool:
    if plain in ("true", "false"):
        return plain == "true"
    if not _NUMBER.fullmatch(plain):
        return plain
    return float(plain) if "." in plain else int(plain)
