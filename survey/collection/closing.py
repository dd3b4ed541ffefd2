"""Closing a round, with all that belongs to it: what people began and did not send goes, what was told last is kept."""

from datetime import datetime

from survey.collection.progress import tell_no_more
from survey.collection.responses.anonymous_drafts import clear_drafts, over_drafts
from survey.collection.rounds.releases import read_kept_tracking, read_releases
from survey.collection.rounds.round import Round, close_round, read_round, refuse_changed
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.storage.repository import Repository


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


def _is_half_closed(repository: Repository, snapshot: RoundSnapshot) -> bool:
    """Whether a close was stopped before what was told last was kept."""
    return (
        snapshot.questionnaire.respondent == "anonymous"
        and read_kept_tracking(repository, snapshot.round.id) is None
        and not read_releases(repository, snapshot.round.id)
    )
