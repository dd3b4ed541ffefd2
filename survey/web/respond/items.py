"""One item of a repeating group: added, changed, taken out."""

import re
from http import HTTPStatus

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Walk
from survey.web.respond.answer_rows import answers_to
from survey.web.respond.blueprint import blueprint
from survey.web.respond.form_targets import ItemTarget, Outdated, Saving
from survey.web.respond.form_view import FormView, show, take
from survey.web.respond.ids import LENGTH, new_id
from survey.web.respond.respondent import WHOSE, Respondent
from survey.web.respond.sections import may_change, page_or_404
from survey.web.respond.sign_in import SAME_FORM
from survey.web.site.clock import now
from survey.web.site.language import page_in, switch_asked_for

_ITEM_ID = re.compile(f"[a-z0-9]{{1,{2 * LENGTH}}}")
ITEM = "/reflection/section/<path:key>/<group>/<item_id>/"


@blueprint.route(ITEM + "change", methods=["GET", "POST"])
def item(key: str, group: str, item_id: str) -> ResponseReturnValue:
    """Show an item, a new one too, or save it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    path = respondent.path(response)
    sheet = _sheet_or_404(respondent, path, key, group, item_id)
    label = respondent.texts(sheet.group.item_label or sheet.group.label)
    number = sheet.number(response)
    list_address = url_for("respond.section", key=key) + f"#q-{group}"
    screen = FormView(
        respondent=respondent,
        sheet=sheet,
        template="respond/item.html",
        leads_to=lambda then: (
            url_for("respond.item", key=key, group=group, item_id=item_id, saved=1) if then == "stay" else list_address
        ),
        context={"label": label, "number": number, "back": list_address},
    )
    if request.method == "POST":
        return take(screen)
    if not may_change(respondent, response):
        return redirect(url_for("respond.reflection"))
    return show(screen, response, path)


@blueprint.route(ITEM + "remove", methods=["GET", "POST"])
def remove_item(key: str, group: str, item_id: str) -> ResponseReturnValue:
    """Ask whether to take an item out, and do it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    sheet = _sheet_or_404(respondent, respondent.path(response), key, group, item_id)
    list_address = url_for("respond.section", key=key) + f"#q-{group}"
    number = sheet.number(response)
    if number is None or not may_change(respondent, response):
        return redirect(list_address, HTTPStatus.SEE_OTHER)
    if request.method == "POST":
        other = switch_asked_for()
        if other and other != g.language.code:
            return redirect(page_in(other), SAME_FORM)
        try:
            if not other:
                sheet.remove(request.form.get("version", ""), Saving(now(), g.language.code, new_id()))
                return redirect(list_address, HTTPStatus.SEE_OTHER)
        except Outdated:
            return _confirm(respondent, sheet, number, list_address, changed=True), HTTPStatus.CONFLICT
        except DomainError:
            return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    return _confirm(respondent, sheet, number, list_address, changed=False)


def _confirm(respondent: Respondent, sheet: ItemTarget, number: int, list_address: str, *, changed: bool) -> str:
    version = sheet.version(respondent.response())
    setting = respondent.setting(sheet.page)
    answers = [
        answers
        for child in sheet.group.questions
        if child.id in version.answers
        for answers in answers_to(child, version.answers[child.id], version.written_in, setting)
    ]
    return render_template(
        "respond/remove_item.html",
        label=setting.texts(sheet.group.item_label or sheet.group.label),
        number=number,
        answers=answers,
        hidden=[("version", version.token), (WHOSE, respondent.key)],
        changed=changed,
        back=list_address,
    )


def _sheet_or_404(respondent: Respondent, path: Walk, key: str, group_id: str, item_id: str) -> ItemTarget:
    page = page_or_404(path, key)
    group = page.section.question(group_id)
    if group is None or not answer_type(group).repeats or not _ITEM_ID.fullmatch(item_id):
        abort(404)
    return ItemTarget(respondent, page, group, item_id)
