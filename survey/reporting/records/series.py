"""A round with the kept rounds of the same questionnaire before it: what trend and movement look back on."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from survey.collection.rounds.round import readable_rounds
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.records.round_data import RoundData, read_reflection, read_round_data
from survey.storage.repository import Repository, Unreadable

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class RoundSeries:
    """`earlier` are the rounds before, oldest first. `unreadable` are all records that could not be read. `as_at` is
    the moment that it was looked back to, if it was."""

    current: RoundData
    earlier: tuple[RoundData, ...]
    unreadable: tuple[Unreadable, ...]
    as_at: datetime | None = None
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, work: Callable[..., Made], *how: Hashable) -> Made:
        """What some work makes of the series: made once, however many sheets in whatever language use it."""
        if (work, how) not in self._made:
            self._made[work, how] = work(self, *how)
        made: Made = self._made[work, how]
        return made

    @property
    def rounds(self) -> tuple[RoundData, ...]:
        """Every round, oldest first, the current one last."""
        return (*self.earlier, self.current)

    @property
    def changed(self) -> datetime:
        """When anything in it was last changed."""
        return max(data.changed for data in self.rounds)


def read_series(repository: Repository, round_id: str, as_at: datetime | None = None) -> RoundSeries:
    """The series that ends with a round, as all of it was at an earlier moment where one is given.

    Raises DomainError: unknown_round, not_open (a draft has no answers), not_reflection; Unreadable when the round
    itself cannot be read. What cannot be read of earlier rounds is reported in `unreadable`.
    """
    current = read_reflection(repository, round_id, as_at)
    earlier: list[RoundData] = []
    rounds, unreadable = readable_rounds(repository)
    for other in rounds:
        if other.precedes(current.snapshot.round):
            try:
                earlier.append(read_round_data(repository, load_snapshot(repository, other.id), as_at))
            except Unreadable as fault:
                unreadable.append(fault)
    for data in (*earlier, current):
        unreadable += data.unreadable
    return RoundSeries(current, tuple(earlier), tuple(unreadable), as_at)
