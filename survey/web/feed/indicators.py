"""The feed of indicators as other services take it: by a key of their own, only what is published."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from survey.collection.people.accounts import note
from survey.collection.people.feed_keys import WHO, consumer_of
from survey.collection.people.feed_limits import Pace, share_of
from survey.reporting.releases.feed import MEDIA_TYPES, feed, feed_state
from survey.reporting.releases.indicator_fields import schema
from survey.reporting.releases.published_indicators import published_indicators
from survey.storage.repository import StorageError
from survey.web.feed.interface import (
    KEY_NEEDED,
    NOT_OFFERED,
    NOT_READABLE,
    SCHEMA_TYPE,
    TOO_MANY,
)
from survey.web.feed.problems import problem
from survey.web.site.environment import access_secret, current_repository, now

BURST = 30
PER_SECOND = 0.1
"""So many requests of a consumer, or of an address without a key that is known, may come at once, then one in ten
seconds."""
SCHEME = "Bearer"
ASK_AGAIN = "private, no-cache"
"""It may be kept, if it is asked each time whether it is still right."""

blueprint = Blueprint("feed", __name__, url_prefix="/api")


@blueprint.errorhandler(StorageError)
def not_readable(error: StorageError) -> ResponseReturnValue:
    """Say that it is not for the consumer to settle."""
    current_app.logger.error("the feed of indicators could not be read", exc_info=error)
    return problem(NOT_READABLE)


@blueprint.get("/indicators")
def indicators() -> ResponseReturnValue:
    """Everything that is published, as JSON or CSV; 304 for whoever has it already."""
    repository = current_repository()
    consumer = consumer_of(repository, _key())
    seconds = _wait(consumer)
    if seconds:
        return problem(TOO_MANY, **{"Retry-After": str(seconds)})
    if consumer is None:
        return problem(KEY_NEEDED, **{"WWW-Authenticate": f'{SCHEME} realm="indicators"'})
    wanted = request.accept_mimetypes.best_match(list(MEDIA_TYPES.values())) if request.accept_mimetypes else None
    if wanted is None and request.accept_mimetypes:
        return problem(NOT_OFFERED)
    form = next((form for form, media_type in MEDIA_TYPES.items() if media_type == wanted), next(iter(MEDIA_TYPES)))
    released = published_indicators(repository, demonstration=current_app.config["DEMO"])
    state = feed_state(released, form)
    if request.if_none_match.contains_weak(state):
        return _marked(Response(status=HTTPStatus.NOT_MODIFIED), state)
    answer = Response(feed(repository, released, form), mimetype=MEDIA_TYPES[form])
    note(repository, now(), f"{WHO}{consumer}", "indicators_taken", format=form)
    return _marked(answer, state)


@blueprint.get("/indicators/schema.json")
def indicators_schema() -> ResponseReturnValue:
    """The JSON Schema of the feed, for anybody."""
    answer = Response(current_app.json.dumps(schema(request.base_url)), mimetype=SCHEMA_TYPE)
    answer.add_etag(weak=True)
    answer.headers["Cache-Control"] = "no-cache"
    answer.make_conditional(request)
    return answer


def _key() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == SCHEME.lower() else ""


def _wait(consumer: str | None) -> int:
    who = share_of(access_secret(), request.remote_addr or "", now().date()) if consumer is None else consumer
    return Pace(BURST, PER_SECOND).wait(current_repository(), who, now())


def _marked(answer: Response, state: str) -> Response:
    """An answer with what tells it from another. It is a weak mark: the same figures are compressed for some."""
    answer.set_etag(state, weak=True)
    answer.headers["Cache-Control"] = ASK_AGAIN
    answer.vary.update(("Accept", "Authorization"))
    return answer
