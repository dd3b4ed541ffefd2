"""How a round stands, cluster by cluster."""

from copy import deepcopy
from datetime import timedelta

import pytest

from survey.collection.progress import UNREADABLE, counts, read_progress, round_state
from survey.collection.responses.lifecycle import reopen, submit
from tests.collection.example import (
    COMPLETE,
    DEFINITION,
    LATER,
    NORTH,
    NOW,
    ROUND,
    SOUTH,
    opened_round,
    save,
    save_all,
    small_round,
)


def standing_of(repository, snapshot):
    return {
        found.cluster.code: (found.status, found.done, found.sections, found.last_saved, found.submitted_at)
        for board in read_progress(repository, snapshot, NOW.date())
        for found in board.clusters
    }


def test_nobody_has_started(repository, snapshot):
    boards = read_progress(repository, snapshot, NOW.date())
    assert [(one.board.code, [found.cluster.code for found in one.clusters]) for one in boards] == [
        (NORTH, ["arfon", "conwy-west"]),
        (SOUTH, ["bro-morgannwg"]),
    ]
    assert standing_of(repository, snapshot) == {
        "arfon": ("not_started", 0, 3, None, None),
        "conwy-west": ("not_started", 0, 3, None, None),
        "bro-morgannwg": ("not_started", 0, 4, None, None),
    }


def test_a_section_is_done_when_nothing_that_it_needs_is_missing(repository, snapshot):
    save(repository, snapshot, "about", {"how": "other"})
    assert standing_of(repository, snapshot)["arfon"] == ("in_progress", 0, 3, NOW, None)
    save(repository, snapshot, "about", {"how": "meeting"}, now=LATER)
    assert standing_of(repository, snapshot)["arfon"] == ("in_progress", 1, 3, LATER, None)
    save(repository, snapshot, "outcome/m-01", COMPLETE["outcome/m-01"])
    assert standing_of(repository, snapshot)["arfon"][:3] == ("in_progress", 2, 3)


def test_submitted_reopened_and_unreadable_responses_are_told_apart(repository, snapshot):
    for cluster in ("arfon", "conwy-west"):
        save_all(repository, snapshot, cluster)
        submit(repository, snapshot, cluster, language="en", now=LATER)
    reopen(repository, snapshot, "conwy-west", reason="r", by="e", now=LATER)
    save(repository, snapshot, "about", {"how": "meeting"}, cluster="bro-morgannwg")
    (repository.root / "rounds" / ROUND / "reflection" / "bro-morgannwg.json").write_bytes(b"{")
    assert standing_of(repository, snapshot) == {
        "arfon": ("submitted", 3, 3, NOW, LATER),
        "conwy-west": ("reopened", 3, 3, NOW, LATER),
        "bro-morgannwg": (UNREADABLE, 0, 4, None, None),
    }
    north, south = read_progress(repository, snapshot, NOW.date())
    assert counts(north.clusters) == {"not_started": 0, "in_progress": 0, "submitted": 1, "reopened": 1}
    assert counts(south.clusters) == {"not_started": 0, "in_progress": 0, "submitted": 0, "reopened": 0, UNREADABLE: 1}
    assert sum(counts((*north.clusters, *south.clusters)).values()) == 3


def test_a_section_with_a_day_that_is_not_taken_is_not_done_and_what_was_submitted_stays_done(repository):
    definition = deepcopy(DEFINITION)
    due = {"id": "due", "type": "date", "label": "By when?", "earliest": "today"}
    definition["sections"][0]["questions"].append(due)
    snapshot = opened_round(repository, definition=definition)
    day_before = NOW - timedelta(days=1)
    for cluster in ("arfon", "conwy-west"):
        save_all(repository, snapshot, cluster)
        about = {**COMPLETE["about"], "due": day_before.date().isoformat()}
        save(repository, snapshot, "about", about, cluster=cluster, now=day_before)
    submit(repository, snapshot, "arfon", language="en", now=day_before)
    standing = standing_of(repository, snapshot)
    assert standing["arfon"][:3] == ("submitted", 3, 3)
    assert standing["conwy-west"][:3] == ("in_progress", 2, 3)


def test_a_record_that_is_no_response_is_unreadable(repository, snapshot):
    for record in ({}, {"cluster": "arfon"}, {"pages": 7}):
        repository.write(("rounds", ROUND, "reflection"), "arfon", record)
        assert standing_of(repository, snapshot)["arfon"][0] == UNREADABLE


@pytest.mark.parametrize(
    ("status", "moment", "state"),
    [
        ("draft", NOW, "draft"),
        ("open", NOW - timedelta(days=1), "waiting"),
        ("open", NOW, "open"),
        ("open", LATER, "past"),
        ("closed", NOW, "closed"),
    ],
)
def test_an_open_round_may_not_take_answers_yet_or_no_more(status, moment, state):
    assert round_state(small_round(status=status, opens=NOW, closes=LATER), moment) == state
