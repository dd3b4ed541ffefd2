"""What somebody of the national team began to do, kept until its line is in the log.

    (begun_acts,), <random id>    {at, who, act, round}

The act and its line are two writes: a service that is stopped between them would have done what nobody ever reads of.
So this is kept before the act and deleted after both. What is still there when no act lasts so long any more, the log
shows in its place: begun, and perhaps done. `act` is the address that a form was sent to, or the name of a command.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from survey.storage.repository import Place, Record, Repository, StorageError, Unreadable

BEGUN_ACTS: Place = ("begun_acts",)
LASTS = timedelta(hours=1)
"""No act takes as long; one that a question on the command line keeps waiting may."""


def begin_act(repository: Repository, act_id: str, who: str, act: str, round_id: str, now: datetime) -> None:
    """Keep that somebody begins an act. Raises StorageError, before anything was done."""
    repository.create(BEGUN_ACTS, act_id, {"at": now.isoformat(), "who": who, "act": act, "round": round_id})


def end_act(repository: Repository, act_id: str) -> None:
    """It was done and its line is in the log, or nothing was done. Twice is the same as once.

    What cannot be deleted is only said to be begun; what was done is acknowledged all the same.
    """
    with suppress(StorageError):
        repository.delete(BEGUN_ACTS, act_id)


def stopped_acts(repository: Repository, now: datetime) -> Iterator[Record]:
    """Those that were begun too long ago to be under way still, oldest first."""
    begun = (record for _, record in repository.read_all(BEGUN_ACTS) if not isinstance(record, Unreadable))
    stopped = (record for record in begun if now - datetime.fromisoformat(record["at"]) > LASTS)
    yield from sorted(stopped, key=lambda record: str(record["at"]))
