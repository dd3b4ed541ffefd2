"""Answers as people read them back: beside a question, before submitting, on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from survey.questionnaire.definition import Question
from survey.questionnaire.types import AnswerLine, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.fields import FieldContext, verbatim

WrittenIn = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, or part of one. `value` is empty where there is no answer; `part` as in `AnswerField.anchor`."""

    key: str
    value: Markup
    question: Question
    part: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Rows that stand together; those of an item of a group have a heading and the item's id."""

    rows: list[AnswerRow]
    heading: str = ""
    group: str = ""
    item_id: str = ""


def answers_of(page: Page, path: Walk, written_in: WrittenIn, setting: FieldContext) -> list[AnswerGroup]:
    """What was asked on a page, in its order, answered or not. What was not asked is not there."""
    groups: list[AnswerGroup] = []
    for question in path.asked.get(page.key, ()):
        for answers in answers_to(question, path.value(page.key, question.id), written_in, setting):
            if groups and not answers.heading and not groups[-1].heading:
                groups[-1].rows.extend(answers.rows)
            else:
                groups.append(answers)
    return groups


def answers_to(question: Question, answer: Any, written_in: WrittenIn, setting: FieldContext) -> list[AnswerGroup]:
    """The answer to one question; of a group, each item by itself."""
    if answer_type(question).repeats and answer:
        return list(_items(question, answer, written_in, setting))
    rows = _rows(question, answer, written_in.get(question.id, ""), setting)
    return [AnswerGroup(rows)] if rows else []


def _rows(question: Question, answer: Any, written_in: str, setting: FieldContext) -> list[AnswerRow]:
    kind = answer_type(question)
    return [
        AnswerRow(
            part.label,
            value_of([] if part.answer is None else kind.lines(question, part.answer, setting), written_in),
            question,
            part.name,
        )
        for part in kind.parts(question, answer, setting)
    ]


def value_of(lines: Iterable[AnswerLine], written_in: str) -> Markup:
    """Lines as markup. What a respondent wrote says in which language that was."""
    drawn = (verbatim(line.text, written_in) if line.verbatim else escape(line.text) for line in lines)
    return Markup("<br>").join(drawn)


def _items(
    group: Question, items: list[dict[str, Any]], written_in: WrittenIn, setting: FieldContext
) -> Iterable[AnswerGroup]:
    label = setting.texts(group.item_label or group.label)
    for number, item in enumerate(items, start=1):
        where = f"{group.id}/{item['id']}"
        rows = [
            row
            for child in Group.asked(group, item)
            for row in _rows(child, item.get(child.id), written_in.get(f"{where}/{child.id}", ""), setting)
        ]
        yield AnswerGroup(rows, f"{label} {number}", group.id, item["id"])
