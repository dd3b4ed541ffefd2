"""The criteria of an outcome: one state for each statement."""

from typing import Any

from survey.languages import Language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import AnswerLine, AnswerType, ExportField, Reading, Value, fault


class Criteria(AnswerType):
    """Every criterion of the section's outcome, each with one option. Answer: `{criterion id: code}`."""

    name = "criteria"
    properties = frozenset({"options", "option_set"})

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`. Unanswered criteria may be absent or empty."""
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
        """See `AnswerType.fields`."""
        criteria = outcome.criteria if outcome else ()
        return tuple(ExportField(criterion.id, "code", criterion.text, question.options) for criterion in criteria)

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, Value]:
        """See `AnswerType.values`."""
        return dict(answer)

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`."""
        lines = []
        for criterion in outcome.criteria if outcome else ():
            option = question.option(answer.get(criterion.id, ""))
            if option:
                lines.append(AnswerLine(texts(option.label), label=texts(criterion.text)))
        return lines
