"""Rules, and limits by other answers, that look back at something that is there and compare like with like."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.limits import is_day
from survey.questionnaire.checks.outline import JsonPlace, Outline, OutlineEntry
from survey.questionnaire.findings import Finding
from survey.questionnaire.limits import ENDS
from survey.questionnaire.types.base import Comparison

CODES: frozenset[Comparison] = frozenset({"code", "codes"})
REPEATING = ("for_each", "follows_up")
MOST_CODES = 100


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A question that a condition names, with the place of the name and the condition it is part of."""

    place: JsonPlace
    name: str
    condition: JsonObject
    asker: OutlineEntry

    @property
    def property(self) -> str:
        """The property that names it: what stands there is a rule, or one of the others."""
        return str(self.place[len(self.asker.place)])

    def beside(self, part: str) -> JsonPlace:
        """The place of another part of the condition."""
        return *self.place[:-1], part


def _finding(outline: Outline, side: NamedQuestion, fault: str, **values: str) -> Finding:
    """A fault of the question that is named, said of a rule or of the property that names it."""
    if side.property == "show_when":
        return outline.finding(side.place, f"rule_{fault}", name=side.name, **values)
    return outline.finding(side.place, f"named_{fault}", name=side.name, property=side.property, **values)


def unknown_names(outline: Outline) -> Iterator[Finding]:
    """A rule names a question that is not there, or not in reach of a group."""
    for side in _sides(outline):
        if outline.named(side.name, side.asker) is not None:
            continue
        if side.asker.group is not None:
            yield _finding(outline, side, "outside_group")
            continue
        close = get_close_matches(side.name, _names(outline, side.asker.section), n=1, cutoff=0.75)
        if close:
            yield _finding(outline, side, "misspelt", guess=close[0])
        else:
            yield _finding(outline, side, "unknown")


def later_names(outline: Outline) -> Iterator[Finding]:
    """A rule names a question that comes later, or the question itself."""
    order = {entry.place: number for number, entry in enumerate(outline.askable)}
    for side, target in _known_sides(outline):
        own = side.asker.place if side.asker.place in order else (*side.asker.place, "questions", 0)
        if order[target.place] >= order[own]:
            yield _finding(outline, side, "later")


def repeated_sections(outline: Outline) -> Iterator[Finding]:
    """A rule looks from outside into a section that is repeated."""
    for side, target in _known_sides(outline):
        if "." in side.name and not target.section.keys().isdisjoint(REPEATING):
            yield _finding(outline, side, "repeated_section")


def answerless_names(outline: Outline) -> Iterator[Finding]:
    """A rule names a statement."""
    for side, target in _known_sides(outline):
        if target.answer_type.answers_nothing:
            yield _finding(outline, side, "no_answer")


def answers_of_several_parts(outline: Outline) -> Iterator[Finding]:
    """A rule compares an answer that is not a single value."""
    for side, target in _known_sides(outline):
        if target.answer_type.answers_nothing or side.condition["operator"] == "exists":
            continue
        if side.property != "show_when":
            continue  # a limit that cannot be compared is found as one of another kind
        if target.answer_type.compares_as == "presence":
            yield outline.finding(side.place, "rule_only_exists", name=side.name)


def unknown_codes(outline: Outline) -> Iterator[Finding]:
    """A rule compares with a code that is not an option."""
    for side, target in _compared(outline):
        code = side.condition["answer"]
        codes = outline.codes(target.source)
        if target.answer_type.compares_as in CODES and codes and code not in codes:
            values = {"code": str(code), "name": side.name, "names": _some_of(codes)}
            yield outline.finding(side.beside("answer"), "rule_not_an_option", **values)


def _some_of(codes: list[str]) -> str:
    """Codes of which one is meant; of a long list, the first."""
    return ", ".join(codes[:MOST_CODES]) + (" …" if len(codes) > MOST_CODES else "")


def order_of_codes(outline: Outline) -> Iterator[Finding]:
    """A rule asks whether one code or text is more than another."""
    for side, target in _known_sides(outline):
        if side.place[-1] != "question" or side.condition["operator"] in {"exists", "=", "!="}:
            continue
        if target.answer_type.compares_as in CODES | {"text"}:
            yield outline.finding(side.beside("operator"), "rule_order", name=side.name)


