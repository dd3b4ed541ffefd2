"""How many requests a process works on at a time, and how many wait; who comes before whom.

Pages that are only looked at, and what scripts send by themselves and send again, take no more than half of the waiting
places; all of them are for the forms that people send. The files of pages, and whoever watches over the service, are
answered always: the server has more threads than there are places (`--threads` of gunicorn), so one is free.
"""

import logging
import threading
import time

from flask import Flask, current_app, g, request, session

from survey.web.site.health import PROBES
from survey.web.site.overload import Busy, busy_page, form_of_request
from survey.web.site.sessions import is_of_script

PATIENCE = 20.0
"""Seconds that a request waits at most: well within those after which nginx gives up."""
BETWEEN_WARNINGS = 60.0

log = logging.getLogger("survey.admission")


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

    def has_room(self, is_form: bool) -> bool:
        """Whether a request would be let in now, or let wait."""
        return self.taken < (self._places if is_form else self._places_for_views)

    def enter(self, is_form: bool) -> bool:
        """Take a place, and wait until there is time for it: whether there was. Whoever has entered leaves."""
        with self._lock:
            if not self.has_room(is_form):
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


def note_refusal(app: Flask) -> None:
    """There was no room for a request: it is counted, and now and then the log is told."""
    app.extensions["metrics"].note_refusal()
    refused = app.extensions["admission"].refused_since_warning()
    if refused:
        log.warning("the service is busy: requests were refused", extra={"fields": {"refused": refused}})


def _enter() -> None:
    if request.endpoint in ("static", *PROBES):
        return
    admission: Admission = current_app.extensions["admission"]
    g.is_admitted = admission.enter(_is_form_of_person())
    if not g.is_admitted:
        note_refusal(current_app)
        raise Busy


def _leave(_error: BaseException | None) -> None:
    if g.pop("is_admitted", False):
        current_app.extensions["admission"].leave()


def _is_form_of_person() -> bool:
    """Whether somebody to whom we gave a page has pressed a button; a script that was told so sends it for her."""
    if request.method != "POST" or not session:
        return False
    return not is_of_script() or "then" in form_of_request()
