"""A page of the questionnaire."""

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.response import Response
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.blueprint import blueprint
from survey.web.respond.form_targets import PageTarget
from survey.web.respond.form_view import FormView
from survey.web.respond.respondent import Respondent
from survey.web.respond.wording import caption_of, title_of
from survey.web.site.clock import now


@blueprint.route("/reflection/section/<path:key>", methods=["GET", "POST"])
def section(key: str) -> ResponseReturnValue:
    """Show a page of the questionnaire, or save it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    path = respondent.path(response)
    page = page_or_404(path, key)
    if request.method == "POST":
        return _view(respondent, page).save()
    if not may_change(respondent, response):
        return redirect(url_for("respond.reflection"))
    return _view(respondent, page).show(response, path)


def page_or_404(path: Walk, key: str) -> Page:
    """The page with this key, if the cluster is asked it."""
    page = path.instrument.page(key)
    if page is None or page.key not in path.asked:
        abort(404)
    return page


def may_change(respondent: Respondent, response: Response) -> bool:
    """Whether the answers can be changed now."""
    return respondent.snapshot.round.takes_answers(now()) and response.status != "submitted"


def _view(respondent: Respondent, page: Page) -> FormView:
    texts = respondent.texts
    return FormView(
        respondent=respondent,
        target=PageTarget(respondent, page),
        template="respond/section.html",
        leads_to=lambda then: _address(respondent, page, then),
        context={
            "title": title_of(page, texts),
            "caption": caption_of(page, respondent.snapshot.framework, texts),
            "introduction": texts(page.section.text) if page.section.text else "",
            "purpose": texts(page.outcome.purpose) if page.outcome else "",
            "back": url_for("respond.reflection"),
        },
        earlier=lambda: earlier_answers(respondent.repository, respondent.snapshot, respondent.cluster.code, page),
    )


def _address(respondent: Respondent, page: Page, then: str) -> str:
    if then == "list":
        return url_for("respond.reflection")
    if then != "continue":
        return url_for("respond.section", key=page.key, saved=1)
    following = respondent.page_after(page)
    return respondent.address(following) if following else url_for("respond.check")
