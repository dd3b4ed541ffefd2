"""Ids, codes and names: each once, and each naming something that is there."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.lists import offered_together
from survey.questionnaire.checks.outline import JsonPlace, Outline, made_by_other
from survey.questionnaire.findings import Finding

Name = TypeVar("Name", bound=Hashable)
_ID = re.compile(r"[a-z][a-z0-9_]*")


def duplicate_sections(outline: Outline) -> Iterator[Finding]:
    """Two sections have the same id."""
    for place, name in again((place, section["id"]) for place, section in outline.sections):
        yield outline.finding((*place, "id"), "duplicate_section", id=name)


def duplicate_questions(outline: Outline) -> Iterator[Finding]:
    """Two questions of a section, or of a group, have the same id."""
    named = ((entry.place, (id(entry.group or entry.section), entry.id)) for entry in outline.entries)
    for place, (_, name) in again(named):
        yield outline.finding((*place, "id"), "duplicate_question", id=name)


def duplicate_others(outline: Outline) -> Iterator[Finding]:
    """The question that “other” makes has the id of another question."""
    written = {(id(entry.group or entry.section), entry.id) for entry in outline.entries}
    for entry in outline.entries:
        for made in made_by_other(entry):
            if (id(made.group or made.section), made.id) in written:
                yield outline.finding(made.place, "duplicate_other", id=made.id)


def other_codes(outline: Outline) -> Iterator[Finding]:
    """The code of an option with “other” cannot be part of a question’s id."""
    for entry in outline.entries:
        for made in made_by_other(entry):
            if not _ID.fullmatch(made.id):
                yield outline.finding((*made.place[:-1], "code"), "other_code")


def reserved_ids(outline: Outline) -> Iterator[Finding]:
    """An id that the service itself uses: “option_sets” in the places of texts, “id” in the items of a group."""
    for place, section in outline.sections:
        if section["id"] == "option_sets":
            yield outline.finding((*place, "id"), "reserved_id", id="option_sets")
    for entry in outline.entries:
        if entry.group is not None and entry.id == "id":
            yield outline.finding((*entry.place, "id"), "reserved_id", id="id")


def duplicate_codes(outline: Outline) -> Iterator[Finding]:
    """Two options of a list have the same code."""
    for place, options in _lists(outline):
        for where, code in again(((*place, number), option["code"]) for number, option in enumerate(options)):
            yield outline.finding((*where, "code"), "duplicate_code", code=code)


def duplicate_labels(outline: Outline) -> Iterator[Finding]:
    """Two options that are offered together read the same, as far as anybody can see."""
    for place, options in _lists(outline):
        labels: dict[int, str] = {}
        for together in offered_together(options):
            for where, _ in again(((number,), _as_read(option["label"])) for number, option in together):
                labels[int(where[0])] = options[int(where[0])]["label"]
        for number, label in labels.items():
            yield outline.finding((*place, number, "label"), "duplicate_label", label=label)


def _as_read(label: str) -> str:
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", label) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split())


def _lists(outline: Outline) -> Iterator[tuple[JsonPlace, list[JsonObject]]]:
    for name, options in outline.option_sets.items():
        yield ("option_sets", name), options
    for place, owner in outline.option_owners():
        if "options" in owner:
            yield (*place, "options"), owner["options"]


def duplicate_parts(outline: Outline) -> Iterator[Finding]:
    """Two rows, two row groups or two columns of a matrix have the same id."""
    for entry in outline.entries:
        for name in ("rows", "row_groups", "columns"):
            parts = enumerate(entry.source.get(name, ()))
            for where, part in again(((*entry.place, name, number), part["id"]) for number, part in parts):
                yield outline.finding((*where, "id"), "duplicate_part", id=part)


def unknown_option_sets(outline: Outline) -> Iterator[Finding]:
    """A question or column names an option set that is not there."""
    for place, owner in outline.option_owners():
        name = owner.get("option_set")
        if name is not None and name not in outline.option_sets:
            names = ", ".join(outline.option_sets) or "–"
            yield outline.finding((*place, "option_set"), "unknown_option_set", name=name, names=names)


def unused_option_sets(outline: Outline) -> Iterator[Finding]:
    """No question uses an option set."""
    used = {owner.get("option_set") for _, owner in outline.option_owners()}
    for name in outline.option_sets:
        if name not in used:
            yield outline.finding(("option_sets", name), "unused_option_set", name=name)


def unknown_row_groups(outline: Outline) -> Iterator[Finding]:
    """A row names a heading that is not there."""
    for entry in outline.entries:
        known = {group["id"] for group in entry.source.get("row_groups", ())}
        for number, row in enumerate(entry.source.get("rows", ())):
            if "group" in row and row["group"] not in known:
                place = (*entry.place, "rows", number, "group")
                yield outline.finding(place, "unknown_row_group", id=row["group"])


def unused_row_groups(outline: Outline) -> Iterator[Finding]:
    """No row stands under a heading."""
    for entry in outline.entries:
        used = {row.get("group") for row in entry.source.get("rows", ())}
        for number, group in enumerate(entry.source.get("row_groups", ())):
            if group["id"] not in used:
                yield outline.finding((*entry.place, "row_groups", number), "unused_row_group", id=group["id"])


def again(named: Iterable[tuple[JsonPlace, Name]]) -> Iterator[tuple[JsonPlace, Name]]:
    """Those whose name an earlier one already has."""
    seen: set[Name] = set()
    for place, name in named:
        if name in seen:
            yield place, name
        seen.add(name)
