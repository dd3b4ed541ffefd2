"""A response at a glance: its answers as people read them back, how far each page is, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import pgettext
from markupsafe import Markup, escape

from survey.collection.responses.response import Response, WrittenIn
from survey.languages import Phrase
from survey.questionnaire.definition import Question
from survey.questionnaire.problems import describe
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import AnswerLine, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Completion, Gap, Page, Walk
from survey.web.respond.fields import FieldContext, verbatim
from survey.web.respond.forms import anchor_of
from survey.web.respond.respondent import WHOSE, Respondent, caption_of, title_of
from survey.web.site.language import current_language

STATUS: Mapping[Completion, tuple[Phrase, str]] = {
    "not_started": (Phrase("page status", "Not started"), "blue"),
    "in_progress": (Phrase("page status", "In progress"), "aqua-green"),
    "complete": (Phrase("page status", "Completed"), ""),
}


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


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """The answers of one page under its heading."""

    page: Page
    title: str
    caption: str
    answers: list[AnswerGroup]


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


def tasks(respondent: Respondent, response: Response) -> list[dict[str, str]]:
    """The pages that are asked, as the task list shows them."""
    path = respondent.path(response)
    return [_task(respondent, path, page, saved=page.key in response.pages) for page in path.pages]


def _task(respondent: Respondent, path: Walk, page: Page, *, saved: bool) -> dict[str, str]:
    phrase, colour = STATUS[path.completion(page.key, saved=saved)]
    return {
        "title": title_of(page, respondent.texts),
        "hint": caption_of(page, respondent.snapshot.framework, respondent.texts),
        "href": respondent.address(page),
        "status": current_language().say(phrase),
        "colour": colour,
    }


def page_answers(respondent: Respondent, path: Walk, written_in: Mapping[str, WrittenIn]) -> list[PageAnswers]:
    """Everything that is asked, page by page."""
    return [
        PageAnswers(
            page,
            title_of(page, respondent.texts),
            caption_of(page, respondent.snapshot.framework, respondent.texts),
            answers_of(page, path, written_in.get(page.key, {}), respondent.setting(page)),
        )
        for page in path.pages
    ]


def checked_answers(
    respondent: Respondent, response: Response, *, submitting: bool = False, fault: str = ""
) -> dict[str, Any]:
    """What a page to check answers on shows: all of them, and what is missing, which is an error when `submitting`."""
    path = respondent.path(response)
    gaps = _gap_links(respondent, path)
    return {
        "pages": page_answers(respondent, path, written_in(response)),
        "gaps": gaps,
        "errors": [*([{"text": fault}] if fault else []), *(gaps if submitting else [])],
        "change_address": partial(_change_address, respondent),
        "hidden": [(WHOSE, respondent.key)],
    }


def written_in(response: Response) -> dict[str, WrittenIn]:
    """By page, the language in which each free text of a draft was written."""
    return {key: page.written_in or {} for key, page in response.pages.items()}


def _change_address(respondent: Respondent, page: Page, answers: AnswerGroup, row: AnswerRow) -> str:
    """Where an answer is changed: at its control, on its page or that of its item. Empty: nowhere."""
    if answer_type(row.question).calculates:
        return ""
    if answers.item_id:
        address = url_for("respond.item", key=page.key, group=answers.group, item_id=answers.item_id)
        return f"{address}#{anchor_of(row.question, row.part)}"
    return respondent.answer_address(page, row.question, row.part)


def _gap_links(respondent: Respondent, path: Walk) -> list[dict[str, str]]:
    """What a response still needs, as the error summary lists it, each with a link to its control.

    Every outcome is asked the same, so what is missing of one says of which.
    """
    return [
        {"text": _gap_line(gap, path, respondent.texts), "href": _gap_address(respondent, gap)} for gap in path.gaps()
    ]


def _gap_line(gap: Gap, path: Walk, texts: Texts) -> str:
    values = {"problem": describe(gap.problem, current_language()), "question": _about(gap, path, texts)}
    if gap.page.outcome is None:
        return pgettext("gap", "%(problem)s: “%(question)s”", **values)
    return pgettext(
        "gap", "Outcome: %(outcome)s – %(problem)s: “%(question)s”", outcome=title_of(gap.page, texts), **values
    )


def _about(gap: Gap, path: Walk, texts: Texts) -> str:
    """What a gap is about; of a group, which item of it and which question."""
    part = gap.problem.part
    kind = answer_type(gap.question)
    if not kind.repeats or not part:
        return kind.part_label(gap.question, part, gap.page.outcome, texts)
    item_id, _, child_id = part.partition(".")
    number = [item["id"] for item in path.answers[gap.page.key][gap.question.id]].index(item_id) + 1
    return f"{texts(gap.question.item_label or gap.question.label)} {number} – {texts(_child(gap, child_id).label)}"


def _child(gap: Gap, part: str) -> Question:
    return next(child for child in gap.question.questions if child.id == part.split(".")[0])


def _gap_address(respondent: Respondent, gap: Gap) -> str:
    part = gap.problem.part
    if answer_type(gap.question).repeats and part:
        item_id, _, child_id = part.partition(".")
        address = url_for("respond.item", key=gap.page.key, group=gap.question.id, item_id=item_id)
        return f"{address}#{anchor_of(_child(gap, child_id))}"
    return respondent.answer_address(gap.page, gap.question, part)
