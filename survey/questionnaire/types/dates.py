"""Days of the calendar."""

import re
from datetime import date
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types.base import AnswerContext, AnswerLine, AnswerType, Reading, fault
from survey.questionnaire.types.numbers import EARLIEST_YEAR, LATEST_YEAR


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
