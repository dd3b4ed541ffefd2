"""The pages of the questionnaire, and those of the items of repeating groups: added, changed, taken out."""

import re
from http import HTTPStatus
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.response import Response
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk
from survey.web.respond import autosave
from survey.web.respond.auth import blueprint
from survey.web.respond.conflicts import BASE
from survey.web.respond.fields.display_only import CHANGE, REMOVE, item_button
from survey.web.respond.file_rows import rows_on
from survey.web.respond.form_targets import ItemTarget, Outdated, PageTarget, base_in, base_text
from survey.web.respond.form_view import FormView
from survey.web.respond.note_thread import thread_beside
from survey.web.respond.overview import answers_to
from survey.web.respond.respondent import WHOSE, Respondent, heading_of, sent_by_script
from survey.web.respond.unfinished import Unfinished
from survey.web.respond.worksheets import reflection_beside, worksheet_links
from survey.web.site.environment import ID_LENGTH, now
from survey.web.site.language import same_form_in_other_language, switch_asked_for

CHECK = "respond.check"
COMES_BACK = frozenset({"respond.section", "respond.item", "respond.remove_item"})
_ITEM_ID = re.compile(f"[a-z0-9]{{1,{2 * ID_LENGTH}}}")
OF_ITEM = {CHANGE: "respond.item", REMOVE: "respond.remove_item"}
ITEM = "/reflection/section/<path:key>/<group>/<item_id>/"


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
    page = page_or_404(path, key)
    return _answer(_view(respondent, page, response), response, path)


@blueprint.route(ITEM + "change", methods=["GET", "POST"])
def item(key: str, group: str, item_id: str) -> ResponseReturnValue:
    """Show an item, a new one too, or save it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    path = respondent.path(response)
    target = _target_or_404(respondent, path, key, group, item_id)
    texts = respondent.texts
    last_number = len(path.answers[key].get(group, ()))
    list_address = url_for("respond.section", key=key) + f"#q-{group}"
    view = FormView(
        respondent=respondent,
        target=target,
        template="respond/item.html",
        leads_to=lambda then: (
            url_for("respond.item", key=key, group=group, item_id=item_id, saved=1)
            if then == "stay"
            else _check_of(page_or_404(path, key))
            if returns_to_check()
            else list_address
        ),
        context={
            "caption": texts(target.group.label),
            "label": texts(target.group.item_label or target.group.label),
            "number": target.number(response) or last_number + 1,
            "back": _check_of(page_or_404(path, key)) if returns_to_check() else list_address,
            "returns_to_check": returns_to_check(),
        },
        unfinished=Unfinished(respondent, target.page.key),
    )
    return _answer(view, response, path)


@blueprint.route(ITEM + "remove", methods=["GET", "POST"])
def remove_item(key: str, group: str, item_id: str) -> ResponseReturnValue:
    """Ask whether to take an item out, and do it."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    target = _target_or_404(respondent, respondent.path(response), key, group, item_id)
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


def page_or_404(path: Walk, key: str) -> Page:
    """The page with this key, if the cluster is asked it."""
    page = path.instrument.page(key)
    if page is None or page.key not in path.asked:
        abort(404)
    return page


def may_change(respondent: Respondent, response: Response) -> bool:
    """Whether the answers can be changed now."""
    return respondent.snapshot.round.takes_answers(now()) and response.status != "submitted"


def _answer(view: FormView, response: Response, path: Walk) -> ResponseReturnValue:
    """Save what was sent, or show the form while its answers may be changed."""
    if request.method == "POST":
        return saved(view)
    if not may_change(view.respondent, response):
        return redirect(url_for("respond.reflection"))
    return view.show(response, path)


def saved(view: FormView) -> ResponseReturnValue:
    """Save what was sent, and answer a person or the script."""
    return autosave.autosave(view) if sent_by_script() else view.save()


def _view(respondent: Respondent, page: Page, response: Response) -> FormView:
    return FormView(
        respondent=respondent,
        target=PageTarget(respondent, page),
        template="respond/section.html",
        leads_to=lambda then: _address(respondent, page, then),
        context={
            **heading_of(page, respondent.snapshot.framework, respondent.texts),
            **worksheet_links(respondent, page),
            "back": _check_of(page) if returns_to_check() else url_for("respond.reflection"),
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
        return _check_of(page)
    following = respondent.page_after(page)
    return respondent.address(following) if following else url_for("respond.check")


def _check_of(page: Page) -> str:
    """The answers of a page among those that are checked."""
    return f"{url_for(CHECK)}#{page.anchor}"


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


def _target_or_404(respondent: Respondent, path: Walk, key: str, group_id: str, item_id: str) -> ItemTarget:
    page = page_or_404(path, key)
    group = page.section.question(group_id)
    if group is None or not answer_type(group).repeats or not _ITEM_ID.fullmatch(item_id):
        abort(404)
    return ItemTarget(respondent, page, group, item_id)
