"""Example answers to a whole questionnaire, whatever it asks: for authors who look at its pages.

They follow from the number of the example alone: the same whenever somebody looks. Each example goes another way where
the answers lead apart.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from survey.demonstration.story import chance
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.limits import Known, bound_of
from survey.questionnaire.lists import narrowed
from survey.questionnaire.types import ExportField, answer_type
from survey.questionnaire.types.group import asked_of
from survey.questionnaire.walk import Instrument

ITEMS = 2
MOST_TO_TICK = 3
RANGE = 40
DAYS = 200
WRITTEN: Mapping[str, str] = {
    "postcode": "CF99 1SN",
    "phone": "029 2018 0123",
    "ods_code": "W91001",
}
"""By the form of a text: the Senedd’s postcode, a number that Ofcom keeps for drama, a code of a practice."""

ExampleAnswers = dict[str, dict[str, Any]]


def example_answers(instrument: Instrument, today: date, words: str, number: int) -> ExampleAnswers:
    """By page key, answers to everything that is asked in the example of this number. `words` is what is written."""
    answers: ExampleAnswers = {}
    for page in instrument.pages:
        on_page = answers.setdefault(page.key, {})
        while True:
            path = instrument.walk(answers, today)
            asked = path.asked.get(page.key, ())
            left = [
                question for question in asked if answer_type(question).stores_answer and question.id not in on_page
            ]
            if not left:
                break
            for question in _until_one_depends(left):
                die = chance("example", str(number), page.key, question.id)
                on_page[question.id] = _Example(words, die, path.known_on(page), page.outcome).answer(question)
        answers[page.key] = {name: answer for name, answer in on_page.items() if answer is not None}
    return answers


def _until_one_depends(questions: list[Question]) -> Iterator[Question]:
    """The first of some questions, and those after it up to one whose answer is held against others."""
    for number, question in enumerate(questions):
        if number and (question.limits or question.filtered_by):
            return
        yield question


@dataclass(frozen=True, slots=True)
class _Example:
    words: str
    die: random.Random
    known: Known
    outcome: Outcome | None

    def answer(self, question: Question) -> Any:
        """A sound answer to a question, in canonical form; None where there is none."""
        if answer_type(question).repeats:
            return [self._item(question, number) for number in range(min(ITEMS, question.most or ITEMS))]
        kind, offered = answer_type(question), narrowed(question, self.known.lookup)
        raw = kind.from_values(offered, self._values(offered))
        reading = kind.read(question, raw, self.outcome)
        return None if reading.problems else reading.answer

    def _item(self, group: Question, number: int) -> dict[str, Any]:
        item: dict[str, Any] = {"id": f"example{number}"}
        for child in group.questions:
            if child in asked_of(group.questions, item)[0]:
                within = replace(self, known=Known(item.get, self.known.today))
                answer = within.answer(child)
                item |= {} if answer is None else {child.id: answer}
        return item

    def _values(self, question: Question) -> dict[str, Any]:
        """What stands in each flat column of the answer."""
        fields = answer_type(question).fields(question, self.outcome)
        kinds = {field.kind for field in fields}
        if "flag" in kinds:
            return self._ticked(question, [field.suffix for field in fields if field.kind == "flag"])
        if "rank" in kinds:
            ranked = self.die.sample(fields, min(question.most or len(fields), len(fields)))
            return {field.suffix: place for place, field in enumerate(ranked, start=1)}
        return {field.suffix: self._value(question, field) for field in fields}

    def _ticked(self, question: Question, suffixes: list[str]) -> dict[str, Any]:
        together = [option.code for option in question.options if not option.exclusive] or suffixes
        most = min(question.most or MOST_TO_TICK, len(together))
        ticked = self.die.sample(together, self.die.randint(1, most))
        return {suffix: suffix in ticked for suffix in suffixes}

    def _value(self, question: Question, field: ExportField) -> Any:
        if field.options:
            return self.die.choice(field.options).code
        match field.kind:
            case "date":
                return self._day(question)
            case "integer" | "decimal":
                return self._number(question, field.kind == "decimal")
        text = WRITTEN.get(question.format or "") or answer_type(question).example_words or self.words
        return text[: question.max_length]

    def _number(self, question: Question, has_decimals: bool) -> float | None:
        kind = answer_type(question)
        _, highest = kind.bounds(question) or (0, RANGE)
        least = question.minimum if question.minimum is not None else min(kind.example_least, highest)
        most = question.maximum if question.maximum is not None else min(least + RANGE, highest)
        for limit in question.limits:
            bound = bound_of(limit, self.known)
            if bound is not None and limit.end == "least":
                least, most = max(least, bound), max(most, bound)
            elif bound is not None:
                most = min(most, bound)
        if least > most:
            return None
        number = round(self.die.uniform(least, most), 1) if has_decimals else self.die.randint(int(least), int(most))
        return min(max(number, least), most)

    def _day(self, question: Question) -> str | None:
        today = self.known.today or date.min
        ends = {"least": (today - timedelta(DAYS)).isoformat(), "most": (today + timedelta(DAYS)).isoformat()}
        for limit in question.limits:
            ends[limit.end] = bound_of(limit, self.known) or ends[limit.end]
        first, last = (date.fromisoformat(ends[end]) for end in ("least", "most"))
        if first > last and not any(limit.end == "most" for limit in question.limits):
            last = first + timedelta(DAYS)
        elif first > last and not any(limit.end == "least" for limit in question.limits):
            first = last - timedelta(DAYS)
        if first > last:
            return None
        return (first + timedelta(self.die.randint(0, (last - first).days))).isoformat()
