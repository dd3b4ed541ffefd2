"""How a round stands: who has not started, who is under way, who has submitted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.collection.clusters import Cluster, HealthBoard
from survey.collection.frozen import FrozenRound
from survey.collection.repository import Record, Repository, Unreadable
from survey.collection.responses import REFLECTION, STATUSES, Response, response_from
from survey.collection.rounds import Round, place
from survey.languages import Phrase

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
class ClusterStanding:
    """One cluster. `status` is one of `responses.STATUSES`, or UNREADABLE; `done` counts its complete sections."""

    cluster: Cluster
    status: str
    done: int
    sections: int
    last_saved: datetime | None
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardStanding:
    """One health board with its clusters, by code."""

    board: HealthBoard
    clusters: tuple[ClusterStanding, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many clusters have each status; 0 where there is none."""
        return counts(self.clusters)


def counts(clusters: tuple[ClusterStanding, ...]) -> Mapping[str, int]:
    """How many clusters have each status; 0 where there is none. Unreadable ones are there only when there are any."""
    found = Counter(one.status for one in clusters)
    return {status: found[status] for status in (*STATUSES, *([UNREADABLE] if found[UNREADABLE] else []))}


def read_standing(repository: Repository, frozen: FrozenRound) -> tuple[BoardStanding, ...]:
    """How every cluster of a round stands, by health board, the boards that have clusters in the order of codes."""
    kept = dict(repository.read_all(place(frozen.round.id, REFLECTION)))
    return tuple(
        BoardStanding(board, tuple(_standing(frozen, cluster, kept.get(cluster.code)) for cluster in clusters))
        for board in frozen.clusters.health_boards
        if (clusters := frozen.clusters.of_board(board.code))
    )


def sections_done(frozen: FrozenRound, response: Response) -> tuple[int, int]:
    """How many sections of a response's draft are complete, and how many it is asked."""
    path = frozen.instrument(response.cluster).walk(response.answers)
    done = sum(path.completion(page.key, saved=page.key in response.pages) == "complete" for page in path.pages)
    return done, len(path.pages)


def _standing(frozen: FrozenRound, cluster: Cluster, kept: Record | Unreadable | None) -> ClusterStanding:
    if isinstance(kept, Unreadable):
        return _unreadable(frozen, cluster)
    try:
        response = response_from(kept) if kept is not None else _none_yet(frozen, cluster)
        done, sections = sections_done(frozen, response)
    except (KeyError, TypeError, ValueError, AttributeError):
        return _unreadable(frozen, cluster)
    submitted_at = response.counted.submitted_at if response.counted else None
    return ClusterStanding(cluster, response.status, done, sections, response.last_saved, submitted_at)


def _none_yet(frozen: FrozenRound, cluster: Cluster) -> Response:
    return Response("", frozen.round.id, cluster.code, "not_started", {}, (), ())


def _unreadable(frozen: FrozenRound, cluster: Cluster) -> ClusterStanding:
    return ClusterStanding(cluster, UNREADABLE, 0, len(frozen.instrument(cluster.code).pages), None, None)
