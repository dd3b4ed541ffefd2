"""Pages are sent compressed: most people who answer are on a phone or in a room with a poor connection."""

import gzip
import io
import secrets

from flask import Flask, Response, request

LEAST = 1024
LEVEL = 6


def init_app(app: Flask) -> None:
    """Compress text answers of 1 KB and more for browsers that take gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if (
        response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or response.mimetype not in ("text/html", "application/json")
    ):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < LEAST or not request.accept_encodings["gzip"]:
        return response
    packed = io.BytesIO()
    # A file name of random length in the gzip header keeps the size of a page from telling what is in it
    # (BREACH: guessing a form's token from how well a reflected guess compresses).
    with gzip.GzipFile("x" * secrets.randbelow(64), "wb", LEVEL, packed, mtime=0) as file:
        file.write(body)
    response.set_data(packed.getvalue())
    response.headers["Content-Encoding"] = "gzip"
    return response
