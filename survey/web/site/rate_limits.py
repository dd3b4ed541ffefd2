"""Signing in, with failed tries slowed down by what was tried and by the address it was tried from."""

from collections.abc import Callable
from typing import TypeVar

from flask import request

from survey.collection.errors import DomainError
from survey.collection.people.rate_limits import PER_ADDRESS, Limit, check_allowed, note_failure, note_success
from survey.web.site.clock import now
from survey.web.site.storage import current_repository

Granted = TypeVar("Granted")


def rate_limited(limit: Limit, subject: str, attempt: Callable[[], Granted]) -> Granted:
    """Return what an attempt gives. Raises DomainError: wait, or what the attempt raises, which is then counted."""
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
