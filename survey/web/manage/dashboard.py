"""The dashboard of a round: four charts with their tables, of Wales or of a health board beside Wales.

A health board team sees its own; whoever sees Wales may choose. The figures are put together by a job and kept, so that
looking at them is quick and changes nothing.
"""

from http import HTTPStatus
from typing import Any

import orjson
from flask import abort, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.people.permissions import may
from survey.collection.rounds.clusters import HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase
from survey.reporting import jobs
from survey.reporting.tasks.job import DASHBOARD, Job
from survey.reporting.workbooks.registry import kind_of, workbook_state
from survey.web.manage.auth import audit, blueprint, sees_board
from survey.web.manage.documents import reflection_round
from survey.web.manage.made_files import as_shown, job_for, kept, looked_for
from survey.web.manage.notices import promised
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.language import current_language

ALL = "national_files"
"""The action of whoever sees all of Wales."""
GATHERED = Phrase("manage done", "The figures have been put together.")


class FiguresForm(SiteForm):
    """Asks for the figures of a health board, or of Wales where it names none."""

    board = HiddenField()


@blueprint.get("/rounds/<round_id>/dashboard")
def dashboard(round_id: str) -> ResponseReturnValue:
    """The figures as they were put together last; while they are being, the page looks again by itself."""
    snapshot = _counted_round(round_id)
    board = _board(snapshot, request.args.get("board", ""))
    job = _job(snapshot, board)
    file = kept(job)
    shown = as_shown(file, _state(snapshot))
    content = jobs.content_of(current_repository(), job, file)
    if content is not None:
        audit("dashboard_viewed", round=round_id, health_board=board.code if board else "")
    page = render_template(
        "manage/dashboard.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        board=board,
        boards=_boards(snapshot) if may(g.account.role, ALL) else [],
        file=shown,
        parts=orjson.loads(content) if content else {},
    )
    return looked_for(page, shown["is_making"])


@blueprint.post("/rounds/<round_id>/dashboard")
def gather_dashboard(round_id: str) -> ResponseReturnValue:
    """Have the figures put together in the reader’s language, unless they are as of now."""
    snapshot = _counted_round(round_id)
    board = _board(snapshot, FiguresForm().board.data or "")
    if ask_for(_job(snapshot, board), _state(snapshot)):
        audit("dashboard_asked_for", round=round_id, health_board=board.code if board else "")
    page = url_for("manage.dashboard", round_id=round_id, board=board.short if board else None)
    return promised(page, _job(snapshot, board), GATHERED)


def has_dashboard(snapshot: RoundSnapshot) -> bool:
    """Whether a round asks what a dashboard shows."""
    return kind_of(snapshot).name == "national"


def _counted_round(round_id: str) -> RoundSnapshot:
    snapshot = reflection_round(round_id)
    if not has_dashboard(snapshot):
        abort(HTTPStatus.NOT_FOUND)
    return snapshot


def _board(snapshot: RoundSnapshot, asked: str) -> HealthBoard | None:
    """The health board that is asked for, None for Wales; a health board team’s own where none is. 404, 403."""
    own = "" if may(g.account.role, ALL) else g.account.health_board
    wanted = asked or own
    if not wanted:
        return None
    board = snapshot.clusters.health_board(wanted)
    if board is None or not snapshot.clusters.of_board(board.code):
        abort(HTTPStatus.NOT_FOUND)
    if not sees_board(g.account, board.code):
        abort(HTTPStatus.FORBIDDEN)
    return board


def _boards(snapshot: RoundSnapshot) -> list[dict[str, Any]]:
    clusters, code = snapshot.clusters, current_language().code
    there = sorted((board for board in clusters.health_boards if clusters.of_board(board.code)), key=name_key)
    return [{"value": board.short, "text": board.name(code), "as_is": True} for board in there]


def _job(snapshot: RoundSnapshot, board: HealthBoard | None) -> Job:
    # The pseudo-language has no figures of its own.
    code = current_language().code
    language = code if code in LANGUAGES else LANGUAGES[-1]
    return job_for(snapshot, DASHBOARD, board.short if board else "", language)


def _state(snapshot: RoundSnapshot) -> str:
    return workbook_state(current_repository(), snapshot, current_app.config["SMALLEST_GROUP"], now())
