"""The pages of the items of repeating groups: added, changed, taken out."""

import re
from http import HTTPStatus

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.responses.response import Response
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.auth import blueprint
from survey.web.respond.conflicts import BASE
from survey.web.respond.form_targets import ItemTarget, Outdated, base_in, base_text
from survey.web.respond.form_view import FormView
from survey.web.respond.overview import answers_to
from survey.web.respond.respondent import WHOSE, Respondent
from survey.web.respond.sections import answered, check_of, may_change, page_or_404, page_sent_to, returns_to_check
from survey.web.respond.unfinished_forms import Unfinished
from survey.web.site.environment import ID_LENGTH
from survey.web.site.language import same_form_in_other_language, switch_asked_for

_ITEM_ID = re.compile(f"[a-z0-9]{{1,{2 * ID_LENGTH}}}")
ITEM = "/reflection/section/<path:key>/<group>/<item_id>/"


@blueprint.route(ITEM + "change", methods=["GET", "POST"])
def item(key: str, group: str, item_id: str) -> ResponseReturnValue:
    """Show an item, a new one too, or save it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    path = respondent.path(response)
    page = page_sent_to(path, key)
    target = target_or_404(respondent, page, group, item_id)
    return answered(view_of_item(respondent, target, response, path), page, response, path)


@blueprint.route(ITEM + "remove", methods=["GET", "POST"])
def remove_item(key: str, group: str, item_id: str) -> ResponseReturnValue:
    """Ask whether to take an item out, and do it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    target = target_or_404(respondent, page_or_404(respondent.path(response), key), group, item_id)
    list_address = url_for("respond.section", key=key) + f"#q-{group}"
    number = target.number(response)
    if number is None or not may_change(respondent, response):
        return redirect(list_address, HTTPStatus.SEE_OTHER)
    if request.method == "POST":
        elsewhere = same_form_in_other_language()
        if elsewhere:
            return elsewhere
        try:
            if not switch_asked_for():
                target.remove(base_in(request.form.get(BASE)))
                return redirect(list_address, HTTPStatus.SEE_OTHER)
        except Outdated:
            again = url_for("respond.remove_item", key=key, group=group, item_id=item_id, changed=1)
            return redirect(again, HTTPStatus.SEE_OTHER)
        except DomainError:
            return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    changed = "changed" in request.args
    return _confirm(respondent, target, number, list_address, changed=changed), (
        HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    )


def view_of_item(respondent: Respondent, target: ItemTarget, response: Response, path: Walk) -> FormView:
    """An item as it is shown and saved."""
    texts, page, group, item_id = respondent.texts, target.within, target.group, target.item_id
    last_number = len(path.answers.get(page.key, {}).get(group.id, ()))
    list_address = url_for("respond.section", key=page.key) + f"#q-{group.id}"
    back = check_of(page) if returns_to_check() else list_address
    return FormView(
        respondent=respondent,
        target=target,
        template="respond/item.html",
        leads_to=lambda then: (
            url_for("respond.item", key=page.key, group=group.id, item_id=item_id, saved=1) if then == "stay" else back
        ),
        context=lambda: {
            "caption": texts(group.label),
            "label": texts(group.item_label or group.label),
            "number": target.number(response) or last_number + 1,
            "back": back,
            "returns_to_check": returns_to_check(),
        },
        unfinished=Unfinished(respondent, target.page.key),
    )


def _confirm(respondent: Respondent, target: ItemTarget, number: int, list_address: str, *, changed: bool) -> str:
    version = target.version(respondent.response())
    setting = respondent.setting(target.page)
    answers = [
        answers
        for child in target.group.questions
        if child.id in version.answers
        for answers in answers_to(child, version.answers[child.id], version.written_in, setting)
    ]
    return render_template(
        "respond/remove_item.html",
        label=setting.texts(target.group.item_label or target.group.label),
        number=number,
        answers=answers,
        hidden=[(BASE, base_text(version.base)), (WHOSE, respondent.key)],
        changed=changed,
        back=list_address,
    )


def target_or_404(respondent: Respondent, page: Page, group: str, item_id: str) -> ItemTarget:
    """The item of a repeating group of a page, a new one too."""
    question = page.section.question(group)
    if question is None or not answer_type(question).repeats or not _ITEM_ID.fullmatch(item_id):
        abort(404)
    return ItemTarget(respondent, page, question, item_id)
