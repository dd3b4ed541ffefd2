"""One response as flat values: what each variable holds for a cluster, or why it holds nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from survey.collection.responses.response import Submission
from survey.questionnaire.definition import Question
from survey.questionnaire.types import Value, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Instrument, Walk
from survey.reporting.records.variables import Variable

State = Literal["answered", "not_answered", "not_asked", "no_response"]
ANSWERED: State = "answered"
NOT_ANSWERED: State = "not_answered"
NOT_ASKED: State = "not_asked"
NO_RESPONSE: State = "no_response"


class Flat(NamedTuple):
    """A variable's value for one cluster. `written_in` is the language of a free text, else nothing."""

    variable: Variable
    value: Value | None
    state: State
    written_in: str


def silent_values(variables: Iterable[Variable]) -> Iterator[Flat]:
    """What a cluster has whose response does not count yet. Of a group it has nothing."""
    for variable in variables:
        if variable.item is None:
            yield Flat(variable, None, NO_RESPONSE, "")


def flat_values(instrument: Instrument, submission: Submission, variables: Iterable[Variable]) -> Iterator[Flat]:
    """The values of `variables` in a submission. Group items beyond those given are left out."""
    reading = _Reading(instrument.walk(submission.answers), submission)
    for variable in variables:
        if variable.item is None:
            yield reading.value(variable)
        else:
            yield from reading.item_value(variable)


class _Reading:
    """One submission being read, each answer taken apart once."""

    def __init__(self, path: Walk, submission: Submission) -> None:
        self._path = path
        self._submission = submission
        self._asked = {key: {question.id for question in asked} for key, asked in path.asked.items()}
        self._values: dict[tuple[str, ...], Mapping[str, Value]] = {}

    def value(self, variable: Variable) -> Flat:
        page, question = variable.page.key, variable.question
        if question.id not in self._asked.get(page, ()):
            return Flat(variable, None, NOT_ASKED, "")
        answer = self._path.value(page, question.id)
        values = self._taken_apart((page, question.id), question, answer, variable)
        return self._flat(variable, values, question.id)

    def item_value(self, variable: Variable) -> Iterator[Flat]:
        page, question, child = variable.page.key, variable.question, variable.asks
        items = self._path.answers.get(page, {}).get(question.id, [])
        place = (variable.item or 1) - 1
        if place >= len(items):
            return
        item = items[place]
        if child.id not in {asked.id for asked in Group.asked(question, item)}:
            yield Flat(variable, None, NOT_ASKED, "")
            return
        where = (page, question.id, item["id"], child.id)
        values = self._taken_apart(where, child, item.get(child.id), variable)
        yield self._flat(variable, values, f"{question.id}/{item['id']}/{child.id}")

    def _taken_apart(
        self, where: tuple[str, ...], question: Question, answer: Any, variable: Variable
    ) -> Mapping[str, Value]:
        if where not in self._values:
            empty: Mapping[str, Value] = {}
            outcome = variable.page.outcome
            self._values[where] = empty if answer is None else answer_type(question).values(question, answer, outcome)
        return self._values[where]

    def _flat(self, variable: Variable, values: Mapping[str, Value], mark: str) -> Flat:
        if variable.suffix not in values:
            return Flat(variable, None, NOT_ANSWERED, "")
        written_in = ""
        if answer_type(variable.asks).free_text:
            marks = self._submission.written_in.get(variable.page.key, {})
            written_in = marks.get(mark, self._submission.submitted_in)
        return Flat(variable, values[variable.suffix], ANSWERED, written_in)
