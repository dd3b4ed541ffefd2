"""What operators see: `/healthz`, and log lines, one JSON object each, with what happened, never what anybody typed.

A request is logged by the name of its page, not by its address, and an error by its kind and by the lines
of code it went through, not by its message: addresses and messages could hold an answer or a code.
"""

import json
import logging
import os
import shutil
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from survey.atomic_file import temporary_file, write_all
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import read_format, secret_of

LEAST_FREE_BYTES = 50_000_000
LEAST_FREE_FILES = 1000

log = logging.getLogger("survey.requests")
blueprint = Blueprint("health", __name__)


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
    """Serve `/healthz`; write the service’s log to standard error as JSON, and one line for every page served."""
    app.register_blueprint(blueprint)
    logger = logging.getLogger("survey")
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in logger.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        logger.addHandler(handler)
    logger.setLevel(app.config["LOG_LEVEL"])
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]
    app.before_request(_start)
    app.after_request(_log_request)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Say whether answers can be kept: 200 if so, otherwise 503 with what is wrong. Tries it, and leaves nothing."""
    folder = current_app.config["DATA"]
    problems = []
    if not current_app.secret_key:
        problems.append("no secret key")
    if not folder.is_dir():
        problems.append("no data folder")
    elif not _is_writable(folder):
        problems.append("data folder is not writable")
    elif shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        problems.append("disk is nearly full")
    elif 0 < _places_for_files(folder) < LEAST_FREE_FILES:
        problems.append("disk has nearly no room for more files")
    elif not _is_sound(folder):
        problems.append("data folder has lost what it is known by")
    return {"status": "failing" if problems else "ok", "problems": problems}, 503 if problems else 200


def _is_writable(folder: Path) -> bool:
    """Whether a file can be made and written there: rights alone do not say so, as of a disk that went read-only."""
    try:
        with temporary_file(folder) as (_, descriptor):
            write_all(descriptor, b"whether this can be kept")
    except OSError:
        return False
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _places_for_files(folder: Path) -> int:
    """How many more files the disk takes; 0 where it keeps no count of them."""
    disk = os.statvfs(folder)
    return disk.f_favail or int(disk.f_files > 0)


def _is_sound(folder: Path) -> bool:
    """Whether format and secret of the data folder are there and can be read."""
    try:
        secret_of(folder)
        return read_format(folder) is not None
    except StorageError:
        return False


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


def _log_exception(error: Any) -> None:
    current_app.logger.error("page %s failed", request.endpoint, exc_info=error)
