"""The pages of the preview: the editions there are, the pages of one of them, and each page as it will be answered.

What is typed is checked, so that an author sees what respondents will be told, and then forgotten.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.questionnaire.definition import Section
from survey.questionnaire.findings import describe, printable
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Instrument, Page
from survey.web.preview.editions import Edition, editions, words_of
from survey.web.preview.preview_form import PreviewContext, blocks_of, rule_in_words
from survey.web.respond.forms import form_class
from survey.web.respond.sign_in import SAME_FORM
from survey.web.respond.wording import caption_of, title_of
from survey.web.site.language import page_in, switch_asked_for

blueprint = Blueprint("preview", __name__, url_prefix="/preview")
EDITION = "/<name>/<year>/"


@blueprint.get("/")
def questionnaires() -> str:
    """Every edition, with whether its file is sound."""
    return render_template(
        "preview/editions.html",
        editions=[(edition, _title(edition), _count_of_missing(edition)) for edition in _all()],
    )


@blueprint.get(EDITION)
def edition(name: str, year: str) -> str:
    """The pages of an edition, or what is wrong with its file."""
    found = _edition_or_404(name, year)
    if found.questionnaire is None:
        return _what_is_wrong(found)
    words = words_of(found, g.language)
    description = found.questionnaire.description
    return render_template(
        "preview/edition.html",
        edition=found,
        title=words.texts(found.questionnaire.title),
        description=words.texts(description) if description else "",
        pages=[(page, title_of(page, words.texts), _caption(found, page)) for page in found.instrument.pages],
        address=lambda page: _address(found, page),
        missing=words.missing,
    )


@blueprint.route(EDITION + "section/<path:key>", methods=["GET", "POST"])
def section(name: str, year: str, key: str) -> ResponseReturnValue:
    """A page of an edition as it is answered."""
    found = _edition_or_404(name, year)
    if found.questionnaire is None:
        return _what_is_wrong(found)
    page = found.instrument.page(key) or abort(404)
    pages = found.instrument.pages
    number = pages.index(page)
    texts = words_of(found, g.language).texts
    context = {
        "template": f"{_room(found)}/section.html",
        "title": title_of(page, texts),
        "caption": _caption(found, page),
        "introduction": texts(page.section.text) if page.section.text else "",
        "purpose": texts(page.outcome.purpose) if page.outcome else "",
        "number": number + 1,
        "count": len(pages),
        "previous": _link(found, pages[number - 1]) if number else None,
        "following": _link(found, pages[number + 1]) if number + 1 < len(pages) else None,
    }
    leads_to = _address(found, pages[number + 1]) if number + 1 < len(pages) else _edition_address(found)
    return _answer(found, found.instrument, page, context, leads_to)


@blueprint.route(EDITION + "item/<group>/<path:key>", methods=["GET", "POST"])
def item(name: str, year: str, group: str, key: str) -> ResponseReturnValue:
    """What an item of a repeating group is asked."""
    found = _edition_or_404(name, year)
    if found.questionnaire is None:
        return _what_is_wrong(found)
    within = found.instrument.page(key) or abort(404)
    question = within.section.question(group)
    if question is None or not answer_type(question).repeats:
        abort(404)
    title = question.item_label or question.label
    only = Section(group, title, questions=question.questions)
    instrument = Instrument(replace(found.questionnaire, sections=(only,)), found.framework)
    context = {
        "template": "respond/item.html",
        "label": words_of(found, g.language).texts(title),
        "previous": _link(found, within),
    }
    return _answer(found, instrument, instrument.pages[0], context, _address(found, within))


def _answer(
    found: Edition, instrument: Instrument, page: Page, context: Mapping[str, Any], leads_to: str
) -> ResponseReturnValue:
    """Show a page; show it again with what was typed and what is wrong with it, or go on when nothing is."""
    other = switch_asked_for()
    if other and other != g.language.code:
        return redirect(page_in(other), SAME_FORM)
    words = words_of(found, g.language)
    setting = PreviewContext(words.texts, g.language, page.outcome, page.key, found.framework, edition=found)
    typed = request.form if request.method == "POST" else None
    form = form_class(page.section.questions)(page, setting, {}, typed)
    is_sound = form.validate()
    if request.method == "POST" and not other and is_sound and request.form.get("then") != "stay":
        goes_on = request.form.get("then") == "continue"
        return redirect(leads_to if goes_on else _edition_address(found), HTTPStatus.SEE_OTHER)
    if other:
        form.hide_errors()
    path = instrument.walk({page.key: form.answers})
    errors = form.summary()
    markup = render_template(
        "preview/page.html",
        blocks=list(blocks_of(form, path)),
        rule=rule_in_words(page.section.show_when, page, path, setting),
        any_of=page.section.show_when is not None and page.section.show_when.behaviour == "any",
        missing=words.missing,
        back=_edition_address(found),
        hidden=[],
        version=None,
        errors=errors,
        **context,
    )
    return markup, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _what_is_wrong(found: Edition) -> str:
    findings = [
        {
            "file": printable(finding.file),
            "pointer": printable(finding.pointer),
            "words": printable(describe(finding, g.language)),
        }
        for finding in found.findings
    ]
    return render_template("preview/findings.html", edition=found, findings=findings)


def _all() -> tuple[Edition, ...]:
    return editions(current_app.config["QUESTIONNAIRES"])


def _edition_or_404(name: str, year: str) -> Edition:
    found = next((edition for edition in _all() if (edition.name, edition.year) == (name, year)), None)
    return found or abort(404)


def _room(found: Edition) -> str:
    anonymous = found.questionnaire is not None and found.questionnaire.respondent == "anonymous"
    return "anonymous" if anonymous else "respond"


def _title(found: Edition) -> str:
    return words_of(found, g.language).texts(found.questionnaire.title) if found.questionnaire else ""


def _count_of_missing(found: Edition) -> int:
    return len(words_of(found, g.language).missing) if found.questionnaire else 0


def _caption(found: Edition, page: Page) -> str:
    return caption_of(page, found.framework, words_of(found, g.language).texts, g.language)


def _link(found: Edition, page: Page) -> dict[str, str]:
    return {"href": _address(found, page), "text": title_of(page, words_of(found, g.language).texts)}


def _address(found: Edition, page: Page) -> str:
    return url_for("preview.section", name=found.name, year=found.year, key=page.key)


def _edition_address(found: Edition) -> str:
    return url_for("preview.edition", name=found.name, year=found.year)
