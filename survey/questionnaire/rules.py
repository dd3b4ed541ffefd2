"""When a question is asked: conditions on earlier answers, as in FHIR Questionnaire's `enableWhen`.

Source: HL7 FHIR R5, Questionnaire.item.enableWhen and enableBehavior. Evaluation is pure and total: whatever
the answers are, `holds` returns True or False and never raises.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, Literal

Operator = Literal["exists", "=", "!=", ">", "<", ">=", "<="]

_ORDERS: dict[Operator, Callable[[Any, Any], Any]] = {">": gt, "<": lt, ">=": ge, "<=": le}

Lookup = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. `question` is an id on the same page, or `section.question` of an unrepeated section.

    The right-hand side is `answer`, or the answer to the question that `answer_of` names.
    """

    question: str
    operator: Operator
    answer: str | int | float | bool | None = None
    answer_of: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions of which all, or any, must hold."""

    behaviour: Literal["all", "any"]
    conditions: tuple[Condition, ...]


def holds(rule: Rule | None, lookup: Lookup) -> bool:
    """Whether the rule holds. `lookup` gives the answer to a question id, or None where there is none.

    A comparison with an answer that is not there never holds; only `exists` sees absence. A multiple choice
    equals a code when it holds that code.
    """
    if rule is None:
        return True
    results = (_condition_holds(condition, lookup) for condition in rule.conditions)
    return all(results) if rule.behaviour == "all" else any(results)


def _condition_holds(condition: Condition, lookup: Lookup) -> bool:
    left = lookup(condition.question)
    if condition.operator == "exists":
        return (left is not None) == (condition.answer is not False)
    right = condition.answer if condition.answer_of is None else lookup(condition.answer_of)
    if left is None or right is None:
        return False
    values = left if isinstance(left, list) else [left]
    if condition.operator == "=":
        return right in values
    if condition.operator == "!=":
        return right not in values
    return any(_ordered(value, condition.operator, right) for value in values)


def _ordered(left: Any, operator: Operator, right: Any) -> bool:
    both_numbers = isinstance(left, int | float) and isinstance(right, int | float)
    both_texts = isinstance(left, str) and isinstance(right, str)
    if not (both_numbers or both_texts):
        return False
    return bool(_ORDERS[operator](left, right))
