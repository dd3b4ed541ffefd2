"""How a round stands: who has not started, who is under way, who has submitted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.collection.responses.response import REFLECTION, STATUSES, Response, empty_response, response_from
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
    counted = Counter(cluster.status for cluster in clusters)
    return {status: counted[status] for status in (*STATUSES, *([UNREADABLE] if counted[UNREADABLE] else []))}


def read_progress(repository: Repository, snapshot: RoundSnapshot) -> tuple[BoardProgress, ...]:
    """How every cluster of a round stands, by health board, the boards that have clusters in the order of codes."""
    records = dict(repository.read_all(place(snapshot.round.id, REFLECTION)))
    return tuple(
        BoardProgress(board, tuple(_progress(snapshot, cluster, records.get(cluster.code)) for cluster in clusters))
        for board in snapshot.clusters.health_boards
        if (clusters := snapshot.clusters.of_board(board.code))
    )


def sections_done(snapshot: RoundSnapshot, response: Response) -> tuple[int, int]:
    """How many sections of a response's draft are complete, and how many it is asked."""
    path = snapshot.instrument(response.cluster).walk(response.answers)
    done = sum(path.completion(page.key, saved=page.key in response.pages) == "complete" for page in path.pages)
    return done, len(path.pages)


def _progress(snapshot: RoundSnapshot, cluster: Cluster, record: Record | Unreadable | None) -> ClusterProgress:
    if isinstance(record, Unreadable):
        return _unreadable(snapshot, cluster)
    try:
        response = response_from(record) if record is not None else empty_response(snapshot.round.id, cluster.code)
        done, sections = sections_done(snapshot, response)
    except (KeyError, TypeError, ValueError, AttributeError):
        return _unreadable(snapshot, cluster)
    submitted_at = response.counted.submitted_at if response.counted else None
    return ClusterProgress(cluster, response.status, done, sections, response.last_saved, submitted_at)


def _unreadable(snapshot: RoundSnapshot, cluster: Cluster) -> ClusterProgress:
    return ClusterProgress(cluster, UNREADABLE, 0, len(snapshot.instrument(cluster.code).pages), None, None)
