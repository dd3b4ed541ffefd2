"""What was sent and could not all be saved, offered wherever its page is come to: whoever went Back finds it again."""

from collections.abc import Callable
from typing import Any

from flask import current_app, g, request, url_for
from werkzeug.exceptions import NotFound

from survey.collection.responses.response import Response
from survey.collection.responses.unfinished_forms import Form, waiting
from survey.questionnaire.walk import Walk
from survey.storage.repository import StorageError
from survey.web.respond.auth import blueprint
from survey.web.respond.form_view import FormView
from survey.web.respond.items import target_or_404, view_of_item
from survey.web.respond.respondent import Respondent, title_of
from survey.web.respond.sections import may_change, page_or_404, view_of_page
from survey.web.site.environment import now


@blueprint.context_processor
def offers() -> dict[str, Callable[..., list[dict[str, Any]]]]:
    """For the pages of a cluster; those that are shown to nobody’s cluster, as in the preview, have no such thing."""
    return {"waiting_forms": _waiting_forms}


def _waiting_forms(key: str = "") -> list[dict[str, Any]]:
    """The forms of pages of the cluster, or of one, that are held and not kept by now, but the one that is shown."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    if not may_change(respondent, response):
        return []
    forms = [
        form
        for form in _held(respondent)
        if "key" in form.values and key in ("", form.values["key"]) and form.key != request.args.get("unfinished")
    ]
    if not forms:
        return []
    path = respondent.path(response)
    return [
        {
            "title": title_of(page_or_404(path, form.values["key"]), respondent.texts),
            "href": url_for(form.endpoint, unfinished=form.key, **form.values),
            "at": form.at,
        }
        for form in forms
        if _is_open(respondent, response, path, form)
    ]


def _held(respondent: Respondent) -> list[Form]:
    """What is held of the cluster. Where that cannot be read, its pages go on without it."""
    try:
        return waiting(respondent.repository, respondent.snapshot.round.id, respondent.cluster.code, now())
    except StorageError:
        current_app.logger.exception("what is held of forms could not be read")
        return []


def _is_open(respondent: Respondent, response: Response, path: Walk, form: Form) -> bool:
    try:
        return not _view(respondent, response, path, form).is_kept(form)
    except NotFound:
        return False


def _view(respondent: Respondent, response: Response, path: Walk, form: Form) -> FormView:
    page = page_or_404(path, form.values["key"])
    if "item_id" not in form.values:
        return view_of_page(respondent, page, response)
    target = target_or_404(respondent, page, form.values["group"], form.values["item_id"])
    return view_of_item(respondent, target, response, path)
