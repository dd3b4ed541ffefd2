"""Loading the demonstration: three years of rounds, 60 clusters, an account, access codes. The same every time.

Everything goes in by the same functions that the pages use. Rounds and account are marked as demonstration, so
that their codes and password open nothing where the demonstration is not switched on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from survey.collection.people.access import issue_code, new_code
from survey.collection.people.accounts import ACCOUNTS, add_account
from survey.collection.responses.follow_ups import gather
from survey.collection.responses.lifecycle import erase, save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.assignments import assign_outcomes
from survey.collection.rounds.clusters import Cluster, clusters_from
from survey.collection.rounds.opening import Gate, open_round
from survey.collection.rounds.round import Round, close_round, create_round, has_round, read_round, read_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot
from survey.demonstration.answers import Character
from survey.demonstration.story import YEARS, DemonstrationRound, Finish, chance, finishes
from survey.demonstration.themes import put_under_themes
from survey.questionnaire.walk import Page
from survey.storage.repository import Repository

QUESTIONNAIRE = "self-reflection"
CLUSTER_LIST = "clusters-2026"
ACCOUNT = "cenedlaethol-national"
PASSWORD = "arddangos-demonstration-2026"  # noqa: S105 (opens nothing outside the demonstration)
MARK = ("demonstration",)
DONE = "loaded"
WITH_WORKSHEET = 0.5
"""How many of the worksheets are used."""

SourcesFor = Callable[[str], RoundSources]


@dataclass(frozen=True, slots=True)
class ExampleCode:
    """An access code to try the site with, and how far its cluster is this year."""

    cluster: Cluster
    code: str
    finish: Finish


class NotEmpty(Exception):
    """The data folder holds rounds that are not of the demonstration. Nothing was changed."""


def load(
    repository: Repository, secret: bytes, sources_for: SourcesFor, gate: Gate, now: datetime
) -> Iterator[tuple[int, int]]:
    """Load what is missing, yielding (clusters done, clusters in all) along the way.

    What somebody has tried out since is left alone: once loaded, nothing more is done. A load that was cut short
    begins again. Raises NotEmpty.
    """
    if not all(round_.demonstration for round_ in read_rounds(repository)):
        raise NotEmpty
    if repository.read(MARK, DONE) is not None:
        return
    keep_account(repository, now)
    done, total = 0, sum(len(clusters_from(sources_for(year.edition).clusters).clusters) for year in YEARS)
    for year in YEARS:
        snapshot = opened(repository, _round(year, now), year.assignments, sources_for(year.edition), gate, now)
        for _ in _answered(repository, secret, year, snapshot):
            done += 1
            yield done, total
        if year is not YEARS[-1] and snapshot.round.status == "open":
            close_round(repository, year.round, year.closes)
    put_under_themes(repository, load_snapshot(repository, YEARS[-1].round), ACCOUNT, now)
    repository.write(MARK, DONE, {"rounds": [year.round for year in YEARS]})


def keep_account(repository: Repository, now: datetime) -> None:
    """Keep the account of the national team, unless it is there."""
    if repository.read(ACCOUNTS, ACCOUNT) is None:
        add_account(repository, ACCOUNT, "national", None, PASSWORD, now, demonstration=True)


def opened(
    repository: Repository,
    round_: Round,
    assignments: Mapping[str, Sequence[str]],
    sources: RoundSources,
    gate: Gate,
    now: datetime,
) -> RoundSnapshot:
    """The round, created, its outcomes assigned by health board, and opened, as far as that is still to do: a load that
    was cut short goes on with it.
    """
    if not has_round(repository, round_.id):
        create_round(repository, round_)
    if read_round(repository, round_.id).status == "draft":
        for board, outcomes in assignments.items():
            assign_outcomes(repository, round_.id, board, tuple(outcomes), sources)
        open_round(repository, round_.id, sources, gate, now, partial(gather, repository))
    return load_snapshot(repository, round_.id)


def example_codes(snapshot: RoundSnapshot) -> list[ExampleCode]:
    """Three codes of this year's round: a cluster that has not begun, one half way, one that has submitted."""
    year = YEARS[-1]
    planned = finishes(year, tuple(cluster.code for cluster in snapshot.clusters.clusters))
    first = {planned[cluster.code]: cluster for cluster in reversed(snapshot.clusters.clusters)}
    wanted: tuple[Finish, ...] = ("silent", "in_progress", "submitted")
    return [ExampleCode(first[finish], _code(year, first[finish].code), finish) for finish in wanted]


def _round(year: DemonstrationRound, now: datetime) -> Round:
    """The round of a year. Only the last has a closing time from the start, unless that is past: it is there to try."""
    is_to_try = year is YEARS[-1] and year.closes > now
    return Round(
        id=year.round,
        questionnaire=QUESTIONNAIRE,
        edition=year.edition,
        reporting_year=year.reporting_year,
        cluster_list=CLUSTER_LIST,
        opens=year.opens,
        closes=year.closes if is_to_try else None,
        demonstration=True,
    )


def _answered(
    repository: Repository, secret: bytes, year: DemonstrationRound, snapshot: RoundSnapshot
) -> Iterator[None]:
    if snapshot.round.status != "open":
        return
    planned = finishes(year, tuple(cluster.code for cluster in snapshot.clusters.clusters))
    for cluster in snapshot.clusters.clusters:
        issue_code(repository, secret, year.round, cluster.code, _code(year, cluster.code), year.opens)
        erase(repository, year.round, cluster.code)
        if planned[cluster.code] != "silent":
            _answer(repository, year, snapshot, cluster, planned[cluster.code])
        yield


def _answer(
    repository: Repository, year: DemonstrationRound, snapshot: RoundSnapshot, cluster: Cluster, finish: Finish
) -> None:
    board = snapshot.clusters.health_board(cluster.health_board)
    instrument = snapshot.instrument(cluster.code)
    respondent = Character(year, board.short if board else "", cluster.code, instrument)
    die = chance("when", year.round, cluster.code)
    now = year.opens + timedelta(days=die.randrange(5, 60), minutes=die.randrange(600))
    pages = instrument.submitted_pages
    given: dict[str, dict[str, object]] = {}

    def save(page: Page, new_id: str) -> None:
        given[page.key] = respondent.page(page, given, now)
        answers, writer = whole(given[page.key]), Writer(respondent.language)
        save_page(repository, snapshot, cluster.code, page, answers, writer=writer, now=now, new_id=new_id)

    for page in pages if finish == "submitted" else pages[: die.randint(1, len(pages) - 2)]:
        now += timedelta(minutes=die.randrange(4, 60 * 24))
        save(page, f"{die.getrandbits(128):032x}")
    for page in instrument.walk(given).worksheets:
        if chance("worksheet", year.round, cluster.code, page.key).random() < WITH_WORKSHEET:
            save(page, "")
    if finish == "submitted":
        submit(repository, snapshot, cluster.code, language=respondent.language, now=now + timedelta(minutes=7))


def _code(year: DemonstrationRound, cluster_code: str) -> str:
    return new_code(chance("code", year.round, cluster_code).choice)
