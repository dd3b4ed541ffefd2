"""The log of exports: who took out what, when and why, newest first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.people.export_log import EXPORTS, exports
from survey.web.manage.auth import blueprint
from survey.web.site.environment import current_repository

A_PAGE = 50


@blueprint.get("/exports", endpoint="exports")
def export_log() -> ResponseReturnValue:
    """Fifty entries at a time, of all rounds or of one."""
    every = list(exports(current_repository()))
    wanted = request.args.get("round", "")
    listed = [entry for entry in reversed(every) if wanted in ("", entry.round)]
    pages = max(1, -(-len(listed) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    return render_template(
        "manage/exports.html",
        entries=listed[(number - 1) * A_PAGE : number * A_PAGE],
        rounds=sorted({entry.round for entry in every if entry.round}),
        wanted=wanted,
        words=EXPORTS,
        number=number,
        pages=pages,
    )
