"""The pages of the questionnaire, one after the other."""

from dataclasses import replace

from flask import abort, g, request, url_for
from flask.typing import ResponseReturnValue

from survey.questionnaire.walk import Page, Walk
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.participant import DraftTarget, Participant
from survey.web.respond.form_view import FormView
from survey.web.respond.respondent import WHOSE
from survey.web.respond.sections import page_or_404
from survey.web.respond.wording import title_of


@blueprint.route("/section/<path:key>", methods=["GET", "POST"])
def section(key: str) -> ResponseReturnValue:
    """Show a page, or save it and go on."""
    participant: Participant = g.participant
    if request.method == "POST":
        if request.form.get(WHOSE) != participant.key:
            # It was typed for a draft that this browser no longer holds: it is shown, and saved nowhere.
            participant = replace(participant, draft_id="")
        page = participant.instrument.page(key) or abort(404)
        return _view(participant, page, participant.path(participant.response())).save()
    response = participant.response()
    path = participant.path(response)
    page = page_or_404(path, key)
    return _view(participant, page, path).show(response, path)


def _view(participant: Participant, page: Page, path: Walk) -> FormView:
    texts = participant.texts
    number = path.pages.index(page) if page in path.pages else 0
    before = path.pages[number - 1] if number else None
    return FormView(
        respondent=participant,
        target=DraftTarget(participant, page),
        template="anonymous/section.html",
        not_taken="anonymous/not_taken.html",
        leads_to=lambda then: _following(participant, page, then),
        context={
            "title": title_of(page, texts),
            "introduction": texts(page.section.text) if page.section.text else "",
            "number": number + 1,
            "count": len(path.pages),
            "back": participant.address(before) if before else "",  # the start page would forget the answers
        },
    )


def _following(participant: Participant, page: Page, then: str) -> str:
    if then == "later":
        return url_for("anonymous.later")
    following = participant.page_after(page)
    return participant.address(following) if following else url_for("anonymous.check")
