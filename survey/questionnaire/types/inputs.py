"""What is typed in: text, numbers, years, days of the calendar."""

import re
import unicodedata
from datetime import date
from typing import Any, ClassVar

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import AnswerContext, AnswerLine, AnswerType, CountedAs, FieldKind, Reading, fault

LARGEST_NUMBER = 10**12
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")


class LongText(AnswerType):
    """Text over several lines. Answer: NFC text, lines ended by a newline, no blanks at its ends."""

    name = "long_text"
    properties = frozenset({"max_length"})
    field_kind = "text"
    compares_as = "text"
    counted_as = "text"
    free_text = True
    longest: ClassVar[int] = 4000
    between: ClassVar[str] = "\n\n"
    """What stands between two texts that are put together."""

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """The length counts characters after normalisation."""
        if raw is None:
            return Reading()
        if not isinstance(raw, str):
            return fault("wrong_shape")
        answer = unicodedata.normalize("NFC", _LINE_END.sub("\n", raw)).strip()
        if not answer:
            return Reading()
        if any(not _may_be_shown(character) for character in answer):
            return Reading(answer, (Problem("bad_character"),))
        return Reading(answer, self.excess(question, answer))

    def gaps(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """A draft may hold too much; a submission may not."""
        return super().gaps(question, answer, outcome) if answer is None else self.excess(question, answer)

    def excess(self, question: Question, answer: str) -> tuple[Problem, ...]:
        """What is too much of a normalised text."""
        limit = self.limit(question)
        return (Problem("too_long", {"most": limit}),) if len(answer) > limit else ()

    @classmethod
    def limit(cls, question: Question) -> int:
        """The greatest number of characters."""
        return question.max_length or cls.longest

    def joined(self, first: str, second: str) -> str:
        return first + self.between + second

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(answer, verbatim=True)]


class ShortText(LongText):
    """Text on one line."""

    name = "short_text"
    longest = 200
    between = " / "

    def excess(self, question: Question, answer: str) -> tuple[Problem, ...]:
        return super().excess(question, answer) or ((Problem("one_line"),) if "\n" in answer else ())


class WholeNumber(AnswerType):
    """A whole number. Answer: an integer. Typed text may have thousands commas or spaces around it."""

    name = "whole_number"
    properties = frozenset({"minimum", "maximum"})
    field_kind: ClassVar[FieldKind | None] = "integer"
    compares_as = "number"
    counted_as: ClassVar[CountedAs | None] = "number"
    number: ClassVar[type[int] | type[float]] = int
    digits: ClassVar[re.Pattern[str]] = re.compile(r"[+-]?\d{1,15}")
    problem: ClassVar[str] = "not_whole"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Reading()
        if isinstance(raw, str):
            digits = _THOUSANDS.sub("", raw.strip())
            if not self.digits.fullmatch(digits):
                return fault(self.problem)
            raw = self.number(digits)
        if not isinstance(raw, int | self.number) or isinstance(raw, bool):
            return fault(self.problem)
        return _bounded(question, raw)

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(context.language.number(answer))]


class Decimal(WholeNumber):
    """A number with decimals. Answer: a float."""

    name = "decimal"
    field_kind = "decimal"
    counted_as = None
    number = float
    digits = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
    problem = "not_number"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        reading = super().read(question, raw, outcome)
        return reading if reading.answer is None else Reading(float(reading.answer), reading.problems)


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


class Date(AnswerType):
    """A date. Answer: `YYYY-MM-DD`. A form gives the mapping `{"day", "month", "year"}` of typed texts."""

    name = "date"
    field_kind = "date"
    compares_as = "date"
    counted_as = "date"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if isinstance(raw, dict):
            parts = [raw.get(part) or "" for part in ("year", "month", "day")]
            if not all(isinstance(part, str) for part in parts):
                return fault("not_date")
            digits = [part.strip() for part in parts]
            if not any(digits):
                return Reading()
            if not all(re.fullmatch(r"[0-9]{1,4}", digit) for digit in digits):
                return fault("not_date")
            raw = "-".join(digit.zfill(width) for digit, width in zip(digits, (4, 2, 2), strict=True))
        if raw is None or raw == "":
            return Reading()
        if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
            return fault("not_date")
        try:
            year = date.fromisoformat(raw).year
        except ValueError:
            return fault("not_date")
        return Reading(raw) if EARLIEST_YEAR <= year <= LATEST_YEAR else fault("not_date")

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(context.language.date(date.fromisoformat(answer)))]


def _may_be_shown(character: str) -> bool:
    return character in "\n\t" or (
        unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"
    )


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
