"""Which language a page is in, and how the same page is reached in the other one.

Every page of the service lives under `/cy/…` or `/en/…` (and `/en-XA/…` where the pseudo-language is
served). `/` follows the last language used, then what the browser asks for, and otherwise asks.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import flask_babel
from babel import Locale, negotiate_locale
from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from werkzeug.routing import AnyConverter
from werkzeug.wrappers import Response as BaseResponse

from survey.languages import INTERFACE, LANGUAGES, PSEUDO, UK, Language, Phrase, in_uk, language, refresh_if_changed
from survey.web.site.cookie_names import held, of_host

COOKIE = "language"
A_YEAR = 365 * 24 * 60 * 60
PREFIX = "/<language:language>"
SWITCH = "switch_language"

# A browser says cy-GB as often as cy; without the regional candidates it would be given English.
_CANDIDATES = ("cy", "cy-GB", "en", "en-GB")
_OTHER = {"cy": "en", "en": "cy", PSEUDO: "cy"}
# A locale is slow to compare with another.
_CODES = {
    (spoken.language, spoken.modifier): code
    for code, spoken in ((code, language(code).locale) for code in (*LANGUAGES, PSEUDO))
}

blueprint = Blueprint("language", __name__)


class CatalogueDomain(flask_babel.Domain):
    """Where Flask-Babel finds messages: in the catalogues of `survey.languages`, which every room reads."""

    def get_translations(self) -> Any:
        return current_language().catalogue(self.domain[0])

    def pgettext(self, context: str, string: str, /, **variables: object) -> str:
        """A message with its placeholders filled, of which there may be none: a percent sign is always `%%`."""
        return str(self.get_translations().pgettext(context, string) % variables)

    def npgettext(self, context: str, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """The form of a message that goes with `num`; `%(n)s` in it is `num` as a number."""
        pattern = self.get_translations().npgettext(context, singular, plural, num)
        return str(pattern % {"n": flask_babel.format_decimal(num), **variables})


def init_app(app: Flask) -> None:
    """Let Flask-Babel choose each page’s language and time zone, and give templates its words, dates and numbers."""
    app.config["LANGUAGES"] = (*LANGUAGES, PSEUDO) if app.config["PSEUDO"] else LANGUAGES
    # Werkzeug only calls it, so it need not be a class.
    app.url_map.converters["language"] = lambda url_map: AnyConverter(url_map, *app.config["LANGUAGES"])  # type: ignore[assignment]
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_keep_language)
    app.after_request(_remember)
    babel = flask_babel.Babel(app, configure_jinja=False, locale_selector=_select_locale, default_timezone=UK.key)
    babel.domain_instance = CatalogueDomain(domain=INTERFACE)
    app.jinja_env.globals.update(pgettext=_pgettext, npgettext=_npgettext, say=_say, switch_name=SWITCH)
    app.jinja_env.filters.update(datetimeformat=_datetime, decimalformat=flask_babel.format_decimal)
    app.context_processor(lambda: {"language": current_language(), "other_language": other_language()})
    app.add_template_global(page_in)
    app.add_template_global(_spoken_in, "spoken_in")
    app.register_blueprint(blueprint)


def current_language() -> Language:
    """Return the language of this page: that of Flask-Babel’s locale."""
    locale = flask_babel.get_locale()
    return language(_CODES.get((locale.language, locale.modifier), locale.language))


def speaking(code: str) -> AbstractContextManager[None]:
    """Let what is said inside be in this language, whatever the language of the page."""
    return flask_babel.force_locale(language(code).locale)


def language_in_address() -> str | None:
    """Return the code with which the address begins; None for the few pages that are in no language or in both."""
    code = request.path.split("/", 2)[1] if request.path.count("/") > 1 else ""
    return code if code in current_app.config["LANGUAGES"] else None


def register(app: Flask, pages: Blueprint) -> None:
    """Serve the pages of a blueprint in every language."""
    app.register_blueprint(pages, url_prefix=PREFIX + (pages.url_prefix or ""))


@blueprint.get("/")
def choose() -> ResponseReturnValue:
    """Go to the start page in the language that fits the person, or ask."""
    chosen = preferred_language()
    if chosen:
        response = redirect(url_for("respond.start", language=chosen))
    else:
        response = Response(render_template("pages/choose.html"))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def preferred_language() -> str | None:
    """Return the code of the last language used, else of what the browser asks for, else None."""
    remembered = held(of_host(COOKIE))
    if remembered in current_app.config["LANGUAGES"]:
        return remembered
    wanted = [tag for tag, quality in request.accept_languages if quality > 0]
    negotiated = negotiate_locale(wanted, _CANDIDATES, sep="-")
    return negotiated.split("-")[0] if negotiated else None


def other_language() -> Language | None:
    """Return the language that the switch of this page leads to; None when the page is in both."""
    return language(_OTHER[current_language().code]) if language_in_address() else None


def page_in(code: str) -> str:
    """Return the address of this page in another language, query and all; the start page if it has none."""
    answers_get = request.url_rule is None or "GET" in (request.url_rule.methods or ())
    if not language_in_address() or not answers_get:
        return url_for("respond.start", language=code)
    rest = request.path.split("/", 2)[2]
    query = request.query_string.decode("ascii", "ignore")
    return f"{request.root_path}/{code}/{quote(rest)}" + (f"?{query}" if query else "")


def switch_asked_for() -> str | None:
    """Return the language of the switch if that is the button with which the form was sent."""
    code = request.form.get(SWITCH)
    return code if code in current_app.config["LANGUAGES"] else None


def same_form_in_other_language() -> BaseResponse | None:
    """Return the way to this page in the language of the switch, for a browser to send the form there with everything
    typed in it; None where the page is in that language or none was asked for.
    """
    other = switch_asked_for()
    if other is None or other == current_language().code:
        return None
    return redirect(page_in(other), HTTPStatus.TEMPORARY_REDIRECT)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    refresh_if_changed()
    if values:
        values.pop("language", None)


def _select_locale() -> Locale:
    return language(language_in_address() or preferred_language() or "cy").locale


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current_language().code


def _remember(response: Response) -> Response:
    code = language_in_address()
    # What anybody may keep for everybody carries nothing of one browser.
    if code and not response.cache_control.public and request.cookies.get(of_host(COOKIE)) != code:
        response.set_cookie(
            of_host(COOKIE),
            code,
            max_age=A_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _pgettext(context: str, message: str, /, **variables: object) -> Markup:
    """A catalogue is text, not markup: both the message and what is put into it are escaped."""
    said = escape(flask_babel.get_translations().pgettext(context, message))
    return said % variables if variables or "%" in said else said


def _npgettext(context: str, singular: str, plural: str, n: int, /, **variables: object) -> Markup:
    pattern = flask_babel.get_translations().npgettext(context, singular, plural, n)
    return escape(pattern) % {"n": flask_babel.format_decimal(n), **variables}


def _spoken_in(code: str, draw: Callable[..., Markup], *arguments: object) -> Markup:
    """What a macro draws in a language that need not be that of the page."""
    with speaking(code):
        return draw(*arguments)


def _say(phrase: Phrase) -> Markup:
    return _pgettext(phrase.context, phrase.english)


def _datetime(moment: datetime) -> str:
    return flask_babel.format_datetime(in_uk(moment), current_language().datetime_format)
