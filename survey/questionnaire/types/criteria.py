"""The criteria of an outcome: one state for each statement."""

from collections.abc import Iterator
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import (
    AnswerContext,
    AnswerLine,
    AnswerPart,
    AnswerType,
    ExportField,
    Reading,
    fault,
)


class Criteria(AnswerType):
    """Every criterion of the section's outcome, each with one option. Answer: `{criterion id: code}`."""

    name = "criteria"
    properties = frozenset({"options", "option_set"})
    counted_as = "criteria"
    may_repeat = False
    needs_outcome = True
    judges_criteria = True

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """Unanswered criteria may be absent or empty."""
        if raw is None:
            return Reading()
        if not isinstance(raw, dict) or outcome is None:
            return fault("wrong_shape")
        known = [criterion.id for criterion in outcome.criteria]
        problems = [Problem("unknown_part", {}, str(part)) for part, code in raw.items() if part not in known and code]
        answer: dict[str, str] = {}
        for criterion in known:
            code = raw.get(criterion)
            if code is None or code == "":
                continue
            if isinstance(code, str) and question.option(code):
                answer[criterion] = code
            else:
                problems.append(Problem("not_an_option", {}, criterion))
        return Reading(answer or None, tuple(problems))

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """One problem for each criterion without an answer."""
        criteria = outcome.criteria if outcome else ()
        return tuple(
            Problem("missing", {}, criterion.id) for criterion in criteria if criterion.id not in (answer or {})
        )

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        criteria = outcome.criteria if outcome else ()
        return tuple(ExportField(criterion.id, "code", criterion.text, question.options) for criterion in criteria)

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, str]:
        return dict(answer)

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [
            AnswerLine(context.texts(option.label), label=context.texts(criterion.text))
            for criterion in (context.outcome.criteria if context.outcome else ())
            if (option := question.option(answer.get(criterion.id, "")))
        ]

    def parts(self, question: Question, answer: Any, context: AnswerContext) -> Iterator[AnswerPart]:
        """One for each criterion."""
        for criterion in context.outcome.criteria if context.outcome else ():
            state = (answer or {}).get(criterion.id)
            yield AnswerPart(criterion.id, context.texts(criterion.text), {criterion.id: state} if state else None)

    def part_label(self, question: Question, part: str | None, outcome: Outcome | None, texts: Texts) -> str:
        criteria = outcome.criteria if outcome else ()
        return texts(next((criterion.text for criterion in criteria if criterion.id == part), question.label))
