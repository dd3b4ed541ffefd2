"""Opening a round: today's files, checked whole; what stands in the way; the freezing of what it is opened with."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.near_names import near
from survey.collection.rounds.assignments import outcome_ids
from survey.collection.rounds.cluster_lists import CLUSTERS
from survey.collection.rounds.clusters import ClusterList, clusters_from
from survey.collection.rounds.round import (
    Round,
    change_round,
    place,
    read_round,
    read_rounds,
    refuse_changed,
    refuse_opened,
    refuse_opened_now,
    version_of,
)
from survey.collection.rounds.snapshot import RoundSources, digest_of, snapshot_files, write_snapshot
from survey.languages import LANGUAGES, MissingText, day_of, language
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import examine, faults, load_source, sound_source
from survey.questionnaire.shelf import Added, Shelf
from survey.questionnaire.texts import messages, texts_in
from survey.storage.repository import Record, Repository

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,79}[a-z0-9])?")
FRAMEWORKS = "frameworks"
OPENING = "opening"
CLAIMED = timedelta(minutes=2)
"""How long nobody else can write down something else for a round that somebody is opening."""

Gather = Callable[[Round, Questionnaire, ClusterList], Mapping[str, Any]]
Gate = Callable[[tuple[str, ...]], list[str]]


def read_sources(
    folder: Path, questionnaire_id: str, edition: str, cluster_list_id: str, added: tuple[Added, ...] = ()
) -> RoundSources:
    """The definition, its framework and the cluster list from a folder of questionnaires, over which editions were
    `added`.

    Raises DomainError("unknown_questionnaire") or ("unknown_cluster_list") for a name that no file has, and
    DefinitionError with every finding when what a file holds cannot be used.
    """
    shelf = Shelf(folder, added)
    definition_path = shelf.path(questionnaire_id, edition)
    if not (_are_names(questionnaire_id, edition) and shelf.has(definition_path)):
        raise DomainError("unknown_questionnaire", questionnaire=questionnaire_id, edition=edition)
    clusters = read_cluster_list(shelf, cluster_list_id)
    examined = shelf.examine(definition_path, "questionnaire")
    definition = sound_source(examined)
    framework_path = _path(folder, FRAMEWORKS, str(definition.get("framework", "")))
    findings = faults([examined, *([examine(framework_path)] if framework_path else [])], folder)
    if findings:
        raise DefinitionError(findings)
    framework: Any = load_source(framework_path, "framework") if framework_path else None
    return RoundSources(definition, framework, clusters)


def read_cluster_list(shelf: Shelf, cluster_list_id: str) -> Mapping[str, Any]:
    """The JSON of a cluster list. Raises DomainError("unknown_cluster_list"), DefinitionError."""
    path = shelf.path(CLUSTERS, cluster_list_id)
    if not (_are_names(cluster_list_id) and shelf.has(path)):
        raise DomainError("unknown_cluster_list", clusters=cluster_list_id)
    return sound_source(shelf.examine(path, "clusters"))


def editions(shelf: Shelf) -> list[tuple[str, str]]:
    """The questionnaires and their editions that a round can be made of, in order."""
    return [(path.parent.name, path.stem) for path in shelf.editions()]


def newest_cluster_list(shelf: Shelf) -> str:
    """The id of the newest cluster list, of those that were added if there are any. Raises
    DomainError("unknown_cluster_list") when there is none."""
    added = [edition.edition for edition in shelf.added if edition.questionnaire == CLUSTERS]
    lists = added or [path.stem for path in (shelf.folder / CLUSTERS).glob("*.json")]
    if not lists:
        raise DomainError("unknown_cluster_list", clusters=str(shelf.folder / CLUSTERS))
    return max(lists)


def newest_clusters(shelf: Shelf) -> ClusterList:
    """The newest list of clusters, read anew only when it has changed. Raises as `read_cluster_list`."""
    name = newest_cluster_list(shelf)
    path = shelf.path(CLUSTERS, name)
    stat = path.stat() if path.is_file() else None
    return _clusters(shelf, name, stat and (stat.st_ino, stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=4)
def _clusters(shelf: Shelf, name: str, _file: tuple[int, int, int] | None) -> ClusterList:
    return clusters_from(read_cluster_list(shelf, name))


def obstacles(
    repository: Repository, round_id: str, sources: RoundSources, gate: Gate, now: datetime
) -> list[DomainError]:
    """Everything that stands in the way of opening the round now; empty when nothing does.

    `gate` gives the findings of the translation gate over the named catalogues, each as a line of text.
    """
    current = read_round(repository, round_id)
    refusals: list[DomainError] = []
    if current.status != "draft":
        refusals.append(DomainError("not_draft", round=round_id))
    refusals += [
        DomainError("overlapping_round", round=other.id)
        for other in read_rounds(repository)
        if is_open_beside(current, other) and other.reporting_year <= current.reporting_year
    ]
    if current.closes is not None and current.closes <= now:
        refusals.append(DomainError("times_reversed"))
    questionnaire = questionnaire_from(sources.definition)
    outcomes = set(outcome_ids(sources))
    assigned = {outcome for board in current.assignments for outcome in current.assigned(board)}
    refusals += [
        DomainError("unknown_outcome", outcome=outcome, near=near(outcome, sorted(outcomes)))
        for outcome in sorted(assigned - outcomes)
    ]
    if any(section.for_each == "assigned_outcomes" for section in questionnaire.sections):
        boards = clusters_from(_asked_on(sources, current.opens or now).clusters)
        refusals += [
            DomainError("no_assignment", board=board.code, **{code: board.name(code) for code in LANGUAGES})
            for board in boards.health_boards
            if boards.of_board(board.code) and not current.assigned(board.code)
        ]
    catalogues = ("interface", questionnaire.id, *(("framework",) if sources.framework else ()))
    refusals += [DomainError("gate", finding=finding) for finding in gate(catalogues)]
    return refusals


def texts_shown(sources: RoundSources) -> frozenset[tuple[str, str]]:
    """The texts that a round of these sources shows, each by its context and its English."""
    framework = (framework_from(sources.framework),) if sources.framework else ()
    return frozenset(
        (message.context, message.text)
        for root in (questionnaire_from(sources.definition), *framework)
        for message in messages(root)
    )


def nothing_followed_up(_current: Round, _questionnaire: Questionnaire, _clusters: ClusterList) -> Mapping[str, Any]:
    """What a round follows up that has no round before it."""
    return {}


def open_round(
    repository: Repository,
    round_id: str,
    sources: RoundSources,
    gate: Gate,
    now: datetime,
    gather: Gather = nothing_followed_up,
    shown: str | None = None,
) -> Round:
    """Freeze what the round is opened with, then open it. `gather` gives what clusters wrote before and are asked about
    now (`survey.collection.responses.follow_ups`), `shown` is the version of the round that whoever asks has seen.
    Raises the first of `obstacles`, if any, and DomainError("round_changed").
    """
    for obstacle in obstacles(repository, round_id, sources, gate, now):
        raise obstacle
    current = read_round(repository, round_id)
    refuse_changed(current, shown)
    questionnaire = questionnaire_from(sources.definition)
    framework = framework_from(sources.framework) if sources.framework else None
    try:
        texts = {code: texts_in(language(code), questionnaire, framework).words for code in LANGUAGES}
    except MissingText as missing:
        raise DomainError("gate", finding=str(missing)) from None
    asked = _asked_on(sources, current.opens or now)
    followed = gather(current, questionnaire, clusters_from(asked.clusters))
    opened_with = (asked, current.assignments, texts, followed)
    _claim(repository, round_id, digest_of(snapshot_files(*opened_with)), now)
    refuse_opened_now(repository, round_id)
    digest = write_snapshot(repository, round_id, *opened_with)

    def change(latest: Round) -> Round:
        refuse_opened(latest)
        refuse_changed(latest, version_of(current))
        return replace(latest, status="open", snapshot_digest=digest, opens=latest.opens or now)

    return change_round(repository, round_id, change)


def _claim(repository: Repository, round_id: str, digest: str, now: datetime) -> None:
    """Let nobody else write down something else meanwhile. The claim of somebody who was stopped lapses."""

    def change(record: Record | None) -> Record:
        if record and record["digest"] != digest and abs(now - datetime.fromisoformat(record["at"])) < CLAIMED:
            raise DomainError("being_opened", round=round_id)
        return {"digest": digest, "at": now.isoformat()}

    repository.update(place(round_id), OPENING, change)


def is_open_beside(current: Round, other: Round) -> bool:
    """Whether another round asks the same questionnaire now, so that clusters would have two of it to answer. Only an
    earlier year's may be opened beside it, so that its responses can be brought in (`cautions` says so).
    """
    return other.status == "open" and other.id != current.id and other.questionnaire == current.questionnaire


def _asked_on(sources: RoundSources, moment: datetime) -> RoundSources:
    """The sources with only the clusters that there are when the round opens: they are the ones asked."""
    codes = {cluster.code for cluster in clusters_from(sources.clusters).on(day_of(moment)).clusters}
    clusters = [cluster for cluster in sources.clusters["clusters"] if cluster["code"] in codes]
    return replace(sources, clusters={**sources.clusters, "clusters": clusters})


def _path(folder: Path, *names: str) -> Path | None:
    if not _are_names(*names):
        return None
    path = folder.joinpath(*names).with_suffix(".json")
    return path if path.is_file() else None


def _are_names(*names: str) -> bool:
    return all(_NAME.fullmatch(name) for name in names)
