"""What is sent compressed: pages, and the site’s own styles, scripts and images.

Most people who answer are on a phone or in a room with a poor connection. A file is read once and kept by browsers
until it changes: its address carries a hash of its content (`?v=…`), so a browser that has the file never asks again
and a new release is seen at once. A page that an earlier release has drawn is answered by name, with the file as it is
now.
"""

import gzip
import hashlib
import io
import mimetypes
import os
import secrets
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

STATIC = "/static"
LEAST = 1024
LEVEL = 6
FOLDER = Path(__file__).parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"
SCRIPTS = FOLDER.parent / "scripts"
FORMER = {"myfyrio.js": "build/page.js"}
"""What has taken the place of a file that pages of an earlier release name."""


@dataclass(frozen=True)
class StaticFile:
    content: bytes
    compressed: bytes | None
    type: str
    version: str


def init_app(app: Flask) -> None:
    """Compress text answers of 1 KB and more for browsers that take gzip.

    Serve `/static/<name>`, and give templates `static_address`.
    """
    app.after_request(_compress)
    app.add_url_rule(f"{STATIC}/<path:name>", "static", serve)
    app.add_template_global(static_address)


def serve(name: str) -> Response:
    """Send one file; 404 for anything that is not in the folder."""
    file = static_file(name)
    if file is None:
        abort(404)
    compressed = file.compressed is not None and bool(request.accept_encodings["gzip"])
    response = Response(file.compressed if compressed else file.content, content_type=file.type)
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    if file.compressed is not None:
        response.vary.add("Accept-Encoding")
    response.set_etag(file.version + ("-gzip" if compressed else ""))
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") == file.version else "no-cache"
    response.make_conditional(request)
    return response


def static_file(name: str) -> StaticFile | None:
    """Return a file of the folder by its name, or None if there is no such file.

    A page that was drawn before scripts were bundled names each of them. While it is open it finds by such a name that
    the service answers (`reachable.js`), and one that is still loading gets what it needs.
    """
    path = safe_join(str(FOLDER), FORMER.get(name, name))
    if path is None:
        return None
    return _file_at(path) or _file_at(f"{SCRIPTS}/{name}")


def _file_at(path: str) -> StaticFile | None:
    try:
        state = os.stat(path)  # noqa: PTH116 (several times a page; a Path costs five times as much)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(state.st_mode):
        return None
    return _file(path, state.st_mtime_ns)


@lru_cache(maxsize=256)
def _file(path: str, _changed: int) -> StaticFile:
    content = Path(path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return StaticFile(
        content=content,
        compressed=gzip.compress(content, 9, mtime=0) if is_text else None,
        type=f"{kind}; charset=utf-8" if is_text else kind,
        version=hashlib.sha256(content).hexdigest()[:12],
    )


def static_address(name: str) -> str:
    """The address of a file of the folder, with its version if it is there."""
    # `url_for` would be a tenth of the time that a page takes.
    file = _file_at(f"{FOLDER}/{name}")
    return f"{request.script_root}{STATIC}/{name}" + (f"?v={file.version}" if file else "")


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
