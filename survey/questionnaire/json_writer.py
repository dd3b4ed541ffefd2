"""A questionnaire written as JSON in the one layout that its files have: names in their order, an option on a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from survey.questionnaire.builder import JsonObject

WIDTH = 120
ORDER = (
    *("$schema", "id", "code", "type", "edition", "respondent", "framework", "version", "met", "left_out", "below"),
    *("title", "short_title", "heading", "label", "hint", "text", "description", "prepare", "level_rule"),
    *("option_sets", "sections", "worksheet", "for_each", "follows_up"),
    *("same_in_both", "value", "middle", "belongs_to", "last", "exclusive", "other", "group"),
    *("calculate", "figure", "unit", "sum", "count", "mean", "difference"),
    *("item_label", "add_label", "minimum", "maximum", "earliest", "latest", "most", "required"),
    *("max_length", "format", "autocomplete"),
    *("option_set", "filtered_by", "show_when", "shows", "takes_files", "measure", "sensitivity", "since", "was"),
    *("row_groups", "rows", "columns", "options", "questions"),
    *("all", "any", "question", "operator", "answer", "answer_of"),
)
"""In which order names stand in any object that has them; names of option sets stay as they come."""
_PLACES = {name: number for number, name in enumerate(ORDER)}
# What is written on lines of its own, however short it is; in lists, each entry of it.
_OPEN = frozenset({"level_rule", "option_sets", "sections", "questions", "options", "rows", "row_groups", "columns"})
_SCALAR = json.JSONEncoder(ensure_ascii=False)


def json_of(source: JsonObject) -> bytes:
    """A definition as bytes of its file. The same definition, in whatever order its names came, gives the same."""
    return (_written(ordered(source), "", 0) + "\n").encode()


def ordered(value: Any, *, keep: bool = False) -> Any:
    """The value with the names of every object in their order, and whole numbers without a point."""
    if isinstance(value, Mapping):
        names = list(value) if keep else sorted(value, key=lambda name: _PLACES.get(name, len(_PLACES)))
        return {name: ordered(value[name], keep=name == "option_sets") for name in names}
    if isinstance(value, list | tuple):
        return [ordered(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _written(value: Any, name: str, indent: int) -> str:
    if not isinstance(value, dict | list) or not value:
        return _flat(value)
    flat = _flat(value)
    if indent and not _is_open(value, name) and (len(flat) + indent <= WIDTH or not _nests(value)):
        return flat
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    blank = " " * (indent + 2)
    lines = ",\n".join(blank + line for line in _lines(value, name, indent + 2))
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"


def _lines(value: Any, name: str, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            of = "options" if name == "option_sets" else key
            yield f"{_SCALAR.encode(key)}: {_written(item, of, indent)}"
    else:
        for item in value:
            yield _written(item, "", indent)


def _is_open(value: Any, name: str) -> bool:
    if name in _OPEN:
        return True
    if isinstance(value, dict):
        return bool({"sections", "questions", "type", "options", "other"} & value.keys())
    return all(isinstance(item, str) for item in value) and len(_flat(value)) > WIDTH


def _nests(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return any(isinstance(item, dict | list) for item in items)


def _flat(value: Any) -> str:
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return _SCALAR.encode(value)
