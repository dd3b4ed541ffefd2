"""Time after the closing time: a round that is extended, and a grace period that lets one cluster in late.

    (rounds, <round>, graces), <cluster>      {until, by, reason, at}

A grace period is of a cluster and lasts until its time, whether or not the round has been closed meanwhile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from survey.collection.errors import DomainError
from survey.collection.rounds.opening import is_open_beside
from survey.collection.rounds.releases import TRACKING, read_releases, releases_of
from survey.collection.rounds.round import Round, change_round, place, read_round, read_rounds, refuse_changed
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.repository import Place, Record, Repository, Unreadable


@dataclass(frozen=True, slots=True)
class Grace:
    """Until when a cluster may answer, and who says so, why and when."""

    until: datetime
    by: str
    reason: str
    at: datetime

    @property
    def version(self) -> str:
        """What tells it from others of the cluster."""
        return f"{self.until.isoformat()} {self.at.isoformat()}"


def extend_round(
    repository: Repository, round_id: str, closes: datetime, *, reason: str, now: datetime, shown: str | None = None
) -> Round:
    """Let a round that has been opened take answers until a later time, also once it is closed, until its figures are
    released. `shown` is the version that whoever asks has seen.

    Raises DomainError: round_reason, unknown_round, not_open (in draft), released_already, extended_beside,
    times_past, not_later, round_changed.
    """
    _refuse_without(reason)
    current = read_round(repository, round_id)
    refuse_changed(current, shown)
    for refusal in hindrances(repository, current):
        raise refusal
    _refuse_extension(current, closes, now)
    if current.status == "closed":
        # What was told at the close is told again at the next.
        repository.delete(releases_of(round_id), TRACKING)

    def change(latest: Round) -> Round:
        refuse_changed(latest, shown)
        _refuse_extension(latest, closes, now)
        return replace(latest, status="open", closes=closes)

    return change_round(repository, round_id, change)


def hindrances(repository: Repository, current: Round) -> Iterator[DomainError]:
    """Why a round cannot be extended, whatever the time: released_already, extended_beside."""
    if read_releases(repository, current.id):
        yield DomainError("released_already", round=current.id)
    for other in read_rounds(repository):
        if is_open_beside(current, other):
            yield DomainError("extended_beside", round=other.id)


def give_grace(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster_code: str,
    until: datetime,
    *,
    by: str,
    reason: str,
    now: datetime,
    shown: str | None = None,
) -> Grace:
    """Let one cluster answer until a time after the round’s own; a later word takes the place of an earlier one, and
    what is said again just so stays. `shown` is the version, if any, that whoever asks has seen.

    Raises DomainError: round_reason, unknown_cluster, grace_of_people (people answer it), times_past, grace_needless,
    grace_changed.
    """
    _refuse_without(reason)
    snapshot.cluster(cluster_code)
    current = snapshot.round
    if snapshot.questionnaire.respondent == "anonymous":
        raise DomainError("grace_of_people", round=current.id)
    if until <= now:
        raise DomainError("times_past")
    if current.status == "open" and (current.closes is None or until <= current.closes):
        raise DomainError("grace_needless", round=current.id)
    wanted = {"until": until.isoformat(), "by": by, "reason": reason.strip()}

    def change(record: Record | None) -> Record:
        if record is not None and wanted.items() <= record.items():
            return record
        _refuse_changed_grace(record, shown)
        return {**wanted, "at": now.isoformat()}

    return _grace_from(repository.update(_graces_of(current.id), cluster_code, change))


def end_grace(repository: Repository, snapshot: RoundSnapshot, cluster_code: str, shown: str | None = None) -> bool:
    """Take a grace period back. Returns whether there was one. `shown` is the version that whoever asks has seen.

    Raises DomainError: unknown_cluster, grace_changed.
    """
    snapshot.cluster(cluster_code)
    record = repository.read(_graces_of(snapshot.round.id), cluster_code)
    if record is not None:
        _refuse_changed_grace(record, shown)
    return repository.delete(_graces_of(snapshot.round.id), cluster_code)


def read_graces(repository: Repository, round_id: str) -> Mapping[str, Grace]:
    """The grace periods of a round, those that are over too, by cluster. Raises Unreadable."""
    graces: dict[str, Grace] = {}
    for cluster_code, record in repository.read_all(_graces_of(round_id)):
        if isinstance(record, Unreadable):
            raise record
        graces[cluster_code] = _grace_from(record)
    return graces


def read_grace(repository: Repository, round_id: str, cluster_code: str) -> Grace | None:
    """The grace period of a cluster, one that is over too."""
    record = repository.read(_graces_of(round_id), cluster_code)
    return _grace_from(record) if record else None


def closing_time(repository: Repository, current: Round, cluster_code: str) -> datetime | None:
    """Until when a cluster may answer, a grace period counted in; None where no time is planned."""
    record = repository.read(_graces_of(current.id), cluster_code)
    grace = _grace_from(record).until if record else None
    return max(current.closes, grace) if current.closes and grace else current.closes


def takes_answers_of(repository: Repository, current: Round, cluster_code: str, now: datetime) -> bool:
    """Whether answers of this cluster are taken at this moment."""
    if current.takes_answers(now) or not current.is_over(now):
        return current.takes_answers(now)
    closes = closing_time(repository, current, cluster_code)
    return closes is not None and closes != current.closes and now < closes


def answering_clusters(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> set[str]:
    """The clusters whose time is not over: none of a round in draft, all until the closing time, also before the
    opening, and then those that are let in late. Raises Unreadable."""
    every, current = {cluster.code for cluster in snapshot.clusters.clusters}, snapshot.round
    if current.status != "draft" and not current.is_over(now):
        return every
    return every & {code for code, grace in read_graces(repository, current.id).items() if now < grace.until}


def may_still_change(repository: Repository, current: Round, now: datetime) -> bool:
    """Whether any answers may still come, of a cluster that is let in late too. Raises Unreadable."""
    return current.takes_answers(now) or any(
        now < grace.until for grace in read_graces(repository, current.id).values()
    )


def refuse_late(repository: Repository, current: Round, cluster_code: str, now: datetime) -> None:
    """Raises DomainError("round_closed") when no answers of this cluster are taken at this moment."""
    if not takes_answers_of(repository, current, cluster_code, now):
        raise DomainError("round_closed")


def _refuse_changed_grace(record: Record | None, shown: str | None) -> None:
    if shown is not None and shown != (_grace_from(record).version if record else ""):
        raise DomainError("grace_changed")


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise DomainError("round_reason")


def _refuse_extension(current: Round, closes: datetime, now: datetime) -> None:
    if current.status == "draft":
        raise DomainError("not_open", round=current.id)
    if closes <= now:
        raise DomainError("times_past")
    if current.status == "open" and (current.closes is None or closes <= current.closes):
        raise DomainError("not_later", round=current.id)


def _graces_of(round_id: str) -> Place:
    return place(round_id, "graces")


def _grace_from(record: Record) -> Grace:
    return Grace(
        datetime.fromisoformat(record["until"]),
        record["by"],
        record["reason"],
        datetime.fromisoformat(record["at"]),
    )
