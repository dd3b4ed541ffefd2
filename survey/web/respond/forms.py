"""A page of a questionnaire as a form: a form class built from the page's questions, a field for each."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms import Form

from survey.collection.responses.merge import Base, Part, edits
from survey.questionnaire.definition import Question
from survey.questionnaire.limits import Known
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page
from survey.web.respond.fields import FIELD_TYPES, PREFIX, AnswerField, FieldContext, Typed
from survey.web.respond.fields.base import AnswerError

ON_PAGE = "on_page"


class AnswerForm(Form):
    """Base of the forms of pages, with what has been answered or typed. Fields are named `PREFIX` and question id;
    `typed` is all that came with the form.

    After `validate()` the fields and `errors` say what is wrong, and `answers` holds what a draft keeps.
    """

    def __init__(
        self, page: Page, setting: FieldContext, answers: Mapping[str, Any], typed: Typed | None = None
    ) -> None:
        self.page = page
        self.setting = setting
        self.typed: Typed = MultiDict() if typed is None else typed
        super().__init__(typed, data={PREFIX + name: answer for name, answer in answers.items()})

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every answer, and hold those that can be kept against one another."""
        is_sound = super().validate(extra_validators)
        self._hold_against_one_another(self._kept)
        return is_sound and not self.errors

    def _hold_against_one_another(self, answers: Mapping[str, Any]) -> None:
        limited = [
            field for field in self.answer_fields if field.is_limited and answers.get(field.question.id) is not None
        ]
        known = self.setting.known(answers) if limited else Known(answers.get)
        for field in limited:
            problems = answer_type(field.question).beyond(field.question, answers[field.question.id], known)
            field.errors = [*field.errors, *(AnswerError(problem, self.setting.language) for problem in problems)]

    def field(self, question_id: str) -> AnswerField:
        """The field of a question. Raises KeyError for one that is not drawn."""
        return cast("AnswerField", self[PREFIX + question_id])

    def __contains__(self, question_id: str) -> bool:
        """Whether the form has a question."""
        return PREFIX + question_id in self._fields

    @property
    def answer_fields(self) -> list[AnswerField]:
        """The fields of the form, one for each question."""
        return [cast("AnswerField", field) for field in self]

    @property
    def answered(self) -> list[str]:
        """The ids of the questions that the form answers."""
        return [field.question.id for field in self.answer_fields if field.takes_answer]

    @property
    def answers(self) -> dict[str, Any]:
        """The canonical answers, without those that are too wrong to be kept."""
        return {name: answer for name, answer in self._kept.items() if answer is not None}

    @property
    def left(self) -> set[str]:
        """The ids of the questions whose answers are too wrong to be kept."""
        return {field.question.id for field in self.answer_fields if field.reading and not field.reading.keeps_draft}

    @property
    def _kept(self) -> dict[str, Any]:
        readings = {field.question.id: field.reading for field in self.answer_fields if field.reading is not None}
        return {name: reading.answer for name, reading in readings.items() if reading.keeps_draft}

    def changed(self, base: Base | None) -> dict[Part, Any]:
        """What was changed on the form since `base`, as far as it can be kept."""
        return edits(base, self.answers, self._kept)

    def over(self, current: Mapping[str, Any]) -> dict[str, Any]:
        """The current answers of the page with those of the form that can be kept in their place."""
        replaced = self._kept
        return {name: answer for name, answer in current.items() if name not in replaced} | self.answers

    def check_draft(self) -> None:
        """Say what is wrong in the draft: texts may be too long, and answers beyond limits that depend on others."""
        for field in self.answer_fields:
            if field.data and answer_type(field.question).free_text:
                field.validate(self)
        self._hold_against_one_another({field.question.id: field.data for field in self.answer_fields})

    def hide_errors(self) -> None:
        """Say no more what is wrong: for a form that is shown again before it could be saved."""
        for field in self:
            field.errors = ()

    def summary(self) -> list[dict[str, str]]:
        """The errors as the error summary lists them, each with a link to its control."""
        return [
            {
                "text": self._summary_line(field.question, error, error.part),
                "href": "#" + field.anchor(field.question.id, error.part),
            }
            for field in self.answer_fields
            for error in field.errors
        ]

    def _summary_line(self, question: Question, error: str, part: str | None) -> str:
        about = answer_type(question).part_label(question, part, self.setting.outcome, self.setting.texts)
        return self.setting.language.pgettext(
            "error summary", "%(problem)s: “%(question)s”", problem=error, question=about
        )


@lru_cache(maxsize=128)
def form_class(questions: tuple[Question, ...]) -> type[AnswerForm]:
    """The form of some questions of a page."""
    fields = {PREFIX + question.id: FIELD_TYPES[question.type](question) for question in questions}
    return type("PageForm", (AnswerForm,), fields)


def form_of(page: Page, setting: FieldContext, answers: Mapping[str, Any], typed: Typed | None = None) -> AnswerForm:
    """A form with `answers`, or with what was typed in their place.

    A typed form has only the questions that its `ON_PAGE` names: those that were on the page it came from.
    """
    questions = page.section.questions
    if typed is not None:
        sent = typed.get(ON_PAGE, "").split()
        questions = tuple(item for item in questions if item.id in sent or not FIELD_TYPES[item.type].takes_answer)
    return form_class(questions)(page, setting, answers, typed)


def anchor_of(question: Question, part: str | None = None) -> str:
    """The id of the control that a link to an answer, or to a part of it, leads to."""
    return FIELD_TYPES[question.type].anchor(question.id, part)
