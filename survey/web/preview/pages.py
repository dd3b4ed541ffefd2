"""The preview: questionnaires as the files of today have them, drawn as respondents will see them.

The editions there are, the pages of one of them, and each page as it will be answered. What is typed is checked, so
that an author sees what respondents will be told, and then forgotten. The preview is for everybody in a demonstration
and where `SURVEY_PREVIEW` is on; elsewhere for whoever has an account, and to others its addresses lead nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from markupsafe import Markup

from survey.questionnaire.definition import Question, Section
from survey.questionnaire.findings import describe, printable, where
from survey.questionnaire.library import QUESTIONNAIRES
from survey.questionnaire.screens import Screen, screen_named, screens_of, whole
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Instrument, Page, Walk
from survey.web.manage.auth import account_in_session
from survey.web.manage.editions.findings import marked_line
from survey.web.preview.entries import ASKED_FOR, are_asked_for, link_entries, words_here
from survey.web.preview.example_answers import answers_here, example_asked_for, kept_example, next_example
from survey.web.preview.frames import is_framed, kept_framed, let_be_framed
from survey.web.respond.fields import FieldContext
from survey.web.respond.fields.display_only import item_button
from survey.web.respond.forms import AnswerForm, form_class
from survey.web.respond.question_blocks import (
    QuestionBlock,
    block_of,
    drawn_questions,
    looks_elsewhere,
    revealed_in,
    rule_in_words,
    under_headings,
)
from survey.web.respond.respondent import caption_of, group_heading, heading_of, screen_title, title_of
from survey.web.respond.shown_answers import named_by, shown_answers, shown_box
from survey.web.site.editions import Edition, EditionTexts, editions
from survey.web.site.environment import today
from survey.web.site.language import current_language, register, same_form_in_other_language, switch_asked_for
from survey.web.site.translations import shelf

blueprint = Blueprint("preview", __name__, url_prefix="/preview")
blueprint.after_request(link_entries)
blueprint.after_request(let_be_framed)
EDITION = "/<name>/<year>/"


@dataclass(frozen=True, slots=True)
class PreviewContext(FieldContext):
    """Where a question is asked, and of which edition; the items of its groups have pages in the preview."""

    edition: Edition = field(kw_only=True)

    def item_address(self, group_id: str, item_id: str) -> str:
        name, year = self.edition.name, self.edition.year
        kept = {"framed": kept_framed(), "example": kept_example()}
        return url_for("preview.item", name=name, year=year, key=self.page_key, group=group_id, **kept)  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    """Serve these pages. Tests give a folder of `QUESTIONNAIRES` of their own."""
    app.config.setdefault("QUESTIONNAIRES", QUESTIONNAIRES)
    register(app, blueprint)


@blueprint.before_request
def let_in() -> None:
    """Where not everybody may look, whoever has an account may."""
    is_for_all = current_app.config["DEMO"] or current_app.config["PREVIEW"]
    if not is_for_all and account_in_session() is None:
        abort(HTTPStatus.NOT_FOUND)


@blueprint.get("/")
def questionnaires() -> str:
    """Every edition, with whether its file is sound."""
    return render_template("preview/editions.html", editions=[_row(edition) for edition in _all()])


@blueprint.get(EDITION, endpoint="edition")
def pages_of_edition(name: str, year: str) -> str:
    """The pages of an edition, or what is wrong with its file."""
    edition = edition_named(name, year)
    words = _words(edition)
    questionnaire = edition.instrument.questionnaire
    return render_template(
        "preview/edition.html",
        edition=edition,
        title=words.texts(questionnaire.title),
        description=words.texts(questionnaire.description) if questionnaire.description else "",
        pages=[
            (screen, screen_title(screen, words.texts), _caption(edition, screen))
            for screen in screens_of(edition.instrument)
        ],
        address=lambda screen: _address(edition, screen.key, kept_example()),
        example=example_asked_for(),
        missing=words.missing,
    )


@blueprint.route(EDITION + "section/<path:key>", methods=["GET", "POST"])
def section(name: str, year: str, key: str) -> ResponseReturnValue:
    """A page of an edition as it is answered."""
    edition = edition_named(name, year)
    screen = screen_named(edition.instrument, key) or abort(404)
    screens = screens_of(edition.instrument)
    number = next(
        place
        for place, listed_screen in enumerate(screens)
        if listed_screen.page == screen.page and listed_screen.number >= screen.number
    )
    following = screens[number + 1] if number + 1 < len(screens) else None
    texts = _words(edition).texts
    room = "anonymous" if edition.instrument.questionnaire.respondent == "anonymous" else "respond"
    context = {
        "template": f"{room}/section.html",
        **heading_of(screen.page, edition.framework, texts),
        **group_heading(screen, texts),
        "beside": _texts_address(edition, screen.page),
        "phone": url_for("preview.phone", name=name, year=year, key=key, example=kept_example()),
        "screen": screen,
        "examples": lambda example: _address(edition, screen.key, example),
        "number": number + 1,
        "count": len(screens),
        "previous": _link(edition, screens[number - 1]) if number else None,
        "following": _link(edition, following) if following else None,
    }
    leads_to = _address(edition, following.key, kept_example()) if following else _edition_address(edition)
    return _answer(edition, edition.instrument, screen, context, leads_to)


@blueprint.route(EDITION + "item/<group>/<path:key>", methods=["GET", "POST"])
def item(name: str, year: str, group: str, key: str) -> ResponseReturnValue:
    """What an item of a repeating group is asked."""
    edition = edition_named(name, year)
    within = edition.instrument.page(key) or abort(404)
    question = within.section.question(group)
    if question is None or not answer_type(question).repeats:
        abort(404)
    title = question.item_label or question.label
    only = Section(group, title, questions=question.questions)
    instrument = Instrument(replace(edition.instrument.questionnaire, sections=(only,)), edition.framework)
    context = {
        "template": "respond/item.html",
        "beside": _texts_address(edition, within),
        "caption": _words(edition).texts(question.label),
        "label": _words(edition).texts(title),
        "number": 1,
        "previous": _link(edition, whole(within)),
    }
    return _answer(
        edition, instrument, whole(instrument.pages[0]), context, _address(edition, within.key, kept_example())
    )


def _answer(
    edition: Edition, instrument: Instrument, screen: Screen, context: Mapping[str, Any], leads_to: str
) -> ResponseReturnValue:
    """Show a page; show it again with what was typed and what is wrong with it, or go on when nothing is."""
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    other = switch_asked_for()
    words, examples, page = _words(edition), answers_here(instrument), screen.shown
    setting = PreviewContext(
        words.texts,
        current_language(),
        page.outcome,
        page.key,
        edition.framework,
        known=lambda answers: instrument.known_on(page, {**examples, page.key: answers}, today()),
        edition=edition,
    )
    typed = request.form if request.method == "POST" else None
    form = form_class(page.section.questions)(page, setting, screen.answers_in(examples.get(page.key, {})), typed)
    is_sound = form.validate()
    if request.method == "POST" and not other and is_sound and request.form.get("then") != "stay":
        return redirect(_next(request.form.get("then", ""), setting, edition, leads_to), HTTPStatus.SEE_OTHER)
    if other:
        form.hide_errors()
    path = instrument.walk({**examples, page.key: {**examples.get(page.key, {}), **form.answers}})
    errors = form.summary()
    markup = render_template(
        "preview/page.html",
        blocks=list(under_headings(_blocks(form, path), form)),
        rule=rule_in_words(page.section, page, path, setting),
        any_of=page.section.show_when is not None and page.section.show_when.behaviour == "any",
        missing=words.missing,
        entries=request.path if are_asked_for() else f"{request.path}?{ASKED_FOR}=yes",
        leads_to_entries=are_asked_for(),
        back=_edition_address(edition),
        is_framed=is_framed(),
        example=example_asked_for(),
        next_example=next_example(),
        hidden=[],
        version=None,
        errors=errors,
        **context,
    )
    return markup, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _next(pressed: str, setting: FieldContext, edition: Edition, following: str) -> str:
    """Where a button leads."""
    button = item_button(pressed)
    if button:
        group, item_id, _ = button
        return setting.item_address(group, item_id)
    return following if pressed == "continue" else _edition_address(edition)


def _what_is_wrong(edition: Edition) -> str:
    findings = [
        {
            "where": where(finding),
            "words": printable(describe(finding, current_language())),
            "shown": marked_line(finding),
        }
        for finding in edition.findings
    ]
    return render_template("preview/findings.html", edition=edition, findings=findings)


def _all() -> tuple[Edition, ...]:
    return editions(shelf())


def edition_named(name: str, year: str) -> Edition:
    """An edition. Answers the request itself when there is none, or there is something wrong with its file."""
    edition = edition_there(name, year)
    if edition.findings:
        abort(make_response(_what_is_wrong(edition)))
    return edition


def edition_there(name: str, year: str) -> Edition:
    """An edition, whatever is wrong with it. Answers the request itself when there is none."""
    return next((edition for edition in _all() if (edition.name, edition.year) == (name, year)), None) or abort(404)


def _words(edition: Edition) -> EditionTexts:
    return words_here(edition, current_language())


def _row(edition: Edition) -> tuple[Edition, str, int]:
    """An edition, its title, and how many of its texts are missing; only a sound one has either."""
    if edition.questionnaire is None:
        return edition, "", 0
    words = _words(edition)
    return edition, words.texts(edition.questionnaire.title), len(words.missing)


def _caption(edition: Edition, screen: Screen) -> str:
    """What stands beside the title of a screen: the section of a group of rows, or which outcome it is."""
    texts = _words(edition).texts
    return title_of(screen.page, texts) if screen.group else caption_of(screen.page, edition.framework, texts)


def _texts_address(edition: Edition, page: Page) -> str:
    return url_for("preview.texts", name=edition.name, year=edition.year, key=page.key)


def caption_of_page(edition: Edition, page: Page) -> str:
    """What stands beside the title of a page: which outcome it is about."""
    return caption_of(page, edition.framework, _words(edition).texts)


def _link(edition: Edition, screen: Screen) -> dict[str, str]:
    return {"href": _address(edition, screen.key, kept_example()), "text": screen_title(screen, _words(edition).texts)}


def _address(edition: Edition, key: str, example: int | None) -> str:
    name, year = edition.name, edition.year
    return url_for("preview.section", name=name, year=year, key=key, framed=kept_framed(), example=example)


def _edition_address(edition: Edition) -> str:
    name, year = edition.name, edition.year
    return url_for("preview.edition", name=name, year=year, framed=kept_framed(), example=kept_example())


def _blocks(form: AnswerForm, path: Walk) -> Iterator[QuestionBlock]:
    """The questions in their order; one that a respondent is shown inside an option is drawn there."""
    page = form.page
    shown = {question.id for question in drawn_questions(page, path)}
    for question in page.section.questions:
        if question.revealed_by is None and (question.id in shown or looks_elsewhere(question.show_when)):
            if question.id in path.calculated.get(page.key, {}):
                form.field(question.id).data = _example(question) or path.calculated[page.key][question.id]
            when = rule_in_words(question, page, path, form.setting)
            block = block_of(question, form, path, dict(_revealed(question, form, path)), when)
            yield replace(block, shown=shown_box(shown_answers(named_by(question, path), path, form.setting)))


def _example(question: Question) -> str:
    """What stands for the words of a respondent, in a question that shows them."""
    if not answer_type(question).quotes:
        return ""
    return pgettext("preview", "What the cluster wrote the year before stands here, word for word.")


def _revealed(question: Question, form: AnswerForm, path: Walk) -> Iterator[tuple[str, Markup]]:
    for name in revealed_in(question):
        inner = form.field(name)
        words = rule_in_words(inner.question, form.page, path, form.setting)
        rule = Markup('<p class="nhsuk-hint">{}</p>').format(" ".join(words))
        yield name, rule + inner.draw()
