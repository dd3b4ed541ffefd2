"""Dates as people type them, in three boxes or in one: “3 3 2026”, “3 o Fawrth 26”, “March 3, 2026”, “2026-03-03”.

`survey/web/scripts/reading.js` reads them alike; `tests/questionnaire/typed.json` holds both to it.
"""

import calendar
import re

from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import Reading, fault
from survey.questionnaire.types.typed_numbers import LONGEST, plain

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
TWO_DIGITS_FROM = 1970
"""A year of two digits is one of the hundred that begin here: 70 is 1970, 69 is 2069."""

# English and Welsh, the Welsh also as it is after “o”, “ym”, “yng”, “yn” and “a”. No three letters begin two months.
MONTHS = (
    "january ionawr",
    "february chwefror",
    "march mawrth fawrth",
    "april ebrill",
    "may mai fai",
    "june mehefin fehefin",
    "july gorffennaf orffennaf ngorffennaf",
    "august awst",
    "september medi fedi",
    "october hydref",
    "november tachwedd dachwedd nhachwedd thachwedd",
    "december rhagfyr ragfyr",
)

_BETWEEN = re.compile(r"[ ,./-]+")
_SMALL_WORDS = frozenset({"", "o", "of", "mis"})
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|af|il|ydd|edd|ed|fed|eg|ain)?")
_SHORTEST_NAME = 3
_A_LEAP_YEAR = 2000
_LONG_YEAR = re.compile(r"[0-9]{4}")


def read_date(day: str, month: str, year: str) -> Reading:
    """`YYYY-MM-DD` from three boxes; several parts may stand in one of them.

    Figures are a day, a month and a year in this order, unless the first has four digits. A problem names its part.
    """
    boxes = [_words(text) for text in (day, month, year)]
    if max(map(len, boxes)) > 1:
        words = [word for box in boxes for word in box]
        if len(words) > len(boxes):
            return fault("not_date")
        return _date(*_in_order(words))
    parts = [box[0] if box else "" for box in boxes]
    return _date(*parts) if any(parts) else Reading()


def _words(text: str) -> list[str]:
    if len(text) > LONGEST:
        return [text]
    words = (word.lstrip("'’") for word in _BETWEEN.split(plain(text).casefold()))
    return [word for word in words if word not in _SMALL_WORDS]


def _in_order(words: list[str]) -> tuple[str, str, str]:
    """Two or three words as a day, a month and a year; "" for the one that is not there."""
    first, second, *third = reversed(words) if _LONG_YEAR.fullmatch(words[0]) else words
    if not third and _LONG_YEAR.fullmatch(second):
        return "", first, second
    if not first[0].isdigit():
        first, second = second, first
    return first, second, third[0] if third else ""


def _date(day: str, month: str, year: str) -> Reading:
    of_parts = (_problem_of_day(day, _last_day(month, year)), _problem_of_month(month), _problem_of_year(year))
    problems = tuple(problem for problem in of_parts if problem)
    return Reading(problems=problems) if problems else Reading(f"{_year(year)}-{_month(month):02}-{_day(day):02}")


def _problem_of_day(word: str, last_day: int) -> Problem | None:
    if not word:
        return Problem("day_missing", {}, "day")
    return None if 1 <= _day(word) <= last_day else Problem("no_such_day", {"most": last_day}, "day")


def _problem_of_month(word: str) -> Problem | None:
    if not word:
        return Problem("month_missing", {}, "month")
    return None if _month(word) else Problem("no_such_month", {}, "month")


def _problem_of_year(word: str) -> Problem | None:
    if not word:
        return Problem("year_missing", {}, "year")
    year = _year(word)
    if not year:
        return Problem("not_year", {}, "year")
    if year < EARLIEST_YEAR:
        return Problem("too_early", {"least": EARLIEST_YEAR}, "year")
    return Problem("too_late", {"most": LATEST_YEAR}, "year") if year > LATEST_YEAR else None


def _last_day(month: str, year: str) -> int:
    """Of a month that is not known 31, of a February of a year that is not known 29."""
    return calendar.monthrange(_year(year) or _A_LEAP_YEAR, _month(month))[1] if _month(month) else 31


# Each is 0 for a word that is none.


def _day(word: str) -> int:
    day = _DAY.fullmatch(word)
    return int(day[1]) if day else 0


def _month(word: str) -> int:
    if re.fullmatch("[0-9]{1,2}", word):
        return int(word) if int(word) <= len(MONTHS) else 0
    if len(word) < _SHORTEST_NAME:
        return 0
    return next((number for number, names in enumerate(MONTHS, 1) if f" {word}" in f" {names}"), 0)


def _year(word: str) -> int:
    if _LONG_YEAR.fullmatch(word):
        return int(word)
    if re.fullmatch("[0-9]{2}", word):
        return TWO_DIGITS_FROM + (int(word) - TWO_DIGITS_FROM) % 100
    return 0
