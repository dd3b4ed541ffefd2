"""How many people have answered an anonymous round, by cluster and health board, while it is open.

A count below the threshold is not given, not even as zero. The figure of a health board and that of Wales is what its
clusters' given counts come to: where a count is withheld the figure says "at least". So every figure follows from
figures that are shown, and none that is withheld can be worked out from them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from survey.collection.anonymous import responses_of
from survey.collection.clusters import Cluster, HealthBoard
from survey.collection.frozen import FrozenRound
from survey.collection.repository import Repository, Unreadable
from survey.languages import Language, Phrase

FEWER = Phrase("tracking", "fewer than %(threshold)s")
AT_LEAST = Phrase("tracking", "%(count)s or more")


@dataclass(frozen=True, slots=True)
class ClusterCount:
    """The responses of a cluster; None where there are fewer than the threshold."""

    cluster: Cluster
    count: int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """What the counts that are given come to; `is_exact` when none is withheld."""

    least: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class BoardCount:
    """A health board with its clusters, by code."""

    board: HealthBoard
    clusters: tuple[ClusterCount, ...]

    @property
    def sum(self) -> Sum:
        """The responses of the board, as far as they may be given."""
        return _sum(self.clusters)


@dataclass(frozen=True, slots=True)
class Tracking:
    """The counts of a round: its health boards that have clusters, by code."""

    boards: tuple[BoardCount, ...]

    @property
    def sum(self) -> Sum:
        """The responses of Wales, as far as they may be given."""
        return _sum(tuple(one for board in self.boards for one in board.clusters))


def track(frozen: FrozenRound, counts: Mapping[str, int], threshold: int) -> Tracking:
    """What may be shown of the numbers of responses by cluster code."""

    def shown(cluster: Cluster) -> ClusterCount:
        count = counts.get(cluster.code, 0)
        return ClusterCount(cluster, count if count >= threshold else None)

    return Tracking(
        tuple(
            BoardCount(board, tuple(shown(cluster) for cluster in clusters))
            for board in frozen.clusters.health_boards
            if (clusters := frozen.clusters.of_board(board.code))
        )
    )


def read_tracking(repository: Repository, frozen: FrozenRound, threshold: int) -> Tracking:
    """The counts of a round as they are now, as far as they may be shown. What cannot be read is not counted."""
    return track(frozen, count_by_cluster(repository, frozen.round.id), threshold)


def say_count(count: int | None, threshold: int, language: Language) -> str:
    """A count as it is shown: “12”, or “fewer than 5”."""
    return language.say(FEWER, threshold=language.number(threshold)) if count is None else language.number(count)


def say_sum(found: Sum, language: Language) -> str:
    """A sum as it is shown: “120”, or “118 or more”."""
    return (
        language.number(found.least) if found.is_exact else language.say(AT_LEAST, count=language.number(found.least))
    )


def count_by_cluster(repository: Repository, round_id: str) -> Counter[str]:
    """How many responses each cluster has. Not for showing: see `track`.

    A response never changes, so a process reads each of them once.
    """
    known = _seen.setdefault(repository, {}).setdefault(round_id, {})
    where = responses_of(round_id)
    keys = repository.keys(where)
    if not known and len(keys) > 1:
        known.update(
            (key, record["cluster"]) for key, record in repository.read_all(where) if not isinstance(record, Unreadable)
        )
    for key in keys:
        if key not in known:
            try:
                record = repository.read(where, key)
            except Unreadable:
                continue
            if record is not None:
                known[key] = record["cluster"]
    return Counter(known[key] for key in keys if key in known)


_seen: WeakKeyDictionary[Repository, dict[str, dict[str, str]]] = WeakKeyDictionary()


def _sum(counts: tuple[ClusterCount, ...]) -> Sum:
    given = [one.count for one in counts if one.count is not None]
    return Sum(sum(given), len(given) == len(counts))
