"""Requests that no browser sends by itself: bytes that are not UTF-8, NUL characters, addresses longer than any of
ours, and bodies in which there is no form. They are refused.
"""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request

FORM = "application/x-www-form-urlencoded"

# Longer than any address of ours, and shorter than what gunicorn is told to let through.
LONGEST_ADDRESS = 4000


def init_app(app: Flask) -> None:
    """Answer 414 to a long address, and 400 to a path, query or form that is not text or to a body that is no form."""
    app.before_request(_refuse_long_addresses)
    app.before_request(_refuse_what_is_not_text)
    app.before_request(_refuse_what_is_no_form)


def _refuse_long_addresses() -> None:
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(414)


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


def _refuse_what_is_no_form() -> None:
    # Later it would look like a form without a token, and be offered for sending again with nothing in it.
    if request.content_length and not request.form and not request.files:
        abort(400)


def _decoded(encoded: bytes) -> bytes:
    return unquote_to_bytes(encoded.replace(b"+", b" "))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
