"""What there is to do in the rounds of the year for who follows clusters and runs no round: a board team, a reader.

A health board team is told of its own clusters alone, and of its own files. A year lasts until the next one has closed:
what was submitted last year is read while this year is answered.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from flask import g, url_for
from flask_babel import npgettext, pgettext

from survey.collection.progress import ROUND_WORDS, ClusterProgress, read_progress, round_state
from survey.collection.responses.queries import OPEN, queries_of_round
from survey.collection.rounds.extensions import answering_clusters
from survey.collection.rounds.retention import read_retention
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import LANGUAGES
from survey.reporting.reports.registry import OF_BOARDS, endings_of
from survey.reporting.tasks.job import DOCUMENT
from survey.storage.repository import Unreadable
from survey.web.manage.auth import sees_board
from survey.web.manage.documents import FORMATS, documents_of_account
from survey.web.manage.made_files import job_for, kept
from survey.web.manage.open_round_tasks import Task
from survey.web.manage.round_times import times_of_round
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now, today
from survey.web.site.language import current_language


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file of a health board that has been made: what it is called, its language and format, from when, and where."""

    name: str
    language: str
    format: str
    made_at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class FollowedRound:
    """A round with its tasks, how many of the clusters have submitted, and the files that are there to download.
    `times` is said of from when and until when."""

    round: Round
    title: str
    state: str
    times: Sequence[str]
    submitted: int
    of_all: int
    tasks: Sequence[Task]
    ready: Sequence[ReadyFile]


def followed_year(rounds: Sequence[Round]) -> list[FollowedRound]:
    """The rounds of clusters that have been opened and can be read, the newest first, if the account sees clusters in
    them: each until a later year takes its place, and after that while a cluster has something to do in it. None that
    is past the day until which it is kept.
    """
    followed = []
    for round_ in reversed(rounds):
        if round_.snapshot_digest:
            with suppress(Unreadable):
                snapshot = load_snapshot(current_repository(), round_.id)
                if snapshot.questionnaire.respondent == "cluster" and _is_followed(snapshot, rounds):
                    followed.append(_followed(snapshot))
    return [followed_round for followed_round in followed if followed_round.of_all]


def _is_followed(snapshot: RoundSnapshot, rounds: Sequence[Round]) -> bool:
    retention = read_retention(current_repository(), snapshot.round.id)
    if retention and retention.is_over(now()):
        return False
    return not _has_given_way(snapshot.round, rounds) or _waits_for_a_cluster(snapshot)


def _has_given_way(current: Round, rounds: Sequence[Round]) -> bool:
    """Whether its questionnaire was answered in a later year; one that was asked once gives way to the second year
    after it."""
    later = [round_ for round_ in rounds if round_.reporting_year > current.reporting_year and round_.is_over(now())]
    return any(map(current.precedes, later)) or len({round_.reporting_year for round_ in later}) > 1


def _waits_for_a_cluster(snapshot: RoundSnapshot) -> bool:
    """Whether a cluster that the account sees is still let in, or has been asked something that it has not answered."""
    repository, current = current_repository(), snapshot.round
    waited_for = answering_clusters(repository, snapshot, now())
    waited_for |= {code for code, query in queries_of_round(repository, current.id) if query.state == OPEN}
    return any(sees_board(g.account, snapshot.cluster(code).health_board) for code in waited_for)


def _followed(snapshot: RoundSnapshot) -> FollowedRound:
    progress = [
        standing
        for board in read_progress(current_repository(), snapshot, today())
        if sees_board(g.account, board.board.code)
        for standing in board.clusters
    ]
    state = round_state(snapshot.round, now())
    return FollowedRound(
        snapshot.round,
        questionnaire_title(snapshot),
        current_language().say(ROUND_WORDS[state]),
        times_of_round(snapshot.round),
        _number(progress, "submitted"),
        len(progress),
        list(_tasks(snapshot, progress)),
        list(_ready(snapshot)) if g.account.health_board else [],
    )


def _tasks(snapshot: RoundSnapshot, progress: Sequence[ClusterProgress]) -> Iterator[Task]:
    current, state = snapshot.round, round_state(snapshot.round, now())
    if state == "open":
        yield from _tasks_of_open(current, progress)
    elif current.is_over(now()):
        let_in = answering_clusters(current_repository(), snapshot, now())
        late = sum(standing.status != "submitted" and standing.cluster.code in let_in for standing in progress)
        if late:
            said = npgettext(
                "manage year",
                "%(n)s cluster that was let in late has not submitted",
                "%(n)s clusters that were let in late have not submitted",
                late,
            )
            yield said, url_for("manage.following", round_id=current.id, status="not_submitted")
    own = {standing.cluster.code for standing in progress}
    waiting = sum(
        query.state == OPEN for code, query in queries_of_round(current_repository(), current.id) if code in own
    )
    if waiting:
        said = npgettext(
            "manage year",
            "%(n)s question about an answer waits for a cluster",
            "%(n)s questions about answers wait for clusters",
            waiting,
        )
        yield said, url_for("manage.queries", round_id=current.id, state=OPEN)
    if _number(progress, "submitted"):
        yield (
            pgettext("manage year", "Read what clusters have submitted, side by side"),
            url_for("manage.side_by_side", round_id=current.id),
        )
        said = pgettext("manage year", "Have a workbook or a peer review pack made of what they have submitted")
        yield said, url_for("manage.documents", round_id=current.id)


def _tasks_of_open(current: Round, progress: Sequence[ClusterProgress]) -> Iterator[Task]:
    silent, begun, reopened = (_number(progress, status) for status in ("not_started", "in_progress", "reopened"))
    if silent:
        said = npgettext("manage year", "%(n)s cluster has not begun", "%(n)s clusters have not begun", silent)
        yield said, url_for("manage.following", round_id=current.id, status="not_started")
    if begun:
        said = npgettext(
            "manage year",
            "%(n)s cluster has begun and not submitted",
            "%(n)s clusters have begun and not submitted",
            begun,
        )
        yield said, url_for("manage.following", round_id=current.id, status="in_progress")
    if reopened:
        said = npgettext(
            "manage year",
            "%(n)s cluster was reopened and has not submitted again",
            "%(n)s clusters were reopened and have not submitted again",
            reopened,
        )
        yield said, url_for("manage.following", round_id=current.id, status="reopened")


def _ready(snapshot: RoundSnapshot) -> Iterator[ReadyFile]:
    """What has been made for the health board of the account."""
    for kind, name in documents_of_account(snapshot).items():
        if not kind.startswith(OF_BOARDS):
            continue
        for ending in endings_of(kind):
            for code in LANGUAGES:
                file = kept(job_for(snapshot, DOCUMENT, kind, code, ending))
                if file.sha256 and file.made_at:
                    address = url_for(
                        "manage.document_file", round_id=snapshot.round.id, kind=kind, code=code, ending=ending
                    )
                    yield ReadyFile(name, code, str(FORMATS[ending]), file.made_at, address)


def _number(progress: Sequence[ClusterProgress], status: str) -> int:
    return [standing.status for standing in progress].count(status)
