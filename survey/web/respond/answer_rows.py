"""Answers as people read them back: beside a question, before submitting, on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from survey.questionnaire.definition import Question
from survey.questionnaire.types import GROUP, answer_type
from survey.questionnaire.types.base import AnswerLine
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
    given = {**path.answers.get(page.key, {}), **path.calculated.get(page.key, {})}
    found: list[AnswerGroup] = []
    for question in path.asked.get(page.key, ()):
        for answers in answers_to(question, given.get(question.id), written_in, setting):
            if found and not answers.heading and not found[-1].heading:
                found[-1].rows.extend(answers.rows)
            else:
                found.append(answers)
    return found


def answers_to(question: Question, answer: Any, written_in: WrittenIn, setting: FieldContext) -> list[AnswerGroup]:
    """The answer to one question; of a group, each item by itself."""
    if question.type == GROUP.name and answer:
        return list(_items(question, answer, written_in, setting))
    rows = rows_of(question, answer, written_in.get(question.id, ""), setting)
    return [AnswerGroup(rows)] if rows else []


def rows_of(question: Question, answer: Any, written_in: str, setting: FieldContext) -> list[AnswerRow]:
    """An answer as rows: one for each criterion or row of a matrix, else one. A statement has none."""
    if question.type == "statement":
        return []
    return [
        AnswerRow(label, value_of(_lines(question, part_answer, setting), written_in), question, part)
        for part, label, part_answer in _parts(question, answer, setting)
    ]


def value_of(lines: Iterable[AnswerLine], written_in: str) -> Markup:
    """Lines as markup. What a respondent wrote says in which language that was."""
    drawn = (verbatim(line.text, written_in) if line.verbatim else escape(line.text) for line in lines)
    return Markup("<br>").join(drawn)


def _parts(question: Question, answer: Any, setting: FieldContext) -> Iterable[tuple[str | None, str, Any]]:
    texts = setting.texts
    if question.type == "criteria":
        for criterion in setting.outcome.criteria if setting.outcome else ():
            state = (answer or {}).get(criterion.id)
            yield criterion.id, texts(criterion.text), {criterion.id: state} if state else None
    elif question.type == "matrix":
        for row in question.rows:
            cells = (answer or {}).get(row.id)
            yield f"{row.id}.{question.columns[0].id}", texts(row.label), {row.id: cells} if cells else None
    else:
        yield None, texts(question.label), answer


def _lines(question: Question, answer: Any, setting: FieldContext) -> list[AnswerLine]:
    if answer is None:
        return []
    return list(answer_type(question).lines(question, answer, setting.outcome, setting.texts, setting.language))


def _items(
    group: Question, items: list[dict[str, Any]], written_in: WrittenIn, setting: FieldContext
) -> Iterable[AnswerGroup]:
    label = setting.texts(group.item_label or group.label)
    for number, item in enumerate(items, start=1):
        rows = [
            row
            for child in GROUP.asked(group, item)
            for row in rows_of(
                child, item.get(child.id), written_in.get(f"{group.id}/{item['id']}/{child.id}", ""), setting
            )
        ]
        yield AnswerGroup(rows, f"{label} {number}", group.id, item["id"])
