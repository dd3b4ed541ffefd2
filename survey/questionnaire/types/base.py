"""What every answer type can do. One class per type holds all its faces: reading, gaps, display, export."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from survey.languages import Language
from survey.questionnaire.definition import Option, Question, Text
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts

FieldKind = Literal["code", "flag", "rank", "text", "integer", "decimal", "date"]
Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What came in, in canonical form (`None`: nothing was answered), and what is wrong with it."""

    answer: Any = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportField:
    """One flat column of an answer. `suffix` is "" for an answer that is a single value."""

    suffix: str
    kind: FieldKind
    label: Text | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of an answer as a person reads it back. `verbatim` marks text that a respondent wrote."""

    text: str
    label: str | None = None
    verbatim: bool = False


class AnswerType:
    """Base of the answer types. `properties` are what the type reads of a definition beside what all have."""

    name: ClassVar[str]
    stores_answer: ClassVar[bool] = True
    properties: ClassVar[frozenset[str]] = frozenset()
    free_text: ClassVar[bool] = False

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """`raw` (from JSON or a form) in canonical form, with every problem found. Never raises."""
        raise NotImplementedError

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """What a required question still lacks; `answer` is canonical or None."""
        return (Problem("missing"),) if answer is None else ()

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """The flat columns of this question, in a fixed order."""
        raise NotImplementedError

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> Mapping[str, Value]:
        """A canonical answer as values by suffix; a suffix without an answer is absent."""
        return {"": answer}

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """A canonical answer as a person reads it back."""
        raise NotImplementedError


def fault(code: str, **values: int | float) -> Reading:
    """A reading that holds no answer, only one problem."""
    return Reading(problems=(Problem(code, values),))
