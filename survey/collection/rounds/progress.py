"""How a round stands: who has not started, who is under way, who has submitted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.collection.responses.response import REFLECTION, STATUSES, Response, response_from
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.round import Round, place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
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


def round_state(kept: Round, moment: datetime) -> str:
    """What a round does at a moment, one of `ROUND_WORDS`: an open one may not take answers yet, or no more."""
    if kept.status != "open" or kept.takes_answers(moment):
        return kept.status
    return "waiting" if kept.opens is not None and moment < kept.opens else "past"


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
class BoardProgress:
    """One health board with its clusters, by code."""

    board: HealthBoard
    clusters: tuple[ClusterProgress, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many clusters have each status; 0 where there is none."""
        return counts(self.clusters)


def counts(clusters: tuple[ClusterProgress, ...]) -> Mapping[str, int]:
    """How many clusters have each status; 0 where there is none. Unreadable ones are there only when there are any."""
    found = Counter(one.status for one in clusters)
    return {status: found[status] for status in (*STATUSES, *([UNREADABLE] if found[UNREADABLE] else []))}


def read_progress(repository: Repository, snapshot: RoundSnapshot) -> tuple[BoardProgress, ...]:
    """How every cluster of a round stands, by health board, the boards that have clusters in the order of codes."""
    kept = dict(repository.read_all(place(snapshot.round.id, REFLECTION)))
    return tuple(
        BoardProgress(board, tuple(_progress(snapshot, cluster, kept.get(cluster.code)) for cluster in clusters))
        for board in snapshot.clusters.health_boards
        if (clusters := snapshot.clusters.of_board(board.code))
    )


def sections_done(snapshot: RoundSnapshot, response: Response) -> tuple[int, int]:
    """How many sections of a response's draft are complete, and how many it is asked."""
    path = snapshot.instrument(response.cluster).walk(response.answers)
    done = sum(path.completion(page.key, saved=page.key in response.pages) == "complete" for page in path.pages)
    return done, len(path.pages)


def _progress(snapshot: RoundSnapshot, cluster: Cluster, kept: Record | Unreadable | None) -> ClusterProgress:
    if isinstance(kept, Unreadable):
        return _unreadable(snapshot, cluster)
    try:
        response = response_from(kept) if kept is not None else _none_yet(snapshot, cluster)
        done, sections = sections_done(snapshot, response)
    except (KeyError, TypeError, ValueError, AttributeError):
        return _unreadable(snapshot, cluster)
    submitted_at = response.counted.submitted_at if response.counted else None
    return ClusterProgress(cluster, response.status, done, sections, response.last_saved, submitted_at)


def _none_yet(snapshot: RoundSnapshot, cluster: Cluster) -> Response:
    return Response("", snapshot.round.id, cluster.code, "not_started", {}, (), ())


def _unreadable(snapshot: RoundSnapshot, cluster: Cluster) -> ClusterProgress:
    return ClusterProgress(cluster, UNREADABLE, 0, len(snapshot.instrument(cluster.code).pages), None, None)