def kinds_of_answers(outline: Outline) -> Iterator[Finding]:
    """A rule compares a number with a text, or a code with anything but a code."""
    for side, target in _compared(outline):
        answer = side.condition["answer"]
        is_number = isinstance(answer, int | float) and not isinstance(answer, bool)
        compared = target.answer_type.compares_as
        if (compared == "number" and not is_number) or (compared in ("text", "date") and not isinstance(answer, str)):
            yield outline.finding(side.beside("answer"), "rule_kind", name=side.name)
    for side, right in _known_sides(outline):
        left = outline.named(side.condition["question"], side.asker)
        if side.place[-1] == "answer_of" and left is not None and not _comparable(outline, left, right):
            yield _finding(outline, side, "kind")


def dates(outline: Outline) -> Iterator[Finding]:
    """A rule compares a date with what is no day of the calendar, written year first."""
    for side, target in _compared(outline):
        answer = side.condition["answer"]
        if target.answer_type.compares_as == "date" and isinstance(answer, str) and not is_day(answer):
            yield outline.finding(side.beside("answer"), "rule_no_date", name=side.name, answer=answer)


def _comparable(outline: Outline, left: OutlineEntry, right: OutlineEntry) -> bool:
    left_kind, right_kind = left.answer_type.compares_as, right.answer_type.compares_as
    if left_kind in CODES and right_kind in CODES:
        return not set(outline.codes(left.source)).isdisjoint(outline.codes(right.source))
    return left_kind == right_kind != "presence"


def _sides(outline: Outline) -> Iterator[NamedQuestion]:
    yield from _sides_of_rules(outline)
    for entry in outline.entries:
        yield from _sides_of_figures(entry)
        yield from _sides_of_limits(entry)
        yield from _sides_of_filters(entry)
        yield from _sides_of_shown(entry)


def _sides_of_rules(outline: Outline) -> Iterator[NamedQuestion]:
    for asker in outline.askers():
        for behaviour, conditions in asker.source["show_when"].items():
            for number, condition in enumerate(conditions):
                for name in ("question", "answer_of"):
                    if name in condition:
                        place = (*asker.place, "show_when", behaviour, number, name)
                        yield NamedQuestion(place, condition[name], condition, asker)


def _sides_of_figures(entry: OutlineEntry) -> Iterator[NamedQuestion]:
    for operation, names in entry.source.get("figure", {}).items():
        for number, name in enumerate(names):
            place = (*entry.place, "figure", operation, number)
            yield NamedQuestion(place, name, {"question": name, "operator": "exists"}, entry)


def _sides_of_limits(entry: OutlineEntry) -> Iterator[NamedQuestion]:
    for name in ENDS:
        limit = entry.source.get(name)
        if isinstance(limit, Mapping):
            # A limit compares as a rule of the question about itself would.
            compared = {"question": entry.id, "operator": ">=", **limit}
            yield NamedQuestion((*entry.place, name, "answer_of"), limit["answer_of"], compared, entry)


def _sides_of_filters(entry: OutlineEntry) -> Iterator[NamedQuestion]:
    if name := entry.source.get("filtered_by"):
        yield NamedQuestion((*entry.place, "filtered_by"), name, {"question": name, "operator": "exists"}, entry)


def _sides_of_shown(entry: OutlineEntry) -> Iterator[NamedQuestion]:
    for number, name in enumerate(entry.source.get("shows", ())):
        yield NamedQuestion((*entry.place, "shows", number), name, {"question": name, "operator": "exists"}, entry)


def _known_sides(outline: Outline) -> Iterator[tuple[NamedQuestion, OutlineEntry]]:
    for side in _sides(outline):
        target = outline.named(side.name, side.asker)
        if target is not None:
            yield side, target


def _compared(outline: Outline) -> Iterator[tuple[NamedQuestion, OutlineEntry]]:
    for side, target in _known_sides(outline):
        if "answer" in side.condition and side.condition["operator"] != "exists":
            yield side, target


def _names(outline: Outline, section: JsonObject) -> list[str]:
    own = [entry.id for entry in outline.askable if entry.group is None and entry.section is section]
    return own + [f"{entry.section['id']}.{entry.id}" for entry in outline.askable if entry.group is None]
