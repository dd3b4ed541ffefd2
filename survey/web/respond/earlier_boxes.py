"""What stands beside a question: what was answered before, and a button that takes it over.

The button sends the form along, with the names of the questions to take over in `TAKE_OVER`, or of parts of them
(`criteria.pcmw-01.f1`), so that it works without a script. With it, `scripts/earlier.js` fills the controls itself.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from survey.collection.responses.earlier_answers import AnswerOfLastYear, EarlierAnswers
from survey.questionnaire.definition import Question
from survey.questionnaire.types import answer_type
from survey.web.respond.fields import AnswerField, FieldContext
from survey.web.respond.fields.base import macro
from survey.web.respond.forms import AnswerForm, form_of
from survey.web.respond.overview import AnswerGroup, answers_to, value_of
from survey.web.respond.respondent import words_of

TAKE_OVER = "take_over"

# Who signed last time says nothing about this time, and is a person’s name.
NOT_SHOWN_AGAIN = frozenset({"signed_name", "signed_role", "signed_date"})


@dataclass(frozen=True, slots=True)
class EarlierBox:
    """Earlier answers to a question and to those inside its options, or to a part of it.

    `short` is the answer where it is a few words; else `answers` has it. `takes` names what the button takes over, and
    is empty for what is no answer any more; `controls` is what is then sent, as JSON. `between` stands between a text
    that was typed and the earlier one, None for what is no text. `unchanged`: the answer of now is the same.
    """

    year: str
    short: Markup
    answers: tuple[AnswerGroup, ...]
    about: str
    takes: str = ""
    anchor: str = ""
    controls: str = ""
    between: str | None = None
    unchanged: bool = False
    template: str = "earlier"

    def draw(self) -> Markup:
        """The box as markup."""
        return macro(self.template)(self)


def take_over(form: AnswerForm, asked: str, earlier: EarlierAnswers | None) -> None:
    """Put the earlier answers that are `asked` for into a form; of what is no answer any more, nothing."""
    for name in asked.split():
        question_id, _, part = name.partition(".")
        before = earlier.answers.get(question_id) if earlier else None
        if before and question_id in form:
            field = form.field(question_id)
            answers = _parts(field, before.as_now(field.question, form.setting.outcome))
            if part in answers:
                field.take_over(answers[part])


def boxes_of(question: Question, inside: list[str], form: AnswerForm, earlier: EarlierAnswers) -> dict[str, EarlierBox]:
    """What was answered before: to a part of the question by the part’s name, to all of it and of those `inside` it by
    the name "".
    """
    setting = earlier_setting(form.setting, earlier)
    names = [name for name in (question.id, *inside) if name in form and may_be_shown(earlier.answers.get(name))]
    if not names:
        return {}
    if form.field(question.id).parts_apart:
        return dict(_boxes_of_parts(form.field(question.id), form, earlier, setting))
    return {"": _box_of(names, form, earlier, setting)}


def worksheet_start(form: AnswerForm, earlier: EarlierAnswers | None) -> EarlierBox | None:
    """The whole of an earlier worksheet to begin with, while nothing has been written in this one."""
    if earlier is None or not form.page.section.worksheet or any(answer_now(field) for field in form.answer_fields):
        return None
    taken = _still_answers([name for name in earlier.answers if name in form], form, earlier)
    if not taken:
        return None
    box = EarlierBox(earlier.year, Markup(), (), "", template="worksheet_start")
    return _with_button(box, form, taken, " ".join(taken), form.field(next(iter(taken))), "", unchanged=False)


def _still_answers(names: list[str], form: AnswerForm, earlier: EarlierAnswers) -> dict[str, Any]:
    """By question, the earlier answers that are still answers to it."""
    answers = {name: earlier.answers[name].as_now(form.field(name).question, form.setting.outcome) for name in names}
    return {name: answer for name, answer in answers.items() if answer is not None}


def earlier_setting(setting: FieldContext, earlier: EarlierAnswers) -> FieldContext:
    """Where a question was asked before: with the words, the outcome and the framework of then, in today’s language."""
    return replace(
        setting,
        texts=words_of(earlier.snapshot, setting.language),
        outcome=earlier.page.outcome,
        framework=earlier.snapshot.framework,
    )


def may_be_shown(before: AnswerOfLastYear | None) -> bool:
    """Whether there is an answer, and it says something about this time too."""
    return before is not None and before.question.measure not in NOT_SHOWN_AGAIN


def _box_of(names: list[str], form: AnswerForm, earlier: EarlierAnswers, setting: FieldContext) -> EarlierBox:
    befores = {name: earlier.answers[name] for name in names}
    answers = tuple(
        group
        for before in befores.values()
        for group in answers_to(before.question, before.answer, before.written_in, setting)
    )
    about = form.setting.texts(form.field(names[0]).question.label)
    box = EarlierBox(earlier.year, _in_a_few_words(befores, setting), answers, about)
    taken = _still_answers(names, form, earlier)
    if names[0] not in taken:
        return box
    unchanged = all(answer_now(form.field(name)) == answer for name, answer in taken.items())
    return _with_button(box, form, taken, " ".join(taken), form.field(names[0]), "", unchanged)


def _boxes_of_parts(
    field: AnswerField, form: AnswerForm, earlier: EarlierAnswers, setting: FieldContext
) -> Iterator[tuple[str, EarlierBox]]:
    before = earlier.answers[field.question.id]
    kind = answer_type(before.question)
    taken = _parts(field, before.as_now(field.question, form.setting.outcome))
    current = _parts(field, answer_now(field))
    for part in kind.parts(before.question, before.answer, setting):
        if part.name and part.answer is not None:
            words = value_of(kind.lines(before.question, part.answer, setting), "")
            box = EarlierBox(earlier.year, words, (), part.label)
            if part.name in taken:
                answer, name = {field.question.id: taken[part.name]}, f"{field.question.id}.{part.name}"
                unchanged = current.get(part.name) == taken[part.name]
                box = _with_button(box, form, answer, name, field, part.name, unchanged)
            yield part.name, box


def _with_button(
    box: EarlierBox,
    form: AnswerForm,
    taken: Mapping[str, Any],
    takes: str,
    field: AnswerField,
    part: str,
    unchanged: bool,
) -> EarlierBox:
    filled = form_of(form.page, form.setting, taken)
    controls = {control: values for name in taken for control, values in filled.field(name).controls().items()}
    return replace(
        box,
        takes=takes,
        anchor=field.anchor(field.question.id, part or None),
        controls=json.dumps(controls, ensure_ascii=False, separators=(",", ":")),
        between=answer_type(field.question).joined("", ""),
        unchanged=unchanged,
    )


def _in_a_few_words(befores: Mapping[str, AnswerOfLastYear], setting: FieldContext) -> Markup:
    """The answer, where it is one line that nobody wrote; else nothing."""
    lines = [
        line
        for before in befores.values()
        for line in answer_type(before.question).lines(before.question, before.answer, setting)
    ]
    return value_of(lines, "") if len(lines) == 1 and not lines[0].verbatim else Markup()


def answer_now(field: AnswerField) -> Any:
    """The canonical answer that a field holds, whether it was typed or kept; None where there is none."""
    return field.reading.answer if field.reading else field.data


def _parts(field: AnswerField, answer: Any) -> dict[str, Any]:
    """An answer by the names of its parts, each in the shape of the whole; the whole by the name ""."""
    parts = answer_type(field.question).parts(field.question, answer, field.setting) if field.parts_apart else ()
    return {"": answer} | {part.name: part.answer for part in parts if part.name} if answer is not None else {}
