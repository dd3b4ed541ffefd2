"""The context in the catalogue of each text of a questionnaire, from its place in the JSON."""

from typing import Any

from survey.questionnaire.builder import JsonObject

TextPlace = tuple[str | int, ...]

_NAMED = frozenset({"option_sets", "options", "rows", "row_groups", "columns"})
_LABEL_ONLY = frozenset({"option_sets", "options", "rows", "row_groups"})
"""What has its label for itself: its context ends with the name of the thing."""


def context_at(source: JsonObject, place: TextPlace) -> str:
    """The context of the text at a place. Raises KeyError, IndexError for a place that is not there."""
    names = [str(source["id"])]
    value: Any = source
    above, kind = "", ""
    for part in place[:-1]:
        value = value[part]
        if isinstance(part, int):
            kind = above
            names.append(str(value.get("id", value.get("code"))))
        elif part == "other":
            option = names.pop()
            names[-2:] = [f"{names[-2]}_{option}"]
            kind = part
        else:
            names += [part] if part in _NAMED or above == "option_sets" else []
            above = "options" if above == "option_sets" else part
    last = place[-1]
    if isinstance(last, int):
        return ".".join([*names, str(place[-2]), str(last + 1)])
    return ".".join(names if last == "label" and kind in _LABEL_ONLY else [*names, str(last)])
