"""Rules that look back at something that is there, and compare like with like."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from survey.questionnaire.checks.outline import JsonObject, JsonPlace, Outline, OutlineEntry
from survey.questionnaire.findings import Finding
from survey.questionnaire.types.base import Comparison

CODES: frozenset[Comparison] = frozenset({"code", "codes"})


@dataclass(frozen=True, slots=True)
class Side:
    """A question that a condition names, with the place of the name and the condition it is part of."""

    place: JsonPlace
    name: str
    condition: JsonObject
    section: JsonObject
    owner: OutlineEntry | None


def unknown_names(outline: Outline) -> Iterator[Finding]:
    """A rule names a question that is not there, or not in reach of a group."""
    for side in _sides(outline):
        if _target(outline, side) is not None:
            continue
        if side.owner is not None and side.owner.group is not None:
            yield outline.finding(side.place, "rule_outside_group", name=side.name)
            continue
        close = get_close_matches(side.name, _names(outline, side.section), n=1, cutoff=0.75)
        if close:
            yield outline.finding(side.place, "rule_misspelt", name=side.name, guess=close[0])
        else:
            yield outline.finding(side.place, "rule_unknown", name=side.name)


def later_names(outline: Outline) -> Iterator[Finding]:
    """A rule names a question that comes later, or the question itself."""
    order = {entry.place: number for number, entry in enumerate(outline.askable)}
    for side in _sides(outline):
        target = _target(outline, side)
        if target is None:
            continue
        own = side.owner.place if side.owner else (*side.place[:2], "questions", 0)
        if order[target.place] >= order[own]:
            yield outline.finding(side.place, "rule_later", name=side.name)


def repeated_sections(outline: Outline) -> Iterator[Finding]:
    """A rule looks from outside into a section that is repeated."""
    for side in _sides(outline):
        target = _target(outline, side)
        if target is not None and "." in side.name and "for_each" in target.section:
            yield outline.finding(side.place, "rule_repeated_section", name=side.name)


def answerless_names(outline: Outline) -> Iterator[Finding]:
    """A rule names a statement."""
    for side in _sides(outline):
        target = _target(outline, side)
        if target is not None and target.answer_type.answers_nothing:
            yield outline.finding(side.place, "rule_no_answer", name=side.name)


def answers_of_several_parts(outline: Outline) -> Iterator[Finding]:
    """A rule compares an answer that is not a single value."""
    for side in _sides(outline):
        target = _target(outline, side)
        if target is None or target.answer_type.answers_nothing or side.condition["operator"] == "exists":
            continue
        if target.answer_type.compares_as == "presence":
            yield outline.finding(side.place, "rule_only_exists", name=side.name)


def unknown_codes(outline: Outline) -> Iterator[Finding]:
    """A rule compares with a code that is not an option."""
    for side, target in _compared(outline):
        code = side.condition["answer"]
        codes = outline.codes(target.source)
        if target.answer_type.compares_as in CODES and codes and code not in codes:
            values = {"code": str(code), "name": side.name, "names": ", ".join(codes)}
            yield outline.finding((*side.place[:-1], "answer"), "rule_not_an_option", **values)


def order_of_codes(outline: Outline) -> Iterator[Finding]:
    """A rule asks whether one code or text is more than another."""
    for side in _sides(outline):
        target = _target(outline, side)
        if target is None or side.place[-1] != "question" or side.condition["operator"] in {"exists", "=", "!="}:
            continue
        if target.answer_type.compares_as in CODES | {"text"}:
            yield outline.finding((*side.place[:-1], "operator"), "rule_order", name=side.name)


def kinds_of_answers(outline: Outline) -> Iterator[Finding]:
    """A rule compares a number with a text, or a code with anything but a code."""
    for side, target in _compared(outline):
        answer = side.condition["answer"]
        is_number = isinstance(answer, int | float) and not isinstance(answer, bool)
        compared = target.answer_type.compares_as
        if (compared == "number" and not is_number) or (compared in ("text", "date") and not isinstance(answer, str)):
            yield outline.finding((*side.place[:-1], "answer"), "rule_kind", name=side.name)
    for side in _sides(outline):
        if side.place[-1] != "answer_of":
            continue
        left = _named(outline, side, side.condition["question"])
        right = _target(outline, side)
        if left is not None and right is not None and not _comparable(outline, left, right):
            yield outline.finding(side.place, "rule_kind", name=side.name)


def _comparable(outline: Outline, left: OutlineEntry, right: OutlineEntry) -> bool:
    left_kind, right_kind = left.answer_type.compares_as, right.answer_type.compares_as
    if left_kind in CODES and right_kind in CODES:
        return not set(outline.codes(left.source)).isdisjoint(outline.codes(right.source))
    return left_kind == right_kind != "presence"


def _sides(outline: Outline) -> Iterator[Side]:
    for place, rule, section, owner in outline.rules():
        for behaviour, conditions in rule.items():
            for number, condition in enumerate(conditions):
                for name in ("question", "answer_of"):
                    if name in condition:
                        where = (*place, "show_when", behaviour, number, name)
                        yield Side(where, condition[name], condition, section, owner)


def _compared(outline: Outline) -> Iterator[tuple[Side, OutlineEntry]]:
    for side in _sides(outline):
        target = _target(outline, side)
        if target is not None and "answer" in side.condition and side.condition["operator"] != "exists":
            yield side, target


def _target(outline: Outline, side: Side) -> OutlineEntry | None:
    return _named(outline, side, side.name)


def _named(outline: Outline, side: Side, name: str) -> OutlineEntry | None:
    return outline.named(name, side.section, side.owner)


def _names(outline: Outline, section: JsonObject) -> list[str]:
    own = [entry.id for entry in outline.askable if entry.group is None and entry.section is section]
    return own + [f"{entry.section['id']}.{entry.id}" for entry in outline.askable if entry.group is None]
