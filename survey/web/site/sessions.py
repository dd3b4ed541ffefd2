"""The session of a browser, which holds who has signed in and what the tokens of forms are signed for.

What a script sends begins none: its answer may arrive late, and would take the place of the session in which somebody
is signing in meanwhile, so that the form with the access code is refused.
"""

from datetime import timedelta

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from survey.web.site.cookie_names import bare
from survey.web.site.signing_keys import keys_of


class BrowserSessions(SecureCookieSessionInterface):
    """Signed cookies, set by pages and by forms that a browser itself sends."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request, signed with any key that is still believed."""
        keys_of(app).look_again()
        return _carried_over(self, app, request) or super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie, and take away the one of the release before that it stands for."""
        super().save_session(app, session, response)
        if _is_of_release_before(self, app) and not is_of_script():
            response.delete_cookie(bare(self.get_cookie_name(app)), secure=True, httponly=True, samesite="Lax")

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the answer sets the cookie."""
        return not is_of_script() and super().should_set_cookie(app, session)


def _carried_over(sessions: BrowserSessions, app: Flask, request: Request) -> SecureCookieSession | None:
    """The session that a release before has begun, under the name it had then; None if there is none."""
    signer = sessions.get_signing_serializer(app)
    if not _is_of_release_before(sessions, app) or signer is None:
        return None
    lasts = int(app.permanent_session_lifetime.total_seconds())
    try:
        session = SecureCookieSession(signer.loads(request.cookies[bare(sessions.get_cookie_name(app))], max_age=lasts))
    except BadSignature:
        return None
    session.modified = True
    return session


def _is_of_release_before(sessions: BrowserSessions, app: Flask) -> bool:
    name = sessions.get_cookie_name(app)
    return name not in request.cookies and bare(name) != name and bare(name) in request.cookies


def is_of_script() -> bool:
    """Whether a script sends this, and no form of a browser’s own."""
    # A form that the service worker passes on is a browser's own all the same: it asks for a page.
    return request.method == "POST" and "text/html" not in request.headers.get("Accept", "text/html")


def init_app(app: Flask) -> None:
    """Set the traits of the cookie."""
    app.session_interface = BrowserSessions()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if app.config["HTTPS"] else "session",
        SESSION_COOKIE_SECURE=app.config["HTTPS"],
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=app.config["SESSION_HOURS"]),
        SESSION_REFRESH_EACH_REQUEST=False,
    )
