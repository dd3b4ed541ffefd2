"""What is typed in: text, numbers, years, days of the calendar."""

import math
import re
import unicodedata
from datetime import date
from typing import Any, ClassVar

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.limits import Limited
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import AnswerContext, AnswerLine, AnswerType, CountedAs, FieldKind, Reading, fault
from survey.questionnaire.types.text_formats import FORMATS
from survey.questionnaire.types.typed_dates import EARLIEST_YEAR, LATEST_YEAR, read_date
from survey.questionnaire.types.typed_numbers import read_number

LARGEST_NUMBER = 10**12

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LETTERS_IN_A_LINE, MOST_LINES = 80, 8

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\\<>\"]+([/?#][^\s<>\"]*)?", re.IGNORECASE)

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def text_of(typed: str) -> str:
    """A text as it is kept: NFC, lines ended by a newline, no blanks at its ends, no characters that nobody can see."""
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", _UNSEEN.sub("", typed))).strip()


class LongText(AnswerType):
    """Text over several lines. Answer: NFC text, lines ended by a newline, no blanks at its ends."""

    name = "long_text"
    properties = frozenset({"max_length"})
    field_kind = "text"
    compares_as = "text"
    counted_as = "text"
    free_text = True
    several_lines: ClassVar[bool] = True
    longest: ClassVar[int] = 4000
    seconds: ClassVar[int] = 180
    between: ClassVar[str] = "\n\n"
    """What stands between two texts that are put together."""

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """Characters that nobody can see or remove are left out. The length counts what is left, normalised."""
        if raw is None:
            return Reading()
        if not isinstance(raw, str):
            return fault("wrong_shape")
        answer = text_of(raw)
        return Reading(answer, self.excess(question, answer)) if answer else Reading()

    def gaps(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """A draft may hold too much; a submission may not."""
        return super().gaps(question, answer, outcome) if answer is None else self.excess(question, answer)

    def excess(self, question: Question, answer: str) -> tuple[Problem, ...]:
        """What is too much of a normalised text."""
        limit = self.most_characters(question)
        return (Problem("too_long", {"most": limit}),) if len(answer) > limit else ()

    def most_characters(self, question: Question) -> int:
        return question.max_length or self.longest

    def joined(self, first: str, second: str) -> str:
        return first + self.between + second

    def lines_by_hand(self, question: Question) -> int:
        return min(MOST_LINES, math.ceil(self.most_characters(question) / LETTERS_IN_A_LINE))

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(answer, verbatim=True)]


class ShortText(LongText):
    """Text on one line."""

    name = "short_text"
    properties = frozenset({"max_length", "format", "autocomplete"})
    several_lines = False
    longest = 200
    seconds = 30
    between = " / "

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """A text that has the form it has to have is written as that form is written."""
        reading = super().read(question, raw, outcome)
        if question.format is None or reading.answer is None or reading.problems:
            return reading
        return Reading(FORMATS[question.format].written(reading.answer))

    def excess(self, question: Question, answer: str) -> tuple[Problem, ...]:
        problems = super().excess(question, answer) or ((Problem("one_line"),) if "\n" in answer else ())
        if problems or question.format is None or FORMATS[question.format].fits(answer):
            return problems
        return (Problem(f"not_{question.format}"),)


class Link(ShortText):
    """The address of a page on the web. Answer: the address as it was typed, http or https and nothing else."""

    name = "link"
    properties = frozenset()
    longest = 1000
    between = " "
    example_words = "https://www.example.org/"

    def excess(self, question: Question, answer: str) -> tuple[Problem, ...]:
        return super().excess(question, answer) or (() if _WEB_ADDRESS.fullmatch(answer) else (Problem("not_link"),))


class WholeNumber(AnswerType):
    """A whole number. Answer: an integer."""

    name = "whole_number"
    properties = frozenset({"minimum", "maximum"})
    field_kind: ClassVar[FieldKind | None] = "integer"
    compares_as = "number"
    limited_as: ClassVar[Limited | None] = "number"
    counted_as: ClassVar[CountedAs | None] = "number"
    misread: ClassVar[str] = "not_whole"
    numbers: ClassVar[tuple[int, int]] = (-LARGEST_NUMBER, LARGEST_NUMBER)
    """The least and the greatest there are."""

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        reading = self.typed(raw) if isinstance(raw, str) else self.given(raw)
        return reading if reading.answer is None else _bounded(question, reading.answer)

    def typed(self, text: str) -> Reading:
        """What somebody typed, before it is held against the bounds of the question."""
        return read_number(text, decimals=False)

    def given(self, raw: Any) -> Reading:
        """What came as a number, or as nothing."""
        is_number = raw is None or (isinstance(raw, int) and not isinstance(raw, bool))
        return Reading(raw) if is_number else fault(self.misread)

    def bounds(self, question: Question) -> tuple[int | float, int | float]:
        least, most = self.numbers
        return (
            least if question.minimum is None else question.minimum,
            most if question.maximum is None else question.maximum,
        )

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(context.language.number(answer))]


class Decimal(WholeNumber):
    """A number with decimals. Answer: a float."""

    name = "decimal"
    field_kind = "decimal"
    counted_as = None
    misread = "not_number"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        reading = super().read(question, raw, outcome)
        return reading if reading.answer is None else Reading(float(reading.answer), reading.problems)

    def typed(self, text: str) -> Reading:
        return read_number(text, decimals=True)

    def given(self, raw: Any) -> Reading:
        return Reading(raw) if isinstance(raw, float) else super().given(raw)


class Year(WholeNumber):
    """A calendar year. Answer: an integer of four digits."""

    name = "year"
    limited_as = "year"
    counted_as = None
    misread = "not_year"
    numbers = (EARLIEST_YEAR, LATEST_YEAR)
    example_least = 2000

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        reading = super().read(question, raw, outcome)
        if reading.answer is None and not reading.problems:
            return reading
        if reading.answer is None or not EARLIEST_YEAR <= reading.answer <= LATEST_YEAR:
            return fault(self.misread)
        return Reading(reading.answer, tuple(_of_years(problem) for problem in reading.problems))

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        """A year takes no thousands comma."""
        return [AnswerLine(str(answer))]


class Date(AnswerType):
    """A date. Answer: `YYYY-MM-DD`. A form gives the mapping `{"day", "month", "year"}` of typed texts.

    Problems of typed dates name "day", "month" or "year" as their part.
    """

    name = "date"
    properties = frozenset({"earliest", "latest"})
    field_kind = "date"
    limited_as = "date"
    compares_as = "date"
    counted_as = "date"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or _is_canonical(raw):
            return Reading(raw)
        boxes = [raw.get(part) or "" for part in ("day", "month", "year")] if isinstance(raw, dict) else [raw, "", ""]
        return read_date(*boxes) if all(isinstance(text, str) for text in boxes) else fault("not_date")

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(context.language.date(date.fromisoformat(answer)))]


def _is_canonical(raw: Any) -> bool:
    if not isinstance(raw, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        return False
    try:
        year = date.fromisoformat(raw).year
    except ValueError:
        return False
    return EARLIEST_YEAR <= year <= LATEST_YEAR


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
