"""Limits of numbers and days that leave an answer possible. Those by another answer are looked at as rules are."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding
from survey.questionnaire.limits import ENDS, TODAY, End


def ranges(outline: Outline) -> Iterator[Finding]:
    """The smallest is larger than the largest, the earliest later than the latest."""
    for entry in outline.entries:
        ends = fixed_ends(entry.source)
        if ends["least"] > ends["most"]:
            code, name = ("empty_time", "earliest") if "earliest" in entry.source else ("empty_range", "minimum")
            yield outline.finding((*entry.place, name), code)


def days(outline: Outline) -> Iterator[Finding]:
    """A limit is no day of the calendar, written year first."""
    for entry in outline.entries:
        for name in ENDS:
            limit = entry.source.get(name)
            if isinstance(limit, str) and limit != TODAY and not is_day(limit):
                yield outline.finding((*entry.place, name), "not_date", value=limit)


def fixed_ends(source: JsonObject) -> Mapping[End, float]:
    """The least and the most that a question takes, as far as that is fixed."""
    ends: dict[End, float] = {"least": float("-inf"), "most": float("inf")}
    for name, end in ENDS.items():
        number = in_order(source.get(name))
        if number is not None:
            ends[end] = number
    return ends


def in_order(answer: Any) -> float | None:
    """Where a number, or a day of the calendar, stands in its order; None for anything else."""
    if isinstance(answer, str) and is_day(answer):
        return date.fromisoformat(answer).toordinal()
    return answer if isinstance(answer, int | float) else None


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, written year first."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
