"""Signing in: failed tries are slowed down, and who has signed in is kept in the signed session of the browser."""

from collections.abc import Callable
from typing import TypeVar

from flask import request, session

from survey.collection.errors import DomainError
from survey.collection.people.rate_limits import PER_ADDRESS, Limit, check_allowed, note_failure, note_success
from survey.web.site.environment import current_repository, now

Granted = TypeVar("Granted")


def rate_limited(limit: Limit, subject: str, attempt: Callable[[], Granted]) -> Granted:
    """Return what an attempt gives. Failed tries are counted by what was tried and by the address they came from.

    Raises DomainError: wait, or what the attempt raises, which is then counted.
    """
    repository, moment = current_repository(), now()
    tries = ((limit, subject), (PER_ADDRESS, request.remote_addr or ""))
    for tried in tries:
        check_allowed(repository, *tried, moment)
    try:
        granted = attempt()
    except DomainError:
        for tried in tries:
            note_failure(repository, *tried, moment)
        raise
    note_success(repository, limit, subject)
    return granted


def begin_session(kind: str, *identity: str | int) -> None:
    """Keep who signed in under `kind`. Whoever was signed in there before, as whatever kind, no longer is."""
    session.clear()
    session[kind] = list(identity)
    session.permanent = True
