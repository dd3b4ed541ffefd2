"""Answers in a person's own words, on one line or on several."""

import re
import unicodedata
from typing import Any, ClassVar

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import AnswerContext, AnswerLine, AnswerType, Reading, fault

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


class LongText(AnswerType):
    """Text over several lines. Answer: NFC text, lines ended by a newline, no blanks at its ends."""

    name = "long_text"
    properties = frozenset({"max_length"})
    field_kind = "text"
    compares_as = "text"
    counted_as = "text"
    free_text = True
    longest: ClassVar[int] = 4000

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
        if len(answer) > self.limit(question):
            return Reading(answer, (Problem("too_long", {"most": self.limit(question)}),))
        return Reading(answer)

    @classmethod
    def limit(cls, question: Question) -> int:
        """The greatest number of characters."""
        return question.max_length or cls.longest

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(answer, verbatim=True)]


class ShortText(LongText):
    """Text on one line."""

    name = "short_text"
    longest = 200

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        reading = super().read(question, raw, outcome)
        if isinstance(reading.answer, str) and "\n" in reading.answer and not reading.problems:
            return Reading(reading.answer, (Problem("one_line"),))
        return reading


def _may_be_shown(character: str) -> bool:
    return character in "\n\t" or (
        unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"
    )
