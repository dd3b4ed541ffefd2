"""Signing in and out. Who has signed in is in the signed cookie of the browser, with the id of a
record that the service keeps as long as it lasts.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from flask import current_app, request, session
from werkzeug.exceptions import HTTPException

from survey.collection.people.sessions import SESSIONS, Whose, end_session, is_going_on
from survey.collection.people.sessions import begin_session as keep_session
from survey.storage.repository import Name
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language, language_in_address

SESSION = "session"
RANDOM_BYTES = 16
"""Of the id of a sign-in: 128 bits, as OWASP ASVS 5.0 asks (7.2.3)."""


def begin_session(kind: str, whose: Whose, *identity: str | int) -> None:
    """Keep who signed in under `kind`. Whoever was signed in there before, as whatever kind, no longer is."""
    end_own_session()
    session.clear()
    session_id = secrets.token_hex(RANDOM_BYTES)
    keep_session(current_repository(), session_id, whose, now())
    session.update({kind: list(identity), SESSION: session_id})
    session.permanent = True


def goes_on(whose: Whose) -> bool:
    """Whether the sign-in that the browser holds is this one’s, has not been ended and is not over."""
    since = now() - timedelta(hours=current_app.config["SESSION_HOURS"])
    session_id = session.get(SESSION)
    return isinstance(session_id, str) and is_going_on(current_repository(), session_id, whose, since)


def session_name() -> list[Name]:
    """What the record of the sign-in that the browser holds is called; nothing if it holds none."""
    session_id = session.get(SESSION)
    return [(SESSIONS, session_id)] if isinstance(session_id, str) else []


def end_own_session() -> None:
    """End the sign-in that the browser holds, wherever else its cookie is; nothing if it holds none."""
    session_id = session.pop(SESSION, None)
    if isinstance(session_id, str):
        end_session(current_repository(), session_id)


def asked_for(kept: Collection[str]) -> str | None:
    """The page that was asked for, without its language, for the address of the sign-in page; only of these is it
    kept."""
    return request.path.removeprefix(f"/{language_in_address()}/") if request.endpoint in kept else None


def page_to_go_to(kept: Collection[str], wanted: str) -> tuple[str, Mapping[str, Any]] | None:
    """What the address of the sign-in page says was asked for, if it is one of these: its endpoint and its values.

    An address that is made of them anew never leads to another site.
    """
    try:
        address = f"/{current_language().code}/{wanted}"
        endpoint, values = current_app.create_url_adapter(request).match(address, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return (endpoint, values) if endpoint in kept else None
