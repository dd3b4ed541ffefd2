"""Signing in and out. Who has signed in is in the signed cookie of the browser, with the id of a
record that the service keeps as long as it lasts.
"""

from datetime import timedelta

from flask import current_app, session

from survey.collection.people.sessions import Whose, end_session, is_going_on
from survey.collection.people.sessions import begin_session as keep_session
from survey.web.site.environment import current_repository, new_id, now

SESSION = "session"


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
