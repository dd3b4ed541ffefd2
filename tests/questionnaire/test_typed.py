"""What people type where a number or a date is asked for, and what is understood."""

import calendar
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from survey.languages import language
from survey.questionnaire.problems import describe
from survey.questionnaire.types.base import Reading
from survey.questionnaire.types.typed_dates import EARLIEST_YEAR, LATEST_YEAR, MONTHS, read_date
from survey.questionnaire.types.typed_numbers import LONGEST, plain, read_number

TYPED: dict[str, list[Any]] = json.loads((Path(__file__).parent / "typed.json").read_text("utf-8"))


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(("text", "number", "faults"), TYPED["whole_number"])
def test_a_whole_number(text: str, number: int | None, faults: list[str]) -> None:
    reading = read_number(text, decimals=False)
    assert (reading.answer, codes(reading)) == (number, faults)


@pytest.mark.parametrize(("text", "number", "faults"), TYPED["decimal"])
def test_a_number_with_decimals(text: str, number: float | None, faults: list[str]) -> None:
    reading = read_number(text, decimals=True)
    assert (reading.answer, codes(reading)) == (number, faults)


@pytest.mark.parametrize(("boxes", "day", "faults"), TYPED["date"])
def test_a_date(boxes: list[str], day: str | None, faults: list[str]) -> None:
    reading = read_date(*boxes)
    assert (reading.answer, codes(reading)) == (day, faults)


@given(number=st.integers(-(10**12), 10**12), code=st.sampled_from(["cy", "en"]))
def test_a_number_as_a_page_shows_it_is_read(number: int, code: str) -> None:
    assert read_number(language(code).number(number), decimals=False) == Reading(number)
    assert read_number(f"tua {number:,}".replace(",", "\u00a0"), decimals=False) == Reading(number)


@given(number=st.decimals(-(10**9), 10**9, places=4))
def test_a_decimal_comma_is_read_as_a_point_unless_it_can_part_thousands(number: Any) -> None:
    assert read_number(f"{number:.4f}".replace(".", ","), decimals=True) == Reading(float(number))


@given(
    day=st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)),
    code=st.sampled_from(["cy", "en"]),
    pattern=st.sampled_from(["{d} {m} {y}", "{d}/{n}/{y}", "{n_name} {d}, {y}", "{y}-{n:02}-{d:02}", "{d} o {m} {y}"]),
    box=st.integers(0, 2),
)
def test_any_date_is_read_whole_in_any_box(day: date, code: str, pattern: str, box: int) -> None:
    month = get_month_names("wide", locale=code)[day.month]
    text = pattern.format(d=day.day, m=month.upper(), n=day.month, n_name=month, y=day.year)
    boxes = ["", "", ""]
    boxes[box] = text
    assert read_date(*boxes) == Reading(day.isoformat())
    assert read_date(str(day.day), month, str(day.year)) == Reading(day.isoformat())


@pytest.mark.parametrize("code", ["cy", "en"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_name_that_the_calendar_gives_a_month_is_read(code: str, width: Any) -> None:
    for number, name in get_month_names(width, locale=code).items():
        assert read_date("1", name, "2026") == Reading(f"2026-{number:02}-01")


def test_no_three_letters_begin_the_names_of_two_months() -> None:
    beginnings = [{name[:3] for name in names.split()} for names in MONTHS]
    assert len(set.union(*beginnings)) == sum(map(len, beginnings))


def test_every_month_says_its_last_day() -> None:
    for month in range(1, 13):
        last = calendar.monthrange(2026, month)[1]
        (problem,) = read_date("32", str(month), "2026").problems
        assert describe(problem, language("en")) == f"Enter a day from 1 to {last}, the last day of the month"


@given(boxes=st.tuples(*[st.text(max_size=2 * LONGEST)] * 3), decimals=st.booleans())
def test_anything_may_be_typed(boxes: tuple[str, str, str], decimals: bool) -> None:
    for reading in (read_number(boxes[0], decimals=decimals), read_date(*boxes)):
        assert reading.answer is None or not reading.problems
        assert all(describe(problem, language("en")) for problem in reading.problems)


def test_a_text_of_great_length_is_refused_at_once() -> None:
    assert codes(read_number("1" * 500_000 + "-", decimals=False)) == ["not_whole"]
    assert codes(read_date("3 " * 200_000, "3", "2026")) == ["no_such_day"]


@given(text=st.text())
def test_making_a_text_plain_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)
