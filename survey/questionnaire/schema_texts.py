"""The texts of the JSON Schemas, which editors show to authors, and the schemas with other words in them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCHEMA = "schema"
"""The folder of the schemas, and their catalogue."""
SHOWN = ("title", "description")
# Names of values, each explained: “who took part · how_done: how the reflection was done”.
_NAMES = re.compile(r"((?:^| · |; |(?<=\.) )[a-z][a-z0-9_-]*: )")

Say = Callable[[str, str], str]
"""What is said for a text: from its place and its English."""


def schema_place(path: Path) -> str:
    """Where the texts of the schema in a file stand, as the catalogue says it."""
    return f"{SCHEMA}.{path.name.partition('.')[0]}"


def reworded(schema: Any, place: str, say: Say) -> Any:
    """The schema, or the part of it at `place`, with what `say` gives for every text; names of values stay."""
    if isinstance(schema, list):
        return [reworded(part, f"{place}.{number}", say) for number, part in enumerate(schema)]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _text(value, f"{place}.{key}", say)
        if key in SHOWN and isinstance(value, str)
        else reworded(value, f"{place}.{key}", say)
        for key, value in schema.items()
    }


def _text(text: str, place: str, say: Say) -> str:
    opening, *explained = _NAMES.split(text)
    said = [say(place, opening)] if opening else []
    for name, meaning in zip(explained[::2], explained[1::2], strict=True):
        said += [name, say(f"{place}.{name.strip(' ·;:')}", meaning)]
    return "".join(said)
