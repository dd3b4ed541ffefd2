"""A response as people read it back: its answers page by page, and what is missing where they are checked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import pgettext
from markupsafe import Markup, escape

from survey.collection.responses.response import Response, WrittenIn
from survey.questionnaire.definition import Question
from survey.questionnaire.types import AnswerLine, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.fields import FieldContext, verbatim
from survey.web.respond.file_rows import FileRow, RowsByPage, rows_of
from survey.web.respond.forms import anchor_of
from survey.web.respond.gaps import FEW, as_errors, gaps_by_section, reminders
from survey.web.respond.respondent import WHOSE, Respondent, caption_of, title_of


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One answer, or part of one. `value` is empty where there is no answer; `part` as in `AnswerField.anchor`."""

    key: str
    value: Markup
    question: Question
    part: str | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether there is no answer and need be none."""
        return not self.value and answer_type(self.question).is_optional(self.question)


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Rows that stand together; those of an item of a group have a heading and the item's id.

    Those of a long table have the words of its question. Where rows are folded away `counts` tells of them: how many
    times each answer was given in the table, or the first answer of an item.
    """

    rows: list[OverviewRow]
    heading: str = ""
    group: str = ""
    item_id: str = ""
    table: str = ""
    counts: str = ""

    @property
    def stands_alone(self) -> bool:
        """Whether other rows are kept out of it."""
        return bool(self.heading or self.table)


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """The answers of one page under its heading, and the files that are attached to it."""

    page: Page
    title: str
    caption: str
    answers: list[AnswerGroup]
    files: list[FileRow]


def answers_of(page: Page, path: Walk, written_in: WrittenIn, setting: FieldContext) -> list[AnswerGroup]:
    """What was asked on a page, in its order, answered or not. What was not asked is not there."""
    return answers_to_each(path.asked.get(page.key, ()), page, path, written_in, setting)


def answers_to_each(
    questions: Iterable[Question], page: Page, path: Walk, written_in: WrittenIn, setting: FieldContext
) -> list[AnswerGroup]:
    """The answers to some questions of a page, those without a heading together."""
    groups: list[AnswerGroup] = []
    for question in questions:
        for answers in answers_to(question, path.value(page.key, question.id), written_in, setting):
            if groups and not answers.stands_alone and not groups[-1].stands_alone:
                groups[-1].rows.extend(answers.rows)
            else:
                groups.append(answers)
    return groups


def answers_to(question: Question, answer: Any, written_in: WrittenIn, setting: FieldContext) -> list[AnswerGroup]:
    """The answer to one question; of a group, each item by itself."""
    if answer_type(question).repeats and answer:
        return list(_items(question, answer, written_in, setting))
    rows = _rows(question, answer, written_in.get(question.id, ""), setting)
    if answer_type(question).judges_criteria and rows:
        return [AnswerGroup(rows, table=setting.texts(question.label), counts=_counts(rows, question, setting))]
    return [AnswerGroup(rows)] if rows else []


def _counts(rows: list[OverviewRow], question: Question, setting: FieldContext) -> str:
    """How many rows have each answer, in the order of the options, and how many have none."""
    given = Counter(row.value for row in rows)
    options = [setting.texts(option.label) for option in question.options]
    answers = [(option, given[escape(option)]) for option in options]
    answers.append((pgettext("answer", "Not answered"), given[Markup("")]))
    return ", ".join(f"{words}: {number}" for words, number in answers if number)


def _rows(question: Question, answer: Any, written_in: str, setting: FieldContext) -> list[OverviewRow]:
    kind = answer_type(question)
    return [
        OverviewRow(
            part.label,
            value_of([] if part.answer is None else kind.lines(question, part.answer, setting), written_in),
            question,
            part.name,
        )
        for part in kind.parts(question, answer, setting)
    ]


def value_of(lines: Iterable[AnswerLine], written_in: str) -> Markup:
    """Lines as markup. What a respondent wrote says in which language that was."""
    drawn = (
        verbatim(line.text, line.written_in or written_in) if line.verbatim else escape(line.text) for line in lines
    )
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
        first = next((row.value for row in rows if row.value), Markup(""))
        yield AnswerGroup(rows, f"{label} {number}", group.id, item["id"], counts=first)


def page_answers(
    respondent: Respondent, path: Walk, pages: Iterable[Page], written_in: Mapping[str, WrittenIn], files: RowsByPage
) -> list[AnsweredPage]:
    """Everything that is asked on some pages, page by page, with the files of each."""
    return [
        AnsweredPage(
            page,
            title_of(page, respondent.texts),
            caption_of(page, respondent.snapshot.framework, respondent.texts),
            answers_of(page, path, written_in.get(page.key, {}), respondent.setting(page)),
            files.get(page.key, []),
        )
        for page in pages
    ]


def checked_answers(
    respondent: Respondent, response: Response, *, submitting: bool = False, fault: str = ""
) -> dict[str, Any]:
    """What a page to check answers on shows: all of them, and what is missing, which is an error when `submitting`."""
    path = respondent.path(response)
    sections = gaps_by_section(respondent, path, response)
    gaps = [gap for section in sections for gap in section.items]
    return {
        "pages": page_answers(respondent, path, path.pages, written_in(response), rows_of(response.files)),
        "gaps": gaps,
        "are_few": len(gaps) <= FEW,
        "not_started": [section for section in sections if not section.is_started],
        "lacking": [section for section in sections if section.is_started],
        "reminders": reminders(respondent, path),
        "errors": [*([{"text": fault}] if fault else []), *(as_errors(sections) if submitting else [])],
        "change_address": partial(_change_address, respondent),
        "hidden": [(WHOSE, respondent.key)],
    }


def written_in(response: Response) -> dict[str, WrittenIn]:
    """By page, the language in which each free text of a draft was written."""
    return {key: page.written_in or {} for key, page in response.pages.items()}


def _change_address(respondent: Respondent, page: Page, answers: AnswerGroup, row: OverviewRow) -> str:
    """Where an answer is changed: at its control, on its page or that of its item. Empty: nowhere."""
    if answer_type(row.question).shows_value:
        return ""
    if answers.item_id:
        address = url_for("respond.item", key=page.key, group=answers.group, item_id=answers.item_id)
        return f"{address}#{anchor_of(row.question, row.part)}"
    return respondent.answer_address(page, row.question, row.part)
