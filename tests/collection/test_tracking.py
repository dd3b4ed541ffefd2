"""Counts while a round is open: none below the threshold, and none that gives one away."""

from itertools import product

import pytest

from survey.collection.anonymous import responses_of
from survey.collection.tracking import Sum, count_by_cluster, read_tracking, track
from tests.collection.anonymous_example import ROUND, opened_round, submitted

THRESHOLD = 3


@pytest.fixture
def frozen(repository):
    return opened_round(repository)


def shown(tracking):
    clusters = {one.cluster.code: one.count for board in tracking.boards for one in board.clusters}
    return clusters, [board.sum for board in tracking.boards], tracking.sum


def test_counts_from_the_threshold_on_are_given(frozen):
    tracking = track(frozen, {"arfon": 3, "conwy-west": 20, "bro-morgannwg": 5}, THRESHOLD)
    clusters, boards, wales = shown(tracking)
    assert clusters == {"arfon": 3, "conwy-west": 20, "bro-morgannwg": 5, "merged-away": None}
    assert boards == [Sum(23, True), Sum(5, False)]
    assert wales == Sum(28, False)


def test_what_is_shown_depends_only_on_what_may_be_shown(frozen):
    """Whatever lies below the threshold, the same is shown: so nothing of it can be worked out."""
    codes = [cluster.code for cluster in frozen.clusters.clusters]
    seen: dict[tuple[int, ...], set[str]] = {}
    for counts in product(range(5), repeat=len(codes)):
        visible = tuple(count if count >= THRESHOLD else -1 for count in counts)
        tracking = track(frozen, dict(zip(codes, counts, strict=True)), THRESHOLD)
        seen.setdefault(visible, set()).add(repr(shown(tracking)))
    assert len(seen) == 3 ** len(codes)
    assert all(len(outputs) == 1 for outputs in seen.values())


def test_counts_follow_the_responses(repository, frozen):
    for number in range(1, 5):
        submitted(repository, frozen, number)
    assert count_by_cluster(repository, ROUND) == {"arfon": 4}
    gone = submitted(repository, frozen, 5, cluster="conwy-west")
    assert count_by_cluster(repository, ROUND) == {"arfon": 4, "conwy-west": 1}
    repository.delete(responses_of(ROUND), gone)
    assert count_by_cluster(repository, ROUND) == {"arfon": 4}
    assert read_tracking(repository, frozen, THRESHOLD).boards[0].clusters[0].count == 4


def test_a_response_that_cannot_be_read_is_not_counted(repository, frozen):
    for number in (1, 2):
        bad = submitted(repository, frozen, number)
    repository.root.joinpath(*responses_of(ROUND), bad[:2], f"{bad}.json").write_text("{", "utf-8")
    assert count_by_cluster(repository, ROUND) == {"arfon": 1}
