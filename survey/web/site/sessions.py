"""The session of a browser, which holds who has signed in and what the tokens of forms are signed for.

What a script sends begins none: its answer may arrive late, and would take the place of the session in which somebody
is signing in meanwhile, so that the form with the access code is refused.
"""

from datetime import timedelta

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from survey.web.site.cookie_names import held, of_host, of_release_before
from survey.web.site.signing_keys import keys_of

NAME = "session"


class BrowserSessions(SecureCookieSessionInterface):
    """Signed cookies, set by pages and by forms that a browser itself sends."""

    def get_cookie_name(self, app: Flask) -> str:
        """The name under which it is set."""
        return of_host(NAME)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request, signed with any key that is still believed; one that a release before has begun is
        set anew, under the name that it has now."""
        keys_of(app).look_again()
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        lasts = int(app.permanent_session_lifetime.total_seconds())
        try:
            session = SecureCookieSession(signer.loads(held(of_host(NAME)), max_age=lasts))
        except BadSignature:
            return SecureCookieSession()
        session.modified = of_release_before(of_host(NAME)) is not None
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie, and take away the one of the release before that it stands for."""
        super().save_session(app, session, response)
        before = of_release_before(of_host(NAME))
        if before is not None and not is_of_script():
            response.delete_cookie(before, secure=True, httponly=True, samesite="Lax")

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
        SESSION_COOKIE_SECURE=app.config["HTTPS"],
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=app.config["SESSION_HOURS"]),
        SESSION_REFRESH_EACH_REQUEST=False,
    )
