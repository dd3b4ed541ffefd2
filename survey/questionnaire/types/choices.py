"""Choosing among options: one, several, a point on a scale, a level of maturity, an order of preference."""

import random
from collections.abc import Mapping
from typing import Any, ClassVar

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.limits import Known
from survey.questionnaire.lists import belongs
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.base import (
    AnswerContext,
    AnswerLine,
    AnswerType,
    CountedAs,
    ExportField,
    Reading,
    fault,
)


class SingleChoice(AnswerType):
    """One option. Answer: its code."""

    name = "single_choice"
    properties = frozenset({"options", "option_set"})
    field_kind = "code"
    compares_as = "code"
    counted_as: ClassVar[CountedAs | None] = "choice"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or raw == "":
            return Reading()
        if not isinstance(raw, str):
            return fault("wrong_shape")
        return Reading(raw) if question.option(raw) else fault("not_an_option")

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        option = question.option(answer)
        return [AnswerLine(context.texts(option.label))] if option else []

    def made_up(self, question: Question, die: random.Random) -> str:
        return die.choice(question.options).code


class Scale(SingleChoice):
    """A point on an ordered scale: a single choice that is drawn in one line where there is room."""

    name = "scale"
    counted_as = "rating"


class Maturity(SingleChoice):
    """The level of maturity that a team judges itself to be at."""

    name = "maturity"
    counted_as = "level"
    seconds = 120
    needs_outcome = True
    levels_as_options = True


class ListChoice(SingleChoice):
    """One option of a list that is too long to be shown whole. Answer: its code."""

    name = "list_choice"
    properties = frozenset({"option_set", "filtered_by"})
    searched = True

    def beyond(self, question: Question, answer: Any, known: Known) -> tuple[Problem, ...]:
        """An option that does not belong to what was answered to the question that filters the list."""
        option = question.option(answer)
        given = known.lookup(question.filtered_by) if question.filtered_by else None
        return () if option is None or belongs(option, given) else (Problem("of_another_answer"),)


class MultipleChoice(AnswerType):
    """Any number of options, or one that excludes the others. Answer: codes in the order of the options."""

    name = "multiple_choice"
    properties = frozenset({"options", "option_set", "most"})
    compares_as = "codes"
    counted_as = "choices"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or raw == []:
            return Reading()
        if not isinstance(raw, list) or not all(isinstance(code, str) for code in raw):
            return fault("wrong_shape")
        if any(question.option(code) is None for code in raw):
            return fault("not_an_option")
        answer = [option.code for option in question.options if option.code in raw]
        if len(answer) > 1 and any(option.exclusive for option in question.options if option.code in raw):
            return Reading(answer, (Problem("exclusive"),))
        if question.most is not None and len(answer) > question.most:
            return Reading(answer, (Problem("too_many", {"most": question.most}),))
        return Reading(answer)

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        return tuple(ExportField(option.code, "flag", option.label) for option in question.options)

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, int]:
        """An option that was not chosen is 0, not absent."""
        return {option.code: int(option.code in answer) for option in question.options}

    def from_values(self, question: Question, values: Mapping[str, Any]) -> list[str]:
        return [code for code, is_chosen in values.items() if is_chosen]

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(context.texts(option.label)) for option in question.options if option.code in answer]


class Ranking(AnswerType):
    """Up to `most` options in order of preference. Answer: codes, first choice first."""

    name = "ranking"
    seconds = 60
    properties = frozenset({"options", "option_set", "most"})
    counted_as = "ranking"
    misread = "not_whole"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """Empty places between choices close up."""
        if raw is None:
            return Reading()
        if not isinstance(raw, list) or not all(isinstance(code, str) for code in raw):
            return fault("wrong_shape")
        answer = [code for code in raw if code]
        if not answer:
            return Reading()
        if any(question.option(code) is None for code in answer):
            return fault("not_an_option")
        if len(set(answer)) < len(answer):
            return Reading(answer, (Problem("repeated"),))
        if len(answer) > self.places(question):
            return Reading(answer, (Problem("too_many", {"most": self.places(question)}),))
        return Reading(answer)

    @staticmethod
    def places(question: Question) -> int:
        """How many ranks there are to give."""
        return question.most or len(question.options)

    def bounds(self, question: Question) -> tuple[int, int]:
        return 1, self.places(question)

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """One column an option, holding its rank."""
        return tuple(ExportField(option.code, "rank", option.label) for option in question.options)

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, int]:
        """Rank 1 is the first choice; an option without a rank is absent."""
        return {code: rank for rank, code in enumerate(answer, start=1)}

    def as_data(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, int]:
        """An option that was left unranked beside others has the rank 0."""
        return {option.code: 0 for option in question.options} | self.values(question, answer, outcome)

    def from_values(self, question: Question, values: Mapping[str, Any]) -> list[str]:
        """Ranks only order the options, and may be left out, or 0. Raises TypeError for one that is no number."""
        ranks = {code: int(rank) for code, rank in values.items()}
        return sorted((code for code, rank in ranks.items() if rank), key=ranks.__getitem__)

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [
            AnswerLine(f"{rank}. {context.texts(option.label)}")
            for rank, code in enumerate(answer, start=1)
            if (option := question.option(code))
        ]
