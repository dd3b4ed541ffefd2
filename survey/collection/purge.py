"""What is kept for a while only: counts of failed tries, and drafts of anonymous rounds that nobody goes on with.

What was submitted, and the answers of clusters, are never cleared.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from survey.collection.people.rate_limits import LIMITS
from survey.collection.responses.anonymous_drafts import clear_drafts, over_drafts
from survey.collection.rounds.round import Round, close_round, readable_rounds
from survey.storage.repository import Repository, Unreadable


def stale_limits(repository: Repository, before: datetime) -> list[str]:
    """The keys of the counts whose last failed try lies before a moment, and of those that cannot be read."""
    return [
        key
        for key, record in repository.read_all(LIMITS)
        if isinstance(record, Unreadable)
        or all(datetime.fromisoformat(failure) < before for failure in record["failures"])
    ]


def stale_drafts(repository: Repository, now: datetime) -> dict[str, list[str]]:
    """The ids of anonymous drafts whose time is over, by round."""
    over = {current.id: over_drafts(repository, current, now) for current in readable_rounds(repository)[0]}
    return {round_id: drafts for round_id, drafts in over.items() if drafts}


def clear(repository: Repository, limits: Iterable[str], drafts: Mapping[str, list[str]]) -> None:
    """Remove counts of failed tries, and drafts by round with the codes that lead to them."""
    for key in limits:
        repository.delete(LIMITS, key)
    for round_id, draft_ids in drafts.items():
        clear_drafts(repository, round_id, draft_ids)


def close_and_clear(repository: Repository, round_id: str, now: datetime) -> Round:
    """Close an open round, and remove its anonymous drafts. What clusters have begun stays.

    Raises DomainError: unknown_round, not_open.
    """
    closed = close_round(repository, round_id, now)
    clear_drafts(repository, round_id, over_drafts(repository, closed, now))
    return closed
