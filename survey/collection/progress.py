"""How a round stands: which clusters have not started, are under way, have submitted; of an anonymous round, while it
is open, which of them have enough responses.

There no more is told of a cluster than whether it has the threshold yet; of a health board and of Wales, how many of
its clusters have. No number of responses is given anywhere, because the workbook gives totals after the close, and what
is known of the parts could be subtracted from them. What is told here the workbook’s audit takes as known to everybody.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.response import REFLECTION, STATUSES, empty_response, response_from
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.releases import Tracking, keep_tracking
from survey.collection.rounds.round import Round, place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.storage.repository import Record, Repository, Unreadable

UNREADABLE = "unreadable"

STATUS_WORDS = {
    "not_started": Phrase("response status", "Not started"),
    "in_progress": Phrase("response status", "In progress"),
    "submitted": Phrase("response status", "Submitted"),
    "reopened": Phrase("response status", "Reopened"),
    UNREADABLE: Phrase("response status", "Cannot be read"),
}
ROUND_WORDS = {
    "draft": Phrase("round status", "Draft"),
    "waiting": Phrase("round status", "Opens later"),
    "open": Phrase("round status", "Open"),
    "past": Phrase("round status", "Past its closing time"),
    "closed": Phrase("round status", "Closed"),
}
FEWER = Phrase("tracking", "fewer than %(threshold)s")
ENOUGH = Phrase("tracking", "%(threshold)s or more")
OF_CLUSTERS = Phrase("tracking", "%(number)s of %(clusters)s")


def round_state(current: Round, moment: datetime) -> str:
    """What a round does at a moment, one of `ROUND_WORDS`: an open one may not take answers yet, or no more."""
    if current.status != "open" or current.takes_answers(moment):
        return current.status
    return "waiting" if current.opens is not None and moment < current.opens else "past"


@dataclass(frozen=True, slots=True)
class ClusterProgress:
    """One cluster. `status` is one of `responses.STATUSES`, or UNREADABLE; `done` counts its complete sections."""

    cluster: Cluster
    status: str
    done: int
    sections: int
    last_saved: datetime | None
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClusterTracking:
    """Whether a cluster has as many responses as the threshold."""

    cluster: Cluster
    has_enough: bool


Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class BoardProgress(Generic[Told]):
    """One health board with what is told of each of its clusters, by code."""

    board: HealthBoard
    clusters: tuple[Told, ...]


def _by_board(snapshot: RoundSnapshot, told_of: Callable[[Cluster], Told]) -> tuple[BoardProgress[Told], ...]:
    """The health boards that have clusters, in the order of codes."""
    return tuple(
        BoardProgress(board, tuple(map(told_of, clusters)))
        for board in snapshot.clusters.health_boards
        if (clusters := snapshot.clusters.of_board(board.code))
    )


def counts(clusters: tuple[ClusterProgress, ...]) -> Mapping[str, int]:
    """How many clusters have each status; 0 where there is none. Unreadable ones are there only when there are any."""
    counted = Counter(cluster.status for cluster in clusters)
    return {status: counted[status] for status in (*STATUSES, *([UNREADABLE] if counted[UNREADABLE] else []))}


def read_progress(
    repository: Repository, snapshot: RoundSnapshot, today: date | None
) -> tuple[BoardProgress[ClusterProgress], ...]:
    """How every cluster of a round stands, by health board, the boards that have clusters in the order of codes.

    Drafts are held against `today`; without it, only what they say themselves counts.
    """
    records = dict(repository.read_all(place(snapshot.round.id, REFLECTION)))
    return _by_board(snapshot, lambda cluster: _progress(snapshot, cluster, records.get(cluster.code), today))


def not_submitted(repository: Repository, snapshot: RoundSnapshot, today: date) -> list[Cluster]:
    """The clusters of a round that have not submitted, in the order of boards and codes; none of a round of people."""
    if snapshot.questionnaire.respondent == "anonymous":
        return []
    boards = read_progress(repository, snapshot, today)
    return [told.cluster for board in boards for told in board.clusters if told.status != "submitted"]


def cluster_progress(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, today: date | None
) -> ClusterProgress:
    """How one cluster of a round stands, as `read_progress` says it. Raises DomainError("unknown_cluster")."""
    record: Record | Unreadable | None
    try:
        record = repository.read(place(snapshot.round.id, REFLECTION), cluster_code)
    except Unreadable as fault:
        record = fault
    return _progress(snapshot, snapshot.cluster(cluster_code), record, today)


def _progress(
    snapshot: RoundSnapshot, cluster: Cluster, record: Record | Unreadable | None, today: date | None
) -> ClusterProgress:
    instrument = snapshot.instrument(cluster.code)
    try:
        if isinstance(record, Unreadable):
            raise record
        response = response_from(record) if record is not None else empty_response(snapshot.round.id, cluster.code)
        path = snapshot.instrument(response.cluster).walk(response.answers, response.day_of_answers(today))
        done = sum(path.completion(page.key, saved=page.key in response.pages) == "complete" for page in path.pages)
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        return ClusterProgress(cluster, UNREADABLE, 0, len(instrument.pages), None, None)
    submitted_at = response.counted.submitted_at if response.counted else None
    return ClusterProgress(cluster, response.status, done, len(path.pages), response.last_saved, submitted_at)


def track(
    snapshot: RoundSnapshot, numbers: Mapping[str, int], threshold: int
) -> tuple[BoardProgress[ClusterTracking], ...]:
    """What may be shown of the numbers of responses by cluster code."""
    return _by_board(snapshot, lambda cluster: ClusterTracking(cluster, numbers.get(cluster.code, 0) >= threshold))


def read_tracking(
    repository: Repository, snapshot: RoundSnapshot, threshold: int
) -> tuple[BoardProgress[ClusterTracking], ...]:
    """The tracking of a round as it is now. What cannot be read is not counted."""
    return track(snapshot, count_by_cluster(repository, snapshot.round.id), threshold)


def tell_no_more(repository: Repository, snapshot: RoundSnapshot, threshold: int) -> None:
    """Keep what was told last of the clusters of an anonymous round that has closed, for what is released of it."""
    if snapshot.questionnaire.respondent == "anonymous":
        numbers = count_by_cluster(repository, snapshot.round.id)
        enough = tuple(cluster.code for cluster in snapshot.clusters.clusters if numbers[cluster.code] >= threshold)
        responses = len(repository.keys(responses_of(snapshot.round.id)))
        keep_tracking(repository, snapshot.round.id, Tracking(threshold, enough), responses)


def say_progress(has_enough: bool, threshold: int, language: Language) -> str:
    """What is told of a cluster: “5 or more”, or “fewer than 5”."""
    return language.say(ENOUGH if has_enough else FEWER, threshold=language.number(threshold))


def say_clusters(clusters: Sequence[ClusterTracking], language: Language) -> str:
    """What is told of several: “3 of 7” have enough."""
    enough = sum(cluster.has_enough for cluster in clusters)
    return language.say(OF_CLUSTERS, number=language.number(enough), clusters=language.number(len(clusters)))


def count_by_cluster(repository: Repository, round_id: str) -> Counter[str]:
    """How many responses each cluster has. Not for showing: see `track`.

    A response never changes, so a process reads each of them once.
    """
    clusters = _clusters_read.setdefault(repository, {}).setdefault(round_id, {})
    keys = repository.keys(responses_of(round_id))
    for key in keys:
        if key not in clusters:
            with suppress(Unreadable):
                record = repository.read(responses_of(round_id), key)
                clusters |= {key: record["cluster"]} if record else {}
    return Counter(clusters[key] for key in keys if key in clusters)


_clusters_read: WeakKeyDictionary[Repository, dict[str, dict[str, str]]] = WeakKeyDictionary()
