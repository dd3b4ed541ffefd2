"""What the interface for other services answers when something is wrong: one shape, at every address of it."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from survey.web.feed.interface import (
    BUSY,
    FAULT,
    NOT_ALLOWED,
    NOT_FOUND,
    NOT_READABLE,
    NOT_UNDERSTOOD,
    PROBLEM_TYPE,
    PROBLEMS,
    TOO_MANY,
    problem_body,
)
from survey.web.site.errors import answer_otherwise
from survey.web.site.overload import Busy

OF_STATUS: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: NOT_ALLOWED,
    HTTPStatus.TOO_MANY_REQUESTS: TOO_MANY,
    HTTPStatus.SERVICE_UNAVAILABLE: NOT_READABLE,
}
DESCRIPTION = "/api/openapi.json"
"""How the address of the description ends, after its language."""


def init_app(app: Flask) -> None:
    """Answer every error below `/api/`, and at the description, as a problem."""
    answer_otherwise(app, lambda path: path.startswith("/api/") or path.endswith(DESCRIPTION), problem_of)


def problem(code: str, **headers: str) -> Response:
    """The answer of a code of `PROBLEMS`."""
    return _answer(code, PROBLEMS[code].status, headers)


def problem_of(error: HTTPException) -> Response:
    """The answer of an error that no view has made one of, with its own status."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return _answer(_code_of(error, status), status, kept)


def _code_of(error: HTTPException, status: int) -> str:
    if isinstance(error, Busy):
        return BUSY
    return OF_STATUS.get(status, FAULT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else NOT_UNDERSTOOD)


def _answer(code: str, status: int, headers: Mapping[str, str]) -> Response:
    return Response(current_app.json.dumps(problem_body(code, status)), status, headers, mimetype=PROBLEM_TYPE)
