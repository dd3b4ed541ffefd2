"""What the feed of indicators says: each field once, for what is given out, its JSON Schema, and the page about it.

No pandas is loaded here: the site imports this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from survey.languages import LANGUAGES, Phrase, language

Named = Mapping[str, str]
"""A code with its label in each language: {code, cy, en}."""

WALES = "W92000004"
"""The code of Wales among the codes of areas that the Office for National Statistics gives, as health boards have."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
CODE = "code"


@dataclass(frozen=True, slots=True)
class IndicatorField:
    """A field. A `named` one holds a code with its labels, one of `words` a text in both languages; one that is
    `optional` may hold nothing."""

    name: str
    kind: Literal["named", "words", "string", "integer", "number"]
    about: Phrase
    optional: bool = False
    codes: tuple[str, ...] = ()


RELEASE_FIELDS = (
    IndicatorField("round", "string", Phrase("indicator feed", "The round, by its code")),
    IndicatorField("reporting_year", "string", Phrase("indicator feed", "The reporting year, as 2026-27")),
    IndicatorField("questionnaire", "string", Phrase("indicator feed", "The questionnaire, by its code")),
    IndicatorField("edition", "string", Phrase("indicator feed", "The edition of the questionnaire")),
    IndicatorField(
        "release",
        "integer",
        Phrase("indicator feed", "The number of the release: of each round the last that is published"),
    ),
    IndicatorField(
        "status",
        "string",
        Phrase("indicator feed", "Whether the figures of this round may still change"),
        codes=("provisional", "final"),
    ),
    IndicatorField(
        "released_at", "string", Phrase("indicator feed", "When it was released, with the difference from UTC")
    ),
    IndicatorField(
        "note",
        "words",
        Phrase("indicator feed", "What is said to readers with the release, such as what was corrected"),
        optional=True,
    ),
)
"""What is said of each release."""

OBSERVATION_FIELDS = (
    IndicatorField("indicator", "named", Phrase("indicator feed", "What is counted")),
    IndicatorField("area", "named", Phrase("indicator feed", "Wales or a health board, by its ONS code")),
    IndicatorField(
        "outcome", "named", Phrase("indicator feed", "The outcome; nothing for all together"), optional=True
    ),
    IndicatorField("question", "named", Phrase("indicator feed", "The enabler that was rated"), optional=True),
    IndicatorField(
        "category", "named", Phrase("indicator feed", "The level, movement or rating counted"), optional=True
    ),
    IndicatorField("unit", "named", Phrase("indicator feed", "What one of the count is")),
    IndicatorField("count", "integer", Phrase("indicator feed", "How many are in the category")),
    IndicatorField("base", "integer", Phrase("indicator feed", "Out of how many")),
    IndicatorField(
        "share",
        "number",
        Phrase("indicator feed", "The count as a share of the base, from 0 to 1; nothing where “missing” says why"),
        optional=True,
    ),
    IndicatorField(
        "mean",
        "number",
        Phrase("indicator feed", "The mean rating, from −2 (strong barrier) to 2 (strong enabler)"),
        optional=True,
    ),
    IndicatorField("missing", "named", Phrase("indicator feed", "Why there is no share or mean"), optional=True),
)
"""What each figure is, and of what."""

ABOUT = Phrase("indicator feed", "Indicators of the primary care clusters of Wales, as they are published")
ABOUT_RELEASES = Phrase("indicator feed", "The last published release of each round, the earliest year first")
ABOUT_OBSERVATIONS = Phrase("indicator feed", "The figures of the release")
ABOUT_WORDS = Phrase("indicator feed", "The same text in Welsh and English")
ABOUT_NAMED = Phrase("indicator feed", "A code that stays, with its label in Welsh and English")


OBJECTS: Mapping[str, tuple[str, Phrase]] = {"named": ("Named", ABOUT_NAMED), "words": ("Words", ABOUT_WORDS)}
PARTS: Mapping[str, tuple[str, ...]] = {"named": (CODE, *LANGUAGES), "words": LANGUAGES}
"""The parts of a field that has several, by its kind, and the name of its shape."""

IN_SCHEMA = "#/$defs/"
"""Where the shapes lie in the JSON Schema."""


def schema(address: str) -> dict[str, Any]:
    """The JSON Schema of the feed, found at an address: titles in English, and in both languages as `x-labels`."""
    of_all, *others = shapes(IN_SCHEMA).items()
    return {"$schema": DIALECT, "$id": address, **of_all[1], "$defs": dict(others)}


def shapes(where: str) -> dict[str, Any]:
    """The shape of the feed, then of its parts, by name; they refer to each other as lying at `where`."""
    return {
        "Indicators": {**_said(ABOUT), **_object({"releases": _list(ABOUT_RELEASES, f"{where}Release")})},
        "Release": _object(
            {field.name: _shape(field, where) for field in RELEASE_FIELDS}
            | {"observations": _list(ABOUT_OBSERVATIONS, f"{where}Observation")}
        ),
        "Observation": _object({field.name: _shape(field, where) for field in OBSERVATION_FIELDS}),
        **{
            shape: {**_said(about), **_object({name: {"type": "string"} for name in PARTS[kind]})}
            for kind, (shape, about) in OBJECTS.items()
        },
    }


def _shape(field: IndicatorField, where: str) -> dict[str, Any]:
    if field.kind in OBJECTS:
        reference = {"$ref": f"{where}{OBJECTS[field.kind][0]}"}
        return {**_said(field.about), **({"anyOf": [reference, {"type": "null"}]} if field.optional else reference)}
    kind: str | list[str] = [field.kind, "null"] if field.optional else field.kind
    return {**_said(field.about), "type": kind, **({"enum": list(field.codes)} if field.codes else {})}


def _list(about: Phrase, of: str) -> dict[str, Any]:
    return {**_said(about), "type": "array", "items": {"$ref": of}}


def columns(fields: Sequence[IndicatorField]) -> list[str]:
    """The columns that fields have in a table: of a named one its code, then its labels; of words each language."""
    return [
        field.name if part == CODE else f"{field.name}_{part}"
        for field in fields
        for part in PARTS.get(field.kind, (CODE,))
    ]


def _said(about: Phrase) -> dict[str, Any]:
    labels = {code: language(code).say(about) for code in LANGUAGES}
    return {"title": labels["en"], "x-labels": labels}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
