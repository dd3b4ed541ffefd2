"""A round from draft to closed."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds.assignments import assign_outcomes
from survey.collection.rounds.round import (
    change_round,
    close_round,
    create_round,
    read_round,
    read_rounds,
    reschedule,
    round_ids,
)
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import DEFINITION, LATER, NORTH, NOW, ROUND, SOURCES, opened_round, small_round


def test_a_round_is_read_as_it_was_created(repository):
    made = small_round(opens=NOW, closes=LATER, demonstration=True)
    create_round(repository, made)
    assert read_round(repository, ROUND) == made
    assert read_rounds(repository) == [made]


def test_a_round_that_is_there_is_not_replaced(repository):
    create_round(repository, small_round())
    with pytest.raises(DomainError) as refused:
        create_round(repository, small_round(edition="2025"))
    assert (refused.value.code, refused.value.values) == ("round_exists", {"round": ROUND})
    assert read_round(repository, ROUND).edition == "2026"


@pytest.mark.parametrize("name", ["", "-a", "a-", "A", "ŵ", "../x", "a/b", "a b", "a\n", "a" * 41, "a_b"])
def test_ids_that_cannot_be_are_refused(repository, name):
    with pytest.raises(DomainError) as refused:
        create_round(repository, small_round(name))
    assert refused.value.code == "bad_round_id"
    with pytest.raises(DomainError) as refused:
        read_round(repository, name)
    assert refused.value.code == "unknown_round"
    assert round_ids(repository) == []


@pytest.mark.parametrize("year", ["", "2026", "2026-28", "2026-2027", "2026/27", "２０２６-２７", "2026-27\n"])
def test_a_reporting_year_is_two_years_that_follow_each_other(repository, year):
    with pytest.raises(DomainError) as refused:
        create_round(repository, small_round(reporting_year=year))
    assert refused.value.code == "bad_year"


def test_the_turn_of_a_century_is_a_reporting_year(repository):
    create_round(repository, small_round(reporting_year="2099-00"))
    assert read_round(repository, ROUND).reporting_year == "2099-00"


def test_a_round_closes_after_it_opens(repository):
    for closes in (NOW, NOW - timedelta(seconds=1)):
        with pytest.raises(DomainError) as refused:
            create_round(repository, small_round(opens=NOW, closes=closes))
        assert refused.value.code == "times_reversed"
    create_round(repository, small_round(opens=NOW, closes=LATER))
    with pytest.raises(DomainError) as refused:
        reschedule(repository, ROUND, LATER, NOW, NOW)
    assert refused.value.code == "times_reversed"
    assert read_round(repository, ROUND).closes == LATER


def test_rounds_come_by_reporting_year_then_id(repository):
    for name, year in [("b", "2025-26"), ("c", "2024-25"), ("a", "2025-26")]:
        create_round(repository, small_round(name, reporting_year=year))
    assert [found.id for found in read_rounds(repository)] == ["c", "a", "b"]


def test_ids_come_in_order_whatever_the_years(repository):
    names = [f"r{number}" for number in (7, 3, 9, 1, 8, 2, 6, 4, 5)]
    for place, name in enumerate(names):
        create_round(repository, small_round(name, reporting_year=f"20{20 + place}-{21 + place}"))
    assert round_ids(repository) == sorted(names)
    assert [made.id for made in read_rounds(repository)] == names


def test_a_creation_that_a_crash_cut_short_does_not_hide_the_other_rounds(repository):
    create_round(repository, small_round())
    (repository.root / "rounds" / "half-made").mkdir()
    assert [found.id for found in read_rounds(repository)] == [ROUND]
    create_round(repository, small_round("half-made"))
    assert len(read_rounds(repository)) == 2


def test_assigning_replaces_what_the_board_had_and_only_that(repository):
    create_round(repository, small_round())
    assign_outcomes(repository, ROUND, NORTH, ("m-02",), SOURCES)
    assert read_round(repository, ROUND).assignments == {**small_round().assignments, NORTH: ("m-02",)}
    assert read_round(repository, ROUND).assigned("W00000000") == ()


def test_an_opened_round_keeps_its_assignments(repository, snapshot):
    with pytest.raises(DomainError) as refused:
        assign_outcomes(repository, ROUND, NORTH, ("m-02",), SOURCES)
    assert refused.value.code == "not_draft"
    assert read_round(repository, ROUND).assigned(NORTH) == ("m-01",)


def test_only_an_open_round_closes_and_it_stays_closed(repository, snapshot):
    assert close_round(repository, ROUND, NOW).status == "closed"
    with pytest.raises(DomainError) as refused:
        reschedule(repository, ROUND, None, LATER, NOW)
    assert refused.value.code == "closed_already"
    for name, code in [(ROUND, "not_open"), ("unknown", "unknown_round")]:
        with pytest.raises(DomainError) as refused:
            close_round(repository, name, NOW)
        assert refused.value.code == code
    assert not read_round(repository, ROUND).takes_answers(NOW)


def test_answers_are_taken_from_the_opening_time_until_the_closing_time(repository):
    kept = small_round(opens=NOW, closes=LATER, status="open")
    second = timedelta(seconds=1)
    taken = {moment: kept.takes_answers(moment) for moment in (NOW - second, NOW, LATER - second, LATER)}
    assert list(taken.values()) == [False, True, True, False]
    for status in ("draft", "closed"):
        assert not replace(kept, status=status).takes_answers(NOW)


def test_reading_a_round_makes_nothing(tmp_path):
    repository = FileRepository(tmp_path / "none")
    assert read_rounds(repository) == []
    with pytest.raises(DomainError):
        close_round(repository, ROUND, NOW)
    assert not repository.root.exists()


def test_two_rounds_do_not_touch_each_other(repository):
    opened_round(repository, "one")
    opened_round(repository, "two")
    close_round(repository, "one", NOW)
    assert [read_round(repository, name).status for name in ("one", "two")] == ["closed", "open"]


def test_what_two_rounds_have_alike_is_built_once_but_words_are_of_one_definition(repository):
    optional = deepcopy(DEFINITION)
    del optional["sections"][0]["questions"][0]["required"]
    first, second = opened_round(repository, "one"), opened_round(repository, "two")
    other = opened_round(repository, "three", optional)
    assert first.questionnaire is second.questionnaire
    assert first.texts["en"] is second.texts["en"]
    assert other.texts["en"] is not first.texts["en"], "pages keep by them what they have drawn"


@pytest.mark.parametrize(
    ("planned", "recorded"),
    [(None, NOW), (NOW + timedelta(hours=9), NOW), (NOW - timedelta(hours=1), NOW - timedelta(hours=1))],
)
def test_a_closed_round_says_when_it_really_closed(repository, snapshot, planned, recorded):
    change_round(repository, ROUND, lambda current: replace(current, closes=planned))
    close_round(repository, ROUND, NOW)
    assert read_round(repository, ROUND).closes == recorded
