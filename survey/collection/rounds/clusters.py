"""The clusters of Wales and their health boards, as dated data (`questionnaires/clusters/*.json`)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HealthBoard:
    """A health board. `names` are by language code."""

    code: str
    short: str
    names: Names

    def name(self, language_code: str) -> str:
        """The name in a language; the pseudo-language shows the English one, marked as a name in the page."""
        return self.names.get(language_code, self.names["en"])


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster. `health_board` is the board's code; it counts from `valid_from` up to, not including, `valid_to`.
    `was` are the codes of those that it was formed from."""

    code: str
    health_board: str
    names: Names
    valid_from: date
    valid_to: date | None
    was: tuple[str, ...] = ()

    def name(self, language_code: str) -> str:
        return self.names.get(language_code, self.names["en"])


@dataclass(frozen=True, slots=True)
class ClusterList:
    """Clusters and health boards as they stood when a list was made, each in the order of its code."""

    id: str
    health_boards: tuple[HealthBoard, ...]
    clusters: tuple[Cluster, ...]

    def cluster(self, code: str) -> Cluster | None:
        """The cluster with this code, or None."""
        return next((cluster for cluster in self.clusters if cluster.code == code), None)

    def health_board(self, code: str) -> HealthBoard | None:
        """The health board with this code or short name, or None."""
        return next((board for board in self.health_boards if code in (board.code, board.short)), None)

    def became(self, code: str) -> tuple[Cluster, ...]:
        """The clusters that were formed of a cluster."""
        return tuple(cluster for cluster in self.clusters if code in cluster.was)

    def of_board(self, board_code: str) -> tuple[Cluster, ...]:
        return tuple(cluster for cluster in self.clusters if cluster.health_board == board_code)

    def on(self, day: date) -> "ClusterList":
        """The list with only the clusters that existed on a day."""
        clusters = (
            cluster
            for cluster in self.clusters
            if cluster.valid_from <= day and (cluster.valid_to is None or day < cluster.valid_to)
        )
        return replace(self, clusters=tuple(clusters))


def clusters_from(source: Mapping[str, Any]) -> ClusterList:
    """A cluster list from JSON that `questionnaires/schema/clusters.schema.json` has accepted."""
    boards = (
        HealthBoard(board["code"], board["short"], {"cy": board["name_cy"], "en": board["name_en"]})
        for board in source["health_boards"]
    )
    clusters = (
        Cluster(
            code=cluster["code"],
            health_board=cluster["health_board"],
            names={"cy": cluster["name_cy"], "en": cluster["name_en"]},
            valid_from=date.fromisoformat(cluster["valid_from"]),
            valid_to=date.fromisoformat(cluster["valid_to"]) if cluster.get("valid_to") else None,
            was=tuple(cluster.get("was", ())),
        )
        for cluster in source["clusters"]
    )
    return ClusterList(
        id=source["id"],
        health_boards=tuple(sorted(boards, key=lambda board: board.code)),
        clusters=tuple(sorted(clusters, key=lambda cluster: cluster.code)),
    )
