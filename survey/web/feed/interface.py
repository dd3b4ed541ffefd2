"""What the interface for other services takes and answers: said once, kept to by what answers, and described by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.languages import LANGUAGES, Language, Phrase, language
from survey.reporting.releases.feed import CSV, JSON, MEDIA_TYPES
from survey.reporting.releases.indicator_fields import OBSERVATION_FIELDS, RELEASE_FIELDS, columns, shapes

PROBLEM_TYPE = "application/problem+json"
SCHEMA_TYPE = "application/schema+json"
IN_COMPONENTS = "#/components/schemas/"
KEY_NEEDED, NOT_OFFERED, TOO_MANY, NOT_READABLE = "key_needed", "not_offered", "too_many", "not_readable"
BUSY, NOT_FOUND, NOT_ALLOWED = "busy", "not_found", "not_allowed"
NOT_UNDERSTOOD, FAULT = "not_understood", "fault"
DEFAULT = "default"
"""Stands in OpenAPI for every status that is not named."""


@dataclass(frozen=True, slots=True)
class FeedProblem:
    """Why something is not answered as it was asked: the status, and what to do about it."""

    status: int
    about: Phrase


PROBLEMS: Mapping[str, FeedProblem] = {
    KEY_NEEDED: FeedProblem(
        401,
        Phrase(
            "indicator feed",
            "Send the key that you were given, in the header “Authorization” after the word “Bearer”. There is none, "
            "or it is unknown or revoked.",
        ),
    ),
    NOT_OFFERED: FeedProblem(
        406,
        Phrase(
            "indicator feed",
            "The feed comes as application/json and as text/csv. Ask for one of them in the header “Accept”.",
        ),
    ),
    TOO_MANY: FeedProblem(
        429,
        Phrase(
            "indicator feed",
            "There have been too many requests. Wait for as many seconds as the header “Retry-After” says.",
        ),
    ),
    NOT_READABLE: FeedProblem(
        503,
        Phrase(
            "indicator feed",
            "What is published cannot be read at the moment. Try again later; if it goes on, tell whoever runs the "
            "service.",
        ),
    ),
    BUSY: FeedProblem(
        503,
        Phrase(
            "indicator feed",
            "The service is too busy at the moment. Wait for as many seconds as the header “Retry-After” says.",
        ),
    ),
    NOT_FOUND: FeedProblem(
        404,
        Phrase(
            "indicator feed", "There is nothing at this address. Every address is described at /cy/api/ and /en/api/."
        ),
    ),
    NOT_ALLOWED: FeedProblem(
        405,
        Phrase(
            "indicator feed",
            "Nothing can be sent to this address. Ask it with one of the methods in the header “Allow”.",
        ),
    ),
    NOT_UNDERSTOOD: FeedProblem(
        400,
        Phrase("indicator feed", "The request was not understood. How to ask is described at /cy/api/ and /en/api/."),
    ),
    FAULT: FeedProblem(
        500,
        Phrase(
            "indicator feed",
            "Something went wrong in the service. Try again later; if it goes on, tell whoever runs it.",
        ),
    ),
}

_NO_BODY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class FeedResponse:
    """An answer: what it means, the media types in which it comes each with its schema, the headers that it has. Its
    status may be `DEFAULT`."""

    status: int | str
    about: Phrase
    content: Mapping[str, Any]
    headers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FeedOperation:
    """Something that may be asked with GET. `name` is also that of what answers it."""

    name: str
    path: str
    about: Phrase
    needs_key: bool
    answers: Sequence[FeedResponse]


def _problem(code: str, *headers: str) -> FeedResponse:
    problem = PROBLEMS[code]
    return FeedResponse(problem.status, problem.about, {PROBLEM_TYPE: {"$ref": f"{IN_COMPONENTS}Problem"}}, headers)


_UNAVAILABLE = FeedResponse(
    503,
    Phrase("indicator feed", "The service is too busy, or what is published cannot be read: the code says which"),
    {PROBLEM_TYPE: {"$ref": f"{IN_COMPONENTS}Problem"}},
)
_ANYTHING_ELSE = FeedResponse(
    DEFAULT,
    Phrase(
        "indicator feed",
        "Every other error, in the same shape: such as 404 for an address that there is not, and 405, with the header "
        "“Allow”, for a method that an address does not take",
    ),
    {PROBLEM_TYPE: {"$ref": f"{IN_COMPONENTS}Problem"}},
)
_INDICATORS = {"$ref": f"{IN_COMPONENTS}Indicators"}
_TABLE = {"type": "string", "x-columns": columns((*RELEASE_FIELDS, *OBSERVATION_FIELDS))}

OPERATIONS = (
    FeedOperation(
        "indicators",
        "/api/indicators",
        Phrase(
            "indicator feed",
            "Every indicator that is published: those of the last published release of each round. Before anything is "
            "published there are none, and the answer is empty.",
        ),
        True,
        (
            FeedResponse(
                200,
                Phrase("indicator feed", "The indicators, in the form that was asked for"),
                {MEDIA_TYPES[JSON]: _INDICATORS, MEDIA_TYPES[CSV]: _TABLE},
                ("ETag",),
            ),
            FeedResponse(
                304,
                Phrase("indicator feed", "Nothing has been published or withdrawn since what you have"),
                _NO_BODY,
                ("ETag",),
            ),
            _problem(KEY_NEEDED, "WWW-Authenticate"),
            _problem(NOT_OFFERED),
            _problem(TOO_MANY, "Retry-After"),
            _problem(FAULT),
            _UNAVAILABLE,
            _ANYTHING_ELSE,
        ),
    ),
    FeedOperation(
        "indicators_schema",
        "/api/indicators/schema.json",
        Phrase("indicator feed", "The JSON Schema of the indicators, with labels in Welsh and English."),
        False,
        (
            FeedResponse(
                200,
                Phrase("indicator feed", "The schema"),
                {SCHEMA_TYPE: {"type": "object"}},
                ("ETag",),
            ),
            FeedResponse(304, Phrase("indicator feed", "The schema is the one that you have"), _NO_BODY, ("ETag",)),
            _problem(FAULT),
            _UNAVAILABLE,
            _ANYTHING_ELSE,
        ),
    ),
)

HEADERS: Mapping[str, Phrase] = {
    "ETag": Phrase("indicator feed", "What tells this answer from another. Send it back as “If-None-Match”."),
    "WWW-Authenticate": Phrase("indicator feed", "That a key is asked for, after the word “Bearer”"),
    "Retry-After": Phrase("indicator feed", "After how many seconds to ask again"),
}
IF_CHANGED = Phrase("indicator feed", "The ETag of what you have, so that only news is sent")
TITLE = Phrase("indicator feed", "Indicators of primary care clusters, for other services")
PROBLEM_SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": list(PROBLEMS)},
        "message": {
            "type": "object",
            "properties": {code: {"type": "string"} for code in LANGUAGES},
            "required": list(LANGUAGES),
            "additionalProperties": False,
        },
    },
    "required": ["title", "status", "code", "message"],
    "additionalProperties": False,
}


def problem_body(code: str, status: int) -> dict[str, Any]:
    """What is answered of a problem, in both languages."""
    message = {spoken: language(spoken).say(PROBLEMS[code].about) for spoken in LANGUAGES}
    return {"title": message["en"], "status": status, "code": code, "message": message}


def openapi(reader: Language, site: str, version: str) -> dict[str, Any]:
    """The description of the interface as OpenAPI 3.1 has it, in a language; `site` is where it is served."""
    return {
        "openapi": "3.1.0",
        "info": {"title": reader.say(TITLE), "version": version},
        "servers": [{"url": site.rstrip("/")}],
        "paths": {operation.path: {"get": _operation(operation, reader)} for operation in OPERATIONS},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {**shapes(IN_COMPONENTS), "Problem": PROBLEM_SCHEMA},
        },
    }


def _operation(operation: FeedOperation, reader: Language) -> dict[str, Any]:
    return {
        "operationId": operation.name,
        "summary": reader.say(operation.about),
        "security": [{"key": []}] if operation.needs_key else [],
        "parameters": [
            {
                "name": "If-None-Match",
                "in": "header",
                "description": reader.say(IF_CHANGED),
                "schema": {"type": "string"},
            }
        ],
        "responses": {str(answer.status): _response(answer, reader) for answer in operation.answers},
    }


def _response(answer: FeedResponse, reader: Language) -> dict[str, Any]:
    headers = {
        name: {"description": reader.say(HEADERS[name]), "required": True, "schema": {"type": "string"}}
        for name in answer.headers
    }
    content = {media_type: {"schema": shape} for media_type, shape in answer.content.items()}
    parts = (("headers", headers), ("content", content))
    return {"description": reader.say(answer.about)} | {name: part for name, part in parts if part}
