"""A round as pandas frames, for everything that adds answers up.

`RoundData.clusters` has a row for every cluster of the round's frozen list:

    index cluster · board · status · counted (bool) · submitted_at (datetime or None) · submitted_in ("" or a language)

`status` is that of the response, or `unreadable`. `counted` says that a submission of it counts.

`RoundData.answers` is long: a row for every cluster × variable of the pages it is asked, silent clusters included,
so that every base is in the frame itself:

    cluster · board · page · section · outcome · question · suffix · variable · measure · kind · item (0 outside groups)
    · value (None where there is none) · state · written_in

`state` is `answered`, `not_answered`, `not_asked` (a rule left the question out) or `no_response` (nothing of the
cluster counts yet). A page that is not put to a cluster has no rows for it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
import orjson
import pandas as pd

from survey.collection.errors import DomainError
from survey.collection.progress import UNREADABLE
from survey.collection.responses.as_at import record_as_at
from survey.collection.responses.response import REFLECTION, AttachedFile, Response, response_from
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.types import Value
from survey.reporting.records.variables import (
    State,
    Variable,
    flat_values,
    silent_values,
    variables_of_round,
)
from survey.storage.repository import Record, Repository, Unreadable

_CLUSTERS = ["cluster", "board", "status", "counted", "submitted_at", "submitted_in"]
_OF_VARIABLE = {
    "page": "page.key",
    "section": "section.id",
    "outcome": "outcome",
    "question": "question.id",
    "suffix": "suffix",
    "variable": "name",
    "measure": "measure",
    "kind": "field.kind",
}
"""The columns of `answers` that are a variable's, and where it has each."""

_ANSWERS = ["cluster", "board", *_OF_VARIABLE, "item", "value", "state", "written_in"]
_Answered = tuple[str, Variable, Value | None, State, str]
"""A cluster, then what is in a `Flat`."""
_described = attrgetter(*_OF_VARIABLE.values())


@dataclass(frozen=True, eq=False)
class RoundData:
    """What was collected in a round, as it stood when it was read. `changed` is the time of its last change,
    `digest` the SHA-256 of its records, `files` those attached to what counts, by cluster, `unreadable` the records
    that could not be read.
    """

    snapshot: RoundSnapshot
    clusters: pd.DataFrame
    answers: pd.DataFrame
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
        return int(self.clusters["counted"].sum())

    def of(self, measure: str) -> pd.DataFrame:
        """The rows of `answers` whose question feeds a measure."""
        return self._by_measure.get(measure, self.answers.iloc[:0])

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
            code: tuple(outcome.id for outcome in self.snapshot.instrument(code).outcomes)
            for code in self.clusters.index
        }

    @cached_property
    def _by_measure(self) -> dict[str, pd.DataFrame]:
        return {str(measure): rows for measure, rows in self.answers.groupby("measure", sort=False, observed=True)}


def read_reflection(repository: Repository, round_id: str, as_at: datetime | None = None) -> RoundData:
    """The frames of a round of self-reflection, as they were at an earlier moment where one is given.

    Raises DomainError: unknown_round, not_open (a draft has no answers), not_reflection; Unreadable when the round
    itself cannot be read.
    """
    snapshot = load_snapshot(repository, round_id)
    if snapshot.questionnaire.respondent != "cluster":
        raise DomainError("not_reflection", round=round_id)
    return read_round_data(repository, snapshot, as_at)


def read_round_data(repository: Repository, snapshot: RoundSnapshot, as_at: datetime | None = None) -> RoundData:
    """The frames of a round of clusters, with what of it cannot be read; the same as they were at an earlier moment."""
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
    of_page = {key: tuple(those) for key, those in groupby(variables, key=lambda variable: variable.page.key)}
    changes = [snapshot.round.opens] if snapshot.round.opens else []
    clusters: list[tuple[Any, ...]] = []
    answers: list[_Answered] = []
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
        clusters.append(_cluster_row(cluster, response, cluster.code in lost))
    return RoundData(
        snapshot=snapshot,
        clusters=pd.DataFrame(clusters, columns=_CLUSTERS, dtype=object).set_index("cluster"),
        answers=_frame(snapshot, variables, answers),
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


def _cluster_row(cluster: Cluster, response: Response | None, is_lost: bool) -> tuple[Any, ...]:
    counted = response.counted if response else None
    status = response.status if response else UNREADABLE if is_lost else "not_started"
    submitted = (counted.submitted_at, counted.submitted_in) if counted else (None, "")
    return cluster.code, cluster.health_board, status, counted is not None, *submitted


def _answer_rows(
    snapshot: RoundSnapshot, of_page: Mapping[str, tuple[Variable, ...]], cluster: Cluster, response: Response | None
) -> list[_Answered]:
    instrument = snapshot.instrument(cluster.code)
    variables = [
        variable
        for page in instrument.submitted_pages
        for variable in of_page.get(page.key, ())
        if variable.question.follows is None or page.section.question(variable.question.id)
    ]
    counted = response.counted if response else None
    values = flat_values(instrument, counted, variables) if counted else silent_values(variables)
    return [(cluster.code, *flat) for flat in values]


def _frame(snapshot: RoundSnapshot, variables: Sequence[Variable], answers: Sequence[_Answered]) -> pd.DataFrame:
    """`RoundData.answers`. What is a variable’s is worked out once for each, not for each answer."""
    place = {variable: place for place, variable in enumerate(variables)}
    put, places = np.unique([place[answer[1]] for answer in answers], return_inverse=True)
    described = pd.DataFrame([_described(variables[at]) for at in put], columns=[*_OF_VARIABLE], dtype=object)
    frame = described.astype("category").take(places).reset_index(drop=True)
    items = np.array([variables[at].item or 0 for at in put], dtype=int)
    boards = {cluster.code: cluster.health_board for cluster in snapshot.clusters.clusters}
    clusters, _, values, states, written_in = zip(*answers, strict=True) if answers else ((),) * 5
    others = {
        "cluster": clusters,
        "board": [boards[cluster] for cluster in clusters],
        "value": values,
        "state": states,
        "written_in": written_in,
    }
    for name, column in others.items():
        of_answers = pd.Series(column, dtype=object)
        frame[name] = of_answers if name in ("value", "written_in") else of_answers.astype("category")
    return frame.assign(item=items[places])[_ANSWERS]
