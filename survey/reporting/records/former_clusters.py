"""The clusters of which one was formed, by mergers and splits, as they were last asked. Nothing is added up."""

from dataclasses import dataclass

from survey.collection.responses.response import read_response
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.round import Round, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.storage.repository import Repository, Unreadable


@dataclass(frozen=True, slots=True)
class FormerCluster:
    """A cluster that has become another, with the last round in which it was asked."""

    cluster: Cluster
    round: Round
    has_submitted: bool


def former_clusters(repository: Repository, current: RoundSnapshot, cluster_code: str) -> list[FormerCluster]:
    """Those of which a cluster was formed, and those of which they were, that were asked in earlier rounds of the
    questionnaire; the latest first."""
    wanted = set(current.cluster(cluster_code).was)
    if not wanted:
        return []
    rounds, _ = readable_rounds(repository)
    former: dict[str, FormerCluster] = {}
    for earlier in reversed([other for other in rounds if other.precedes(current.round)]):
        snapshot = load_snapshot(repository, earlier.id)
        for cluster in snapshot.clusters.clusters:
            if cluster.code in wanted and cluster.code not in former:
                former[cluster.code] = FormerCluster(cluster, earlier, _has_submitted(repository, earlier, cluster))
                wanted |= set(cluster.was)
    return list(former.values())


def _has_submitted(repository: Repository, of_round: Round, cluster: Cluster) -> bool:
    try:
        return read_response(repository, of_round.id, cluster.code).counted is not None
    except Unreadable:
        return False
