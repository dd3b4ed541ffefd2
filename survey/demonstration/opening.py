"""A round of the demonstration, opened if it is not yet: a load that was cut short goes on with it."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.rounds.opening import Gate, assign_outcomes, open_round
from survey.collection.rounds.round import Round, create_round, read_round, round_ids
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot
from survey.storage.repository import Repository


def opened(
    repository: Repository,
    round_: Round,
    assignments: Mapping[str, tuple[str, ...]],
    sources: RoundSources,
    gate: Gate,
    now: datetime,
) -> RoundSnapshot:
    """Create the round, assign outcomes by health board and open it, as far as that is still to do."""
    if round_.id not in round_ids(repository):
        create_round(repository, round_)
    if read_round(repository, round_.id).status == "draft":
        for board, outcomes in assignments.items():
            assign_outcomes(repository, round_.id, board, outcomes, sources)
        open_round(repository, round_.id, sources, gate, now)
    return load_snapshot(repository, round_.id)
