"""Closing a round, with what nobody can submit any more."""

from datetime import datetime

from survey.collection.responses.anonymous_drafts import clear_drafts, over_drafts
from survey.collection.rounds.round import Round, close_round
from survey.storage.repository import Repository


def close_and_clear(repository: Repository, round_id: str, now: datetime) -> Round:
    """Close an open round, and remove its anonymous drafts. What clusters have begun stays.

    Raises DomainError: unknown_round, not_open.
    """
    closed = close_round(repository, round_id, now)
    clear_drafts(repository, round_id, over_drafts(repository, closed, now))
    return closed
