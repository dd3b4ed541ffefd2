"""A date and a time of day as people write them, by the clocks of the United Kingdom.

What the pages print is read in either language (“11 December 2026 at 17:00”, “11 Rhagfyr 2026 am 17:00”), with or
without the day of the week, and so are 11/12/2026, the day first, and 2026-12-11. A time of day has two digits for the
hour, or says which half of the day it is in: 17:00, 17.00, 5pm. What could mean two things is refused: a year of two
digits, 5:00, 12am.
"""

import re
from datetime import UTC, date, datetime, time

from survey.collection.date_words import months, weekdays
from survey.collection.errors import DomainError
from survey.languages import UK

_TIMED = re.compile(
    r"(?P<day>.*?[^ ])(?: at | am | |(?<=[0-9])t)(?:(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?"
    r" ?(?P<half>a\.?m\.?|p\.?m\.?|yb|y bore|yp|y prynhawn|yh|yr hwyr)?|(?P<noon>midday|noon|hanner dydd))"
)
_ISO = re.compile(r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([1-9][0-9]{3})")
_WORDED = re.compile(
    r"(?:(?P<weekday>[^\W\d]+(?: [^\W\d]+)?) )?(?P<number>[0-9]{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|ed|eg|ain)?"
    r"(?: of| o)? (?P<month>[^\W\d]+)\.? (?P<year>[1-9][0-9]{3})"
)
_MORNING = ("am", "yb", "y bore")
_NOON = 12


def local_moment(written: str) -> datetime:
    """The moment in UTC, aware.

    Raises DomainError: not_a_time, wrong_weekday; no_such_time and time_twice for the hours that a change of the clocks
    leaves out or repeats.
    """
    match = _TIMED.fullmatch(_plain(written))
    day, at = (_day(match["day"], written), _time_of_day(match)) if match else (None, None)
    if day is None or at is None:
        raise DomainError("not_a_time", given=written)
    local = datetime.combine(day, at, UK)
    moment = local.astimezone(UTC)
    if moment.astimezone(UK).replace(fold=0) != local:
        raise DomainError("no_such_time", given=written)
    if local.replace(fold=1).utcoffset() != local.utcoffset():
        raise DomainError("time_twice", given=written)
    return moment


def local_day(written: str) -> date:
    """The day that was written. Raises DomainError: not_a_day, wrong_weekday."""
    day = _day(_plain(written), written)
    if day is None:
        raise DomainError("not_a_day", given=written)
    return day


def _plain(written: str) -> str:
    """In small letters, with single spaces and without commas."""
    return " ".join(written.replace(",", " ").casefold().split())


def _day(plain: str, written: str) -> date | None:
    """The day, or None where it is none. Raises DomainError("wrong_weekday")."""
    if iso := _ISO.fullmatch(plain):
        return _date(iso[1], iso[2], iso[3])
    if slashed := _SLASHED.fullmatch(plain):
        return _date(slashed[3], slashed[2], slashed[1])
    worded = _WORDED.fullmatch(plain)
    if worded is None or worded["month"] not in months() or worded["weekday"] not in (None, *weekdays()):
        return None
    day = _date(worded["year"], months()[worded["month"]], worded["number"])
    if day and worded["weekday"] and weekdays()[worded["weekday"]] != day.weekday():
        raise DomainError("wrong_weekday", given=written)
    return day


def _date(year: str, month: str | int, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def _time_of_day(match: re.Match[str]) -> time | None:
    """The time of day; None for what is none, or could be in either half of the day."""
    if match["noon"]:
        return time(_NOON)
    hour, half = int(match["hour"]), (match["half"] or "").replace(".", "")
    if half:
        if not 0 < hour < _NOON:
            return None
        hour += 0 if half in _MORNING else _NOON
    elif len(match["hour"]) == 1 or match["minute"] is None:
        return None
    try:
        return time(hour, int(match["minute"] or 0))
    except ValueError:
        return None
