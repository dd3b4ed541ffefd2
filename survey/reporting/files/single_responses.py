"""Single responses of an anonymous round as data, and what people wrote in it: two files that nothing joins.

**Responses**: a row each, in the order of random ids, which are not written. They hold no name, yet profession, cluster
and the rest together can point to one person: whoever has the file treats it as personal data, and its name says so.
Free text is not in it, nor are repeating groups; codes are those of the codebook. Not asked and not answered are told
apart as in `responses`.

**Comments**: the texts that the national team has read and released, as they go out (`collection.reading`): one a row
and nothing beside it, not who may have written it, nor which texts are of one person. Their order tells nothing of the
order in which they came, nor of the rows of the responses.

Whether either may be written at all is for `collection.responses.anonymous` to say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from survey.collection.responses.anonymous import AnonymousResponse, read_responses
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Walk
from survey.reporting.files.data_file import Cell, DataFile, titled
from survey.reporting.records.people import counted_variables
from survey.reporting.records.table_schema import Field, single_response_fields, words
from survey.reporting.records.variables import Variable
from survey.reporting.xlsx.description import Shorthand
from survey.storage.repository import Repository, Unreadable

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
COMMENT = Phrase("data field", "What somebody wrote, as it was released")


@dataclass(frozen=True, slots=True)
class SingleResponses:
    """The responses of a round that can be read, and their variables; `unreadable` are the others."""

    snapshot: RoundSnapshot
    variables: tuple[Variable, ...]
    responses: tuple[AnonymousResponse, ...]
    unreadable: tuple[Unreadable, ...]

    def walk(self, response: AnonymousResponse) -> Walk:
        """The way of a response through its questionnaire."""
        return self.snapshot.instrument(response.cluster).walk(response.answers)


def read_single_responses(repository: Repository, snapshot: RoundSnapshot) -> SingleResponses:
    """The responses of an anonymous round."""
    responses = list(read_responses(repository, snapshot))
    return SingleResponses(
        snapshot,
        counted_variables(snapshot),
        tuple(response for response in responses if not isinstance(response, Unreadable)),
        tuple(fault for fault in responses if isinstance(fault, Unreadable)),
    )


def single_responses_file(data: SingleResponses) -> DataFile:
    """Rows with `[z]` not asked, `[x]` not answered; JSON Lines without what was not asked, null for no answer."""
    names = [variable.name for variable in data.variables]
    return DataFile(
        data.snapshot.round,
        "personal-data",
        titled(data.snapshot),
        _closed(data.snapshot),
        single_response_fields(data.snapshot, data.variables),
        ([*first.values(), *(_cell(answers, name) for name in names)] for first, answers in _rows(data)),
        ({**first, "answers": answers} for first, answers in _rows(data)),
    )


def comments_file(snapshot: RoundSnapshot, released: tuple[str, ...]) -> DataFile:
    """One column, “comment”. No spreadsheet takes a text for a formula."""
    return DataFile(
        snapshot.round,
        "released-comments",
        titled(snapshot),
        _closed(snapshot),
        (Field("comment", "text", words(COMMENT)),),
        ((comment,) for comment in released),
        ({"comment": comment} for comment in released),
    )


def _closed(snapshot: RoundSnapshot) -> datetime:
    """When the round closed: nothing of single responses tells when they came."""
    return snapshot.round.closes or NEVER


def _rows(data: SingleResponses) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """Of each response whose it is and, by the names of the variables that were asked, its answers."""
    for response in data.responses:
        first = {
            "cluster": response.cluster,
            "health_board": data.snapshot.cluster(response.cluster).health_board,
            "submitted_in": response.submitted_in,
        }
        yield first, dict(_answers(data, data.walk(response)))


def _answers(data: SingleResponses, path: Walk) -> Iterator[tuple[str, Any]]:
    taken: dict[tuple[str, str], Mapping[str, Any]] = {}
    for variable in data.variables:
        page, question = variable.page, variable.question
        if question not in path.asked.get(page.key, ()):
            continue
        where = (page.key, question.id)
        if where not in taken:
            answer = path.answers[page.key].get(question.id)
            taken[where] = {} if answer is None else answer_type(question).as_data(question, answer, page.outcome)
        yield variable.name, taken[where].get(variable.suffix)


def _cell(answers: Mapping[str, Any], name: str) -> Cell:
    answer = answers.get(name, Shorthand.NOT_APPLICABLE)
    return Shorthand.NOT_AVAILABLE if answer is None else answer
