"""Days and times as people write them are read, by the clocks of the United Kingdom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from survey.collection.date_words import months
from survey.collection.errors import DomainError
from survey.collection.local_time import local_day, local_moment
from survey.languages import LANGUAGES, UK, language

MINUTES = st.integers(0, 60 * 24 * 366 * 80).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def is_told_twice(moment):
    """Whether the clocks of the United Kingdom show its time twice."""
    local = moment.astimezone(UK)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=50)
@given(moment=MINUTES)
@example(moment=datetime(2027, 3, 28, 1, 0, tzinfo=UTC))
def test_what_a_page_prints_of_a_moment_or_a_day_is_read_as_that(code, moment):
    assert local_day(language(code).date(moment)) == moment.astimezone(UK).date()
    assume(not is_told_twice(moment))
    assert local_moment(language(code).datetime(moment)) == moment


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_time_that_the_clocks_show_twice_is_named_when_it_is_written_as_pages_print_it(code):
    with pytest.raises(DomainError, match="time_twice"):
        local_moment(language(code).datetime(datetime(2027, 10, 31, 0, 30, tzinfo=UTC)))


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-11 17:00",
        "2026-12-11T17:00",
        "11/12/2026 17:00",
        "11 December 2026 at 17:00",
        "Friday 11 December 2026, 5pm",
        "fri 11th of dec 2026 at 5.00 p.m.",
        "  11 Rhagfyr  2026 am 17:00 ",
        "dydd Gwener 11 Rhagfyr 2026 am 5.00yh",
        "Ddydd Gwener, 11eg o Ragfyr 2026 am 5 y prynhawn",
        "11 Rhag 2026 17.00",
    ],
)
def test_a_time_is_read_however_it_is_written(written):
    assert local_moment(written) == datetime(2026, 12, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "not_a_time"),
        ("soon", "not_a_time"),
        ("11 December 2026", "not_a_time"),
        ("11 December 2026 at 5:00", "not_a_time"),
        ("11 December 2026 12am", "not_a_time"),
        ("11 December 2026 17:00pm", "not_a_time"),
        ("11 December 2026 at 24:00", "not_a_time"),
        ("11/12/26 17:00", "not_a_time"),
        ("12/13/2026 17:00", "not_a_time"),
        ("29 Chwefror 2027 am 09:00", "not_a_time"),
        ("11 Brumaire 2026 at 17:00", "not_a_time"),
        ("0001-01-01 00:00", "not_a_time"),
        ("Thursday 11 December 2026 at 17:00", "wrong_weekday"),
        ("dydd Iau 11 Rhagfyr 2026 am 17:00", "wrong_weekday"),
        ("28 March 2027 at 01:30", "no_such_time"),
        ("28 Mawrth 2027 am 1.30 y bore", "no_such_time"),
        ("25 October 2026 at 01:30", "time_twice"),
    ],
)
def test_a_time_that_is_none_or_could_mean_two_is_refused(written, code):
    with pytest.raises(DomainError, match=code):
        local_moment(written)


@pytest.mark.parametrize("written", ["30 November 2033", "dydd Mercher 30 Tachwedd 2033", "30/11/2033", "2033-11-30"])
def test_a_day_is_read_where_a_day_is_meant(written):
    assert local_day(written) == date(2033, 11, 30)


@pytest.mark.parametrize("written", ["", "soon", "20331130", "30/11/33", "11/30/2033", "30 November 2033 at 17:00"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(DomainError, match="not_a_day"):
        local_day(written)


def test_no_name_of_a_month_is_that_of_two():
    assert {months()[name] for name in ("ionawr", "ion", "january")} == {1}
    assert (months()["fawrth"], months()["fai"], months()["orffennaf"], months()["nhachwedd"]) == (3, 5, 7, 11)
    assert (months()["fedi"], months()["ragfyr"]) == (9, 12)
