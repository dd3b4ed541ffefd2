"""Taking an access code, with failed tries slowed down by code and by address."""

import hmac

from flask import current_app, request

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import AccessGrant, normalised, open_with
from survey.collection.people.audit_log import note
from survey.collection.people.rate_limits import PER_ADDRESS, PER_CODE, check_allowed, note_failure, note_success
from survey.web.respond.respondent import the_repository
from survey.web.site.clock import now
from survey.web.site.storage import access_secret

CODE = "access_code"
LONGEST = 100


def take_code(typed: str) -> AccessGrant:
    """What a typed code opens. Raises DomainError: no_code, wrong_code, or wait after too many failed tries."""
    if not normalised(typed):
        raise DomainError("no_code")
    repository, moment = the_repository(), now()
    tries = ((PER_CODE, _unreadable(typed)), (PER_ADDRESS, request.remote_addr or ""))
    for limit, subject in tries:
        check_allowed(repository, limit, subject, moment)
    try:
        entry = open_with(repository, access_secret(), typed[:LONGEST], demonstration=current_app.config["DEMO"])
    except DomainError:
        for limit, subject in tries:
            note_failure(repository, limit, subject, moment)
        raise
    note_success(repository, *tries[0])
    note(repository, moment, f"cluster {entry.cluster}", "signed_in", round=entry.round)
    return entry


def _unreadable(typed: str) -> str:
    """What failed tries of a code are counted under: a typing slip is close to a code, so it is not kept."""
    return hmac.new(access_secret(), b"tried code\n" + normalised(typed[:LONGEST]).encode(), "sha256").hexdigest()
