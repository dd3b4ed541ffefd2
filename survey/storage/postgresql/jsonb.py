"""Records as PostgreSQL keeps them: JSONB, which has no character 0, and takes 1e16 for a whole number.

Both are spelt otherwise there. The order of the names in an object is not kept: it means nothing.
"""

import re
from decimal import Decimal
from typing import Any

import orjson

from survey.storage.json_form import json_bytes

_MARK = "\uffff"
"""A character that no text has; one that has it all the same has it twice here."""
_ODD = re.compile(rf"{_MARK}|\\u0000|[0-9]e[+]?[0-9]+[,\]}}]")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?[0-9.]+e[+]?[0-9]+')
_ZERO = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def to_jsonb(value: Any) -> str:
    """The text of a value for a column of JSONB. Raises BadRecord."""
    text = json_bytes(value).decode()
    return _TOKEN.sub(_spelt, text) if _ODD.search(text) else text


def from_jsonb(data: bytes | bytearray | memoryview | str) -> Any:
    """The value in such a column, as psycopg reads it."""
    text = data if isinstance(data, str) else bytes(data).decode()
    if _MARK in text:
        text = re.sub(f"{_MARK}(.)", lambda match: "\\u0000" if match[1] == "0" else _MARK, text)
    return orjson.loads(text)


def _spelt(token: re.Match[str]) -> str:
    """A text without the character 0; a large fraction with all its digits and the point that tells what it is."""
    if not token[0].startswith('"'):
        return f"{Decimal(token[0]):f}.0"
    return _ZERO.sub(rf"\g<1>{_MARK}0", token[0].replace(_MARK, 2 * _MARK))
