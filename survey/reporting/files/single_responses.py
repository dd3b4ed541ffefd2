"""Single responses of an anonymous round as data: a row each, in the order of random ids, which are not written.

They hold no name, yet profession, cluster and the rest together can point to one person: whoever has the file treats it
as personal data, and its name says so. Free text is not in it (`comments` has that), nor are repeating groups; codes
are those of the codebook. Not asked and not answered are told apart as in `responses`. Whether it may be written at
all is for `collection.responses.anonymous` to say.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.collection.responses.anonymous import AnonymousResponse, read_responses
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Walk
from survey.reporting.files.data_formats import csv_of, json_lines_of
from survey.reporting.records.people import counted_variables
from survey.reporting.records.variables import Variable
from survey.reporting.xlsx.description import Shorthand
from survey.storage.repository import Repository, Unreadable


@dataclass(frozen=True, slots=True)
class SingleResponses:
    """What is to be written: the variables, and the responses that can be read; `unreadable` are the others."""

    snapshot: RoundSnapshot
    variables: tuple[Variable, ...]
    responses: tuple[AnonymousResponse, ...]
    unreadable: tuple[Unreadable, ...]


def read_single_responses(repository: Repository, snapshot: RoundSnapshot) -> SingleResponses:
    """The responses of an anonymous round."""
    responses = list(read_responses(repository, snapshot))
    return SingleResponses(
        snapshot,
        counted_variables(snapshot),
        tuple(response for response in responses if not isinstance(response, Unreadable)),
        tuple(fault for fault in responses if isinstance(fault, Unreadable)),
    )


def single_responses_file_name(of_round: Round, format_name: str) -> str:
    """“personal-data-ws-2026-2026-27.csv”: codes, so no language, and what it is."""
    return f"personal-data-{of_round.id}-{of_round.reporting_year}.{format_name}"


def as_csv(data: SingleResponses) -> bytes:
    """CSV: `[z]` not asked, `[x]` not answered."""
    header = ["cluster", "health_board", "submitted_in", *(variable.name for variable in data.variables)]
    return csv_of(
        header, ([*row.first.values(), *(_cell(row, variable) for variable in data.variables)] for row in _rows(data))
    )


def as_json_lines(data: SingleResponses) -> bytes:
    """JSON Lines: a variable that was not asked is absent, one without an answer is null."""
    return json_lines_of(
        {
            **row.first,
            "answers": {
                variable.name: row.values.get(variable.name) for variable in data.variables if row.asks(variable)
            },
        }
        for row in _rows(data)
    )


FORMATS: Mapping[str, Callable[[SingleResponses], bytes]] = {"csv": as_csv, "jsonl": as_json_lines}


@dataclass(frozen=True, slots=True)
class _Row:
    first: Mapping[str, str]
    values: Mapping[str, Any]
    path: Walk

    def asks(self, variable: Variable) -> bool:
        return variable.question in self.path.asked.get(variable.page.key, ())


def _rows(data: SingleResponses) -> Iterator[_Row]:
    for response in data.responses:
        path = data.snapshot.instrument(response.cluster).walk(response.answers)
        first = {
            "cluster": response.cluster,
            "health_board": data.snapshot.cluster(response.cluster).health_board,
            "submitted_in": response.submitted_in,
        }
        yield _Row(first, dict(_values(data, path)), path)


def _values(data: SingleResponses, path: Walk) -> Iterator[tuple[str, Any]]:
    taken: dict[tuple[str, str], Mapping[str, Any]] = {}
    for variable in data.variables:
        page, question = variable.page, variable.question
        answer = path.answers.get(page.key, {}).get(question.id)
        if answer is None:
            continue
        where = (page.key, question.id)
        if where not in taken:
            taken[where] = answer_type(question).values(question, answer, page.outcome)
        if variable.suffix in taken[where]:
            yield variable.name, taken[where][variable.suffix]


def _cell(row: _Row, variable: Variable) -> Any:
    if variable.name in row.values:
        return row.values[variable.name]
    return (Shorthand.NOT_AVAILABLE if row.asks(variable) else Shorthand.NOT_APPLICABLE).value
