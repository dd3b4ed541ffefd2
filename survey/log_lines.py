"""Log lines: one JSON object each, with what happened, never what anybody typed.

An error is logged by its kind and by the lines of code it went through, not by its message: that could hold an answer
or a code. Of what a library says there is the pattern, with the numbers and kinds of errors that were put into it: a
text could be the address of a page or a part of a password.
"""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

OURS = __name__.partition(".")[0]
"""The logger of all that this service itself says."""
LEFT_OUT = "…"


class JsonFormatter(logging.Formatter):
    """One line of JSON per record, with the `fields` and the `request` that were given to it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.words(record),
            **getattr(record, "fields", {}),
        }
        if request := getattr(record, "request", None):
            line["request"] = request
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)

    def words(self, record: logging.LogRecord) -> str:
        """What the record says; of a library’s, without the texts that were put into it."""
        if record.name.partition(".")[0] == OURS:
            return record.getMessage()
        if isinstance(record.msg, BaseException):
            return type(record.msg).__name__
        pattern, given = str(record.msg), record.args or ()
        try:
            if isinstance(given, Mapping):
                return pattern % {name: _bare(value) for name, value in given.items()}
            return pattern % tuple(_bare(value) for value in given) if given else pattern
        except (TypeError, ValueError, KeyError):
            return pattern


def _bare(value: object) -> object:
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, int | float) else LEFT_OUT
