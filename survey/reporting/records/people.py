"""The responses of an anonymous round as columns of numbers, ready to be counted.

A row for each response, in the order of random ids, and these columns:

    cluster, board     place in `People.clusters`, `People.boards`
    <variable>         for each coded variable of the round, by its name (`role.profession`): the place of the option
                       for a code, 1 or 0 for a flag, the rank, or the number; NOTHING where there is no answer

Of a date it only has that there is one (1). Free text is not in it: it waits for a person's release.
"""

import hashlib
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress, groupby
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import AnonymousResponse, read_responses, responses_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types import Value, answer_type
from survey.reporting.records.variables import Variable, variables_of_round
from survey.storage.repository import Repository, Unreadable

NOTHING = float("nan")
CLUSTER, BOARD = "cluster", "board"
COUNTED_KINDS = frozenset({"code", "flag", "rank", "integer", "decimal"})
ONLY_THERE = frozenset({"date"})
MOST_KNOWN = 2_000
"""How many answers to a question are remembered while responses are read."""
NumberColumn = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class People:
    """What people answered in a round. `variables` are those of `columns` after the first two, `digest` is the
    SHA-256 of what was read, `unreadable` the records that could not be, `keys` name the response of each row."""

    snapshot: RoundSnapshot
    columns: Mapping[str, NumberColumn]
    variables: tuple[Variable, ...]
    unreadable: tuple[Unreadable, ...]
    digest: str
    keys: tuple[str, ...] = ()

    def among(self, keys: Collection[str]) -> "People":
        """Only those with some keys."""
        is_among = [key in keys for key in self.keys]
        rows = np.array(is_among, dtype=bool)
        columns = {name: column[rows] for name, column in self.columns.items()}
        return replace(self, columns=columns, keys=tuple(compress(self.keys, is_among)))

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.columns[CLUSTER])

    @cached_property
    def boards(self) -> tuple[str, ...]:
        """The codes of the health boards that have clusters, in the order of codes."""
        clusters = self.snapshot.clusters
        return tuple(board.code for board in clusters.health_boards if clusters.of_board(board.code))

    @cached_property
    def clusters(self) -> tuple[str, ...]:
        """The codes of the clusters."""
        return tuple(cluster.code for cluster in self.snapshot.clusters.clusters)


def read_closed(repository: Repository, snapshot: RoundSnapshot) -> People:
    """The responses of an anonymous round that has been closed for good. Raises DomainError("still_open") for another.

    Tables come out once, after close: those of a growing round could be subtracted from one another. A record that
    cannot be read is left out whole, and named.
    """
    if snapshot.round.status != "closed":
        raise DomainError("still_open", round=snapshot.round.id)
    variables = tuple(
        variable for variable in variables_of_round(snapshot) if variable.field.kind in COUNTED_KINDS | ONLY_THERE
    )
    reading = _Reading(snapshot, variables)
    unreadable: list[Unreadable] = []
    for response in read_responses(repository, snapshot):
        fault = response if isinstance(response, Unreadable) else reading.add(response)
        if fault is not None:
            unreadable.append(fault)
    return People(snapshot, reading.columns(), variables, tuple(unreadable), reading.digest, tuple(reading.keys))


def counted_variables(snapshot: RoundSnapshot) -> tuple[Variable, ...]:
    """The variables that can be counted, in the questionnaire's order."""
    return tuple(
        variable
        for variable in variables_of_round(snapshot)
        if variable.item is None and variable.field.kind in COUNTED_KINDS
    )


class _Reading:
    """The cells of all columns, gathered response by response."""

    def __init__(self, snapshot: RoundSnapshot, variables: tuple[Variable, ...]) -> None:
        self._frozen = snapshot
        self._variables = variables
        self._cells = bytearray()
        self._hash = hashlib.sha256()
        self.keys: list[str] = []
        boards = [board.code for board in snapshot.clusters.health_boards if snapshot.clusters.of_board(board.code)]
        self._places = {
            cluster.code: _bytes_of((place, boards.index(cluster.health_board)))
            for place, cluster in enumerate(snapshot.clusters.clusters)
        }
        questions = [
            tuple(parts) for _, parts in groupby(variables, key=lambda variable: (variable.page.key, variable.question))
        ]
        self._readers = [(parts[0].page.key, parts[0].question.id, _reader(parts)) for parts in questions]

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def add(self, response: AnonymousResponse) -> Unreadable | None:
        """Add a row; or, for a response that cannot be one of this round, say why."""
        try:
            answers, cells = response.answers, [self._places[response.cluster]]
            for page, question, read in self._readers:
                cells.append(read(answers[page].get(question) if page in answers else None))
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            # Not the fault's own words: they may hold an answer.
            reason = f"the record is not a response of this round ({type(fault).__name__})"
            return Unreadable(responses_of(self._frozen.round.id), response.id, reason)
        row = b"".join(cells)
        self._cells += row
        self.keys.append(response.key)
        self._hash.update(response.id.encode() + row)
        return None

    def columns(self) -> dict[str, NumberColumn]:
        names = [CLUSTER, BOARD, *(variable.name for variable in self._variables)]
        table = np.frombuffer(self._cells, dtype=np.float32).reshape(-1, len(names))
        return dict(zip(names, np.ascontiguousarray(table.T), strict=True))


def _reader(parts: Sequence[Variable]) -> Callable[[Any], bytes]:
    """What makes the answer to a question, or none, the cells of its variables. What many answer is made so once."""
    question, outcome = parts[0].question, parts[0].page.outcome
    kind = answer_type(question)
    numbers = {part.suffix: (place, numbers_of(part)) for place, part in enumerate(parts)}
    known: dict[Any, bytes] = {None: _bytes_of([NOTHING] * len(parts))}

    def cells(answer: Any) -> bytes:
        row = [NOTHING] * len(parts)
        for suffix, value in kind.values(question, answer, outcome).items():
            if (placed := numbers.get(suffix)) is not None:
                place, number = placed
                row[place] = number(value)
        return _bytes_of(row)

    def read(answer: Any) -> bytes:
        if isinstance(answer, dict):  # has many parts: it is nobody else’s
            return cells(answer)
        key = orjson.dumps(answer) if isinstance(answer, list) else answer
        row = known.get(key)
        if row is None:
            row = cells(answer)
            if len(known) < MOST_KNOWN:
                known[key] = row
        return row

    return read


def _bytes_of(numbers: Sequence[float]) -> bytes:
    """Numbers as they lie in the table."""
    return array("f", numbers).tobytes()


def numbers_of(variable: Variable) -> Callable[[Value], float]:
    """What makes a value of a variable the number that stands for it. It raises KeyError for no option."""
    if variable.field.kind in ONLY_THERE:
        return lambda _value: 1.0
    if variable.field.kind == "rank":
        return lambda rank: float(rank) or NOTHING
    if variable.field.kind != "code":
        return float
    places = {option.code: float(place) for place, option in enumerate(variable.field.options)}
    return places.__getitem__  # type: ignore[return-value]
