"""Forms are taken only from our own pages. A form whose token has expired is not lost: it can be sent again.

A page that stands between typing and saving carries what was typed along, escaped, as hidden fields (`carried` in
`components/form.html`) beside a fresh token. It is never made for a form that another site sent.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.datastructures import MultiDict

MOST_CARRIED = 400_000
TOKEN = "csrf_token"  # noqa: S105 — the name of the field, not a secret


def init_app(app: Flask) -> None:
    """Check the token of every form; a token lasts as long as the session it belongs to."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_FIELD_NAME=TOKEN,
        # Some networks take the Referer header away; whoever works in one could never send anything.
        WTF_CSRF_SSL_STRICT=False,
        WTF_I18N_ENABLED=False,
    )
    CSRFProtect(app)
    app.register_error_handler(CSRFError, send_again)


def send_again(_error: CSRFError) -> ResponseReturnValue:
    """Return the page that offers to send the form again, or a plain refusal for a form of another site.

    A blueprint may register a handler of its own for `CSRFError`, for example to ask for the access code
    at the same time, and use `fields_to_carry` for its page.
    """
    fields = fields_to_carry(request.form)
    if from_another_site() or fields is None:
        return current_app.make_response(render_template("errors/not_ours.html")), 400
    return Response(render_template("errors/send_again.html", fields=fields), 400)


def fields_to_carry(form: MultiDict[str, str], *left_out: str) -> list[tuple[str, str]] | None:
    """Return the fields of a form but its token and those `left_out`; None if they are too much to put in a page."""
    fields = [(name, value) for name, value in form.items(multi=True) if name not in (TOKEN, *left_out)]
    return fields if sum(len(name) + len(value) for name, value in fields) <= MOST_CARRIED else None


def from_another_site() -> bool:
    """Return whether the browser says that this request began on another site."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
