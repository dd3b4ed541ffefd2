"""Answers that are typed: text, numbers, years and dates."""

import re
import unicodedata
from datetime import date
from typing import Any

from survey.languages import Language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import AnswerLine, AnswerType, ExportField, Reading, fault

SHORT_TEXT_LENGTH = 200
LONG_TEXT_LENGTH = 4000
LARGEST_NUMBER = 10**12
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200

_DIGITS = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")


class LongText(AnswerType):
    """Text over several lines. Answer: NFC text, lines ended by a newline, no blanks at its ends."""

    name = "long_text"
    properties = frozenset({"max_length"})
    free_text = True

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`. The length counts characters after normalisation."""
        if raw is None:
            return Reading()
        if not isinstance(raw, str):
            return fault("wrong_shape")
        answer = unicodedata.normalize("NFC", _LINE_END.sub("\n", raw)).strip()
        if not answer:
            return Reading()
        if any(not _may_be_shown(character) for character in answer):
            return Reading(answer, (Problem("bad_character"),))
        if len(answer) > self.limit(question):
            return Reading(answer, (Problem("too_long", {"most": self.limit(question)}),))
        return Reading(answer)

    def limit(self, question: Question) -> int:
        """The greatest number of characters."""
        return question.max_length or LONG_TEXT_LENGTH

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """See `AnswerType.fields`."""
        return (ExportField("", "text"),)

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`."""
        return [AnswerLine(answer, verbatim=True)]


class ShortText(LongText):
    """Text on one line."""

    name = "short_text"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`."""
        reading = super().read(question, raw, outcome)
        if isinstance(reading.answer, str) and "\n" in reading.answer and not reading.problems:
            return Reading(reading.answer, (Problem("one_line"),))
        return reading

    def limit(self, question: Question) -> int:
        """The greatest number of characters."""
        return question.max_length or SHORT_TEXT_LENGTH


class WholeNumber(AnswerType):
    """A whole number. Answer: an integer. Typed text may have thousands commas or spaces around it."""

    name = "whole_number"
    properties = frozenset({"minimum", "maximum"})

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Reading()
        if isinstance(raw, str):
            digits = _THOUSANDS.sub("", raw.strip())
            if not _DIGITS.fullmatch(digits):
                return fault("not_whole")
            raw = int(digits)
        if not isinstance(raw, int) or isinstance(raw, bool):
            return fault("not_whole")
        return _bounded(question, raw)

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """See `AnswerType.fields`."""
        return (ExportField("", "integer"),)

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`."""
        return [AnswerLine(language.number(answer))]


class Decimal(WholeNumber):
    """A number with decimals. Answer: a float."""

    name = "decimal"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Reading()
        if isinstance(raw, str):
            digits = _THOUSANDS.sub("", raw.strip())
            if not _DECIMAL.fullmatch(digits):
                return fault("not_number")
            raw = float(digits)
        if not isinstance(raw, int | float) or isinstance(raw, bool):
            return fault("not_number")
        reading = _bounded(question, raw)
        return reading if reading.answer is None else Reading(float(raw), reading.problems)

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """See `AnswerType.fields`."""
        return (ExportField("", "decimal"),)


class Year(WholeNumber):
    """A calendar year. Answer: an integer of four digits."""

    name = "year"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`."""
        reading = super().read(question, raw, outcome)
        if reading.answer is None and not reading.problems:
            return reading
        if reading.answer is None or not EARLIEST_YEAR <= reading.answer <= LATEST_YEAR:
            return fault("not_year")
        return Reading(reading.answer, tuple(_of_years(problem) for problem in reading.problems))

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`. A year takes no thousands comma."""
        return [AnswerLine(str(answer))]


class Date(AnswerType):
    """A date. Answer: `YYYY-MM-DD`. A form gives the mapping `{"day", "month", "year"}` of typed texts."""

    name = "date"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`."""
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
            found = date.fromisoformat(raw)
        except ValueError:
            return fault("not_date")
        return Reading(raw) if EARLIEST_YEAR <= found.year <= LATEST_YEAR else fault("not_date")

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """See `AnswerType.fields`."""
        return (ExportField("", "date"),)

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`."""
        return [AnswerLine(language.date(date.fromisoformat(answer)))]


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


def _may_be_shown(character: str) -> bool:
    return character in "\n\t" or (
        unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"
    )
