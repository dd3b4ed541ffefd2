"""What some answers lead to, and what none can.

Something is asked when its rule holds, and that of the group and of the section that it stands in. A rule can hold when
one condition of each “any”, and every condition of each “all”, can be true together. A condition that needs an answer
needs that question to be asked, and a figure needs answers to be worked out of; so what is asked of those comes in too.
Where it is not certain that nothing leads to it, it is taken that something does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.intervals import Interval, intervals
from survey.questionnaire.checks.limits import in_order
from survey.questionnaire.checks.outline import JsonPlace, Outline, OutlineEntry
from survey.questionnaire.figures import ITEMS
from survey.questionnaire.findings import Finding

MOST_STEPS = 2_000
MOST_STEPS_OF_ALL = 50_000
FEW_STEPS = 20

Need = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """It is to be asked."""

    entry: OutlineEntry


@dataclass(frozen=True, slots=True)
class _Answered:
    """It is to have an answer, or something that it comes to."""

    entry: OutlineEntry


@dataclass(frozen=True, slots=True)
class _Held:
    """A condition of a question or section is to hold, as far as the answer to what it names goes."""

    condition: JsonObject
    asker: OutlineEntry


@dataclass(frozen=True, slots=True)
class _OneOf:
    """One of some conditions is to hold."""

    conditions: tuple[JsonObject, ...]
    asker: OutlineEntry


_Goal = _Asked | _Answered | _Held | _OneOf
# A goal and those after it: no copy is made where a search parts.
_Goals = tuple[_Goal, "_Goals"] | None
_Way = tuple[_Goal, ...]


def unreachable(outline: Outline) -> Iterator[Finding]:
    """No answers lead to a question or section that has a rule."""
    search = _Search(outline)
    for asker in outline.askers():
        if not search.succeeds(asker):
            yield outline.finding((*asker.place, "show_when"), "unreachable")


class _Search:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._intervals: Mapping[JsonPlace, Interval] = intervals(outline)
        self._codes = cache(lambda place: frozenset(outline.codes(self._sources[place])))
        self._sources = {entry.place: entry.source for entry in outline.askable}
        self._steps_left = MOST_STEPS_OF_ALL
        self._never: set[JsonPlace] = set()
        self._settled: set[JsonPlace] = set()
        self._needs: dict[JsonPlace, tuple[Need, ...]] = {}
        self._undo: list[tuple[JsonPlace, tuple[Need, ...] | None]] = []

    def succeeds(self, asker: OutlineEntry) -> bool:
        """Whether some answers lead there, or it would take too many steps to say."""
        # What leads to the one before often leads on to this one: a long chain is not gone back each time.
        if self._finds(asker, FEW_STEPS):
            return True
        self._back_to(0)
        is_found = self._finds(asker, MOST_STEPS)
        if not is_found:
            self._back_to(0)
        if is_found is False:
            self._never.add(asker.place)
        return is_found is not False

    def _finds(self, asker: OutlineEntry, most_steps: int) -> bool | None:
        """Whether answers with what is needed so far lead there; None where that takes too many steps to say."""
        open_ways: list[tuple[_Goals, int]] = [((_Asked(asker), None), len(self._undo))]
        for _ in range(min(most_steps, self._steps_left)):
            if not open_ways:
                return False
            self._steps_left -= 1
            goals, before = open_ways.pop()
            self._back_to(before)
            if goals is None:
                return True
            goal, rest = goals
            open_ways += ((_before(way, rest), len(self._undo)) for way in reversed(self._ways(goal)))
        return None if open_ways else False

    def _ways(self, goal: _Goal) -> list[_Way]:
        """The goals that come to the same as this one: one way or several; none where it cannot be."""
        if isinstance(goal, _OneOf):
            return [self._all_of([condition], goal.asker) for condition in goal.conditions]
        if isinstance(goal, _Held):
            return self._ways_to_hold(goal)
        place = goal.entry.place if isinstance(goal, _Asked) else (*goal.entry.place, "answer")
        if place in self._settled:
            return [()]
        if place in self._never:
            return []
        self._settled.add(place)
        self._undo.append((place, None))
        return [self._to_ask(goal.entry) if isinstance(goal, _Asked) else self._to_answer(goal.entry)]

    def _to_ask(self, entry: OutlineEntry) -> _Way:
        around = tuple(_Asked(enclosing) for enclosing in _around(entry))
        ((behaviour, conditions),) = entry.source.get("show_when", {"all": []}).items()
        if behaviour == "any":
            return *around, _OneOf(tuple(conditions), entry)
        return *self._all_of(conditions, entry), *around

    def _to_answer(self, entry: OutlineEntry) -> _Way:
        """That it is asked; and what a figure is worked out of. Of a group’s questions only that there are items."""
        for operation, names in entry.source.get("figure", {}).items():
            answered = [{"question": name.partition(ITEMS)[0], "operator": "exists"} for name in names]
            if operation == "difference":
                return *self._all_of(answered, entry), _Asked(entry)
            if operation != "count":
                return _Asked(entry), _OneOf(tuple(answered), entry)
        return (_Asked(entry),)

    def _all_of(self, conditions: Sequence[JsonObject], asker: OutlineEntry) -> _Way:
        """That conditions hold, and then that what they name is answered: what is at odds is found the soonest so."""
        others = [
            {"question": condition["answer_of"], "operator": "exists"}
            for condition in conditions
            if "answer_of" in condition
        ]
        all_conditions = [*conditions, *others]
        named = ((condition, self._outline.named(condition["question"], asker)) for condition in all_conditions)
        answered = (
            _Answered(target) for condition, target in named if target is not None and _need(condition)[0] != "absent"
        )
        return *(_Held(condition, asker) for condition in all_conditions), *answered

    def _ways_to_hold(self, goal: _Held) -> list[_Way]:
        target = self._outline.named(goal.condition["question"], goal.asker)
        if target is None:
            return [()]
        need = _need(goal.condition)
        before = self._needs.get(target.place, ())
        if need in before:
            return [()]
        if not self._consistent(target, (*before, need)):
            return []
        self._undo.append((target.place, before))
        self._needs[target.place] = (*before, need)
        return [()]

    def _back_to(self, before: int) -> None:
        while len(self._undo) > before:
            place, needed = self._undo.pop()
            if needed is None:
                self._settled.discard(place)
            else:
                self._needs[place] = needed

    def _consistent(self, target: OutlineEntry, needed: tuple[Need, ...]) -> bool:
        if any(operator == "absent" for operator, _ in needed):
            return all(operator == "absent" for operator, _ in needed)
        equal = {answer for operator, answer in needed if operator == "="}
        unequal = {answer for operator, answer in needed if operator == "!="}
        if equal & unequal:
            return False
        compared = target.answer_type.compares_as
        if compared == "codes":
            return len(equal) <= 1 or _may_be_ticked(self._outline.options(target.source), equal)
        if compared in ("number", "date"):
            return len(equal) <= 1 and _leaves_something(self._intervals[target.place], needed)
        codes = self._codes(target.place)
        return len(equal) <= 1 and (compared != "code" or not codes or not codes <= unequal)


def _before(goals: _Way, rest: _Goals) -> _Goals:
    for goal in reversed(goals):
        rest = (goal, rest)
    return rest


def _around(entry: OutlineEntry) -> Iterator[OutlineEntry]:
    """What has to be asked for this to be asked: its section and its group, as far as they have rules."""
    section = OutlineEntry(entry.place[:2], entry.section, entry.section)
    groups = () if entry.group is None else (OutlineEntry(entry.place[:4], entry.group, entry.section),)
    return (
        enclosing
        for enclosing in (section, *groups)
        if enclosing.place != entry.place and "show_when" in enclosing.source
    )


def _need(condition: JsonObject) -> Need:
    if condition["operator"] == "exists":
        return "absent" if condition.get("answer") is False else "there", None
    if "answer_of" in condition:
        return "there", None
    return condition["operator"], condition["answer"]


def _may_be_ticked(options: list[JsonObject], together: set[Any]) -> bool:
    return not together & {option["code"] for option in options if option.get("exclusive")}


def _leaves_something(interval: Interval, needed: tuple[Need, ...]) -> bool:
    bounds = [(operator, n) for operator, answer in needed if (n := in_order(answer)) is not None]
    least = max([interval.least, *(n for operator, n in bounds if operator in {"=", ">", ">="})])
    most = min([interval.most, *(n for operator, n in bounds if operator in {"=", "<", "<="})])
    at_open_end = any((operator == ">" and n == least) or (operator == "<" and n == most) for operator, n in bounds)
    return bool(least < most or (least == most and not at_open_end))
