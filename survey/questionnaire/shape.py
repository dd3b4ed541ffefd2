"""Whether a file has the shape that its JSON Schema asks for, said in words an author understands."""

import json
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


from survey.questionnaire.findings import Finding, pointer

SCHEMAS = Path(__file__).resolve().parents[2] / "questionnaires" / "schema"
KINDS = ("questionnaire", "framework", "clusters")

Values = dict[str, str | int | float]
ShapeFault = tuple[tuple[str | int, ...], str, Values]

# What each pattern of the schemas means to a person. A test fails when a schema has another.
PATTERNS = {
    r"^\S(.*\S)?$": "blank_ends",
    "^[a-z][a-z0-9_]*$": "bad_id",
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "bad_slug",
    "^[a-z0-9][a-z0-9_-]*$": "bad_code",
    "^20[0-9]{2}$": "bad_year",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "bad_question_name",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?(/[a-z][a-z0-9_]*)?$": "bad_figure_name",
    "^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})$": "bad_limit",
}

_TYPES = {
    "object": "not_object",
    "array": "not_list",
    "string": "not_text",
    "number": "not_number",
    "integer": "not_whole_number",
    "boolean": "not_true_or_false",
}


def schema_path(kind: str) -> Path:
    """The file of a schema. Raises KeyError for a kind that is not in `KINDS`."""
    if kind not in KINDS:
        raise KeyError(kind)
    return SCHEMAS / f"{kind}.schema.json"


def kind_of(source: Any) -> str | None:
    """What a file says it is in `$schema`, or None."""
    named = source.get("$schema") if isinstance(source, Mapping) else None
    name = named.rsplit("/", 1)[-1] if isinstance(named, str) else ""
    return next((kind for kind in KINDS if name == schema_path(kind).name), None)


def shape_findings(kind: str, source: Any, file: str) -> list[Finding]:
    """Every way in which the JSON of a file departs from the schema of its kind, each place once."""
    faults: dict[tuple[str, str, str], Finding] = {}
    for error in _validator(schema_path(kind)).iter_errors(source):
        for place, code, values in _faults(error):
            finding = Finding(file, pointer(*place), code, values)
            faults.setdefault((finding.pointer, code, str(values.get("name"))), finding)
    return list(faults.values())


@cache
def _validator(path: Path) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    schema = json.loads(path.read_text("utf-8"))
    slowly = Draft202012Validator.VALIDATORS["if"]

    def chosen_by_type(validator: Any, condition: Any, instance: Any, around: Any) -> Iterator[Any]:
        """The keyword “if”. What asks only for a type is looked up: each question is asked for every type there is."""
        wanted = condition.get("properties", {}).get("type", {}).get("const")
        if wanted is None or not isinstance(instance, dict):
            yield from slowly(validator, condition, instance, around)
        elif instance.get("type") == wanted:
            yield from validator.descend(instance, around["then"], schema_path="then")

    checking: type[Draft202012Validator] = extend(Draft202012Validator, {"if": chosen_by_type})  # type: ignore[no-untyped-call]
    return checking(schema, format_checker=FormatChecker(formats=["date"]))


def _faults(error: Any) -> Iterator[ShapeFault]:
    # `error` is a jsonschema ValidationError, whose own types leave each attribute possibly unset.
    place = tuple(error.absolute_path)
    if error.validator == "not":
        yield place, "not_here", {}
    elif error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield place, "missing", {"name": name}
    elif error.validator == "additionalProperties":
        for name in error.instance.keys() - error.schema["properties"].keys():
            yield _unknown(place, name, sorted(error.schema["properties"]))
    elif not (error.validator == "pattern" and error.instance == ""):
        yield _fault(place, error)


def _unknown(place: tuple[str | int, ...], name: str, known: list[str]) -> ShapeFault:
    if name == "other" and place[:1] == ("option_sets",):
        return (*place, name), "other_in_option_set", {"name": name}
    close = get_close_matches(name, known, n=1, cutoff=0.75)
    if close:
        return (*place, name), "misspelt", {"name": name, "guess": close[0]}
    return (*place, name), "unknown", {"name": name, "names": ", ".join(known)}


def _fault(place: tuple[str | int, ...], error: Any) -> ShapeFault:
    expected, value = error.validator_value, error.instance
    match error.validator:
        case "type":
            if isinstance(expected, list):
                expected = expected[0] if expected[-1] in ("null", "object") else ""
            return place, _TYPES.get(expected, "not_simple"), {}
        case "enum":
            return place, "not_allowed", {"value": shown(value), "names": ", ".join(expected)}
        case "pattern":
            return place, PATTERNS.get(expected, "bad_form"), {"value": shown(value)}
        case "oneOf":
            names = [name for choice in expected for name in choice["required"]]
            return place, "exactly_one", {"names": ", ".join(names)}
        case "minProperties" | "maxProperties":
            return place, "exactly_one", {"names": ", ".join(sorted(error.schema["properties"]))}
        case _:
            code, limit, measures = _LIMITS[error.validator]
            return place, code, {limit: expected} | {name: measure(value) for name, measure in measures.items()}


def shown(value: Any) -> str:
    """A value of a file, short enough for one line."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


_LIMITS: dict[str, tuple[str, str, dict[str, Callable[[Any], Any]]]] = {
    "minLength": ("empty_text", "least", {}),
    "maxLength": ("too_long", "most", {"length": len}),
    "minItems": ("too_few", "least", {}),
    "maxItems": ("too_many", "most", {}),
    "uniqueItems": ("repeated_entry", "expected", {}),
    "minimum": ("too_small", "least", {"value": shown}),
    "maximum": ("too_big", "most", {"value": shown}),
    "format": ("not_date", "expected", {"value": shown}),
}
