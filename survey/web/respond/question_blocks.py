"""The questions of a page, drawn one under the other: each with when to answer it and what was answered before."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from survey.collection.responses.earlier_answers import EarlierAnswers
from survey.questionnaire.definition import Question
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.answer_rows import AnswerGroup, answers_to
from survey.web.respond.conditions import drawn_questions, explanations, for_script
from survey.web.respond.forms import AnswerForm
from survey.web.respond.wording import words_of

# Who signed last time says nothing about this time, and is a person’s name.
NOT_SHOWN_AGAIN = frozenset({"signed_name", "signed_role", "signed_date"})


@dataclass(frozen=True, slots=True)
class Block:
    """A drawn question. `show_when` is its rule as JSON for the script, `when` the same in sentences."""

    question: Question
    markup: Markup
    show_when: str = ""
    when: tuple[str, ...] = ()
    any_of: bool = False
    earlier: tuple[AnswerGroup, ...] = ()


def blocks_of(form: AnswerForm, path: Walk, earlier: EarlierAnswers | None) -> Iterator[Block]:
    """The questions of a form, in order; one that belongs inside an option is drawn there."""
    page = form.page
    shown = {question.id for question in drawn_questions(page, path)}
    for name, value in path.calculated.get(page.key, {}).items():
        if name in form:
            form.field(name).data = value
    for question in page.section.questions:
        if question.id in form and question.id in shown and question.revealed_by is None:
            yield _block(question, form, path, earlier)


def on_page(blocks: list[Block], form: AnswerForm) -> str:
    """The ids of the questions that the drawn form answers, for the form to carry along."""
    names = [name for block in blocks for name in (block.question.id, *_revealed_in(block.question))]
    return " ".join(name for name in names if name in form.answered)


def _block(question: Question, form: AnswerForm, path: Walk, earlier: EarlierAnswers | None) -> Block:
    rule, setting = question.show_when, form.setting
    when = explanations(rule, form.page, path, setting.texts, setting.language) if rule else ()
    before = tuple(_before(question, form, earlier)) if earlier else ()
    return block_of(question, _markup(question, form), form.page, path, tuple(when), before)


def block_of(
    question: Question,
    markup: Markup,
    page: Page,
    path: Walk,
    when: tuple[str, ...],
    earlier: tuple[AnswerGroup, ...] = (),
) -> Block:
    """A question with its rule, which `when` has in words."""
    rule = question.show_when
    if rule is None:
        return Block(question, markup, earlier=earlier)
    show_when = json.dumps(for_script(rule, page, path), separators=(",", ":"))
    return Block(question, markup, show_when, when, rule.behaviour == "any", earlier)


def _markup(question: Question, form: AnswerForm) -> Markup:
    revealed = {name: form.field(name).draw() for name in _revealed_in(question) if name in form}
    return form.field(question.id).draw(revealed)


def _before(question: Question, form: AnswerForm, earlier: EarlierAnswers) -> Iterator[AnswerGroup]:
    """What was answered before, as it was asked then, in the language of the page."""
    setting = replace(
        form.setting,
        texts=words_of(earlier.snapshot, form.setting.language),
        outcome=earlier.page.outcome,
        framework=earlier.snapshot.framework,
    )
    for name in (question.id, *_revealed_in(question)):
        before = earlier.answers.get(name)
        if before and before.question.measure not in NOT_SHOWN_AGAIN:
            yield from answers_to(before.question, before.answer, before.written_in, setting)


def _revealed_in(question: Question) -> list[str]:
    return [option.reveals for option in question.options if option.reveals]
