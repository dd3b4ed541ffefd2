"""What a round was opened with, kept unchanged: definition, framework, clusters and both languages' texts, and what
clusters wrote before and are asked about now.

A response is always read, shown and added up by these, never by the files of today.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import orjson

from survey.collection.errors import DomainError
from survey.collection.rounds.clusters import Cluster, ClusterList, clusters_from
from survey.collection.rounds.round import Round, place, read_round
from survey.languages import LANGUAGES
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.definition import FollowedUp, Questionnaire
from survey.questionnaire.follow_up import Followed
from survey.questionnaire.framework import Framework
from survey.questionnaire.texts import Texts
from survey.questionnaire.walk import Instrument
from survey.storage.repository import Place, Repository, Unreadable

SNAPSHOT = "frozen"
FOLLOWED_UP = "followed_up.json"
_Parts = tuple[
    dict[str, tuple[str, ...]],
    Questionnaire,
    Framework | None,
    ClusterList,
    dict[str, Texts],
    dict[str, Followed],
]
_FILES = ("definition.json", "framework.json", "clusters.json", "assignments.json")


@dataclass(frozen=True)
class RoundSnapshot:
    """A round with everything it was opened with."""

    round: Round
    questionnaire: Questionnaire
    framework: Framework | None
    clusters: ClusterList
    texts: Mapping[str, Texts]
    followed: Mapping[str, Followed] = field(default_factory=dict)
    """By cluster, what it wrote before and is asked about now."""

    def instrument(self, cluster_code: str) -> Instrument:
        """What a cluster is asked. Raises DomainError("unknown_cluster")."""
        board = self.cluster(cluster_code).health_board
        return _instrument(self, self.round.assigned(board), cluster_code if cluster_code in self.followed else "")

    def instrument_of_all(self) -> Instrument:
        """Everything that any cluster of the round is asked; of what is followed up, about which outcomes."""
        assigned = {outcome for board in self.clusters.health_boards for outcome in self.round.assigned(board.code)}
        known = {outcome.id for outcome in self.framework.outcomes} if self.framework else set()
        followed: dict[str, dict[str, FollowedUp]] = {}
        for of_cluster in self.followed.values():
            for name, answers in of_cluster.items():
                followed.setdefault(name, {}).update({answer.outcome: answer for answer in answers})
        about = {name: tuple(by_outcome.values()) for name, by_outcome in followed.items()}
        return Instrument(self.questionnaire, self.framework, tuple(sorted(assigned & known)), about)

    def cluster(self, cluster_code: str) -> Cluster:
        """The cluster with this code. Raises DomainError("unknown_cluster")."""
        cluster = self.clusters.cluster(cluster_code)
        if cluster is None:
            raise DomainError("unknown_cluster", cluster=cluster_code)
        return cluster

    def __hash__(self) -> int:
        return hash((self.round.id, self.round.snapshot_digest, self.round.text_revision))


@lru_cache(maxsize=256)
def _instrument(snapshot: RoundSnapshot, assigned: tuple[str, ...], follower: str) -> Instrument:
    outcomes = assigned if snapshot.questionnaire.framework_id else ()
    return Instrument(snapshot.questionnaire, snapshot.framework, outcomes, snapshot.followed.get(follower))


@dataclass(frozen=True, slots=True)
class RoundSources:
    """The files of today that a round would be opened with, as JSON that has passed its schema and checks."""

    definition: Mapping[str, Any]
    framework: Mapping[str, Any] | None
    clusters: Mapping[str, Any]


def snapshot_files(
    sources: RoundSources,
    assignments: Mapping[str, tuple[str, ...]],
    texts: Mapping[str, Mapping[str, str]],
    followed: Mapping[str, Any] | None = None,
) -> dict[str, bytes]:
    """What a round is opened with, as files by name; `texts` are the words of both languages by text key, `followed` is
    what `followed_up.gather` gave.
    """
    return {
        "definition.json": _canonical(sources.definition),
        "framework.json": _canonical(sources.framework),
        "clusters.json": _canonical(sources.clusters),
        "assignments.json": _canonical({board: list(outcomes) for board, outcomes in assignments.items()}),
        **{f"texts.{code}.json": _canonical(texts[code]) for code in LANGUAGES},
        **({FOLLOWED_UP: _canonical(followed)} if followed else {}),
    }


def write_snapshot(
    repository: Repository,
    round_id: str,
    sources: RoundSources,
    assignments: Mapping[str, tuple[str, ...]],
    texts: Mapping[str, Mapping[str, str]],
    followed: Mapping[str, Any] | None = None,
) -> str:
    """Write `snapshot_files` beside a round. Returns the SHA-256 over all of them, by name and bytes."""
    files = snapshot_files(sources, assignments, texts, followed)
    if FOLLOWED_UP not in files and _bytes_of_followed(repository, round_id) is not None:
        # Of an opening that did not come to its end.
        files[FOLLOWED_UP] = _canonical({})
    for name, data in files.items():
        repository.write_bytes(place(round_id, SNAPSHOT), name, data)
    return digest_of(files)


def load_snapshot(repository: Repository, round_id: str) -> RoundSnapshot:
    """A round with what it was opened with. Raises DomainError: unknown_round, or not_open while it is in draft;
    Unreadable when what is kept no longer has the digest it was opened under.

    Kept per process for each state of the round, so that an open round's definition is parsed once.
    """
    current = read_round(repository, round_id)
    if current.snapshot_digest is None:
        raise DomainError("not_open", round=round_id)
    parts = _parts(repository, round_id, current.snapshot_digest, current.text_revision)
    assignments, questionnaire, framework, clusters, texts, followed = parts
    return RoundSnapshot(replace(current, assignments=assignments), questionnaire, framework, clusters, texts, followed)


@lru_cache(maxsize=32)
def _parts(repository: Repository, round_id: str, snapshot_digest: str, text_revision: int) -> _Parts:
    if digest_of_snapshot(repository, round_id) != snapshot_digest:
        raise Unreadable(place(round_id), SNAPSHOT, "what the round was opened with has been changed since")
    definition, framework, clusters, assignments = (
        repository.read_bytes(place(round_id, SNAPSHOT), name) for name in _FILES
    )
    return (
        {board: tuple(outcomes) for board, outcomes in orjson.loads(assignments).items()},
        _questionnaire(definition),
        _framework(framework),
        _clusters(clusters),
        _texts(repository, round_id, snapshot_digest, text_revision),
        _followed(repository, round_id),
    )


# What rounds of one edition have alike is built once, and so compared by being the same.
@lru_cache(maxsize=32)
def _questionnaire(definition: bytes) -> Questionnaire:
    return questionnaire_from(orjson.loads(definition))


@lru_cache(maxsize=32)
def _framework(framework: bytes) -> Framework | None:
    source = orjson.loads(framework)
    return framework_from(source) if source else None


@lru_cache(maxsize=32)
def _clusters(clusters: bytes) -> ClusterList:
    return clusters_from(orjson.loads(clusters))


@lru_cache(maxsize=64)
def _words(code: str, texts: bytes, _snapshot_digest: str) -> Texts:
    # Of another definition they are others, though the words be the same: pages keep by them what they have drawn.
    return Texts(code, orjson.loads(texts))


def texts_place(round_id: str, text_revision: int) -> Place:
    """Where the texts of a revision are kept; those that the round was opened with are its revision 0."""
    return place(round_id, "texts", str(text_revision)) if text_revision else place(round_id, SNAPSHOT)


def worded_as(repository: Repository, snapshot: RoundSnapshot, text_revision: int) -> RoundSnapshot:
    """The round in the words of one of its text revisions, as a submission that names it was given."""
    if text_revision == snapshot.round.text_revision:
        return snapshot
    texts = _texts(repository, snapshot.round.id, str(snapshot.round.snapshot_digest), text_revision)
    return replace(snapshot, round=replace(snapshot.round, text_revision=text_revision), texts=texts)


@lru_cache(maxsize=32)
def _texts(repository: Repository, round_id: str, snapshot_digest: str, text_revision: int) -> dict[str, Texts]:
    where = texts_place(round_id, text_revision)
    read = {code: repository.read_bytes(where, f"texts.{code}.json") for code in LANGUAGES}
    return {code: _words(code, texts, snapshot_digest) for code, texts in read.items()}


def _followed(repository: Repository, round_id: str) -> dict[str, Followed]:
    return {
        cluster: {name: tuple(FollowedUp(**answer) for answer in answers) for name, answers in of_cluster.items()}
        for cluster, of_cluster in orjson.loads(_bytes_of_followed(repository, round_id) or b"{}").items()
    }


def _bytes_of_followed(repository: Repository, round_id: str) -> bytes | None:
    """None where the round follows nothing up."""
    try:
        return repository.read_bytes(place(round_id, SNAPSHOT), FOLLOWED_UP)
    except Unreadable:
        return None


def digest_of_snapshot(repository: Repository, round_id: str) -> str:
    """The SHA-256 over what is kept now, to hold against `Round.snapshot_digest`."""
    names = (*_FILES, *(f"texts.{code}.json" for code in LANGUAGES))
    files = {name: repository.read_bytes(place(round_id, SNAPSHOT), name) for name in names}
    followed = _bytes_of_followed(repository, round_id)
    return digest_of(files | ({FOLLOWED_UP: followed} if followed is not None else {}))


def _canonical(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest_of(files: Mapping[str, bytes]) -> str:
    """The SHA-256 over files, by name and bytes."""
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\n{hashlib.sha256(data).hexdigest()}\n".encode())
    return whole.hexdigest()
