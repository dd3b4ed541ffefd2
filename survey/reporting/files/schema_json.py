"""The columns of a file of data as JSON: Frictionless’ Table Schema, and CSV on the Web for those who read that.

Both say the same. Labels are in both languages: in the Table Schema as its pattern for languages has it (`title` in
the first of `languages`, `title@en`), in CSVW as values that name their language.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from survey.languages import LANGUAGES
from survey.reporting.files.data_file import MISSING, reason_words
from survey.reporting.records.table_schema import Code, ColumnKind, Field, Words

EMPTY = ""
_TYPES: Mapping[ColumnKind, str] = {
    "code": "string",
    "text": "string",
    "flag": "integer",
    "rank": "integer",
    "integer": "integer",
    "decimal": "number",
    "date": "date",
    "time": "datetime",
}
_CSVW_TYPES: Mapping[str, str] = {"number": "double", "datetime": "dateTimeStamp"}


def table_schema(fields: Sequence[Field], key: Sequence[str]) -> dict[str, Any]:
    """The Table Schema (https://specs.frictionlessdata.io/table-schema/)."""
    reasons = reason_words()
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in fields],
        "missingValues": [EMPTY, *(reason.value for reason in reasons)],
        "missingValueLabels": [
            {"value": reason.value, **in_languages("label", said)} for reason, said in reasons.items()
        ],
    }
    return schema | ({"primaryKey": list(key)} if key else {})


def in_languages(name: str, text: Words) -> dict[str, str]:
    """A property in the first language, and in the others under a name that tells the language."""
    first, *others = LANGUAGES
    return {name: text[first]} | {f"{name}@{code}": text[code] for code in others} if text else {}


def _field(column: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind]}
    if column.kind == "time":
        described["format"] = "any"
    described |= in_languages("title", column.label)
    for name in ("page", "outcome", "question", "part"):
        described |= in_languages(name, getattr(column, name))
    if column.codes:
        described["categories"] = [{"value": code.value, **in_languages("label", code.label)} for code in column.codes]
        described["categoriesOrdered"] = column.is_ordered
    described |= {name: told for name, told in (("since", column.since), ("was", column.was)) if told}
    limits = _constraints(column)
    return described | ({"constraints": limits} if limits else {})


def _constraints(column: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {"enum": [code.value for code in column.codes]} if column.codes else {}
    if column.kind in ("rank", "integer", "decimal"):
        bounds = (("minimum", column.least), ("maximum", column.most))
        limits |= {name: _number(column, bound) for name, bound in bounds if bound is not None}
    return limits


def _number(column: Field, bound: float) -> float:
    return bound if column.kind == "decimal" else int(bound)


def csvw(path: str, title: Words, fields: Sequence[Field], key: Sequence[str]) -> dict[str, Any]:
    """The metadata that CSVW looks for beside a CSV file (https://www.w3.org/TR/tabular-metadata/)."""
    schema: dict[str, Any] = {"columns": [_column(column) for column in fields]}
    if key:
        schema["primaryKey"] = [_name(name) for name in key]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": path,
        "dc:title": _values(title),
        "null": [EMPTY, *(shorthand.value for shorthand in MISSING)],
        "tableSchema": schema,
    }


def _column(column: Field) -> dict[str, Any]:
    base = _TYPES[column.kind]
    datatype: dict[str, Any] = {"base": _CSVW_TYPES.get(base, base)}
    limits = _constraints(column)
    datatype |= {name: limits[name] for name in ("minimum", "maximum") if name in limits}
    described: dict[str, Any] = {
        "name": _name(column.name),
        "titles": column.name,
        "datatype": datatype,
        "rdfs:label": _values(column.label),
    }
    if column.codes:
        described["rdfs:comment"] = _values(
            {code: "; ".join(_told(option, code) for option in column.codes) for code in LANGUAGES}
        )
    return described


def _told(option: Code, language: str) -> str:
    return f"{option.value} = {option.label[language]}"


def _name(name: str) -> str:
    """A name as CSVW allows it, which is as in a URI template: hyphens escaped."""
    return quote(name, safe="").replace("-", "%2D")


def _values(text: Words) -> list[dict[str, str]]:
    return [{"@value": text[code], "@language": code} for code in LANGUAGES]
