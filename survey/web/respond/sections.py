"""The pages of the questionnaire."""

from http import HTTPStatus
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.response import Response
from survey.questionnaire.walk import Page, Walk
from survey.web.respond import autosave
from survey.web.respond.auth import blueprint
from survey.web.respond.fields.display_only import CHANGE, REMOVE, item_button
from survey.web.respond.file_rows import rows_on
from survey.web.respond.form_targets import PageTarget
from survey.web.respond.form_view import FormView
from survey.web.respond.note_thread import thread_beside
from survey.web.respond.respondent import Respondent, heading_of, sent_by_script
from survey.web.respond.unfinished_forms import Unfinished
from survey.web.respond.worksheets import reflection_beside, worksheet_links
from survey.web.site.environment import now
from survey.web.site.language import current_language

CHECK = "respond.check"
COMES_BACK = frozenset({"respond.section", "respond.item", "respond.remove_item"})
OF_ITEM = {CHANGE: "respond.item", REMOVE: "respond.remove_item"}


@blueprint.url_defaults
def keep_way_back(endpoint: str, values: dict[str, Any]) -> None:
    """Whoever changes an answer from the page that checks them is led back there, by all pages that come between."""
    if endpoint in COMES_BACK and (request.endpoint == CHECK or returns_to_check()):
        values.setdefault("back", "check")


def returns_to_check() -> bool:
    """Whether this page was come to from the page that checks the answers."""
    return request.args.get("back") == "check"


@blueprint.route("/reflection/section/<path:key>", methods=["GET", "POST"])
def section(key: str) -> ResponseReturnValue:
    """Show a page of the questionnaire, or save it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    path = respondent.path(response)
    page = page_sent_to(path, key)
    return answered(view_of_page(respondent, page, response), page, response, path)


def page_or_404(path: Walk, key: str) -> Page:
    """The page with this key, if the cluster is asked it."""
    page = path.instrument.page(key)
    if page is None or page.key not in path.asked:
        abort(404)
    return page


def page_sent_to(path: Walk, key: str) -> Page:
    """The same; also a page that a colleague’s answer has left out while somebody wrote on it."""
    page = path.instrument.page(key) if request.method == "POST" else None
    return page or page_or_404(path, key)


def may_change(respondent: Respondent, response: Response) -> bool:
    """Whether the answers can be changed now."""
    return respondent.takes_answers(now()) and response.status != "submitted"


def answered(view: FormView, page: Page, response: Response, path: Walk) -> ResponseReturnValue:
    """Save what was sent, if the page is asked still, or show the form while its answers may be changed."""
    if request.method == "POST":
        return saved(view) if page.key in path.asked else _left_out(view)
    if not may_change(view.respondent, response):
        return redirect(url_for("respond.reflection"))
    return view.show(response, path)


def _left_out(view: FormView) -> ResponseReturnValue:
    refused = DomainError("page_not_asked")
    if sent_by_script():
        return {"said": refused.say(current_language())}, HTTPStatus.GONE
    return view.turn_away(refused)


def saved(view: FormView) -> ResponseReturnValue:
    """Save what was sent, and answer a person or the script."""
    return autosave.autosave(view) if sent_by_script() else view.save()


def view_of_page(respondent: Respondent, page: Page, response: Response) -> FormView:
    """A page as it is shown and saved."""
    return FormView(
        respondent=respondent,
        target=PageTarget(respondent, page),
        template="respond/section.html",
        leads_to=lambda then: _address(respondent, page, then),
        context=lambda: {
            **heading_of(page, respondent.snapshot.framework, respondent.texts),
            **worksheet_links(respondent, page),
            "back": check_of(page) if returns_to_check() else url_for("respond.reflection"),
            "returns_to_check": returns_to_check(),
            "files": rows_on(response, page),
            "presence": url_for("respond.presence", key=page.key),
            "thread": lambda: thread_beside(respondent, page),
            "earlier_versions": url_for("respond.page_versions", key=page.key),
        },
        earlier=lambda: earlier_answers(respondent.repository, respondent.snapshot, respondent.cluster.code, page),
        unfinished=Unfinished(respondent, page.key),
    )


def _address(respondent: Respondent, page: Page, then: str) -> str:
    if then == "files":
        return url_for("respond.files", key=page.key)
    item = item_button(then)
    if item:
        group, item_id, what = item
        return url_for(OF_ITEM[what], key=page.key, group=group, item_id=item_id)
    if then == "list":
        return url_for("respond.reflection")
    if then == "notes":
        return url_for("respond.notes", key=page.key)
    if then != "continue":
        return url_for("respond.section", key=page.key, saved=1)
    reflection = reflection_beside(respondent, page)
    if reflection:
        return respondent.address(reflection)
    if returns_to_check():
        return check_of(page)
    following = respondent.page_after(page)
    return respondent.address(following) if following else url_for("respond.check")


def check_of(page: Page) -> str:
    """The answers of a page among those that are checked."""
    return f"{url_for(CHECK)}#{page.anchor}"
