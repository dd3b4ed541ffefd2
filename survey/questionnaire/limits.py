"""How early or late, small or large an answer may be, where that depends on the day or on an earlier answer.

A draft keeps an answer beyond such a limit, as the other answer may still change; submission needs it put right.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from survey.questionnaire.problems import Problem

End = Literal["least", "most"]
Limited = Literal["number", "year", "date"]
TODAY = "today"
ENDS: Mapping[str, End] = {"minimum": "least", "maximum": "most", "earliest": "least", "latest": "most"}
"""The properties of a definition that say a limit, with the end of what is taken."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One end of what is taken: a `day`, which may be TODAY, or else the answer to the question `answer_of`."""

    end: End
    day: str = ""
    answer_of: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What an answer is held against: the other answers, by their names in rules, and the day on which it is given.

    Where no day is told, limits that depend on it are not looked at.
    """

    lookup: Callable[[str], Any]
    today: date | None = None


def limits_of(source: Mapping[str, Any]) -> tuple[Limit, ...]:
    """The limits of a question, from its JSON; without the fixed ones of numbers."""
    return tuple(
        Limit(end, answer_of=value["answer_of"]) if isinstance(value, Mapping) else Limit(end, value)
        for name, end in ENDS.items()
        if isinstance(value := source.get(name), Mapping | str)
    )


def beyond(limits: tuple[Limit, ...], limited: Limited | None, answer: Any, known: Known) -> Iterator[Problem]:
    """What is wrong with a canonical answer in the light of others. No limit without the answer that it depends on."""
    for limit in limits:
        bound = bound_of(limit, known)
        if limited is None or bound is None:
            continue
        if answer < bound if limit.end == "least" else answer > bound:
            yield Problem(_CODES[limited, _depends_on(limit)][limit.end], {limit.end: bound})


def problem_of(limit: Limit, limited: Limited) -> Problem:
    """What is said of an answer beyond a limit; of one that depends on another answer, with an example of that."""
    examples: Mapping[Limited, str | int] = {"number": 10, "year": 2026, "date": "2027-03-31"}
    bound = examples[limited] if limit.answer_of or limit.day == TODAY else limit.day
    return Problem(_CODES[limited, _depends_on(limit)][limit.end], {limit.end: bound})


def _depends_on(limit: Limit) -> Literal["nothing", "today", "answer"]:
    if limit.answer_of:
        return "answer"
    return "today" if limit.day == TODAY else "nothing"


def bound_of(limit: Limit, known: Known) -> Any:
    """What a limit comes to: a number, a year, a day; None while what it depends on is not known."""
    if limit.answer_of:
        return known.lookup(limit.answer_of)
    if limit.day == TODAY:
        return known.today.isoformat() if known.today else None
    return limit.day


_CODES: Mapping[tuple[Limited, str], Mapping[End, str]] = {
    ("number", "answer"): {"least": "less_than_answer", "most": "more_than_answer"},
    ("year", "answer"): {"least": "year_before_answer", "most": "year_after_answer"},
    ("date", "answer"): {"least": "before_answer", "most": "after_answer"},
    ("date", "today"): {"least": "before_today", "most": "after_today"},
    ("date", "nothing"): {"least": "before_day", "most": "after_day"},
}
