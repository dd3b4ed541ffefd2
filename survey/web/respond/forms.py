"""A page of a questionnaire as a form. A new answer type needs one entry in `FIELD_TYPES`."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wtforms.form import BaseForm

from survey.questionnaire.definition import Question
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.walk import Page, read_page
from survey.web.respond import fields
from survey.web.respond.fields import PREFIX, AnswerField, FieldContext, Typed
from survey.web.respond.wording import label_of

FIELD_TYPES: dict[str, type[AnswerField]] = {
    "single_choice": fields.ChoiceField,
    "maturity": fields.ChoiceField,
    "scale": fields.ScaleField,
    "multiple_choice": fields.SeveralField,
    "criteria": fields.CriteriaField,
    "matrix": fields.MatrixField,
    "ranking": fields.RankingField,
    "short_text": fields.TextLineField,
    "long_text": fields.TextBoxField,
    "whole_number": fields.NumberField,
    "decimal": fields.DecimalField,
    "year": fields.YearField,
    "date": fields.DatePartsField,
    "statement": fields.StatementField,
    "calculated": fields.CalculatedField,
    "group": fields.GroupField,
}

ON_PAGE = "on_page"


class AnswerForm(BaseForm):
    """The fields of the questions of a page, with what has been answered or typed."""

    def __init__(self, page: Page, questions: Sequence[Question], setting: FieldContext) -> None:
        """`questions` are those of the page that the form has."""
        self.page = page
        self.setting = setting
        unbound: dict[str, Any] = {question.id: FIELD_TYPES[question.type](question, setting) for question in questions}
        super().__init__(unbound, prefix=PREFIX)

    def field(self, question_id: str) -> AnswerField:
        """The field of a question. Raises KeyError for one that is not drawn."""
        found: Any = self[question_id]
        return cast("AnswerField", found)

    @property
    def answered(self) -> list[str]:
        """The ids of the questions that the form answers."""
        return [name for name in self._fields if self.field(name).takes_answer]

    def read(self) -> tuple[dict[str, Any], dict[str, tuple[Problem, ...]]]:
        """The canonical answers, and the problems by question id."""
        return read_page(self.page, {name: self.field(name).data for name in self.answered})

    def show(self, problems: Mapping[str, tuple[Problem, ...]]) -> None:
        """Let the fields say what is wrong with their answers."""
        for name, found in problems.items():
            self.field(name).problems = found

    def summary(self) -> list[dict[str, str]]:
        """The problems as the error summary lists them, each with a link to its control."""
        return [
            {
                "text": self._summary_line(self.field(name).question, problem),
                "href": "#" + self.field(name).anchor(name, problem.part),
            }
            for name in self._fields
            for problem in self.field(name).problems
        ]

    def _summary_line(self, question: Question, problem: Problem) -> str:
        language = self.setting.language
        return language.pgettext(
            "error summary",
            "%(problem)s: “%(question)s”",
            problem=describe(problem, language),
            question=label_of(question, problem.part, self.setting.outcome, self.setting.texts),
        )


def form_of(page: Page, setting: FieldContext, answers: Mapping[str, Any], typed: Typed | None = None) -> AnswerForm:
    """A form with `answers`, or with what was typed in their place.

    A typed form has only the questions that its `ON_PAGE` names: those that were on the page it came from.
    """
    questions: Sequence[Question] = page.section.questions
    if typed is not None:
        sent = typed.get(ON_PAGE, "").split()
        questions = [question for question in questions if question.id in sent or not _takes_answer(question)]
    form = AnswerForm(page, questions, setting)
    form.process(typed, data=answers)
    return form


def _takes_answer(question: Question) -> bool:
    return FIELD_TYPES[question.type].takes_answer


def anchor_of(question: Question, part: str | None = None) -> str:
    """The id of the control that a link to an answer, or to a part of it, leads to."""
    return FIELD_TYPES[question.type].anchor(question.id, part)
