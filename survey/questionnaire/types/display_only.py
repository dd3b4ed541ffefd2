"""Questions that store no answer: a statement, and a value worked out from other answers."""

from typing import Any

from survey.languages import Language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import AnswerLine, AnswerType, ExportField, Reading, fault


class Statement(AnswerType):
    """Text that asks nothing."""

    name = "statement"
    stores_answer = False

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`. Anything given is out of place."""
        return Reading() if raw is None else fault("wrong_shape")

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """A statement lacks nothing."""
        return ()

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """A statement has no columns."""
        return ()

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """A statement reads nothing back."""
        return []


class Calculated(Statement):
    """A code worked out by the named calculation (`path.CALCULATIONS`); its options give the codes their words."""

    name = "calculated"
    properties = frozenset({"calculate", "options", "option_set"})

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """See `AnswerType.fields`."""
        return (ExportField("", "code", options=question.options),)

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`."""
        option = question.option(answer)
        return [AnswerLine(texts(option.label))] if option else []
