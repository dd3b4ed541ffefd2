"""Log lines: one JSON object each, with what happened, never what anybody typed.

An error is logged by its kind and by the lines of code it went through, not by its message: that could hold an answer
or a code.
"""

import json
import logging
import traceback
from datetime import UTC, datetime


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
        """What the record says."""
        return record.getMessage()
