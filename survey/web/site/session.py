"""Who is signed in, kept in the signed session of the browser."""

from flask import session


def begin_session(kind: str, *identity: str | int) -> None:
    """Keep who signed in under `kind`. Whoever was signed in there before, as whatever kind, no longer is."""
    session.clear()
    session[kind] = list(identity)
    session.permanent = True
