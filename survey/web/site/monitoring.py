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

from survey.log_lines import OURS, JsonFormatter
from survey.web.site.health import PROBES
from survey.web.site.metrics import Metrics

ID = "X-Request-ID"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OTHER = "other"
"""Whatever else somebody calls a method: each has a figure of its own, and there is no end to what can be made up."""

log = logging.getLogger("survey.requests")


def init_app(app: Flask) -> None:
    """Write what the service and its libraries say to standard error as JSON, one line for every page served; count
    requests."""
    _write_log(app.config["LOG_LEVEL"])
    app.extensions["metrics"] = Metrics.of_environment()
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]
    app.before_request(_start)
    app.after_request(_tell_of_request)


def _write_log(level: str) -> None:
    # On the logger of all loggers: whichever library says something, that is in our form too. Where none has a handler,
    # Flask would give ours another, and every line would come twice.
    everything = logging.getLogger()
    handler = next((handler for handler in everything.handlers if isinstance(handler.formatter, JsonFormatter)), None)
    if handler is None:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        handler.addFilter(_name_request)
        everything.addHandler(handler)
    handler.setLevel(level)
    logging.getLogger(OURS).setLevel(level)


def _start() -> None:
    g.started = time.monotonic()
    g.request_id = id_of_request(current_app, request.headers.get(ID, ""))


def id_of_request(app: Flask, given: str) -> str:
    """The id that the proxy gave a request, if there is a proxy and that is one; else a new one."""
    trusted = app.config["TRUSTED_PROXIES"] and re.fullmatch(r"[0-9a-f]{32}", given)
    return given if trusted else secrets.token_hex(16)


def _name_request(record: logging.LogRecord) -> bool:
    if has_request_context():
        record.request = g.get("request_id")
    return True


def _tell_of_request(response: Response) -> Response:
    if is_told_of(request.endpoint):
        tell(current_app, request.endpoint, request.method, response.status_code, g.get("started", time.monotonic()))
        response.headers[ID] = g.get("request_id", "")
    return response


def is_told_of(page: str | None) -> bool:
    """Whether a request for a page is told of. A line for an anonymous page, or a figure that it raised, would tell
    when somebody answered."""
    return page not in ("static", *PROBES) and not (page or "").startswith("anonymous.")


def tell(app: Flask, page: str | None, method: str, status: int, started: float, request_id: str | None = None) -> None:
    """Log a request and count it. `request_id` is for one that Flask never saw."""
    seconds = time.monotonic() - started
    method = method if method in METHODS else OTHER
    fields = {"page": page, "method": method, "status": status, "milliseconds": round(seconds * 1000)}
    log.info("request", extra={"fields": fields, **({"request": request_id} if request_id else {})})
    app.extensions["metrics"].note_request(page, method, status, seconds)


def _log_exception(error: Any) -> None:
    current_app.extensions["metrics"].note_failure(error)
    current_app.logger.error("page %s failed", request.endpoint, exc_info=error)
