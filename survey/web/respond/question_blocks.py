"""The questions of a page, drawn one under the other: which of them, when to answer each, what was answered before.

A question that is asked only if something holds comes with a sentence that says so, and with its rule for the script
that hides it. Without the script it is always there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from markupsafe import Markup

from survey.collection.responses.earlier_answers import NOT_SHOWN_AGAIN, EarlierAnswers
from survey.questionnaire.definition import Question
from survey.questionnaire.rules import Condition, Rule, holds
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk
from survey.questionnaire.when import sentence
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import AnswerForm
from survey.web.respond.overview import AnswerGroup, answers_to
from survey.web.respond.respondent import words_of


@dataclass(frozen=True, slots=True)
class Block:
    """A drawn question. `show_when` is its rule as JSON for the script, `when` the same in sentences."""

    question: Question
    markup: Markup
    show_when: str = ""
    when: tuple[str, ...] = ()
    any_of: bool = False
    earlier: tuple[AnswerGroup, ...] = ()

    @property
    def answered(self) -> str:
        """The ids of the questions that stand in it."""
        return " ".join((self.question.id, *revealed_in(self.question)))


def blocks_of(form: AnswerForm, path: Walk, earlier: EarlierAnswers | None) -> Iterator[Block]:
    """The questions of a form, in order; one that belongs inside an option is drawn there."""
    page = form.page
    shown = {question.id for question in drawn_questions(page, path)}
    for name, value in path.calculated.get(page.key, {}).items():
        if name in form:
            form.field(name).data = value
    for question in page.section.questions:
        if question.id in form and question.id in shown and question.revealed_by is None:
            revealed = {name: form.field(name).draw() for name in revealed_in(question) if name in form}
            before = tuple(_before(question, form, earlier)) if earlier else ()
            when = explanations(question.show_when, page, path, form.setting)
            yield block_of(question, form, path, revealed, when, before)


def on_page(blocks: list[Block], form: AnswerForm) -> str:
    """The ids of the questions that the drawn form answers, for the form to carry along."""
    names = [name for block in blocks for name in (block.question.id, *revealed_in(block.question))]
    return " ".join(name for name in names if name in form.answered)


def block_of(
    question: Question,
    form: AnswerForm,
    path: Walk,
    revealed: Mapping[str, Markup],
    when: tuple[str, ...],
    earlier: tuple[AnswerGroup, ...] = (),
) -> Block:
    """A question, drawn with those that are `revealed` inside its options, and its rule, which `when` has in words."""
    rule, markup = question.show_when, form.field(question.id).draw(revealed)
    if rule is None:
        return Block(question, markup, earlier=earlier)
    show_when = json.dumps(for_script(rule, form.page, path), separators=(",", ":"))
    return Block(question, markup, show_when, when, rule.behaviour == "any", earlier)


def _before(question: Question, form: AnswerForm, earlier: EarlierAnswers) -> Iterator[AnswerGroup]:
    """What was answered before, as it was asked then, in the language of the page."""
    setting = replace(
        form.setting,
        texts=words_of(earlier.snapshot, form.setting.language),
        outcome=earlier.page.outcome,
        framework=earlier.snapshot.framework,
    )
    for name in (question.id, *revealed_in(question)):
        before = earlier.answers.get(name)
        if before and before.question.measure not in NOT_SHOWN_AGAIN:
            yield from answers_to(before.question, before.answer, before.written_in, setting)


def revealed_in(question: Question) -> list[str]:
    """The ids of the questions that are drawn inside the options of one."""
    return [option.reveals for option in question.options if option.reveals]


def drawn_questions(page: Page, path: Walk) -> tuple[Question, ...]:
    """The questions of a page that may be asked, whatever is answered on this page."""
    asked = {question.id for question in path.asked.get(page.key, ())}
    return tuple(
        question
        for question in page.section.questions
        if question.id in asked or (not answer_type(question).calculates and _may_hold(question.show_when, page, path))
    )


def for_script(rule: Rule, page: Page, path: Walk) -> dict[str, Any]:
    """A rule as `respond.js` reads it. What this page cannot change is given as settled."""
    return {
        rule.behaviour: [
            asdict(condition) if (settled := _settled(condition, page, path)) is None else {"settled": settled}
            for condition in rule.conditions
        ]
    }


def explanations(rule: Rule | None, page: Page, path: Walk, setting: FieldContext) -> tuple[str, ...]:
    """When to answer, as sentences: one condition each, without those that are settled."""
    return tuple(
        sentence(condition, page.section.question, setting.texts, setting.language)
        for condition in (rule.conditions if rule else ())
        if _settled(condition, page, path) is None
    )


def _may_hold(rule: Rule | None, page: Page, path: Walk) -> bool:
    if rule is None:
        return True
    settled = [_settled(condition, page, path) for condition in rule.conditions]
    return False not in settled if rule.behaviour == "all" else any(known is not False for known in settled)


def _settled(condition: Condition, page: Page, path: Walk) -> bool | None:
    """Whether a condition holds that answers on this page cannot change; None for one that they can."""
    names = [condition.question, *([condition.answer_of] if condition.answer_of else [])]
    if all(_may_change(name, page, path) for name in names):
        return None
    if any("." not in name and not _may_change(name, page, path) for name in names):
        return holds(Rule("all", (condition,)), lambda _: None)
    return holds(Rule("all", (condition,)), lambda name: _answer_elsewhere(name, path))


def _may_change(name: str, page: Page, path: Walk) -> bool:
    question = page.section.question(name)
    if question is None:
        return False
    return not answer_type(question).calculates or question in path.asked.get(page.key, ())


def _answer_elsewhere(name: str, path: Walk) -> Any:
    page_key, _, question_id = name.rpartition(".")
    return path.answers.get(page_key, {}).get(question_id)
