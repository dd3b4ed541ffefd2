"""How far an anonymous round has come, by cluster and health board, while it is open.

Of a cluster no more is told than whether it has the threshold yet; of a health board and of Wales, how many of its
clusters have. No number of responses is given anywhere, because the workbook gives totals after the close, and what
is known of the parts could be subtracted from them. What is told here the workbook’s audit takes as known to everybody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.storage.repository import Repository, Unreadable

FEWER = Phrase("tracking", "fewer than %(threshold)s")
ENOUGH = Phrase("tracking", "%(threshold)s or more")
OF_CLUSTERS = Phrase("tracking", "%(number)s of %(clusters)s")


@dataclass(frozen=True, slots=True)
class ClusterTracking:
    """Whether a cluster has as many responses as the threshold."""

    cluster: Cluster
    has_enough: bool


@dataclass(frozen=True, slots=True)
class BoardTracking:
    """A health board with its clusters, by code."""

    board: HealthBoard
    clusters: tuple[ClusterTracking, ...]


@dataclass(frozen=True, slots=True)
class Tracking:
    """The progress of a round: its health boards that have clusters, by code."""

    boards: tuple[BoardTracking, ...]

    @property
    def clusters(self) -> tuple[ClusterTracking, ...]:
        """Those of all Wales."""
        return tuple(cluster for board in self.boards for cluster in board.clusters)


def track(snapshot: RoundSnapshot, counts: Mapping[str, int], threshold: int) -> Tracking:
    """What may be shown of the numbers of responses by cluster code."""
    return Tracking(
        tuple(
            BoardTracking(
                board,
                tuple(ClusterTracking(cluster, counts.get(cluster.code, 0) >= threshold) for cluster in clusters),
            )
            for board in snapshot.clusters.health_boards
            if (clusters := snapshot.clusters.of_board(board.code))
        )
    )


def read_tracking(repository: Repository, snapshot: RoundSnapshot, threshold: int) -> Tracking:
    """The progress of a round as it is now. What cannot be read is not counted."""
    return track(snapshot, count_by_cluster(repository, snapshot.round.id), threshold)


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
