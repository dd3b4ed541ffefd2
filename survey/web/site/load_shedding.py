"""Whoever only looks, or is a script that sends again by itself, is turned away at the door when there is no room.

The application begins nothing for them: no session is opened and no page drawn, so that to tell somebody to come again
costs little, and there is time left for those who were let in. Nobody else is turned away here, so that a form is held
in its page: `admission.py` decides about that, and about everybody whose address has no language.
"""

import io
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException

from survey.web.site import monitoring
from survey.web.site.admission import note_refusal
from survey.web.site.errors import is_answered_otherwise
from survey.web.site.overload import RETRY_AFTER, SAVING, drawn_in
from survey.web.site.security import FORM, headers_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATUS = 503


class Door:
    """Before the application: it lets in whomever there may be room for."""

    def __init__(self, app: Flask, inside: "WSGIApplication") -> None:
        self._app, self._inside = app, inside

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if self._app.extensions["admission"].has_room(is_form=False):
            return self._inside(environ, start_response)
        started = time.monotonic()
        said = self._said(environ)
        if said is None:
            return self._inside(environ, start_response)
        body, kind = said
        headers = {
            **headers_of(self._app),
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Retry-After": str(RETRY_AFTER),
            **self._noted(environ, started),
        }
        start_response(f"{STATUS} SERVICE UNAVAILABLE", list(headers.items()))
        return [body]

    def _said(self, environ: "WSGIEnvironment") -> tuple[bytes, str] | None:
        """What is said to somebody for whom there is no room, and its type; None if she is not turned away here."""
        code, _, rest = environ["PATH_INFO"].removeprefix("/").partition("/")
        if code not in self._app.config["LANGUAGES"] or environ["SCRIPT_NAME"]:
            return None
        if is_answered_otherwise(self._app, environ["PATH_INFO"]):
            return None
        drawn = drawn_in(self._app, code)
        if environ["REQUEST_METHOD"] == "GET":
            page = drawn.page_at(rest.encode("latin-1"), environ["QUERY_STRING"].encode("latin-1"))
            return page, "text/html; charset=utf-8"
        names = _sent_by_script(environ, self._app.config["MAX_CONTENT_LENGTH"])
        if names is None or b"then" in names:
            return None
        return drawn.not_saved if SAVING.encode() in names else drawn.not_sent, "application/json"

    def _noted(self, environ: "WSGIEnvironment", started: float) -> dict[str, str]:
        """The header with the id by which the log tells of the request, if it does."""
        note_refusal(self._app)
        page, method = self._page(environ), environ["REQUEST_METHOD"]
        if not monitoring.is_told_of(page):
            return {}
        request_id = monitoring.id_of_request(self._app, environ.get("HTTP_X_REQUEST_ID", ""))
        monitoring.tell(self._app, page, method, STATUS, started, request_id)
        return {monitoring.ID: request_id}

    def _page(self, environ: "WSGIEnvironment") -> str | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        try:
            endpoint, _ = self._app.url_map.bind("").match(path, environ["REQUEST_METHOD"])
        except HTTPException:
            return None
        return str(endpoint)


def init_app(app: Flask) -> None:
    """Put the door before what the application is so far."""
    app.wsgi_app = Door(app, app.wsgi_app)  # type: ignore[method-assign]


def _sent_by_script(environ: "WSGIEnvironment", most: int) -> set[bytes] | None:
    """The names of the fields that a script has sent; None if no script has, or no form that is taken. The body is
    there to be read again."""
    if environ["REQUEST_METHOD"] != "POST" or "text/html" in environ.get("HTTP_ACCEPT", "text/html"):
        return None
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE", "").split(";")[0] != FORM or not length.isdecimal() or int(length) > most:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return {field.partition(b"=")[0] for field in body.split(b"&")}
