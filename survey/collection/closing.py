"""Closing a round, with all that belongs to it: what people began and did not send goes, what was told last is kept."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.progress import UNREADABLE, counts, read_progress, round_state, tell_no_more
from survey.collection.responses.anonymous_drafts import clear_drafts, over_drafts
from survey.collection.rounds.releases import read_kept_tracking, read_releases
from survey.collection.rounds.round import Round, close_round, read_round, refuse_changed
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import CountedPhrase, Phrase, day_of
from survey.storage.repository import Repository

AT_CLOSE: Mapping[str, CountedPhrase] = {
    "submitted": CountedPhrase("closing", "%(n)s cluster has submitted.", "%(n)s clusters have submitted.", "n"),
    "reopened": CountedPhrase(
        "closing",
        "%(n)s cluster was let in again and has not submitted since: what it submitted before counts.",
        "%(n)s clusters were let in again and have not submitted since: what they submitted before counts.",
        "n",
    ),
    "in_progress": CountedPhrase(
        "closing",
        "%(n)s cluster has begun and not submitted: what it wrote will not count.",
        "%(n)s clusters have begun and not submitted: what they wrote will not count.",
        "n",
    ),
    "not_started": CountedPhrase("closing", "%(n)s cluster has not begun.", "%(n)s clusters have not begun.", "n"),
    UNREADABLE: CountedPhrase(
        "closing",
        "The response of %(n)s cluster cannot be read.",
        "The responses of %(n)s clusters cannot be read.",
        "n",
    ),
}
"""What a close means for the clusters of a status."""
BEFORE_OPENING: Mapping[str, Phrase] = {
    "cluster": Phrase(
        "closing",
        "This round takes answers from %(opens)s only. Closed now, it takes none then either, except from a cluster "
        "that you let in late.",
    ),
    "anonymous": Phrase(
        "closing",
        "This round takes answers from %(opens)s only. Closed now, it takes none then either. What people may have "
        "begun and not sent is deleted.",
    ),
}
"""By who answers: what a close means for a round whose opening time is still to come."""


def close(repository: Repository, round_id: str, threshold: int, now: datetime, shown: str | None = None) -> Round:
    """Close an open round, or bring a close to its end that was stopped in the middle. `shown` is the version of the
    round that whoever asks has seen. What clusters have begun stays.

    Raises DomainError: unknown_round, round_changed, not_open (in draft, or closed already).
    """
    current = read_round(repository, round_id)
    refuse_changed(current, shown)
    if current.status != "closed" or not _is_half_closed(repository, load_snapshot(repository, round_id)):
        current = close_round(repository, round_id, now)
    clear_drafts(repository, round_id, over_drafts(repository, current, now))
    tell_no_more(repository, load_snapshot(repository, round_id), threshold)
    return current


def clusters_by_status(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> Mapping[str, int]:
    """How many clusters a close finds in each status of `AT_CLOSE`, in that order. Before the opening time those that
    have not begun are not counted: none could. Of a round that people answer nothing, as no number of responses is told
    before its figures are released.
    """
    if snapshot.questionnaire.respondent == "anonymous":
        return {}
    boards = read_progress(repository, snapshot, day_of(now))
    counted = counts(tuple(cluster for board in boards for cluster in board.clusters))
    could_begin = round_state(snapshot.round, now) != "waiting"
    return {status: counted.get(status, 0) for status in AT_CLOSE if could_begin or status != "not_started"}


def _is_half_closed(repository: Repository, snapshot: RoundSnapshot) -> bool:
    """Whether a close was stopped before what was told last was kept."""
    return (
        snapshot.questionnaire.respondent == "anonymous"
        and read_kept_tracking(repository, snapshot.round.id) is None
        and not read_releases(repository, snapshot.round.id)
    )
