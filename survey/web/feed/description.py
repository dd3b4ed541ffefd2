"""What the interface for other services is: as OpenAPI for programs, and as a page for people."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from survey.config import software_version
from survey.languages import LANGUAGES, Language, language
from survey.reporting.releases.indicator_fields import OBSERVATION_FIELDS, RELEASE_FIELDS, columns
from survey.web.feed.interface import HEADERS, OPERATIONS, openapi
from survey.web.site.language import current_language

blueprint = Blueprint("interface", __name__, url_prefix="/api")


@blueprint.get("/")
def page() -> ResponseReturnValue:
    """The interface in words, with each of its fields."""
    return render_template(
        "feed/interface.html",
        operations=OPERATIONS,
        headers=HEADERS,
        site=request.url_root.rstrip("/"),
        fields=[(field, columns([field])) for field in (*RELEASE_FIELDS, *OBSERVATION_FIELDS)],
    )


@blueprint.get("/openapi.json")
def description() -> ResponseReturnValue:
    """The same as OpenAPI 3.1."""
    return current_app.json.response(openapi(_reader(), request.url_root, software_version().rpartition(" ")[2]))


def _reader() -> Language:
    # The pseudo-language is for people who look at pages.
    code = current_language().code
    return language(code if code in LANGUAGES else LANGUAGES[-1])
