"""What is said to those for whom there is no room: a page, or words for a script; and that they may come again.

Whoever sent a form is given it back, to be sent again. All of it is drawn once in each language (`Drawn`), for when it
is needed there is no time to draw; into the page come where it leads and what somebody sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, current_app, get_template_attribute, json, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from flask_wtf.csrf import generate_csrf
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable

from survey.languages import Language, Phrase, language
from survey.web.site.errors import LAST_RESORT, fields_to_carry, from_another_site, other_answer, page_in_both
from survey.web.site.language import language_in_address
from survey.web.site.security import FORM
from survey.web.site.sessions import is_of_script

RETRY_AFTER = 15
"""Seconds after which whoever was refused may come again."""

BUSY = (
    Phrase("busy", "Very many people are using the service at the moment"),
    Phrase("busy", "We could not open this page for you yet. Wait a minute, then try again."),
    Phrase("busy", "What you saved earlier is safe."),
)
SOMEWHERE = "where-somebody-wanted-to-go"
"""Stands in a page that is drawn for everybody for what comes after the language in the address."""
FIELDS = (("what-somebody-sent", ""),)
"""Stands there for the fields of a form."""
SAVING = "on_page"
"""The field by which a script says of which question it sends an answer."""


class Busy(ServiceUnavailable):
    """There is no room for a request. A blueprint whose answers are no pages registers a handler of its own."""

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_AFTER)


@dataclass(frozen=True)
class DrawnAnswer:
    """What is said in a language, as it is sent: a page to whoever looks, one to whoever sent a form, words to scripts
    that save an answer and to others."""

    language: Language
    page: bytes
    form_page: bytes
    token: bytes
    not_saved: bytes
    not_sent: bytes

    @classmethod
    def in_language(cls, app: Flask, code: str) -> "DrawnAnswer":
        """Draw it for nobody in particular: nothing of a session is in it."""
        with app.app_context(), app.test_request_context(f"/{code}/{SOMEWHERE}"):
            saving, sending = (_words(is_saving).encode() for is_saving in (True, False))
            view, form = (_drawn(sends=sends, fields=fields) for sends, fields in ((False, None), (True, FIELDS)))
            return cls(language(code), view.encode(), form.encode(), generate_csrf().encode(), saving, sending)

    def page_at(self, rest: bytes, query: bytes) -> bytes:
        """The page, as it leads back to an address: what comes after its language, and after “?”."""
        return _leading_to(rest, query, self.page)

    def form_page_at(self, rest: bytes, query: bytes, token: str, fields: Sequence[tuple[str, str]]) -> bytes:
        """The page from which a form is sent again: to this address, with this token of the person’s own."""
        page = _leading_to(rest, query, self.form_page).replace(self.token, token.encode())
        carried = get_template_attribute("components/form.html", "carried")
        return page.replace(carried(FIELDS).encode(), carried(fields).encode())


def drawn_in(app: Flask, code: str) -> DrawnAnswer:
    """What is said in a language, drawn anew when its words were changed."""
    drawn: dict[str, DrawnAnswer] = app.extensions.setdefault("busy", {})
    if code not in drawn or drawn[code].language is not language(code):
        drawn[code] = DrawnAnswer.in_language(app, code)
    return drawn[code]


def busy_page(error: Busy) -> ResponseReturnValue:
    """What somebody is told for whom there is no room. A form that was sent is held in the page, to be sent again."""
    other = other_answer(error)
    if other is not None:
        return other
    if is_of_script():
        response = Response(_words(SAVING in form_of_request()), mimetype="application/json")
    else:
        response = Response(_page(), mimetype="text/html")
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def form_of_request() -> MultiDict[str, str]:
    """The fields of a form without files; none where there is no such form, or more than is taken."""
    try:
        return request.form if request.mimetype == FORM else MultiDict()
    except RequestEntityTooLarge:
        return MultiDict()


def _words(is_saving: bool) -> str:
    if is_saving:
        words = pgettext(
            "busy",
            "Not saved yet: very many people are using the service at the moment. What you wrote is still here, and is "
            "sent again in a moment. Leave this page open.",
        )
    else:
        words = pgettext(
            "busy",
            "Not sent yet: very many people are using the service at the moment. Wait a minute, then try again.",
        )
    return json.dumps({"said": words})


def _page() -> bytes | str:
    if request_ctx.url_adapter is None:
        return LAST_RESORT
    code = language_in_address()
    if not code:
        return page_in_both(BUSY)
    drawn = drawn_in(current_app, code)
    where = request.path.split("/", 2)[2].encode(), request.query_string
    if request.method != "POST":
        return drawn.page_at(*where)
    form = form_of_request()
    # A file cannot be put into a page, nor should a password.
    is_carried = bool(form) and "password" not in form and not from_another_site()
    fields = fields_to_carry(form) if is_carried else None
    return _drawn(sends=True, fields=None) if fields is None else drawn.form_page_at(*where, generate_csrf(), fields)


def _drawn(sends: bool, fields: Sequence[tuple[str, str]] | None) -> str:
    return render_template("errors/busy.html", heading=BUSY[0], explanation=BUSY[1:], sends=sends, fields=fields)


def _leading_to(rest: bytes, query: bytes, page: bytes) -> bytes:
    address = quote(rest) + (f"?{query.decode('ascii', 'ignore')}" if query else "")
    return page.replace(SOMEWHERE.encode(), escape(address).encode())
