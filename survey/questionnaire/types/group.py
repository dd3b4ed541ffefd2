"""A repeating group: the same few questions, any number of times."""

import re
from collections.abc import Mapping
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.limits import Known
from survey.questionnaire.problems import Problem
from survey.questionnaire.rules import holds
from survey.questionnaire.types.base import (
    AnswerContext,
    AnswerLine,
    AnswerType,
    ExportField,
    Reading,
    Value,
    answer_type,
    fault,
)

MOST_ITEMS = 10
_ITEM_ID = re.compile(r"[a-z0-9]{1,32}")

Item = dict[str, Any]


class Group(AnswerType):
    """Items of child questions. Answer: a list of `{"id": stable id, child id: answer, …}` in the order given."""

    name = "group"
    properties = frozenset({"questions", "item_label", "add_label", "most", "takes_files"})
    counted_as = "items"
    repeats = True
    may_repeat = False

    def effort(self, question: Question, outcome: Outcome | None) -> int:
        """That of one item."""
        return sum(answer_type(child).effort(child, outcome) for child in question.questions)

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """An item in which nothing was answered is kept: its id may be on another screen."""
        if raw is None or raw == []:
            return Reading()
        if not isinstance(raw, list) or not all(_is_item(item) for item in raw):
            return fault("wrong_shape")
        if len({item["id"] for item in raw}) < len(raw):
            return fault("repeated")
        children = {child.id: child for child in question.questions}
        problems: list[Problem] = []
        answer: list[Item] = []
        for item in raw:
            item_id = item["id"]
            problems += [
                Problem("unknown_part", {}, f"{item_id}.{part}")
                for part in item
                if part != "id" and part not in children
            ]
            read_item: Item = {"id": item_id}
            for child in question.questions:
                reading = answer_type(child).read(child, item.get(child.id), outcome)
                problems += [problem.at(f"{item_id}.{child.id}") for problem in reading.problems]
                if reading.answer is not None:
                    read_item[child.id] = reading.answer
            answer.append(read_item)
        if len(answer) > self.most(question):
            problems.append(Problem("too_many_items", {"most": self.most(question)}))
        return Reading(answer, tuple(problems))

    @staticmethod
    def most(question: Question) -> int:
        """How many items there may be."""
        return question.most or MOST_ITEMS

    @staticmethod
    def asked(question: Question, item: Item) -> tuple[Question, ...]:
        """The children that this item is asked."""
        return asked_of(question.questions, item)[0]

    def on_path(self, question: Question, answer: list[Item]) -> list[Item]:
        return [{"id": item["id"]} | asked_of(question.questions, item)[1] for item in answer]

    def beyond(self, question: Question, answer: list[Item], known: Known) -> tuple[Problem, ...]:
        """Of each item; a limit inside a group sees only the item, as a rule does."""
        return tuple(
            problem.at(f"{item['id']}.{child.id}")
            for item in answer
            for asked, given in (asked_of(question.questions, item),)
            for child in asked
            if child.id in given
            for problem in answer_type(child).beyond(child, given[child.id], Known(given.get, known.today))
        )

    def gaps(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        return self.missing(question, answer, outcome)

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """What each item lacks; the group itself only when it is required and has no item."""
        if not answer:
            return (Problem("missing"),) if question.required else ()
        return tuple(
            problem.at(f"{item['id']}.{child.id}")
            for item in answer
            for child in self.asked(question, item)
            for problem in answer_type(child).gaps(child, item.get(child.id), outcome)
        )

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """Item numbers count from 1: `2.title` is the title of the second item."""
        return tuple(
            ExportField(_suffix(number, child, field.suffix), field.kind, field.label or child.label, field.options)
            for number in range(1, self.most(question) + 1)
            for child in question.questions
            for field in answer_type(child).fields(child, outcome)
        )

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, Value]:
        return {
            _suffix(number, child, suffix): value
            for number, item in enumerate(answer, start=1)
            for child in question.questions
            if child.id in item
            for suffix, value in answer_type(child).values(child, item[child.id], outcome).items()
        }

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [
            AnswerLine(line.text, f"{number}. {context.texts(child.label)}", line.verbatim)
            for number, item in enumerate(answer, start=1)
            for child in self.asked(question, item)
            if child.id in item
            for line in answer_type(child).lines(child, item[child.id], context)
        ]


def asked_of(questions: tuple[Question, ...], given: Mapping[str, Any]) -> tuple[tuple[Question, ...], Item]:
    """Which questions an item with these answers is asked, and its answers to those."""
    asked: list[Question] = []
    on_path: Item = {}
    for child in questions:
        if holds(child.show_when, on_path.get):
            asked.append(child)
            if child.id in given:
                on_path[child.id] = given[child.id]
    return tuple(asked), on_path


def _suffix(number: int, child: Question, suffix: str) -> str:
    return ".".join(filter(None, (str(number), child.id, suffix)))


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str) and bool(_ITEM_ID.fullmatch(value["id"]))
