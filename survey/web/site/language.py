"""Which language a page is in, and how the same page is reached in the other one.

Every page of the service lives under `/cy/…` or `/en/…` (and `/en-XA/…` where the pseudo-language is
served). `/` follows the last language used, then what the browser asks for, and otherwise asks.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import flask_babel
from babel import negotiate_locale
from babel.support import NullTranslations
from flask import Blueprint, Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from werkzeug.routing import AnyConverter

from survey.languages import LANGUAGES, PSEUDO, Language, language, refresh_if_changed

COOKIE = "language"
A_YEAR = 365 * 24 * 60 * 60
PREFIX = "/<language:language>"
SWITCH = "switch_language"

# A browser says cy-GB as often as cy; without the regional candidates it would be given English.
_CANDIDATES = ("cy", "cy-GB", "en", "en-GB")
_OTHER = {"cy": "en", "en": "cy", PSEUDO: "cy"}

blueprint = Blueprint("language", __name__)


class _Domain(flask_babel.Domain):
    """What Flask-Babel asks for messages: the same catalogues as everything else."""

    def get_translations(self) -> "_Interface":
        return _Interface(g.language)


class _Interface(NullTranslations):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def upgettext(self, context: str, message: str) -> str:
        return self._language.pattern(context, message)

    def unpgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        return self._language.plural_pattern(context, singular, plural, num)


def init_app(app: Flask) -> None:
    """Give every request its language, and templates `pgettext`, `npgettext` and the switch."""
    app.config["LANGUAGES"] = (*LANGUAGES, PSEUDO) if app.config["PSEUDO"] else LANGUAGES
    app.url_map.converters["language"] = _converter(app.config["LANGUAGES"])
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_keep_language)
    app.after_request(_remember)
    babel = flask_babel.Babel(app, configure_jinja=False, locale_selector=lambda: g.language.locale)
    babel.domain_instance = _Domain()
    app.jinja_env.globals.update(pgettext=_pgettext, npgettext=_npgettext, switch_name=SWITCH)
    app.context_processor(lambda: {"language": g.language, "other_language": other_language()})
    app.add_template_global(page_in)
    app.register_blueprint(blueprint)


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
    remembered = request.cookies.get(COOKIE)
    if remembered in current_app.config["LANGUAGES"]:
        return remembered
    wanted = [tag for tag, quality in request.accept_languages if quality > 0]
    found = negotiate_locale(wanted, _CANDIDATES, sep="-")
    return found.split("-")[0] if found else None


def other_language() -> Language | None:
    """Return the language that the switch of this page leads to; None when the page is in both."""
    return language(_OTHER[g.language.code]) if g.language_known else None


def page_in(code: str) -> str:
    """Return the address of this page in another language, query and all; the start page if it has none."""
    answers_get = request.url_rule is None or "GET" in (request.url_rule.methods or ())
    if not g.language_known or not answers_get:
        return url_for("respond.start", language=code)
    rest = request.path.split("/", 2)[2]
    query = request.query_string.decode("ascii", "ignore")
    return f"{request.root_path}/{code}/{quote(rest)}" + (f"?{query}" if query else "")


def switch_asked_for() -> str | None:
    """Return the language of the switch if that is the button with which the form was sent."""
    code = request.form.get(SWITCH)
    return code if code in current_app.config["LANGUAGES"] else None


def _converter(codes: Iterable[str]) -> type[AnyConverter]:
    class LanguageConverter(AnyConverter):
        def __init__(self, url_map: Any) -> None:
            super().__init__(url_map, *codes)

    return LanguageConverter


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    refresh_if_changed()
    if values:
        values.pop("language", None)
    first = request.path.split("/", 2)[1] if request.path.count("/") > 1 else ""
    g.language_known = first in current_app.config["LANGUAGES"]
    g.language = language(first if g.language_known else preferred_language() or "cy")


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = g.language.code


def _remember(response: Response) -> Response:
    if g.get("language_known") and request.cookies.get(COOKIE) != g.language.code:
        response.set_cookie(
            COOKIE,
            g.language.code,
            max_age=A_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _pgettext(context: str, message: str, **variables: object) -> Markup:
    """A catalogue is text, not markup: both the message and what is put into it are escaped."""
    return escape(g.language.pattern(context, message)) % variables


def _npgettext(context: str, singular: str, plural: str, n: int, **variables: object) -> Markup:
    pattern = g.language.plural_pattern(context, singular, plural, n)
    return escape(pattern) % {"n": g.language.number(n), **variables}
