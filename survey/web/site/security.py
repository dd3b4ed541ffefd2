"""What is refused: by the service, requests that no browser sends by itself; by the browser, what every answer says.

Bytes that are not UTF-8, NUL characters, addresses longer than any of ours, and bodies in which there is no form come
from no browser. Hosts that the service does not answer to are refused too, but for probes, which come by address.
"""

from collections.abc import Callable, Mapping
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from survey.catalogues.files import MOST_BYTES
from survey.collection.package_file import LARGEST_DOCUMENT
from survey.languages import Phrase
from survey.questionnaire.json_reader import MOST_BYTES as LARGEST_DEFINITION
from survey.web.site.errors import ExplainedError
from survey.web.site.health import PROBES
from survey.web.site.quoted_request import QuotedRequest

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
    # A browser tells even us no more than the site: a proxy would log the link of an anonymous survey with every file.
    "Referrer-Policy": "strict-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# This host alone: its neighbours under the domain are not ours to bind.
TWO_YEARS = "max-age=63072000"

FORM = "application/x-www-form-urlencoded"

TAKES_FILES: Mapping[str, Callable[[], int]] = {
    "respond.files": lambda: int(current_app.config["EVIDENCE_FILE_SIZE"]),
    "manage.report_files": lambda: LARGEST_DOCUMENT,
    "manage.upload": lambda: MOST_BYTES,
    "manage.upload_edition": lambda: LARGEST_DEFINITION,
}
"""The addresses that take files, and how large a file may be."""

NOT_TEXT = (
    Phrase("error page", "What was sent holds a character that is not text"),
    Phrase(
        "error page",
        "It cannot be seen. It can come with something that was pasted, or with a web address that was cut off or "
        "changed. Nothing was changed.",
    ),
    Phrase("error page", "Go back in your browser, type the words instead of pasting them, and send them again."),
)
# Longer than any address of ours, and shorter than what gunicorn is told to let through.
LONGEST_ADDRESS = 4000


def init_app(app: Flask) -> None:
    """Set the headers, and how far proxies are believed.

    A long address is answered 414; a path, query or form that is not text, a body that is no form, and another host,
    400.
    """
    app.request_class = QuotedRequest
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    hops = app.config["TRUSTED_PROXIES"]
    if hops:
        # The proxy in the guide sets these three; what it does not set, anybody could.
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    app.before_request(_refuse_other_hosts)
    app.before_request(_let_files_in)
    app.before_request(_refuse_without_key)
    app.before_request(_refuse_long_addresses)
    app.before_request(_refuse_what_is_not_text)
    app.before_request(_refuse_what_is_no_form)
    app.after_request(_set_headers)


def _refuse_other_hosts() -> None:
    # Not by Flask's own setting: that refuses probes too, and leaves no addresses with which to make the error page.
    hosts = current_app.config["HOSTS"]
    if hosts and request.endpoint not in PROBES and not host_is_trusted(request.host, hosts):
        abort(400)


def _let_files_in() -> None:
    """Some addresses take files, and so larger requests than all others."""
    largest = TAKES_FILES.get(request.endpoint or "")
    if largest:
        request.max_content_length = largest() + current_app.config["MAX_CONTENT_LENGTH"]


def _refuse_without_key() -> None:
    if not current_app.secret_key and request.endpoint not in ("static", *PROBES):
        current_app.logger.error("SURVEY_SECRET_KEY is not set, so nobody can sign in; every page answers 503")
        abort(503)


def _refuse_long_addresses() -> None:
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(414)


def _refuse_what_is_not_text() -> None:
    # Werkzeug puts U+FFFD in the place of broken bytes; a person may also have typed that, so look at the bytes.
    parts = [request.environ.get("PATH_INFO", "").encode("latin-1"), _decoded(request.query_string)]
    if request.mimetype == FORM:
        parts.append(_decoded(request.get_data(cache=True)))
    if not all(map(_is_text, parts)):
        raise ExplainedError(400, *NOT_TEXT)
    if request.mimetype == "multipart/form-data" and not all(map(_is_whole, _texts_of_parts())):
        raise ExplainedError(400, *NOT_TEXT)


def _texts_of_parts() -> list[str | None]:
    """Names and texts of the parts of a form with files. A part whose name cannot be read has None."""
    texts = [text for field in request.form.items(multi=True) for text in field]
    return [*texts, *request.files]


def _is_whole(text: str | None) -> bool:
    return text is not None and "\0" not in text and "\ufffd" not in text


def _refuse_what_is_no_form() -> None:
    # Later it would look like a form without a token, and be offered for sending again with nothing in it.
    if request.content_length and not request.form and not request.files:
        abort(400)


def headers_of(app: Flask) -> Mapping[str, str]:
    """What every answer says."""
    return {**HEADERS, "Strict-Transport-Security": TWO_YEARS} if app.config["HTTPS"] else HEADERS


def _set_headers(response: Response) -> Response:
    said = headers_of(current_app)
    response.headers.extend({name: value for name, value in said.items() if name not in response.headers})
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _decoded(encoded: bytes) -> bytes:
    return unquote_to_bytes(encoded.replace(b"+", b" "))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
