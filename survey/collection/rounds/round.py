"""Rounds: one questionnaire edition collected in one reporting year, from draft through open to closed."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from survey.collection.errors import DomainError
from survey.storage.repository import Repository, Unreadable

RoundStatus = Literal["draft", "open", "closed"]
RoundChange = Callable[["Round"], "Round"]
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_YEAR = re.compile(r"([0-9]{4})-([0-9]{2})")
ROUND = "round"
ROUNDS = ("rounds",)
_TIMES = ("opens", "closes")


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it is kept. `assignments` maps health board codes to the outcome ids their clusters reflect on.

    `opens` and `closes` are the planned times, and once it is closed the real one. `snapshot_digest` is the SHA-256
    of what the round was opened with (None in draft), `text_revision` counts the corrections of wording since.
    """

    id: str
    questionnaire: str
    edition: str
    reporting_year: str
    cluster_list: str
    status: RoundStatus = "draft"
    opens: datetime | None = None
    closes: datetime | None = None
    assignments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    snapshot_digest: str | None = None
    text_revision: int = 0
    demonstration: bool = False

    def takes_answers(self, now: datetime) -> bool:
        """Whether answers are taken at this moment."""
        return (
            self.status == "open"
            and (self.opens is None or self.opens <= now)
            and (self.closes is None or now < self.closes)
        )

    def is_over(self, now: datetime) -> bool:
        """Whether it takes no answers any more, closed or past its closing time. One in draft is not over."""
        return self.status == "closed" or (self.status == "open" and self.closes is not None and self.closes <= now)

    def refuse_closed(self, now: datetime) -> None:
        """Raises DomainError("round_closed") when no answers are taken at this moment."""
        if not self.takes_answers(now):
            raise DomainError("round_closed")

    def precedes(self, other: "Round") -> bool:
        """Whether the other looks back on this one: opened before it, of the same questionnaire, as real or made up."""
        return (
            self.questionnaire == other.questionnaire
            and self.demonstration == other.demonstration
            and self.snapshot_digest is not None
            and (self.reporting_year, self.id) < (other.reporting_year, other.id)
        )

    def assigned(self, board_code: str) -> tuple[str, ...]:
        return self.assignments.get(board_code, ())


def place(round_id: str, *below: str) -> tuple[str, ...]:
    """Where a round's records are kept."""
    return (*ROUNDS, round_id, *below)


def round_ids(repository: Repository) -> list[str]:
    """The ids of all rounds, in order."""
    return repository.places(ROUNDS)


def has_round(repository: Repository, round_id: str) -> bool:
    """Whether there is a round with this id, though it may not be readable."""
    try:
        return _find_round(repository, round_id) is not None
    except Unreadable:
        return True


def read_round(repository: Repository, round_id: str) -> Round:
    """The round with this id. Raises DomainError("unknown_round")."""
    current = _find_round(repository, round_id)
    if current is None:
        raise DomainError("unknown_round", round=round_id)
    return current


def read_rounds(repository: Repository) -> list[Round]:
    """All rounds, in the order of reporting year and id. Raises Unreadable when one of them cannot be read."""
    rounds, unreadable = readable_rounds(repository)
    for fault in unreadable:
        raise fault
    return rounds


def readable_rounds(repository: Repository) -> tuple[list[Round], list[Unreadable]]:
    """The rounds that can be read, in the order of reporting year and id, and what is wrong with the others."""
    rounds: list[Round] = []
    unreadable: list[Unreadable] = []
    ids = round_ids(repository)
    repository.read_ahead([(place(round_id), ROUND) for round_id in ids])
    for round_id in ids:
        try:
            current = _find_round(repository, round_id)
        except Unreadable as fault:
            unreadable.append(fault)
            continue
        # A crash may leave the place of a round that was never made.
        if current is not None:
            rounds.append(current)
    return sorted(rounds, key=lambda current: (current.reporting_year, current.id)), unreadable


def create_round(repository: Repository, new: Round) -> None:
    """Keep a new draft round. Raises DomainError when its id, year or times cannot be (`faults_of`)."""
    for fault in faults_of(new):
        raise fault
    if not repository.create(place(new.id), ROUND, _record_of(new)):
        raise DomainError("round_exists", round=new.id)


def faults_of(new: Round) -> list[DomainError]:
    """Everything that a new round cannot be kept with: bad_round_id, bad_year, times_reversed."""
    faults = []
    if not _ID.fullmatch(new.id):
        faults.append(DomainError("bad_round_id", round=new.id))
    year = _YEAR.fullmatch(new.reporting_year)
    if not year or (int(year[1]) + 1) % 100 != int(year[2]):
        faults.append(DomainError("bad_year", year=new.reporting_year))
    if _are_reversed(new):
        faults.append(DomainError("times_reversed"))
    return faults


