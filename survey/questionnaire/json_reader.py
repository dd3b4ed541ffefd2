"""Reading JSON that somebody has edited, or broken, or made to harm: every fault becomes a finding.

Stricter than `json.loads`: no duplicate names, no NaN or infinity, limits to size, depth and number, and no text
that cannot be shown. A byte order mark, as some editors write it, is let pass.
"""

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from survey.questionnaire.findings import DefinitionError, Finding, pointer

MOST_BYTES = 2_000_000
MOST_DEEP = 40
MOST_ENTRIES = 2_000


class _Pairs(dict[str, Any]):
    """An object that remembers which of its names were given more than once."""

    repeated: tuple[str, ...] = ()


def read_file(path: Path) -> Any:
    """The JSON of a file. Raises DefinitionError, with every finding, when it cannot be used."""
    file = str(path)
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise DefinitionError([Finding(file, "", "no_file")]) from None
    except (OSError, ValueError):
        raise DefinitionError([Finding(file, "", "unreadable")]) from None
    return read_bytes(data, file)


def read_bytes(data: bytes, file: str) -> Any:
    """The JSON in some bytes; `file` is what findings call them. Raises DefinitionError."""
    if len(data) > MOST_BYTES:
        raise DefinitionError([Finding(file, "", "too_large", {"most": MOST_BYTES})])
    try:
        text = data.decode("utf-8-sig")
        parsed = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_float, parse_int=_int)
    except UnicodeDecodeError:
        raise DefinitionError([Finding(file, "", "not_utf8")]) from None
    except json.JSONDecodeError as error:
        values = {"line": error.lineno, "column": error.colno}
        raise DefinitionError([Finding(file, "", "not_json", values)]) from None
    except _BadNumber as error:
        raise DefinitionError([Finding(file, "", "bad_number", {"number": str(error)})]) from None
    except RecursionError:
        raise DefinitionError([Finding(file, "", "too_deep", {"most": MOST_DEEP})]) from None
    findings = list(_faults(parsed, file))
    if findings:
        raise DefinitionError(findings)
    return parsed


class _BadNumber(Exception):
    pass


def _refuse(name: str) -> NoReturn:
    raise _BadNumber(name[:40])


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


def _faults(value: Any, file: str, *place: str | int) -> Iterator[Finding]:
    if len(place) > MOST_DEEP:
        yield Finding(file, pointer(*place), "too_deep", {"most": MOST_DEEP})
    elif isinstance(value, dict | list) and len(value) > MOST_ENTRIES:
        yield Finding(file, pointer(*place), "too_many", {"most": MOST_ENTRIES})
    elif isinstance(value, _Pairs):
        for name in value.repeated:
            yield Finding(file, pointer(*place, name), "repeated_key", {"name": name})
        for name, item in value.items():
            yield from _unshowable(name, file, *place)
            yield from _faults(item, file, *place, name)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, file, *place, number)
    elif isinstance(value, str):
        yield from _unshowable(value, file, *place)


def _unshowable(text: str, file: str, *place: str | int) -> Iterator[Finding]:
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in "\ufeff\ufffe\uffff":
            yield Finding(file, pointer(*place), "bad_character", {"character": f"U+{ord(character):04X}"})
            return
