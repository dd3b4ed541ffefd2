"""The session of a browser, which holds who has signed in and what the tokens of forms are signed for.

What a script sends begins none: its answer may arrive late, and would take the place of the session in which somebody
is signing in meanwhile, so that the form with the access code is refused.
"""

from datetime import timedelta

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class BrowserSessions(SecureCookieSessionInterface):
    """Signed cookies, set by pages and by forms that a browser itself sends."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the answer sets the cookie."""
        return not is_of_script() and super().should_set_cookie(app, session)


def is_of_script() -> bool:
    """Whether a script sends this, and no form of a browser’s own."""
    # A form that the service worker passes on is a browser's own all the same: it asks for a page.
    return request.method == "POST" and "text/html" not in request.headers.get("Accept", "text/html")


def init_app(app: Flask) -> None:
    """Set the traits of the cookie."""
    app.session_interface = BrowserSessions()
    app.config.update(
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_SECURE=app.config["HTTPS"],
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=app.config["SESSION_HOURS"]),
        SESSION_REFRESH_EACH_REQUEST=False,
    )
