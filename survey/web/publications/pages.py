"""Published releases, for anybody: a list, a page of each with its charts and notes, and its files.

Nothing is shown but what a release holds, so that every browser and proxy may keep it for a while.
"""

import hashlib
from http import HTTPStatus

import orjson
from flask import Blueprint, Flask, Response, abort, current_app, make_response, render_template, request
from markupsafe import Markup

from survey.collection.rounds.publication import Published, published_releases
from survey.collection.rounds.releases import CHARTS, released_file
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import LANGUAGES
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository
from survey.web.site.language import current_language, register

KEPT_FOR = 300
"""For how many seconds a page may be kept before it is asked for again: so long a release that was withdrawn may be
seen."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("published", __name__, url_prefix="/releases")


def init_app(app: Flask) -> None:
    """Serve these pages where they are wanted."""
    if app.config["DEMO"] or app.config["PUBLIC_RELEASES"]:
        register(app, blueprint)


@blueprint.get("/")
def releases() -> Response:
    """Every release that was published, with those that were withdrawn and why."""
    listed = _published()
    titles = {published.round.id: _title(published) for published in listed}
    return _kept(render_template("publications/releases.html", listed=listed, titles=titles))


@blueprint.get("/<round_id>/<int:number>")
def release(round_id: str, number: int) -> Response:
    """One release: its notes, its charts with their tables, and its files; of one that was withdrawn, why."""
    every = _published()
    published = _named(every, round_id, number)
    later = [other for other in every if other.round == published.round and other.release.number > number]
    is_there = published.publication.withdrawn is None
    page = render_template(
        "publications/release.html",
        one=published,
        name=_title(published),
        charts=_charts(published) if is_there else [],
        newest=next((other for other in later if other.publication.withdrawn is None), None),
    )
    return _kept(page, HTTPStatus.OK if is_there else HTTPStatus.GONE)


@blueprint.get("/<round_id>/<int:number>/<any(cy, en):code>.xlsx")
def workbook(round_id: str, number: int, code: str) -> Response:
    """The workbook of a release, as it was made."""
    published = _named(_published(), round_id, number)
    if published.publication.withdrawn is not None:
        abort(HTTPStatus.GONE)
    content = released_file(current_repository(), round_id, published.release, code)
    file = Response(content, mimetype=XLSX)
    file.headers.set("Content-Disposition", "attachment", filename=published.release.files[code].name)
    return _cached(file, published.release.files[code].sha256)


def _published() -> list[Published]:
    """What was published; made-up rounds in a demonstration alone."""
    return published_releases(current_repository(), demonstration=current_app.config["DEMO"])


def _named(every: list[Published], round_id: str, number: int) -> Published:
    for published in every:
        if (published.round.id, published.release.number) == (round_id, number):
            return published
    abort(HTTPStatus.NOT_FOUND)


def _title(published: Published) -> str:
    return questionnaire_title(load_snapshot(current_repository(), published.round.id))


def _charts(published: Published) -> list[dict[str, object]]:
    """The charts that the release holds in the language of the page; none where it holds none."""
    code = current_language().code
    which = f"{CHARTS}{code if code in LANGUAGES else LANGUAGES[0]}"
    if which not in published.release.files:
        return []
    kept = orjson.loads(released_file(current_repository(), published.round.id, published.release, which))
    return [{**chart, "svg": Markup(chart["svg"])} for chart in kept]  # noqa: S704 - the drawing escapes its texts


def _kept(page: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    digest = hashlib.sha256(page.encode()).hexdigest()
    return _cached(make_response(page, status), digest)


def _cached(answer: Response, digest: str) -> Response:
    """An answer that anybody may keep for everybody, and that is not sent again to whoever has it."""
    answer.cache_control.public = True
    answer.cache_control.max_age = KEPT_FOR
    answer.set_etag(digest[:32], weak=True)
    if answer.status_code == HTTPStatus.OK:
        answer.make_conditional(request)
    return answer
