"""A round that is extended, a grace period for one cluster, a draft that is deleted, a close that was stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection import closing
from survey.collection.errors import DomainError
from survey.collection.responses.response import read_response
from survey.collection.rounds.assignments import add_outcomes, assign_table, board_of, copied_from
from survey.collection.rounds.extensions import (
    answering_clusters,
    closing_time,
    end_grace,
    extend_round,
    give_grace,
    may_still_change,
    read_graces,
    takes_answers_of,
)
from survey.collection.rounds.opening import texts_shown
from survey.collection.rounds.releases import KeptRelease, keep_release
from survey.collection.rounds.round import (
    change_round,
    close_round,
    create_round,
    delete_draft,
    read_round,
    reschedule,
    round_ids,
    version_of,
)
from tests.collection.example import (
    CLUSTERS,
    COMPLETE,
    LATER,
    NORTH,
    NOW,
    ROUND,
    SOURCES,
    SOUTH,
    opened_round,
    save,
    small_round,
)

MUCH_LATER = LATER + timedelta(days=7)
SECOND = timedelta(seconds=1)


def code_of(work, *arguments, **options):
    with pytest.raises(DomainError) as refused:
        work(*arguments, **options)
    return refused.value.code


def extend(repository, until=MUCH_LATER, **options):
    return extend_round(repository, ROUND, until, **{"reason": "Snow", "now": NOW, **options})


def grace(repository, snapshot, until=MUCH_LATER, **options):
    return give_grace(
        repository, snapshot, "arfon", until, **{"by": "eira", "reason": "Flood", "now": LATER, **options}
    )


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_round_is_extended_whether_or_not_it_was_closed(repository, snapshot, is_closed):
    change_round(repository, ROUND, lambda current: replace(current, closes=LATER))
    if is_closed:
        close_round(repository, ROUND, LATER)
    assert extend(repository, now=LATER).takes_answers(LATER)
    assert read_round(repository, ROUND).closes == MUCH_LATER


def test_an_extension_is_refused_without_a_reason_backwards_over_another_round_or_after_a_release(repository, snapshot):
    change_round(repository, ROUND, lambda current: replace(current, closes=LATER))
    assert code_of(extend, repository, reason=" ") == "round_reason"
    assert code_of(extend, repository, until=LATER) == "not_later"
    assert code_of(extend, repository, until=NOW) == "times_past"
    assert code_of(extend, repository, shown="what it was") == "round_changed"
    opened_round(repository, "other")
    assert code_of(extend, repository) == "extended_beside"
    close_round(repository, "other", NOW)
    opened_round(repository, "later", reporting_year="2027-28")
    assert code_of(extend, repository) == "extended_beside"
    close_round(repository, "later", NOW)
    keep_release(repository, ROUND, KeptRelease(1, NOW, "eira", "", 5, "", "", "", None, (), {}))
    assert code_of(extend, repository) == "released_already"
    assert read_round(repository, ROUND).closes == LATER


def test_a_draft_is_not_extended_but_deleted_and_an_open_round_is_not(repository):
    create_round(repository, small_round())
    assert code_of(extend, repository) == "not_open"
    assert code_of(delete_draft, repository, ROUND, "what it was") == "round_changed"
    delete_draft(repository, ROUND, version_of(read_round(repository, ROUND)))
    assert code_of(read_round, repository, ROUND) == "unknown_round"
    assert round_ids(repository) == [], "nothing is left that looks like a round"
    opened_round(repository, ROUND)
    assert code_of(delete_draft, repository, ROUND) == "not_draft"


def test_grace_lets_one_cluster_in_after_the_close_until_its_time(repository, snapshot):
    change_round(repository, ROUND, lambda current: replace(current, closes=LATER))
    current = close_round(repository, ROUND, LATER)
    grace(repository, replace(snapshot, round=current))
    taken = [
        takes_answers_of(repository, current, "arfon", moment) for moment in (LATER, MUCH_LATER - SECOND, MUCH_LATER)
    ]
    assert taken == [True, True, False]
    assert not takes_answers_of(repository, current, "conwy-west", LATER)
    assert closing_time(repository, current, "arfon") == MUCH_LATER
    assert closing_time(repository, current, "conwy-west") == LATER
    (kept,) = read_graces(repository, ROUND).values()
    assert (kept.by, kept.reason) == ("eira", "Flood")


def test_a_late_cluster_saves_and_another_does_not(repository, snapshot):
    late = replace(snapshot, round=close_round(repository, ROUND, NOW))
    grace(repository, late)
    save(repository, late, "about", COMPLETE["about"], now=LATER)
    assert read_response(repository, ROUND, "arfon").status == "in_progress"
    assert (
        code_of(save, repository, late, "about", COMPLETE["about"], cluster="conwy-west", now=LATER) == "round_closed"
    )
    end_grace(repository, late, "arfon")
    assert code_of(save, repository, late, "about", {}, now=LATER) == "round_closed"


def test_grace_is_refused_without_a_reason_in_the_past_or_where_everybody_may_answer(repository, snapshot):
    assert code_of(grace, repository, snapshot, reason="") == "round_reason"
    assert code_of(grace, repository, snapshot, until=LATER) == "times_past"
    assert code_of(grace, repository, snapshot) == "grace_needless"
    assert read_graces(repository, ROUND) == {}


def test_times_that_are_not_given_stay_and_a_round_is_not_closed_by_a_time_that_has_passed(repository, snapshot):
    reschedule(repository, ROUND, NOW, None, NOW)
    assert reschedule(repository, ROUND, None, LATER, NOW).opens == NOW
    assert code_of(reschedule, repository, ROUND, None, LATER - SECOND, LATER) == "times_past"
    assert read_round(repository, ROUND).closes == LATER


def test_outcomes_are_added_or_set_as_a_table_unless_somebody_changed_the_round(repository):
    create_round(repository, small_round(assignments={NORTH: ("m-01",)}))
    shown = version_of(read_round(repository, ROUND))
    add_outcomes(repository, ROUND, "Board North (en)", ("m-02",), SOURCES)
    assert read_round(repository, ROUND).assigned(NORTH) == ("m-01", "m-02")
    assert code_of(assign_table, repository, ROUND, {NORTH: ()}, SOURCES, shown) == "round_changed"
    kept = read_round(repository, ROUND)
    assert assign_table(repository, ROUND, {NORTH: ("m-02", "m-01")}, SOURCES, shown) == kept
    assert read_round(repository, ROUND).assigned(NORTH) == ("m-01", "m-02")


def test_a_name_that_is_not_there_brings_those_that_are_like_it():
    with pytest.raises(DomainError) as refused:
        board_of(SOURCES, "nort")
    assert refused.value.values["near"].split(", ")[0] == "north"


def test_the_texts_of_a_round_are_those_of_its_edition():
    shown = texts_shown(SOURCES)
    assert ("small.title", "Small questionnaire") in shown
    assert len(shown) == len(set(shown))


def test_a_close_of_clusters_is_not_done_twice(repository, snapshot):
    closing.close(repository, ROUND, 5, NOW)
    assert code_of(closing.close, repository, ROUND, 5, NOW) == "not_open"


def test_time_up_to_the_closing_time_is_no_grace(repository, snapshot):
    open_until = replace(snapshot, round=replace(snapshot.round, closes=MUCH_LATER))
    assert code_of(grace, repository, open_until, until=MUCH_LATER) == "grace_needless"
    assert grace(repository, open_until, until=MUCH_LATER + SECOND).until == MUCH_LATER + SECOND


def test_nobody_answers_a_draft_and_answers_may_still_come_until_the_last_can_give_none(repository, snapshot):
    draft = replace(snapshot, round=replace(snapshot.round, status="draft"))
    assert answering_clusters(repository, draft, LATER) == set()
    closing_soon = replace(snapshot, round=replace(snapshot.round, closes=LATER))
    assert answering_clusters(repository, closing_soon, LATER - SECOND) == set(CLUSTERS)
    assert may_still_change(repository, closing_soon.round, LATER - SECOND)
    assert not may_still_change(repository, closing_soon.round, LATER)
    grace(repository, closing_soon, until=MUCH_LATER)
    assert answering_clusters(repository, closing_soon, LATER) == {"arfon"}
    assert may_still_change(repository, closing_soon.round, LATER)
    assert not may_still_change(repository, closing_soon.round, MUCH_LATER)


def test_of_what_an_earlier_round_assigned_nothing_is_copied_that_is_not_there_any_more():
    earlier = small_round("earlier", assignments={NORTH: ("m-99",), SOUTH: ("m-01", "m-99"), "W99": ("m-01",)})
    assert copied_from(earlier, small_round(), SOURCES).assignments == {SOUTH: ("m-01",)}
