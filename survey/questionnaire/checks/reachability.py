"""Whether a rule can ever hold.

A rule can hold when one condition of each “any”, and every condition of each “all”, can be true together. A
condition that needs an answer needs that question to be asked, so the rule of that question comes in too.
Where it is not certain that a rule can never hold, it is taken that it can.
"""

from collections.abc import Iterator
from typing import Any

from survey.questionnaire.checks.conditions import CODES
from survey.questionnaire.checks.outline import JsonObject, Outline, OutlineEntry
from survey.questionnaire.findings import Finding

MOST_STEPS = 2_000

Need = tuple[str, Any]
Needs = dict[tuple[str, str], tuple[Need, ...]]


def unreachable(outline: Outline) -> Iterator[Finding]:
    """No answers can make a rule hold."""
    for place, rule, section, owner in outline.rules():
        if not _Search(outline).succeeds(rule, section, owner):
            yield outline.finding((*place, "show_when"), "unreachable")


class _Search:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._steps = 0

    def succeeds(self, rule: JsonObject, section: JsonObject, owner: OutlineEntry | None) -> bool:
        return any(True for _ in self._rule(rule, section, owner, {})) or self._steps >= MOST_STEPS

    def _rule(self, rule: JsonObject, section: JsonObject, owner: OutlineEntry | None, needs: Needs) -> Iterator[Needs]:
        if "any" in rule:
            for condition in rule["any"]:
                yield from self._all([condition], section, owner, needs)
        else:
            yield from self._all(rule["all"], section, owner, needs)

    def _all(
        self, conditions: list[JsonObject], section: JsonObject, owner: OutlineEntry | None, needs: Needs
    ) -> Iterator[Needs]:
        self._steps += 1
        if self._steps >= MOST_STEPS:
            return
        if not conditions:
            yield needs
            return
        for met in self._condition(conditions[0], section, owner, needs):
            yield from self._all(conditions[1:], section, owner, met)

    def _condition(
        self, condition: JsonObject, section: JsonObject, owner: OutlineEntry | None, needs: Needs
    ) -> Iterator[Needs]:
        target = self._outline.named(condition["question"], section, owner)
        if target is None:
            yield needs
            return
        absent = condition["operator"] == "exists" and condition.get("answer") is False
        name = (str(target.place), target.id)
        needed = (*needs.get(name, ()), _need(condition, absent))
        if not _consistent(self._outline, target, needed):
            return
        added = {**needs, name: needed}
        if absent or "show_when" not in target.source or len(needed) > 1:
            yield added
        else:
            yield from self._rule(target.source["show_when"], target.section, target, added)


def _need(condition: JsonObject, absent: bool) -> Need:
    if condition["operator"] == "exists":
        return "absent" if absent else "there", None
    if "answer_of" in condition:
        return "there", None
    return condition["operator"], condition["answer"]


def _consistent(outline: Outline, target: OutlineEntry, needed: tuple[Need, ...]) -> bool:
    if any(operator == "absent" for operator, _ in needed):
        return all(operator == "absent" for operator, _ in needed)
    equal = {answer for operator, answer in needed if operator == "="}
    unequal = {answer for operator, answer in needed if operator == "!="}
    if equal & unequal:
        return False
    compared = target.answer_type.compares_as
    if compared == "codes":
        return _may_be_ticked(outline.options(target.source), equal)
    if compared == "number":
        return len(equal) <= 1 and _leaves_a_number(target.source, needed)
    left = set(outline.codes(target.source)) - unequal
    return len(equal) <= 1 and (compared not in CODES or not outline.codes(target.source) or bool(left))


def _may_be_ticked(options: list[JsonObject], together: set[Any]) -> bool:
    exclusive = {option["code"] for option in options if option.get("exclusive")}
    return len(together) <= 1 or not together & exclusive


def _leaves_a_number(limits: JsonObject, needed: tuple[Need, ...]) -> bool:
    bounds = [(operator, answer) for operator, answer in needed if isinstance(answer, int | float)]
    least = max([limits.get("minimum", float("-inf")), *(n for operator, n in bounds if operator in {"=", ">", ">="})])
    most = min([limits.get("maximum", float("inf")), *(n for operator, n in bounds if operator in {"=", "<", "<="})])
    at_open_end = any((operator == ">" and n == least) or (operator == "<" and n == most) for operator, n in bounds)
    return bool(least < most or (least == most and not at_open_end))
