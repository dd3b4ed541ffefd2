"""What is told while a round is open: which clusters have enough responses, and no number of them."""

from datetime import timedelta
from itertools import product

import pytest

from survey.collection.closing import close
from survey.collection.errors import DomainError
from survey.collection.missing_records import short_rounds
from survey.collection.people.accounts import note
from survey.collection.progress import (
    count_by_cluster,
    read_tracking,
    say_clusters,
    say_progress,
    tell_no_more,
    track,
)
from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.extensions import extend_round
from survey.collection.rounds.releases import read_kept_tracking
from survey.collection.rounds.round import close_round
from survey.languages import language
from tests.collection.anonymous_example import NOW, ROUND, opened_round, submitted

THRESHOLD = 3


@pytest.fixture
def snapshot(repository):
    return opened_round(repository)


def test_a_cluster_has_enough_from_the_threshold_on(snapshot):
    tracking = track(snapshot, {"arfon": 3, "conwy-west": 20, "bro-morgannwg": 2}, THRESHOLD)
    english = language("en")
    everyone = [cluster for board in tracking for cluster in board.clusters]
    assert {one.cluster.code: one.has_enough for one in everyone} == {
        "arfon": True,
        "conwy-west": True,
        "bro-morgannwg": False,
        "merged-away": False,
    }
    assert [say_clusters(board.clusters, english) for board in tracking] == ["2 of 2", "0 of 2"]
    assert say_clusters(everyone, english) == "2 of 4"
    assert say_progress(True, THRESHOLD, english) == "3 or more"
    assert say_progress(False, THRESHOLD, english) == "fewer than 3"


def test_nothing_follows_from_it_but_which_clusters_have_enough(snapshot):
    codes = [cluster.code for cluster in snapshot.clusters.clusters]
    seen: dict[tuple[bool, ...], set[str]] = {}
    for counts in product((0, 2, 3, 40), repeat=len(codes)):
        tracking = track(snapshot, dict(zip(codes, counts, strict=True)), THRESHOLD)
        seen.setdefault(tuple(count >= THRESHOLD for count in counts), set()).add(repr(tracking))
    assert len(seen) == 2 ** len(codes)
    assert all(len(outputs) == 1 for outputs in seen.values())


def test_counts_follow_the_responses(repository, snapshot):
    for number in range(1, 5):
        submitted(repository, snapshot, number)
    assert count_by_cluster(repository, ROUND) == {"arfon": 4}
    gone = submitted(repository, snapshot, 5, cluster="conwy-west")
    assert count_by_cluster(repository, ROUND) == {"arfon": 4, "conwy-west": 1}
    repository.delete(responses_of(ROUND), gone)
    assert count_by_cluster(repository, ROUND) == {"arfon": 4}
    assert read_tracking(repository, snapshot, THRESHOLD)[0].clusters[0].has_enough


def test_a_response_that_cannot_be_read_is_not_counted(repository, snapshot):
    for number in (1, 2):
        bad = submitted(repository, snapshot, number)
    repository.root.joinpath(*responses_of(ROUND), bad[:2], f"{bad}.json").write_text("{", "utf-8")
    assert count_by_cluster(repository, ROUND) == {"arfon": 1}


def test_responses_that_are_gone_since_the_close_are_missed_until_their_loss_is_accepted(repository, snapshot):
    keys = [submitted(repository, snapshot, number) for number in range(1, 4)]
    repository.delete(responses_of(ROUND), keys[0])
    assert short_rounds(repository) == {}
    tell_no_more(repository, snapshot, THRESHOLD)
    assert short_rounds(repository) == {}
    repository.delete(responses_of(ROUND), keys[1])
    assert short_rounds(repository) == {ROUND: 1}
    note(repository, NOW, "command line", "loss_accepted", place="/".join(responses_of(ROUND)), key=keys[1])
    assert short_rounds(repository) == {}


def test_a_close_that_was_stopped_in_the_middle_is_brought_to_its_end(repository, snapshot):
    close_round(repository, ROUND, NOW)
    assert read_kept_tracking(repository, ROUND) is None
    close(repository, ROUND, 5, NOW)
    assert read_kept_tracking(repository, ROUND).threshold == 5
    with pytest.raises(DomainError):
        close(repository, ROUND, 5, NOW)


def test_what_was_told_at_a_close_is_told_again_at_the_next_when_the_round_was_extended_between(repository, snapshot):
    close(repository, ROUND, 5, NOW)
    extend_round(repository, ROUND, NOW + timedelta(days=7), reason="Snow", now=NOW)
    assert read_kept_tracking(repository, ROUND) is None
    close(repository, ROUND, 3, NOW)
    assert read_kept_tracking(repository, ROUND).threshold == 3
