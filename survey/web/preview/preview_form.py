"""A page of an edition drawn for its author: every question that may be asked on it, each with its rule in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup

from survey.questionnaire.definition import Question
from survey.questionnaire.rules import Rule
from survey.questionnaire.walk import Instrument, Page, Walk
from survey.web.preview.editions import Edition
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import AnswerForm
from survey.web.respond.question_blocks import Block, block_of, drawn_questions, revealed_in, sentence


@dataclass(frozen=True, slots=True)
class PreviewContext(FieldContext):
    """Where a question is asked, and of which edition; the items of its groups have pages in the preview."""

    edition: Edition = field(kw_only=True)

    def item_address(self, group_id: str, item_id: str) -> str:
        name, year = self.edition.name, self.edition.year
        return url_for("preview.item", name=name, year=year, key=self.page_key, group=group_id)


def blocks_of(form: AnswerForm, path: Walk) -> Iterator[Block]:
    """The questions in their order; one that a respondent is shown inside an option is drawn there."""
    page = form.page
    shown = {question.id for question in drawn_questions(page, path)}
    for question in page.section.questions:
        if question.revealed_by is None and (question.id in shown or _looks_elsewhere(question.show_when)):
            if question.id in path.calculated.get(page.key, {}):
                form.field(question.id).data = path.calculated[page.key][question.id]
            when = rule_in_words(question.show_when, page, path, form.setting)
            yield block_of(question, form, path, dict(_revealed(question, form, path)), when)


def rule_in_words(rule: Rule | None, page: Page, path: Walk, setting: FieldContext) -> tuple[str, ...]:
    """When something is asked: one sentence for each condition."""
    return tuple(
        sentence(condition, lambda name: _question(name, page, path.instrument), setting.texts, setting.language)
        for condition in (rule.conditions if rule else ())
    )


def _revealed(question: Question, form: AnswerForm, path: Walk) -> Iterator[tuple[str, Markup]]:
    for name in revealed_in(question):
        inner = form.field(name)
        words = rule_in_words(inner.question.show_when, form.page, path, form.setting)
        rule = Markup('<p class="nhsuk-hint">{}</p>').format(" ".join(words))
        yield name, rule + inner.draw()


def _looks_elsewhere(rule: Rule | None) -> bool:
    """Whether a rule looks at answers of another page, which a preview does not have."""
    return rule is not None and any("." in condition.question for condition in rule.conditions)


def _question(name: str, page: Page, instrument: Instrument) -> Question | None:
    section_id, _, question_id = name.rpartition(".")
    section = instrument.questionnaire.section(section_id) if section_id else page.section
    return section.question(question_id) if section else None
