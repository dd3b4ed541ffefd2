"""What operators see of a request: a log line, and what it adds to the figures. Never what anybody typed.

A request is logged by the name of its page, not by its address, and has an id, by which its lines and those of the
proxy belong together.
"""

import logging
import re
import secrets
import sys
import time
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request

from survey.log_lines import JsonFormatter
from survey.web.site.health import PROBES
from survey.web.site.metrics import Metrics

ID = "X-Request-ID"

log = logging.getLogger("survey.requests")


def init_app(app: Flask) -> None:
    """Write the service’s log to standard error as JSON, one line for every page served; count requests."""
    logger = logging.getLogger("survey")
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in logger.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        handler.addFilter(_name_request)
        logger.addHandler(handler)
    logger.setLevel(app.config["LOG_LEVEL"])
    app.extensions["metrics"] = Metrics.of_environment()
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]
    app.before_request(_start)
    app.after_request(_tell_of_request)


def _start() -> None:
    g.started = time.monotonic()
    given = request.headers.get(ID, "")
    trusted = current_app.config["TRUSTED_PROXIES"] and re.fullmatch(r"[0-9a-f]{32}", given)
    g.request_id = given if trusted else secrets.token_hex(16)


def _name_request(record: logging.LogRecord) -> bool:
    if has_request_context():
        record.request = g.get("request_id")
    return True


def _tell_of_request(response: Response) -> Response:
    # A line for an anonymous page, or a figure that it raised, would tell when somebody answered.
    if request.endpoint not in ("static", *PROBES) and request.blueprint != "anonymous":
        seconds = time.monotonic() - g.get("started", time.monotonic())
        fields = {
            "page": request.endpoint,
            "method": request.method,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000),
        }
        log.info("request", extra={"fields": fields})
        current_app.extensions["metrics"].note_request(request.endpoint, request.method, response.status_code, seconds)
        response.headers[ID] = g.get("request_id", "")
    return response


def _log_exception(error: Any) -> None:
    current_app.extensions["metrics"].note_failure(error)
    current_app.logger.error("page %s failed", request.endpoint, exc_info=error)
