"""Questions that store no answer: a statement, and a value worked out from other answers."""

from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import AnswerContext, AnswerLine, AnswerType, Reading, fault
from survey.questionnaire.types.choices import SingleChoice


class DisplayOnly(AnswerType):
    """Base of what a form shows and nobody answers: anything given is out of place, and nothing is missing."""

    stores_answer = False
    may_repeat = False
    seconds = 0

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        return Reading() if raw is None else fault("wrong_shape")

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        return ()


class Statement(DisplayOnly):
    """Text that asks nothing."""

    name = "statement"

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return []


class Ending(Statement):
    """The end for whoever is not to answer: what they are told, and nothing after it."""

    name = "ending"
    ends = True

    def gaps(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """Answers that lead here are no response."""
        return (Problem("ended"),)


class EarlierAnswer(DisplayOnly):
    """What was written the year before, in a section that follows it up."""

    name = "earlier_answer"
    field_kind = "text"
    compares_as = "text"
    counted_as = "text"
    free_text = True
    quotes = True

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        written_in = question.follows.written_in if question.follows else ""
        return [AnswerLine(answer, verbatim=True, written_in=written_in)]


class WorkedOut(DisplayOnly):
    """A number that is worked out from other answers (`survey.questionnaire.figures`)."""

    name = "figure"
    properties = frozenset({"figure", "unit"})
    field_kind = "decimal"
    compares_as = "number"
    calculates = True

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        """The unit stands apart, as nothing can know what the number does to its words."""
        number = context.language.number(answer)
        return [AnswerLine(f"{number} ({context.texts(question.unit)})" if question.unit else number)]


class Calculated(DisplayOnly, SingleChoice):
    """A code worked out by the calculation that the question names; its options give the codes their words."""

    name = "calculated"
    properties = frozenset({"calculate", "options", "option_set"})
    counted_as = "calculation"
    calculates = True
    needs_outcome = True
    levels_as_options = True
