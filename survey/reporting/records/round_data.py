"""A round as rows, for everything that adds answers up.

`RoundData.clusters` has every cluster of the round's frozen list, by its code, and how it stands.

`RoundData.answers` is long: a row for every cluster × variable of the pages it is asked, silent clusters included,
so that every base is in the rows themselves. A page that is not put to a cluster has no rows for it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import orjson

from survey.collection.errors import DomainError
from survey.collection.progress import UNREADABLE
from survey.collection.responses.earlier_state import record_as_at
from survey.collection.responses.response import REFLECTION, AttachedFile, Response, response_from
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.types import Value
from survey.reporting.records.variables import (
    AnswerState,
    Parts,
    Variable,
    flat_values,
    parts_by_page,
    silent_values,
    variables_of_round,
)
from survey.storage.repository import Record, Repository, Unreadable


class ResponseStanding(NamedTuple):
    """How a cluster stands: its response's status, or `unreadable`; whether a submission of it counts, when that was
    submitted, and in which language (or nothing)."""

    board: str
    status: str
    counted: bool
    submitted_at: datetime | None
    submitted_in: str


class AnswerRow(NamedTuple):
    """What a cluster has of a variable; no value where there is none.

    `state` is `answered`, `not_answered`, `not_asked` (a rule left the question out) or `no_response` (nothing of the
    cluster counts yet).
    """

    cluster: str
    board: str
    variable: Variable
    value: Value | None
    state: AnswerState
    written_in: str

    @property
    def outcome(self) -> str:
        """The id of the outcome that it is about, or nothing."""
        return self.variable.outcome

    @property
    def question(self) -> str:
        """The id of the section’s question."""
        return self.variable.question.id

    @property
    def suffix(self) -> str:
        """Which part of the answer it is."""
        return self.variable.suffix

    @property
    def item(self) -> int:
        """The number of the item of a group, from 1; 0 outside groups."""
        return self.variable.item or 0


@dataclass(frozen=True, eq=False)
class RoundData:
    """What was collected in a round, as it stood when it was read. `changed` is the time of its last change,
    `digest` the SHA-256 of its records, `files` those attached to what counts, by cluster, `unreadable` the records
    that could not be read.
    """

    snapshot: RoundSnapshot
    clusters: Mapping[str, ResponseStanding]
    answers: Sequence[AnswerRow]
    variables: tuple[Variable, ...]
    files: Mapping[str, tuple[AttachedFile, ...]]
    unreadable: tuple[Unreadable, ...]
    changed: datetime
    digest: str

    @property
    def year(self) -> str:
        """The reporting year, such as 2026-27."""
        return self.snapshot.round.reporting_year

    @property
    def counted(self) -> int:
        """How many responses count."""
        return sum(standing.counted for standing in self.clusters.values())

    def of(self, measure: str) -> Sequence[AnswerRow]:
        """The rows of `answers` whose question feeds a measure."""
        return self._by_measure.get(measure, ())

    def of_question(self, section: str, question: str) -> Sequence[AnswerRow]:
        """The rows of `answers` to a question, by its ids; none for what is asked in a group."""
        return self._by_question.get((section, question), ())

    def questions(self, measure: str) -> tuple[tuple[Section, Question], ...]:
        """The questions that feed a measure, those inside groups included, in the questionnaire's order."""
        return tuple(
            (section, question)
            for section in self.snapshot.questionnaire.sections
            for parent in section.questions
            for question in (parent, *parent.questions)
            if question.measure == measure
        )

    @cached_property
    def assigned(self) -> dict[str, tuple[str, ...]]:
        """The outcomes put to each cluster, in the framework's order."""
        return {
            code: tuple(outcome.id for outcome in self.snapshot.instrument(code).outcomes) for code in self.clusters
        }

    @cached_property
    def _by_measure(self) -> Mapping[str, Sequence[AnswerRow]]:
        by_measure: dict[str, list[AnswerRow]] = defaultdict(list)
        for row in self.answers:
            by_measure[row.variable.measure].append(row)
        return by_measure

    @cached_property
    def _by_question(self) -> Mapping[tuple[str, str], Sequence[AnswerRow]]:
        by_question: dict[tuple[str, str], list[AnswerRow]] = defaultdict(list)
        for row in self.answers:
            if not row.item:
                by_question[row.variable.section.id, row.question].append(row)
        return by_question


