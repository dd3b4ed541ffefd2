"""Signing in: failed tries are slowed down. Who has signed in is in the signed cookie of the browser, with the id of a
record that the service keeps as long as it lasts.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app, request, session
from werkzeug.exceptions import HTTPException

from survey.collection.errors import DomainError
from survey.collection.people.rate_limits import PER_ADDRESS, Limit, check_allowed, note_failure, note_success
from survey.collection.people.sessions import Whose, end_session, is_going_on
from survey.collection.people.sessions import begin_session as keep_session
from survey.web.site.environment import current_repository, new_id, now
from survey.web.site.language import current_language, language_in_address

Granted = TypeVar("Granted")
SESSION = "session"


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


def begin_session(kind: str, whose: Whose, *identity: str | int) -> None:
    """Keep who signed in under `kind`. Whoever was signed in there before, as whatever kind, no longer is."""
    end_own_session()
    session.clear()
    session_id = new_id()
    keep_session(current_repository(), session_id, whose, now())
    session.update({kind: list(identity), SESSION: session_id})
    session.permanent = True


def goes_on(whose: Whose) -> bool:
    """Whether the sign-in that the browser holds is this one’s, has not been ended and is not over."""
    since = now() - timedelta(hours=current_app.config["SESSION_HOURS"])
    session_id = session.get(SESSION)
    return isinstance(session_id, str) and is_going_on(current_repository(), session_id, whose, since)


def end_own_session() -> None:
    """End the sign-in that the browser holds, wherever else its cookie is; nothing if it holds none."""
    session_id = session.pop(SESSION, None)
    if isinstance(session_id, str):
        end_session(current_repository(), session_id)


def asked_for(kept: Collection[str]) -> str | None:
    """The page that was asked for, without its language, for the address of the sign-in page; only of these is it
    kept."""
    return request.path.removeprefix(f"/{language_in_address()}/") if request.endpoint in kept else None


def page_to_go_to(kept: Collection[str]) -> tuple[str, Mapping[str, Any]] | None:
    """What the address of the sign-in page says was asked for: the endpoint, one of these, and its values.

    An address that is made of them anew never leads to another site.
    """
    try:
        wanted = f"/{current_language().code}/{request.args.get('next', '')}"
        endpoint, values = current_app.create_url_adapter(request).match(wanted, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return (endpoint, values) if endpoint in kept else None
