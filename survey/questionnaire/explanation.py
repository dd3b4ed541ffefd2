"""What the schema of a questionnaire says of its parts, in words: for the command line and for spreadsheets."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.languages import Language, MissingText
from survey.questionnaire.schema_texts import SCHEMA, reworded, schema_place
from survey.questionnaire.shape import schema_path

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TypeExplanation:
    """A type of question: what it takes, what each of its properties says, and which it cannot do without."""

    about: str
    properties: Mapping[str, str]
    required: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]


def schema_in(kind: str, language: Language) -> Schema:
    """A schema with its texts in a language; what has no translation yet says so beside its English."""
    path = schema_path(kind)

    def say(place: str, text: str) -> str:
        try:
            return language.message(SCHEMA, place, text)
        except MissingText:
            return language.pgettext("preview", "[Not translated yet] %(english)s", english=text)

    schema: Schema = json.loads(path.read_text("utf-8"))
    return schema if language.code == "en" else reworded(schema, schema_place(path), say)


def type_names(schema: Schema) -> tuple[str, ...]:
    """The types that a question may have, in the order of the schema."""
    return tuple(schema["$defs"]["typeName"]["enum"])


def explained(schema: Schema, type_name: str) -> TypeExplanation:
    """What the schema says of a type. Raises KeyError for one that it does not have."""
    part = schema["$defs"][type_name]
    either = [name for choice in part.get("oneOf", ()) for name in choice.get("required", ())]
    return TypeExplanation(
        part["description"],
        property_texts(schema, [type_name]),
        (*part["required"], *([" / ".join(either)] if either else [])),
        tuple(part.get("examples", ())),
    )


def property_texts(schema: Schema, parts: Iterable[str]) -> dict[str, str]:
    """What each property of some parts says, by its name; what the first of them says of it counts."""
    said: dict[str, str] = {}
    for part in parts:
        for name, given in schema["$defs"][part]["properties"].items():
            text = given.get("description") or _referred(schema, given).get("description", "")
            said.setdefault(name, _without_values(text) if name in ("type", "measure") else text)
    return said


def words_for(schema: Schema, parts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words that a property of some parts may say, by its name, where the schema lists them."""
    listed: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for name, given in schema["$defs"][part]["properties"].items():
            words = given.get("enum") or _referred(schema, given).get("enum")
            if words:
                listed.setdefault(name, tuple(words))
    return listed


def _referred(schema: Schema, given: Mapping[str, Any]) -> Mapping[str, Any]:
    part: Mapping[str, Any] = schema["$defs"].get(given.get("$ref", "").rpartition("/")[2], {})
    return part


def _without_values(text: str) -> str:
    return text.partition(". ")[0] + "."