def read_reflection(repository: Repository, round_id: str, as_at: datetime | None = None) -> RoundData:
    """What was collected in a round of self-reflection, as it was at an earlier moment where one is given.

    Raises DomainError: unknown_round, not_open (a draft has no answers), not_reflection; Unreadable when the round
    itself cannot be read.
    """
    snapshot = load_snapshot(repository, round_id)
    if snapshot.questionnaire.respondent != "cluster":
        raise DomainError("not_reflection", round=round_id)
    return read_round_data(repository, snapshot, as_at)


def read_round_data(repository: Repository, snapshot: RoundSnapshot, as_at: datetime | None = None) -> RoundData:
    """What was collected in a round of clusters, with what of it cannot be read; or what was at an earlier moment."""
    where = place(snapshot.round.id, REFLECTION)
    records: dict[str, Record] = {}
    unreadable: list[Unreadable] = []
    digest = hashlib.sha256()
    for key, record in repository.read_all(where):
        if isinstance(record, Unreadable):
            unreadable.append(record)
            digest.update(f"{record}\n".encode())
        elif kept := _earlier(record, as_at) if as_at else record:
            records[key] = kept
            digest.update(orjson.dumps([key, kept], option=orjson.OPT_SORT_KEYS))
    lost = {fault.key for fault in unreadable}
    unlisted = (key for key in records if snapshot.clusters.cluster(key) is None)
    unreadable += [Unreadable(where, key, "the round’s list has no such cluster") for key in unlisted]
    variables = variables_of_round(snapshot)
    of_page = parts_by_page(variables)
    changes = [snapshot.round.opens] if snapshot.round.opens else []
    clusters: dict[str, ResponseStanding] = {}
    answers: list[AnswerRow] = []
    files: dict[str, tuple[AttachedFile, ...]] = {}
    for cluster in snapshot.clusters.clusters:
        response = None
        try:
            if cluster.code in records:
                response = response_from(records[cluster.code])
                changes += [datetime.fromisoformat(entry["at"]) for entry in response.history]
                changes += [response.last_saved] if response.last_saved else []
            rows = _answer_rows(snapshot, of_page, cluster, response)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            reason = f"the record is not a response ({type(fault).__name__}: {fault})"
            unreadable.append(Unreadable(where, cluster.code, reason))
            lost.add(cluster.code)
            rows = _answer_rows(snapshot, of_page, cluster, response := None)
        answers += rows
        files[cluster.code] = response.counted.files if response and response.counted else ()
        clusters[cluster.code] = _standing(cluster, response, cluster.code in lost)
    return RoundData(
        snapshot=snapshot,
        clusters=clusters,
        answers=tuple(answers),
        variables=variables,
        files=files,
        unreadable=tuple(sorted(unreadable, key=lambda fault: fault.key)),
        changed=max(changes),
        digest=digest.hexdigest(),
    )


def _earlier(record: Record, as_at: datetime) -> Record | None:
    """The record as it was; as it is when it is no response’s, which is told when it is read."""
    try:
        return record_as_at(record, as_at)
    except (AttributeError, KeyError, TypeError, ValueError):
        return record


def _standing(cluster: Cluster, response: Response | None, is_lost: bool) -> ResponseStanding:
    counted = response.counted if response else None
    status = response.status if response else UNREADABLE if is_lost else "not_started"
    submitted = (counted.submitted_at, counted.submitted_in) if counted else (None, "")
    return ResponseStanding(cluster.health_board, status, counted is not None, *submitted)


def _answer_rows(
    snapshot: RoundSnapshot, of_page: Mapping[str, Sequence[Parts]], cluster: Cluster, response: Response | None
) -> list[AnswerRow]:
    instrument = snapshot.instrument(cluster.code)
    put = [
        parts
        for page in instrument.submitted_pages
        for parts in of_page.get(page.key, ())
        if parts[0].question.follows is None or page.section.question(parts[0].question.id)
    ]
    counted = response.counted if response else None
    values = flat_values(instrument, counted, put) if counted else silent_values(put)
    return [AnswerRow(cluster.code, cluster.health_board, *flat) for flat in values]
