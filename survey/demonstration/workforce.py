"""The workforce survey of the demonstration: a round that is closed, and one to try. The same every time.

Clusters differ in how many answer: some have fewer than five responses, some none.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from survey.collection.people.access import new_token, store_link
from survey.collection.responses.anonymous import store_response
from survey.collection.responses.anonymous_drafts import close_and_clear
from survey.collection.rounds.opening import Gate
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot
from survey.demonstration.load import ACCOUNT, keep_account, opened
from survey.demonstration.staff import Member
from survey.demonstration.story import chance, dated
from survey.demonstration.themes import put_under_themes
from survey.questionnaire.types import answer_type
from survey.storage.repository import Repository

QUESTIONNAIRE = "workforce-skills"
EDITION = "2026"
MARK = ("demonstration",)
DONE = "workforce-loaded"
WRITERS = 16
"""Each response waits for the disk, which takes many at a time."""


@dataclass(frozen=True, slots=True)
class Wave:
    """One round. `typical` is the number of responses of a cluster that is neither small nor silent."""

    round: str
    reporting_year: str
    opens: datetime
    closes: datetime | None
    typical: int
    small: int
    silent: int


CLOSED, OPEN = (Wave(**wave) for wave in dated("waves"))


def load_workforce(
    repository: Repository, cluster_list: str, sources: RoundSources, gate: Gate, now: datetime
) -> Iterator[tuple[int, int]]:
    """Load both rounds, yielding (clusters done, clusters in all). Once loaded, nothing more is done; a load that was
    cut short goes on.
    """
    if repository.read(MARK, DONE) is not None:
        return
    done = 0
    with ThreadPoolExecutor(WRITERS) as writers:
        for wave in (CLOSED, OPEN):
            snapshot = opened(repository, _round(wave, cluster_list), {}, sources, gate, now)
            for cluster, count in responses_of_clusters(wave, snapshot).items():
                store_link(repository, wave.round, cluster, example_token(wave, cluster))
                if snapshot.round.status == "open":
                    list(writers.map(partial(_respond, repository, wave, snapshot, cluster), range(count)))
                done += 1
                yield done, 2 * len(snapshot.clusters.clusters)
            if wave.closes is not None and snapshot.round.status == "open":
                close_and_clear(repository, wave.round, wave.closes)
    keep_account(repository, now)
    put_under_themes(repository, load_snapshot(repository, CLOSED.round), ACCOUNT, now)
    repository.write(MARK, DONE, {"rounds": [CLOSED.round, OPEN.round]})


def example_token(wave: Wave, cluster_code: str) -> str:
    """The token of a cluster's link."""
    return new_token(chance("link", wave.round, cluster_code).choice)


def responses_of_clusters(wave: Wave, snapshot: RoundSnapshot) -> dict[str, int]:
    """How many responses each cluster gives."""
    codes = [cluster.code for cluster in snapshot.clusters.clusters]
    order = list(codes)
    chance("response", wave.round).shuffle(order)
    silent = set(order[: wave.silent])
    small = {code: 1 + place % 4 for place, code in enumerate(order[wave.silent : wave.silent + wave.small])}
    return {
        code: 0
        if code in silent
        else small.get(code) or max(5, round(wave.typical * chance("size", wave.round, code).uniform(0.45, 1.55)))
        for code in codes
    }


def _round(wave: Wave, cluster_list: str) -> Round:
    return Round(
        wave.round, QUESTIONNAIRE, EDITION, wave.reporting_year, cluster_list, opens=wave.opens, demonstration=True
    )


def _respond(repository: Repository, wave: Wave, snapshot: RoundSnapshot, cluster_code: str, number: int) -> None:
    die = chance("staff", wave.round, cluster_code, str(number))
    board = snapshot.clusters.health_board(snapshot.cluster(cluster_code).health_board)
    response_id = UUID(int=die.getrandbits(128), version=4).hex
    member = Member(board.short if board else "", die)
    pages = {}
    for page in snapshot.instrument(cluster_code).pages:
        answers = member.answers(page.section)
        texts = [question.id for question in page.section.questions if answer_type(question).free_text]
        written_in = {name: member.language for name in texts if name in answers}
        pages[page.key] = {"answers": answers, "written_in": written_in}
    store_response(repository, snapshot, cluster_code, pages, response_id=response_id, language=member.language)
