"""Numbers and years."""

import re
from typing import Any, ClassVar

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import AnswerContext, AnswerLine, AnswerType, CountedAs, FieldKind, Reading, fault

LARGEST_NUMBER = 10**12
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200

_WHOLE = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")


class WholeNumber(AnswerType):
    """A whole number. Answer: an integer. Typed text may have thousands commas or spaces around it."""

    name = "whole_number"
    properties = frozenset({"minimum", "maximum"})
    field_kind: ClassVar[FieldKind | None] = "integer"
    compares_as = "number"
    counted_as: ClassVar[CountedAs | None] = "number"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Reading()
        if isinstance(raw, str):
            digits = _digits(raw)
            if not _WHOLE.fullmatch(digits):
                return fault("not_whole")
            raw = int(digits)
        if not isinstance(raw, int) or isinstance(raw, bool):
            return fault("not_whole")
        return _bounded(question, raw)

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(context.language.number(answer))]


class Decimal(WholeNumber):
    """A number with decimals. Answer: a float."""

    name = "decimal"
    field_kind = "decimal"
    counted_as = None

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Reading()
        if isinstance(raw, str):
            digits = _digits(raw)
            if not _DECIMAL.fullmatch(digits):
                return fault("not_number")
            raw = float(digits)
        if not isinstance(raw, int | float) or isinstance(raw, bool):
            return fault("not_number")
        reading = _bounded(question, raw)
        return reading if reading.answer is None else Reading(float(raw), reading.problems)


class Year(WholeNumber):
    """A calendar year. Answer: an integer of four digits."""

    name = "year"
    counted_as = None

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        reading = super().read(question, raw, outcome)
        if reading.answer is None and not reading.problems:
            return reading
        if reading.answer is None or not EARLIEST_YEAR <= reading.answer <= LATEST_YEAR:
            return fault("not_year")
        return Reading(reading.answer, tuple(_of_years(problem) for problem in reading.problems))

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        """A year takes no thousands comma."""
        return [AnswerLine(str(answer))]


def _digits(typed: str) -> str:
    return _THOUSANDS.sub("", typed.strip())


def _bounded(question: Question, number: int | float) -> Reading:
    if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        return fault("too_large", most=LARGEST_NUMBER)
    if question.minimum is not None and number < question.minimum:
        return Reading(number, (Problem("too_small", {"least": question.minimum}),))
    if question.maximum is not None and number > question.maximum:
        return Reading(number, (Problem("too_large", {"most": question.maximum}),))
    return Reading(number)


def _of_years(problem: Problem) -> Problem:
    return Problem({"too_small": "too_early", "too_large": "too_late"}.get(problem.code, problem.code), problem.values)
