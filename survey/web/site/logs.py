"""Log lines for operators: one JSON object each, with what happened and never what anybody typed.

A request is logged by the name of its page, not by its address, and an error by its kind and by the lines
of code it went through, not by its message: addresses and messages could hold an answer or a code.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("survey.requests")


class JsonFormatter(logging.Formatter):
    """One line of JSON per record."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)


def init_app(app: Flask) -> None:
    """Write the service’s log to standard error as JSON, and one line for every page served."""
    logger = logging.getLogger("survey")
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in logger.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        logger.addHandler(handler)
    logger.setLevel(app.config["LOG_LEVEL"])
    app.log_exception = _log_exception(app)  # type: ignore[method-assign, assignment]
    app.before_request(_start)
    app.after_request(_log_request)


def _start() -> None:
    g.started = time.monotonic()


def _log_request(response: Response) -> Response:
    # A line for an anonymous page would tell when somebody answered.
    if request.endpoint not in ("static", "health.health") and request.blueprint != "anonymous":
        started = g.get("started", time.monotonic())
        fields = {
            "page": request.endpoint,
            "method": request.method,
            "status": response.status_code,
            "milliseconds": round((time.monotonic() - started) * 1000),
        }
        log.info("request", extra={"fields": fields})
    return response


def _log_exception(app: Flask) -> Callable[[Any], None]:
    def log_exception(error: Any) -> None:
        app.logger.error("page %s failed", request.endpoint, exc_info=error)

    return log_exception
