"""How many requests a process works on at a time, how many wait, and what is said to those for whom there is no room.

Pages that are only looked at, and what scripts send by themselves and send again, take no more than half of the waiting
places; all of them are for the forms that people send. The files of pages, and whoever watches over the service, are
answered always: the server has more threads than there are places (`--threads` of gunicorn), so one is free.
"""

import logging
import threading
import time
from http import HTTPStatus

from flask import Flask, Response, current_app, g, jsonify, render_template, request, session
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable

from survey.languages import Phrase
from survey.web.site.errors import LAST_RESORT, fields_to_carry, from_another_site, page_in_both
from survey.web.site.health import PROBES
from survey.web.site.language import language_in_address
from survey.web.site.security import FORM
from survey.web.site.sessions import is_of_script

PATIENCE = 20.0
"""Seconds that a request waits at most: well within those after which nginx gives up."""
RETRY_AFTER = 15
"""Seconds after which whoever was refused may come again."""
BETWEEN_WARNINGS = 60.0

BUSY = (
    Phrase("busy", "Very many people are using the service at the moment"),
    Phrase("busy", "We could not open this page for you yet. Wait a minute, then try again."),
    Phrase("busy", "What you saved earlier is safe."),
)

log = logging.getLogger("survey.admission")


class Busy(ServiceUnavailable):
    """There is no room for a request. A blueprint whose answers are no pages registers a handler of its own."""

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_AFTER)


class Admission:
    """The places of one process: of `at_work` requests that are worked on, and of `waiting` more that wait for one of
    these, `patience` seconds at most."""

    def __init__(self, at_work: int, waiting: int, patience: float = PATIENCE) -> None:
        self._places = at_work + waiting
        self._places_for_views = at_work + waiting // 2
        self._patience = patience
        self._lock = threading.Lock()
        self.taken = 0
        self._work = threading.Semaphore(at_work)
        self._refused = 0
        self._warned = float("-inf")

    def enter(self, is_form: bool) -> bool:
        """Take a place, and wait until there is time for it: whether there was. Whoever has entered leaves."""
        with self._lock:
            if self.taken >= (self._places if is_form else self._places_for_views):
                return False
            self.taken += 1
        if self._work.acquire(timeout=self._patience):
            return True
        with self._lock:
            self.taken -= 1
        return False

    def leave(self) -> None:
        self._work.release()
        with self._lock:
            self.taken -= 1

    def refused_since_warning(self) -> int:
        """Note that one was refused. How many were since the log was told, if it is to be told now; otherwise 0."""
        with self._lock:
            self._refused += 1
            if time.monotonic() - self._warned < BETWEEN_WARNINGS:
                return 0
            refused, self._refused, self._warned = self._refused, 0, time.monotonic()
            return refused


def init_app(app: Flask) -> None:
    """Let no more in than there is room for. What is set up before this happens without a place."""
    app.extensions["admission"] = Admission(app.config["REQUESTS_AT_WORK"], app.config["REQUESTS_WAITING"])
    app.before_request(_enter)
    app.teardown_request(_leave)
    app.register_error_handler(Busy, busy_page)


def _enter() -> None:
    if request.endpoint in ("static", *PROBES):
        return
    admission: Admission = current_app.extensions["admission"]
    g.is_admitted = admission.enter(_is_form_of_person())
    if not g.is_admitted:
        current_app.extensions["metrics"].note_refusal()
        refused = admission.refused_since_warning()
        if refused:
            log.warning("the service is busy: requests were refused", extra={"fields": {"refused": refused}})
        raise Busy


def _leave(_error: BaseException | None) -> None:
    if g.pop("is_admitted", False):
        current_app.extensions["admission"].leave()


def _is_form_of_person() -> bool:
    """Whether somebody to whom we gave a page has pressed a button; a script that was told so sends it for her."""
    if request.method != "POST" or not session:
        return False
    return not is_of_script() or "then" in _form()


def busy_page(error: Busy) -> ResponseReturnValue:
    """What somebody is told for whom there is no room. A form that was sent is held in the page, to be sent again."""
    response = _told_script() if is_of_script() else Response(_page(), mimetype="text/html")
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _told_script() -> Response:
    if "on_page" in _form():
        words = pgettext(
            "busy",
            "Not saved yet: very many people are using the service at the moment. What you wrote is still here, and is "
            "sent again in a moment. Leave this page open.",
        )
    else:
        words = pgettext(
            "busy",
            "Not sent yet: very many people are using the service at the moment. Wait a minute, then try again.",
        )
    return jsonify(said=words)


def _page() -> str:
    if request_ctx.url_adapter is None:
        return LAST_RESORT
    if not language_in_address():
        return page_in_both(BUSY)
    form = _form()
    # A file cannot be put into a page, nor should a password.
    is_carried = bool(form) and "password" not in form and not from_another_site()
    return render_template(
        "errors/busy.html",
        heading=BUSY[0],
        explanation=BUSY[1:],
        sends=request.method == "POST",
        fields=fields_to_carry(form) if is_carried else None,
    )


def _form() -> MultiDict[str, str]:
    """The fields of a form without files; none where there is no such form, or more than is taken."""
    try:
        return request.form if request.mimetype == FORM else MultiDict()
    except RequestEntityTooLarge:
        return MultiDict()
