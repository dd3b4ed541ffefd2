"""What is sent compressed: pages, and the site’s own styles, scripts and images.

Most people who answer are on a phone or in a room with a poor connection. A file is read once and kept by browsers
until it changes: its address carries a hash of its content (`?v=…`), so a browser that has the file never asks again
and a new release is seen at once. The scripts that a script imports are named the same way: a page whose network fails
while it loads has all of its scripts or none, and those that it has had before in any case.
"""

import gzip
import hashlib
import io
import mimetypes
import os
import re
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
_IMPORTED = re.compile(rb"""((?:from |^import |import\()'\./)([\w-]+\.js)(?=')""", re.MULTILINE)


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
    """Return a file of the folder by its name, or None if there is no such file."""
    path = safe_join(str(FOLDER), name)
    return None if path is None else _file_at(path)


def _file_at(path: str) -> StaticFile | None:
    try:
        state = os.stat(path)  # noqa: PTH116 (thirty times a page; a Path costs five times as much)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(state.st_mode):
        return None
    imported = _imports(path, state.st_mtime_ns)
    return _file(path, state.st_mtime_ns, tuple(map(_version, imported)))


@lru_cache(maxsize=256)
def _imports(path: str, _changed: int) -> tuple[str, ...]:
    """The names of the scripts that a script imports; none for any other file."""
    if not path.endswith(".js"):
        return ()
    return tuple(name.decode() for _, name in _IMPORTED.findall(Path(path).read_bytes()))


def _version(name: str) -> str:
    """The version of a file that we name ourselves; empty where it is not there."""
    file = _file_at(f"{FOLDER}/{name}")
    return file.version if file else ""


@lru_cache(maxsize=256)
def _file(path: str, _changed: int, versions: tuple[str, ...]) -> StaticFile:
    content = Path(path).read_bytes()
    if versions:
        following = iter(versions)
        content = _IMPORTED.sub(lambda script: script[0] + f"?v={next(following)}".encode(), content)
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
    version = _version(name)
    return f"{request.script_root}{STATIC}/{name}" + (f"?v={version}" if version else "")


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
