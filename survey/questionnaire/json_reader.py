"""Reading JSON that somebody has edited, or broken, or made to harm: every fault becomes a finding.

The one reader of what people give as JSON: definitions, and lines to be imported. Stricter than `json.loads`: no
duplicate names, no NaN or infinity, limits to size, depth and number, and no half of a character. A byte order mark, as
some editors write it, is let pass.
"""

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from survey.questionnaire.findings import DefinitionError, Finding, pointer
from survey.questionnaire.json_places import located, spot
from survey.questionnaire.json_scan import Scan

MOST_BYTES = 2_000_000
MOST_DEEP = 40
MOST_ENTRIES = 2_000
PACKED = b"PK\x03\x04"
"""What every file begins with that is a zip: .xlsx, .docx and .ods among them."""

HALVES = frozenset({"Cs"})
UNSHOWABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the JSON, and the text that it was written in."""

    value: Any
    text: str


class _Pairs(dict[str, Any]):
    """An object that remembers which of its names were given more than once."""

    repeated: tuple[str, ...] = ()


def read_file(path: Path) -> Document:
    """The definition in a file. Raises DefinitionError, with every finding, when it cannot be used."""
    file = str(path)
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise DefinitionError([Finding(file, "", "no_file")]) from None
    except (OSError, ValueError):
        raise DefinitionError([Finding(file, "", "unreadable")]) from None
    return read_definition(data, file)


def read_definition(data: bytes, file: str) -> Document:
    """The definition in some bytes; `file` is what findings call them. Raises DefinitionError."""
    return _read(data, file, UNSHOWABLE)


def read_answers(data: bytes, file: str) -> Any:
    """The JSON of answers, whose texts may hold any character. Raises DefinitionError."""
    return _read(data, file, HALVES).value


def read_list(data: bytes, file: str, most_bytes: int) -> Any:
    """The JSON that another service gives, as long as it may be. Raises DefinitionError."""
    return _read(data, file, HALVES, most_bytes, most_bytes).value


def _read(
    data: bytes, file: str, refused: frozenset[str], most_bytes: int = MOST_BYTES, most_entries: int = MOST_ENTRIES
) -> Document:
    if len(data) > most_bytes:
        raise DefinitionError([Finding(file, "", "too_large", {"most": most_bytes})])
    text = _decoded(data, file)
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_float, parse_int=_int)
    except (json.JSONDecodeError, _BadNumber, RecursionError) as error:
        raise DefinitionError([_syntax(text, file, error)]) from None
    findings = list(_faults(value, refused, most_entries, file))
    if findings:
        raise DefinitionError(located(findings, text, value))
    return Document(value, text)


def _decoded(data: bytes, file: str) -> str:
    if data.startswith(PACKED):
        raise DefinitionError([Finding(file, "", "packed")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise DefinitionError([Finding(file, "", "utf_16")]) from None
        if b"\0" in data:
            raise DefinitionError([Finding(file, "", "no_text")]) from None
        offset = len(data[: error.start].decode("utf-8-sig"))
        text = data.decode("utf-8-sig", errors="replace")
        raise DefinitionError([Finding(file, "", "not_utf8", spot=spot(text, offset))]) from None


def _syntax(text: str, file: str, error: Exception) -> Finding:
    fault = Scan(text, MOST_DEEP).fault
    if fault is not None:
        return Finding(file, "", fault.code, fault.values, spot(text, fault.offset))
    if isinstance(error, _BadNumber):
        number = str(error)
        return Finding(file, "", "bad_number", {"number": number[:40]}, spot(text, text.find(number)))
    return Finding(file, "", "not_json", spot=spot(text, getattr(error, "pos", 0)))


class _BadNumber(Exception):
    pass


def _refuse(name: str) -> NoReturn:
    raise _BadNumber(name)


def _float(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _int(text: str) -> int:
    return int(text) if len(text) <= 20 else _refuse(text)


def _object(pairs: list[tuple[str, Any]]) -> _Pairs:
    names = _Pairs(pairs)
    if len(names) < len(pairs):
        times = Counter(name for name, _ in pairs)
        names.repeated = tuple(name for name in names if times[name] > 1)
    return names


def _faults(value: Any, refused: frozenset[str], most_entries: int, file: str, *place: str | int) -> Iterator[Finding]:
    if len(place) > MOST_DEEP:
        yield Finding(file, pointer(*place), "too_deep", {"most": MOST_DEEP})
    elif isinstance(value, dict | list) and len(value) > most_entries:
        yield Finding(file, pointer(*place), "too_many", {"most": most_entries})
    elif isinstance(value, _Pairs):
        for name in value.repeated:
            yield Finding(file, pointer(*place, name), "repeated_key", {"name": name})
        for name, item in value.items():
            yield from _unshowable(name, refused, file, *place)
            yield from _faults(item, refused, most_entries, file, *place, name)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, refused, most_entries, file, *place, number)
    elif isinstance(value, str):
        yield from _unshowable(value, refused, file, *place)


def _unshowable(text: str, refused: frozenset[str], file: str, *place: str | int) -> Iterator[Finding]:
    if text.isascii() and text.isprintable():
        return
    for character in text:
        if unicodedata.category(character) in refused or (refused is UNSHOWABLE and character in "\ufeff\ufffe\uffff"):
            yield Finding(file, pointer(*place), "bad_character", {"character": f"U+{ord(character):04X}"})
            return
