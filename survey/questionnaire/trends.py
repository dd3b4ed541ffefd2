"""What becomes of the questions of the year before: which go on, which break the row of years, are new or gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from survey.questionnaire.continuity import same_question
from survey.questionnaire.definition import Question, Questionnaire, Text
from survey.questionnaire.texts import messages
from survey.questionnaire.types import answer_type

Fate = Literal["goes_on", "breaks", "new", "gone"]
Why = Literal["", "type", "options", "parts", "level_rule", "words"]


@dataclass(frozen=True, slots=True)
class Trend:
    """A question with what becomes of the answers before. `is_counted`: reports have tables for what it feeds.

    One that goes on with other “words” may ask something else now, which is for people to judge.
    """

    section: str
    question: Question
    fate: Fate
    why: Why = ""

    @property
    def label(self) -> Text:
        return self.question.label

    @property
    def is_counted(self) -> bool:
        return self.question.measure is not None


def trends(now: Questionnaire, before: Questionnaire) -> list[Trend]:
    """Every question of an edition in its order, then those of the one before that it does not ask any more."""
    asked = list(_trends_now(now, before))
    continued = {id(earlier) for _, earlier in _pairs(now, before) if earlier is not None}
    gone = [
        Trend(section.id, question, "gone")
        for section in before.sections
        for question in section.questions
        if id(question) not in continued
    ]
    return asked + gone


def _trends_now(now: Questionnaire, before: Questionnaire) -> Iterator[Trend]:
    has_other_rule = now.level_rule != before.level_rule
    for (section, question), earlier in _pairs(now, before):
        if earlier is None:
            yield Trend(section, question, "new")
            continue
        why = _break(question, earlier)
        if not why and has_other_rule and question.calculate:
            why = "level_rule"
        if why:
            yield Trend(section, question, "breaks", why)
        else:
            yield Trend(section, question, "goes_on", "" if _words(question) == _words(earlier) else "words")


def _pairs(now: Questionnaire, before: Questionnaire) -> Iterator[tuple[tuple[str, Question], Question | None]]:
    for section in now.sections:
        for question in section.questions:
            yield (section.id, question), same_question(section, question, before)


def _break(question: Question, earlier: Question) -> Why:
    """What makes its answers others than they were: those of both years cannot stand in one row."""
    if answer_type(question) is not answer_type(earlier):
        return "type"
    if _codes(question) != _codes(earlier):
        return "options"
    return "parts" if _parts(question) != _parts(earlier) else ""


def _words(question: Question) -> list[str]:
    return [message.text for message in messages(question)]


def _codes(question: Question) -> frozenset[str]:
    return frozenset(option.code for option in question.options)


def _parts(question: Question) -> object:
    """What is answered one by one in a question: the rows and columns of a table, the questions of a group."""
    rows = {row.id for row in question.rows}
    columns = {column.id: {option.code for option in column.options} for column in question.columns}
    within = {inner.id: (inner.type, _codes(inner)) for inner in question.questions}
    return rows, columns, within
