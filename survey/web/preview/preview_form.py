"""A page of an edition drawn for its author: every question that may be asked on it, each with its rule in words."""

import json
from collections.abc import Iterator
from typing import Any

from flask import url_for
from markupsafe import Markup

from survey.questionnaire.definition import Question
from survey.questionnaire.rules import Rule
from survey.questionnaire.walk import Instrument, Page, Walk
from survey.web.preview.editions import Edition
from survey.web.respond.conditions import drawn_questions, for_script, sentence
from survey.web.respond.fields import FieldContext, GroupField
from survey.web.respond.forms import AnswerForm
from survey.web.respond.question_blocks import Block


def form_of(edition: Edition, page: Page, setting: FieldContext) -> AnswerForm:
    """A form with every question of a page; the items of its groups lead to pages of the preview."""
    form = AnswerForm(page, page.section.questions, setting)
    for question in page.section.questions:
        if question.type == "group":
            unbound: Any = PreviewedGroup(edition, question, setting)
            form[question.id] = unbound
    return form


class PreviewedGroup(GroupField):
    """A repeating group without items. Adding one leads to the questions that an item is asked."""

    def __init__(self, edition: Edition, question: Question, setting: FieldContext, **kwargs: object) -> None:
        super().__init__(question, setting, **kwargs)
        self._edition = edition

    @property
    def add_address(self) -> str:
        return url_for(
            "preview.item",
            name=self._edition.name,
            year=self._edition.year,
            key=self.setting.page_key,
            group=self.question.id,
        )


def blocks_of(form: AnswerForm, path: Walk) -> Iterator[Block]:
    """The questions in their order; one that a respondent is shown inside an option is drawn there."""
    page = form.page
    shown = {question.id for question in drawn_questions(page, path)}
    for question in page.section.questions:
        if question.revealed_by is None and (question.id in shown or _looks_elsewhere(question.show_when)):
            yield _block(question, form, path)


def rule_in_words(rule: Rule | None, page: Page, path: Walk, setting: FieldContext) -> tuple[str, ...]:
    """When something is asked: one sentence for each condition."""
    if rule is None:
        return ()
    return tuple(
        sentence(condition, lambda name: _question(name, page, path.instrument), setting.texts, setting.language)
        for condition in rule.conditions
    )


def _block(question: Question, form: AnswerForm, path: Walk) -> Block:
    if question.id in path.calculated.get(form.page.key, {}):
        form.field(question.id).data = path.calculated[form.page.key][question.id]
    markup = form.field(question.id).draw(dict(_revealed(question, form, path)))
    rule = question.show_when
    if rule is None:
        return Block(question, markup)
    return Block(
        question,
        markup,
        show_when=json.dumps(for_script(rule, form.page, path), separators=(",", ":")),
        when=rule_in_words(rule, form.page, path, form.setting),
        any_of=rule.behaviour == "any",
    )


def _revealed(question: Question, form: AnswerForm, path: Walk) -> Iterator[tuple[str, Markup]]:
    for name in (option.reveals for option in question.options if option.reveals):
        field = form.field(name)
        words = rule_in_words(field.question.show_when, form.page, path, form.setting)
        rule = Markup('<p class="nhsuk-hint">{}</p>').format(" ".join(words))
        yield name, rule + field.draw()


def _looks_elsewhere(rule: Rule | None) -> bool:
    """Whether a rule looks at answers of another page, which a preview does not have."""
    return rule is not None and any("." in condition.question for condition in rule.conditions)


def _question(name: str, page: Page, instrument: Instrument) -> Question | None:
    section_id, _, question_id = name.rpartition(".")
    section = instrument.questionnaire.section(section_id) if section_id else page.section
    return section.question(question_id) if section else None