def close_round(repository: Repository, round_id: str, now: datetime) -> Round:
    """Close an open round: from now on it takes no answers, and it has closed now unless it was over before."""

    def change(current: Round) -> Round:
        if current.status != "open":
            raise DomainError("not_open", round=round_id)
        return replace(current, status="closed", closes=min(now, current.closes or now))

    return change_round(repository, round_id, change)


def reschedule(
    repository: Repository,
    round_id: str,
    opens: datetime | None,
    closes: datetime | None,
    now: datetime,
    shown: str | None = None,
) -> Round:
    """Set the planned times of a round that is not closed; None leaves a time as it is. `shown` is the version that
    whoever asks has seen. A round that has these times already stays as it is.

    Raises DomainError: unknown_round, round_changed, closed_already, times_past, times_reversed.
    """

    def change(current: Round) -> Round:
        changed = replace(current, opens=opens or current.opens, closes=closes or current.closes)
        if changed == current and shown is not None and current.status != "closed":
            return current
        refuse_changed(current, shown)
        if current.status == "closed":
            raise DomainError("closed_already", round=round_id)
        if _are_reversed(changed):
            raise DomainError("times_reversed")
        if closes is not None and closes <= now and current.status == "open":
            raise DomainError("times_past")
        return changed

    return change_round(repository, round_id, change)


def leaves_less_time(current: Round, opens: datetime | None, closes: datetime | None, now: datetime) -> bool:
    """Whether an open round would have less time to answer with these times, of which None leaves one as it is. Times
    that cannot be leave none: they are refused."""
    opens, closes = opens or current.opens, closes or current.closes
    if current.status != "open" or (closes and (closes <= now or (opens and closes <= opens))):
        return False
    is_cut = closes is not None and (current.closes is None or closes < current.closes)
    starts_later = opens is not None and opens > now and (current.opens is None or opens > current.opens)
    return is_cut or starts_later


def version_of(current: Round) -> str:
    """What tells a round as it is now from what it was before, and will be."""
    return hashlib.sha256(repr(sorted(_record_of(current).items())).encode()).hexdigest()[:16]


def delete_draft(repository: Repository, round_id: str, shown: str | None = None) -> None:
    """Remove a round that was never opened, so that its id is free. Raises DomainError: unknown_round, not_draft,
    round_changed.
    """
    refuse_opened_now(repository, round_id, shown)
    # An opening that was cut short may have left more than the record.
    repository.remove(place(round_id))


def change_round(repository: Repository, round_id: str, change: RoundChange) -> Round:
    """Replace a round by what `change` makes of it, under its lock. Raises DomainError("unknown_round")."""

    def change_record(record: dict[str, Any] | None) -> dict[str, Any]:
        if record is None:
            raise DomainError("unknown_round", round=round_id)
        return _record_of(change(_round_from(record)))

    read_round(repository, round_id)
    return _round_from(repository.update(place(round_id), ROUND, change_record))


def refuse_changed(current: Round, shown: str | None) -> None:
    """Raises DomainError("round_changed") when the round is no more the one that somebody says they have seen."""
    if shown is not None and version_of(current) != shown:
        raise DomainError("round_changed", round=current.id)


def refuse_opened(current: Round) -> None:
    """Raises DomainError("not_draft") for a round that has been opened."""
    if current.status != "draft":
        raise DomainError("not_draft", round=current.id)


def refuse_opened_now(repository: Repository, round_id: str, shown: str | None = None) -> None:
    """The same of a round as it is now, under its lock: what was read of it before may be from before somebody opened
    it. Raises DomainError: unknown_round, not_draft, round_changed.
    """

    def look(current: Round) -> Round:
        refuse_opened(current)
        refuse_changed(current, shown)
        return current

    change_round(repository, round_id, look)


def _find_round(repository: Repository, round_id: str) -> Round | None:
    record = repository.read(place(round_id), ROUND) if _ID.fullmatch(round_id) else None
    if record is None:
        return None
    try:
        return _round_from(record)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(place(round_id), ROUND, "the record is not that of a round") from None


def _are_reversed(new: Round) -> bool:
    return new.opens is not None and new.closes is not None and new.closes <= new.opens


def _record_of(current: Round) -> dict[str, Any]:
    record = asdict(current)
    record["frozen"] = record.pop("snapshot_digest")
    record["assignments"] = {board: list(outcomes) for board, outcomes in sorted(current.assignments.items())}
    return record | {name: moment.isoformat() for name in _TIMES if (moment := record[name])}


def _round_from(record: Mapping[str, Any]) -> Round:
    fields = {**record, "snapshot_digest": record["frozen"]}
    del fields["frozen"]
    fields["assignments"] = {board: tuple(outcomes) for board, outcomes in record["assignments"].items()}
    return Round(**fields | {name: datetime.fromisoformat(moment) for name in _TIMES if (moment := record[name])})
