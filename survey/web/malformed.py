"""Requests that no browser sends by itself: bytes that are not UTF-8, and NUL characters. They are refused."""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request

FORM = "application/x-www-form-urlencoded"


def init_app(app: Flask) -> None:
    """Answer 400 to a request whose path, query or form is not text."""
    app.before_request(_refuse_what_is_not_text)


def _refuse_what_is_not_text() -> None:
    # Werkzeug puts U+FFFD in the place of broken bytes; a person may also have typed that, so look at the bytes.
    parts = [request.environ.get("PATH_INFO", "").encode("latin-1"), _decoded(request.query_string)]
    if request.mimetype == FORM:
        parts.append(_decoded(request.get_data(cache=True)))
    if not all(map(_is_text, parts)):
        abort(400)
    if request.mimetype == "multipart/form-data" and any(
        "\0" in text or "\ufffd" in text for field in request.form.items(multi=True) for text in field
    ):
        abort(400)


def _decoded(encoded: bytes) -> bytes:
    return unquote_to_bytes(encoded.replace(b"+", b" "))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
