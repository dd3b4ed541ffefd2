"""The pages for when something is wrong, in the language of the person or, where it is not known, in both.

None of them looks at the data, and the last resort needs neither catalogue nor template.

Forms are taken only from our own pages. A form whose token has expired is not lost: it can be sent again. A page that
stands between typing and saving carries what was typed along, escaped, as hidden fields (`carried` in
`components/form.html`) beside a fresh token. It is never made for a form that another site sent.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from survey.languages import LANGUAGES, Phrase, language
from survey.storage.repository import BadKey, StorageError
from survey.web.site.language import language_in_address

MOST_CARRIED = 400_000
TOKEN = "csrf_token"  # noqa: S105 — the name of the field, not a secret
LAST_RESORT = """<!DOCTYPE html>
<html lang="cy"><head><meta charset="utf-8"><title>Gwall: Mae problem – Error: There is a problem</title></head>
<body><h1>Mae problem gyda’r gwasanaeth</h1><p>Rhowch gynnig arall arni yn nes ymlaen.</p>
<div lang="en"><h2>There is a problem with the service</h2><p>Try again later.</p></div></body></html>
"""


EXPLANATIONS: Mapping[int, tuple[Phrase, ...]] = {
    400: (
        Phrase("error page", "The service did not understand what was sent"),
        Phrase("error page", "Nothing was changed."),
        Phrase("error page", "Go back in your browser and try again."),
    ),
    403: (
        Phrase("error page", "You do not have access to this page"),
        Phrase("error page", "You may need to sign in with a different account or access code."),
        Phrase("error page", "Contact us if you think that you should be able to see it."),
    ),
    404: (
        Phrase("error page", "Page not found"),
        Phrase("error page", "If you typed the web address, check it is correct."),
        Phrase("error page", "If you followed a link, the page may have moved or been removed."),
    ),
    405: (
        Phrase("error page", "This page cannot be opened in that way"),
        Phrase("error page", "Go back to the start page and find your way from there."),
    ),
    413: (
        Phrase("error page", "You have sent too much at once"),
        Phrase("error page", "Nothing was saved this time. What you saved earlier is safe."),
        Phrase("error page", "Go back in your browser, make your text shorter and save again."),
    ),
    414: (
        Phrase("error page", "This web address is too long"),
        Phrase("error page", "Go back to the start page and find your way from there."),
    ),
    429: (
        Phrase("error page", "There have been too many attempts"),
        Phrase("error page", "Wait a few minutes, then try again."),
    ),
    500: (
        Phrase("error page", "There is a problem with the service"),
        Phrase("error page", "Try again later. What you saved earlier is safe."),
        Phrase("error page", "If you have just typed something, go back in your browser: it may still be there."),
    ),
    503: (
        Phrase("error page", "The service is not available at the moment"),
        Phrase("error page", "You will be able to use it later."),
        Phrase("error page", "What you saved earlier is safe."),
    ),
}
"""By status: what happened, and what to do about it."""


class ExplainedError(HTTPException):
    """An error of which more is known than its status: its heading, and what to do; `onward` is the address of what
    there is instead, and the words of the link."""

    def __init__(self, status: int, *explanation: Phrase, onward: tuple[str, Phrase] | None = None) -> None:
        super().__init__()
        self.code = status
        self.explanation = explanation
        self.onward = onward


def init_app(app: Flask) -> None:
    """Answer every error with one of our pages; check the token of every form, which lasts as long as its session."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_FIELD_NAME=TOKEN,
        # Some networks take the Referer header away; whoever works in one could never send anything.
        WTF_CSRF_SSL_STRICT=False,
        WTF_I18N_ENABLED=False,
    )
    CSRFProtect(app)
    app.register_error_handler(CSRFError, send_again)
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(StorageError, storage_failed)
    app.after_request(_leave_redirects_empty)
    app.register_error_handler(BadKey, lambda _error: error_page(NotFound()))


def answer_otherwise(app: Flask, is_theirs: Callable[[str], bool], answer: Callable[[HTTPException], Response]) -> None:
    """Have every error at some addresses, given by their paths, answered with no page, also where there is nothing."""
    app.extensions.setdefault("answered_otherwise", []).append((is_theirs, answer))


def other_answer(error: HTTPException) -> Response | None:
    """What is answered instead of a page at the address that was asked for; None where a page is."""
    for is_theirs, answer in current_app.extensions.get("answered_otherwise", ()):
        if is_theirs(request.path):
            made: Response = answer(error)
            return made
    return None


def is_answered_otherwise(app: Flask, path: str) -> bool:
    """Whether an error at an address is answered with no page."""
    return any(is_theirs(path) for is_theirs, _ in app.extensions.get("answered_otherwise", ()))


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


def storage_failed(error: StorageError) -> ResponseReturnValue:
    """Return the page for when answers cannot be read or kept; a form that was sent is held in it."""
    current_app.logger.error("the storage failed", exc_info=error)
    fields = fields_to_carry(request.form) if request.method == "POST" else None
    if fields is None or not language_in_address():
        return error_page(ServiceUnavailable())
    return render_template("errors/not_saved.html", fields=fields), HTTPStatus.SERVICE_UNAVAILABLE


def error_page(error: HTTPException) -> Response:
    """Return the page for an error; redirects and ready answers pass through."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return current_app.make_response(error.get_response())
    other = other_answer(error)
    if other is not None:
        return other
    try:
        body = _page(
            error if isinstance(error, ExplainedError) else ExplainedError(error.code, *explanation(error.code))
        )
    except Exception:
        current_app.logger.exception("the page for error %s could not be made", error.code)
        body = LAST_RESORT
    response = Response(body, error.code, mimetype="text/html")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def explanation(status: int) -> tuple[Phrase, ...]:
    """Return the explanation of a status of 400 and above; of its family if it has none of its own."""
    return EXPLANATIONS.get(status, EXPLANATIONS[500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400])


def _page(explained: ExplainedError) -> str:
    if request_ctx.url_adapter is None:
        # The host that was asked for is no name, so there are no addresses for a page to lead to.
        return LAST_RESORT
    if language_in_address():
        return render_template("errors/one.html", explanation=explained.explanation, onward=explained.onward)
    return page_in_both(explained.explanation)


def page_in_both(explained: Sequence[Phrase]) -> str:
    """The page for whoever is at an address without a language: a heading, and what to do."""
    languages = [language(code) for code in LANGUAGES]
    return render_template("errors/both.html", explanation=explained, languages=languages)


def _leave_redirects_empty(response: Response) -> Response:
    """A redirect comes with a page in English that browsers do not show; it goes without."""
    if HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST:
        response.set_data(b"")
    return response
