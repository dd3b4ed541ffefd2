"""What people are sent of a round, and the headings of its workbook, in both languages side by side for translators."""

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.rounds.round import readable_rounds
from survey.reporting.tasks.job import HEADINGS
from survey.web.manage.auth import blueprint, opened
from survey.web.manage.made_files import as_shown, job_for, kept, looked_for
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.preview_lines import interface_of, said_line
from survey.web.site.translations import STATE_COLOURS, STATE_WORDS, project, translators_repository

A_PAGE = 8
"""How many sheets are shown at once."""


@blueprint.get("/translations/in-context")
def in_context() -> str:
    """The rounds whose workbook can be looked at."""
    rounds, _ = readable_rounds(current_repository())
    snapshots = [opened(round_.id) for round_ in reversed(rounds) if round_.status != "draft"]
    return render_template(
        "manage/translation/in_context.html",
        rounds=[(snapshot.round, questionnaire_title(snapshot)) for snapshot in snapshots],
    )


@blueprint.get("/translations/in-context/<round_id>")
def sheet_headings(round_id: str) -> ResponseReturnValue:
    """Every heading of a round’s workbook, sheet by sheet; while they are looked for, the page looks again itself."""
    snapshot = opened(round_id)
    file = kept(job_for(snapshot, HEADINGS))
    interface = interface_of(translators_repository(), project())
    told = [sheet for sheet in file.told.get("sheets", []) if sheet]
    pages = max(1, -(-len(told) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    sheets = [
        (sheet[0]["english"], sheet[0]["welsh"], [said_line(interface, **heading) for heading in sheet])
        for sheet in told[(number - 1) * A_PAGE : number * A_PAGE]
    ]
    page = render_template(
        "manage/translation/sheet_headings.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        file=as_shown(file, ""),
        sheets=sheets,
        number=number,
        pages=pages,
        form=SiteForm(),
        words=STATE_WORDS,
        colours=STATE_COLOURS,
    )
    return looked_for(page, as_shown(file, "")["is_making"])


@blueprint.post("/translations/in-context/<round_id>")
def look_for_headings(round_id: str) -> ResponseReturnValue:
    """Have the workbook described anew, unless that is under way."""
    job = job_for(opened(round_id), HEADINGS)
    if SiteForm().validate_on_submit():
        ask_for(job, "")
    return redirect(url_for("manage.sheet_headings", round_id=round_id), HTTPStatus.SEE_OTHER)
