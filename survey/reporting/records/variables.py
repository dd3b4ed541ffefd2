"""The flat columns of a round, one variable for each value that an answer can hold, and what a response has in them.

Names are stable and made of ids only: `about.participants.dental`, `outcome.pcmw-01.level`,
`outcome.pcmw-01.criteria.pcmw-01.f1`, `good_practice.examples.2.title`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from survey.collection.reading.texts import WITHHELD
from survey.collection.responses.response import Submission
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.types import ExportField, Value, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Instrument, Page

AnswerState = Literal["answered", "not_answered", "not_asked", "no_response"]
ANSWERED: AnswerState = "answered"
NOT_ANSWERED: AnswerState = "not_answered"
NOT_ASKED: AnswerState = "not_asked"
NO_RESPONSE: AnswerState = "no_response"


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One flat column. `question` is that of the section; `child` and `item` (from 1) are set inside a group."""

    name: str
    page: Page
    question: Question
    field: ExportField
    suffix: str
    child: Question | None = None
    item: int | None = None

    @property
    def asks(self) -> Question:
        """The question whose answer the value is part of: the group's child, or the question itself."""
        return self.child or self.question

    @property
    def section(self) -> Section:
        """The section it belongs to."""
        return self.page.section

    @property
    def outcome(self) -> str:
        """The id of the outcome that its page, or what it follows up, is about, or nothing."""
        follows = self.question.follows
        return self.page.outcome.id if self.page.outcome else follows.outcome if follows else ""

    @property
    def measure(self) -> str:
        """The measure its question feeds, or nothing."""
        return self.asks.measure or ""


Flat = tuple[Variable, Value | None, AnswerState, str]
"""A variable, its value for one cluster, the state of that, and the language of a free text, else nothing."""


def variables_of_round(snapshot: RoundSnapshot) -> tuple[Variable, ...]:
    """Every variable that any cluster of the round can have, in the order of the questionnaire.

    What is withheld from every report is not among them.
    """
    return tuple(variable for page in snapshot.instrument_of_all().submitted_pages for variable in _of_page(page))


def _of_page(page: Page) -> Iterator[Variable]:
    for question in page.section.questions:
        if question.measure in WITHHELD:
            continue
        if answer_type(question).repeats:
            yield from _of_group(page, question)
            continue
        for field in answer_type(question).fields(question, page.outcome):
            yield Variable(_name(page, question.id, field.suffix), page, question, field, field.suffix)


def _of_group(page: Page, question: Question) -> Iterator[Variable]:
    for item in range(1, Group.most(question) + 1):
        for child in question.questions:
            if child.measure in WITHHELD:
                continue
            for field in answer_type(child).fields(child, page.outcome):
                name = _name(page, question.id, str(item), child.id, field.suffix)
                yield Variable(name, page, question, field, field.suffix, child, item)


def _name(page: Page, *parts: str) -> str:
    return ".".join((page.key.replace("/", "."), *filter(None, parts)))


Parts = tuple[Variable, ...]
"""The variables of one answer."""


def parts_by_page(variables: Iterable[Variable]) -> dict[str, tuple[Parts, ...]]:
    """The variables of each answer together, by the key of its page."""
    by_page: dict[str, list[Parts]] = {}
    for (page, _, _), parts in groupby(
        variables, key=lambda variable: (variable.page.key, variable.asks, variable.item)
    ):
        by_page.setdefault(page, []).append(tuple(parts))
    return {page: tuple(answers) for page, answers in by_page.items()}


def silent_values(answers: Iterable[Parts]) -> Iterator[Flat]:
    """What a cluster has whose response does not count yet. Of a group it has nothing."""
    for parts in answers:
        for variable in parts:
            if variable.item is None:
                yield variable, None, NO_RESPONSE, ""


def flat_values(instrument: Instrument, submission: Submission, answers: Iterable[Parts]) -> Iterator[Flat]:
    """The values of the variables of some answers in a submission. Group items beyond those given are left out."""
    walk = instrument.walk(submission.answers)
    asked = {(page, question.id): question for page, questions in walk.asked.items() for question in questions}
    put: dict[tuple[str, str, int], frozenset[str]] = {}
    for parts in answers:
        variable = parts[0]
        page, question, child = variable.page.key, variable.question, variable.child
        if variable.item is None or child is None:
            is_asked, mark = (page, question.id) in asked, question.id
            answer = walk.value(page, question.id)
        else:
            items = walk.answers.get(page, {}).get(question.id, [])
            if variable.item > len(items):
                continue
            item, place = items[variable.item - 1], (page, question.id, variable.item)
            if place not in put:
                put[place] = frozenset(each.id for each in Group.asked(question, item))
            is_asked = child.id in put[place]
            answer, mark = item.get(child.id), f"{question.id}/{item['id']}/{child.id}"
        written_in = submission.written_in.get(page, {}).get(mark, submission.submitted_in)
        if is_asked and answer_type(question).quotes and (follows := asked[page, question.id].follows):
            written_in = follows.written_in
        yield from _parts(parts, is_asked, answer, written_in)


def _parts(variables: Sequence[Variable], is_asked: bool, answer: Any, written_in: str) -> list[Flat]:
    """What one answer holds for each of its variables."""
    if not is_asked:
        return [(variable, None, NOT_ASKED, "") for variable in variables]
    if answer is None:
        return [(variable, None, NOT_ANSWERED, "") for variable in variables]
    asks, kind = variables[0].asks, answer_type(variables[0].asks)
    values = kind.as_data(asks, answer, variables[0].page.outcome)
    spoken = written_in if kind.free_text else ""
    return [
        (variable, values[variable.suffix], ANSWERED, spoken)
        if variable.suffix in values
        else (variable, None, NOT_ANSWERED, "")
        for variable in variables
    ]
