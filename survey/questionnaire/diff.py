"""What changed between two states of a questionnaire or framework: two editions, or an open round's and its file.

A change of *wording* puts other words in the place of words: an open round can take it, as a logged text
revision. A change of *drawing* alters only how reports draw answers, of rounds that are opened after it. Every other
change alters what is asked, stored or counted; it is a change of *meaning*, and an open round refuses it. Whether new
words still say the same is for people to judge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Literal

from survey.languages import Language, Phrase
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.outline import JsonPlace
from survey.questionnaire.checks.texts import READ_BY_PEOPLE
from survey.questionnaire.findings import pointer
from survey.questionnaire.rule_text import rule_text
from survey.questionnaire.shape import shown

DifferenceKind = Literal["wording", "drawing", "meaning"]
DRAWN = frozenset({"middle"})
"""What alters only how reports draw answers."""
# Lists of things with names of their own, which stay the same thing wherever they stand.
NAMED_BY = {
    "sections": "id",
    "questions": "id",
    "options": "code",
    "rows": "id",
    "row_groups": "id",
    "columns": "id",
    "option_sets": "code",
    "modules": "id",
    "levels": "id",
    "outcomes": "id",
    "criteria": "id",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. `pointer` is its place in the new file; of something removed, its place in the old one."""

    kind: DifferenceKind
    pointer: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def differences(old: JsonObject, new: JsonObject) -> list[Difference]:
    """Every change from one JSON to another, in the order of the new one. Both have passed their checks."""
    return list(_objects(old, new, (), ()))


def changes_meaning(changes: Sequence[Difference]) -> bool:
    """Whether any change is one that an open round has to refuse."""
    return any(difference.kind == "meaning" for difference in changes)


def describe(difference: Difference, language: Language) -> str:
    """The change in words."""
    return language.say(WORDINGS[difference.code], **difference.values)


def _objects(old: JsonObject, new: JsonObject, old_place: JsonPlace, place: JsonPlace) -> Iterator[Difference]:
    for name in [*new, *(name for name in old if name not in new)]:
        if name == "$schema" or old.get(name) == new.get(name):
            continue
        before, after = (*old_place, name), (*place, name)
        if name == "option_sets":
            yield from _option_sets(old.get(name, {}), new.get(name, {}), before, after)
        elif name in NAMED_BY:
            yield from _named_lists(old.get(name, []), new.get(name, []), before, after, NAMED_BY[name])
        elif isinstance(old.get(name, new.get(name)), list) and name in READ_BY_PEOPLE:
            lines = zip_longest(old.get(name, []), new.get(name, []))
            for number, (was, line) in enumerate(lines):
                yield from _words(was, line, (*before, number), (*after, number))
        elif name in READ_BY_PEOPLE:
            yield from _words(old.get(name), new.get(name), before, after)
        elif isinstance(old.get(name), dict) and isinstance(new.get(name), dict) and name == "other":
            yield from _objects(old[name], new[name], before, after)
        else:
            say = _rule if name == "show_when" else _value
            values = {"name": name, "before": say(old.get(name)), "after": say(new.get(name))}
            yield Difference("drawing" if name in DRAWN else "meaning", pointer(*after), "changed", values)


def _words(old: str | None, new: str | None, before: JsonPlace, after: JsonPlace) -> Iterator[Difference]:
    if old == new:
        return
    if old is None:
        yield Difference("meaning", pointer(*after), "text_added", {"after": str(new)})
    elif new is None:
        yield Difference("meaning", pointer(*before), "text_removed", {"before": old})
    else:
        yield Difference("wording", pointer(*after), "reworded", {"before": old, "after": new})


def _option_sets(
    old: Mapping[str, list[JsonObject]], new: Mapping[str, list[JsonObject]], before: JsonPlace, after: JsonPlace
) -> Iterator[Difference]:
    for name in new:
        if name in old:
            yield from _named_lists(old[name], new[name], (*before, name), (*after, name), "code")
        else:
            yield Difference("meaning", pointer(*after, name), "added", {"name": name})
    for name in old:
        if name not in new:
            yield Difference("meaning", pointer(*before, name), "removed", {"name": name})


def _named_lists(
    old: list[JsonObject], new: list[JsonObject], before: JsonPlace, after: JsonPlace, key: str
) -> Iterator[Difference]:
    earlier = {item[key]: (number, item) for number, item in enumerate(old)}
    old_numbers: list[int] = []
    for number, item in enumerate(new):
        name = _earlier_name(item, earlier, key)
        if name is None:
            yield Difference("meaning", pointer(*after, number), "added", {"name": item[key]})
            continue
        old_number, old_item = earlier.pop(name)
        old_numbers.append(old_number)
        if name != item[key]:
            yield Difference("meaning", pointer(*after, number), "renamed", {"before": name, "after": item[key]})
            old_item = {**old_item, key: item[key], "was": item["was"]}
        yield from _objects(old_item, item, (*before, old_number), (*after, number))
    for name, (old_number, _) in earlier.items():
        yield Difference("meaning", pointer(*before, old_number), "removed", {"name": name})
    if old_numbers != sorted(old_numbers):
        yield Difference("meaning", pointer(*after), "reordered")


def _earlier_name(item: JsonObject, earlier: Mapping[str, Any], key: str) -> str | None:
    if item[key] in earlier:
        return str(item[key])
    was = item.get("was")
    return str(was) if was in earlier else None


def _rule(rule: JsonObject | None) -> str:
    """A rule as spreadsheets have it: who writes those knows no JSON."""
    return "–" if rule is None else f"“{rule_text(rule)}”"


def _value(value: Any) -> str:
    return "–" if value is None else shown(value)


WORDINGS: dict[str, Phrase] = {
    "reworded": Phrase("difference", "Wording: “%(before)s” is now “%(after)s”"),
    "text_added": Phrase("difference", "New text: “%(after)s”"),
    "text_removed": Phrase("difference", "Text removed: “%(before)s”"),
    "added": Phrase("difference", "Added: %(name)s"),
    "removed": Phrase("difference", "Removed: %(name)s"),
    "renamed": Phrase("difference", "New id: %(before)s is now %(after)s"),
    "reordered": Phrase("difference", "The order has changed"),
    "changed": Phrase("difference", "Changed: %(name)s was %(before)s and is now %(after)s"),
}
