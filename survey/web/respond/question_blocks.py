"""The questions of a page, drawn one under the other: which of them, when to answer each, what was answered before.

A question that is asked only if something holds comes with a sentence that says so, and with its rule for the script
that hides it. Without the script it is always there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from markupsafe import Markup

from survey.collection.responses.earlier_answers import EarlierAnswers
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.rule_sentences import sentence
from survey.questionnaire.rules import Condition, Rule, holds
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Instrument, Page, Walk
from survey.web.respond.earlier_boxes import boxes_of
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import AnswerForm
from survey.web.respond.shown_answers import asked_before, shown_answers, shown_box


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A drawn question. `show_when` is its rule as JSON for the script, `when` the same in sentences; `earlier` is what
    stands beside it, `shown` what was answered on earlier pages, over it.

    `heading` is that of the part of the page which begins with it.
    """

    question: Question
    markup: Markup
    show_when: str = ""
    when: tuple[str, ...] = ()
    any_of: bool = False
    heading: str = ""
    earlier: str = ""
    shown: str = ""

    @property
    def answered(self) -> str:
        """The ids of the questions that stand in it."""
        return " ".join((self.question.id, *revealed_in(self.question)))


def blocks_of(form: AnswerForm, path: Walk, earlier: EarlierAnswers | None) -> Iterator[QuestionBlock]:
    """The questions of a form, in order, under their headings; one that belongs inside an option is drawn there."""
    return under_headings(_drawn(form, path, earlier), form)


def under_headings(blocks: Iterable[QuestionBlock], form: AnswerForm) -> Iterator[QuestionBlock]:
    """The blocks of a form; the first that stands under a heading of the page gets it."""
    current = None
    for block in blocks:
        heading = form.page.section.heading_over(block.question)
        is_first, current = heading is not current, heading
        yield replace(block, heading=form.setting.texts(heading)) if heading and is_first else block


def _drawn(form: AnswerForm, path: Walk, earlier: EarlierAnswers | None) -> Iterator[QuestionBlock]:
    page = form.page
    shown = {question.id for question in drawn_questions(page, path)}
    for name, value in path.calculated.get(page.key, {}).items():
        if name in form:
            form.field(name).show_value(value, page, path)
    for question in page.section.questions:
        if question.id in form and question.id in shown and not _drawn_elsewhere(question):
            revealed = {name: form.field(name).draw() for name in revealed_in(question) if name in form}
            boxes = boxes_of(question, list(revealed), form, earlier) if earlier else {}
            beside = {part: box.draw() for part, box in boxes.items()}
            form.field(question.id).beside = beside
            when = explanations(question, page, path, form.setting)
            over = shown_box(shown_answers(asked_before(question, path), path, form.setting))
            yield replace(block_of(question, form, path, revealed, when, beside.get("", "")), shown=over)


def _drawn_elsewhere(question: Question) -> bool:
    """Inside an option, or, as an ending, on a page of its own."""
    return question.revealed_by is not None or answer_type(question).ends


def on_page(blocks: list[QuestionBlock], form: AnswerForm) -> str:
    """The ids of the questions that the drawn form answers, for the form to carry along."""
    names = [name for block in blocks for name in (block.question.id, *revealed_in(block.question))]
    return " ".join(name for name in names if name in form.answered)


def block_of(
    question: Question,
    form: AnswerForm,
    path: Walk,
    revealed: Mapping[str, Markup],
    when: tuple[str, ...],
    earlier: str = "",
) -> QuestionBlock:
    """A question, drawn with those that are `revealed` inside its options, and its rule, which `when` has in words."""
    rule, markup = question.show_when, form.field(question.id).draw(revealed)
    if rule is None:
        return QuestionBlock(question, markup, earlier=earlier)
    show_when = json.dumps(for_script(rule, form.page, path), separators=(",", ":"))
    return QuestionBlock(question, markup, show_when, when, rule.behaviour == "any", earlier=earlier)


def revealed_in(question: Question) -> list[str]:
    """The ids of the questions that are drawn inside the options of one."""
    return [option.reveals for option in question.options if option.reveals]


def drawn_questions(page: Page, path: Walk) -> tuple[Question, ...]:
    """The questions of a page that may be asked, whatever is answered on this page."""
    asked = {question.id for question in path.asked.get(page.key, ())}
    return tuple(
        question
        for question in page.section.questions
        if question.id in asked or (not answer_type(question).shows_value and _may_hold(question.show_when, page, path))
    )


def for_script(rule: Rule, page: Page, path: Walk) -> dict[str, Any]:
    """A rule as `respond.js` reads it. What this page cannot change is given as settled."""
    return {
        rule.behaviour: [
            asdict(condition) if (settled := _settled(condition, page, path)) is None else {"settled": settled}
            for condition in rule.conditions
        ]
    }


def explanations(question: Question, page: Page, path: Walk, setting: FieldContext) -> tuple[str, ...]:
    """When a question is there, as sentences: one condition each, without those that are settled."""
    rule = question.show_when
    return tuple(
        sentence(condition, question, page.section.question, setting.texts, setting.language)
        for condition in (rule.conditions if rule else ())
        if _settled(condition, page, path) is None
    )


def rule_in_words(asked: Question | Section, page: Page, path: Walk, setting: FieldContext) -> tuple[str, ...]:
    """When something is there, whatever has been answered: one sentence for each condition."""
    rule = asked.show_when
    return tuple(
        sentence(condition, asked, lambda name: _question(name, page, path.instrument), setting.texts, setting.language)
        for condition in (rule.conditions if rule else ())
    )


def looks_elsewhere(rule: Rule | None) -> bool:
    """Whether a rule looks at answers of another page."""
    return rule is not None and any("." in condition.question for condition in rule.conditions)


def _question(name: str, page: Page, instrument: Instrument) -> Question | None:
    section_id, _, question_id = name.rpartition(".")
    section = instrument.questionnaire.section(section_id) if section_id else page.section
    return section.question(question_id) if section else None


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
    return not answer_type(question).shows_value or question in path.asked.get(page.key, ())


def _answer_elsewhere(name: str, path: Walk) -> Any:
    page_key, _, question_id = name.rpartition(".")
    return path.value(page_key, question_id)
