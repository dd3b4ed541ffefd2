"""The JSON of what is kept: what would not come back from it as it went in is refused."""

from typing import Any

import orjson

from survey.storage.repository import BadRecord

# Sorted, so that nobody comes to rely on an order that a database does not keep.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_SORT_KEYS


def json_bytes(value: Any) -> bytes:
    """The JSON of a value. Raises BadRecord for what JSON has not: NaN, dates, broken Unicode, huge numbers …"""
    try:
        data = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        raise BadRecord(f"This cannot be kept as JSON: {error}.") from error
    # NaN and the infinities become null without a word; looking for the word first saves most records a second parse.
    if b"null" in data and orjson.loads(data) != value:
        raise BadRecord("This cannot be kept: it would come back from JSON as something else.")
    return data
