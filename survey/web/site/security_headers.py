"""What every answer tells the browser to refuse, and the cookies the service sets."""

from datetime import timedelta

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# This host alone: its neighbours under the domain are not ours to bind.
TWO_YEARS = "max-age=63072000"


def init_app(app: Flask) -> None:
    """Set the headers, the session cookie’s traits, and how far proxies are believed."""
    app.config.update(
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_SECURE=app.config["HTTPS"],
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=app.config["SESSION_HOURS"]),
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_FORM_MEMORY_SIZE=app.config["MAX_CONTENT_LENGTH"],
        TRUSTED_HOSTS=app.config["HOSTS"],
    )
    hops = app.config["TRUSTED_PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops, hops)  # type: ignore[method-assign]
    app.before_request(_refuse_without_key)
    app.after_request(_set_headers)


def _refuse_without_key() -> None:
    if not current_app.secret_key and request.endpoint not in ("static", "health.health"):
        current_app.logger.error("SURVEY_SECRET_KEY is not set, so nobody can sign in; every page answers 503")
        abort(503)


def _set_headers(response: Response) -> Response:
    response.headers.extend({name: value for name, value in HEADERS.items() if name not in response.headers})
    if current_app.config["HTTPS"]:
        response.headers["Strict-Transport-Security"] = TWO_YEARS
    response.headers.setdefault("Cache-Control", "no-store")
    return response
