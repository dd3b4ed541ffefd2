"""What every answer type can do, and those there are. One class per type holds all its faces: reading, gaps, display,
export, counting.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from survey.languages import Language
from survey.questionnaire.definition import Option, Question, Text
from survey.questionnaire.framework import Outcome
from survey.questionnaire.limits import Known, Limited, beyond
from survey.questionnaire.problems import Problem, Told
from survey.questionnaire.texts import Texts

FieldKind = Literal["code", "flag", "rank", "text", "integer", "decimal", "date"]
Comparison = Literal["code", "codes", "number", "date", "text", "presence"]
CountedAs = Literal[
    "choice",
    "choices",
    "rating",
    "level",
    "calculation",
    "criteria",
    "ratings",
    "ranking",
    "number",
    "date",
    "text",
    "items",
]
Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What an answer is told with: the words of its questionnaire, the language, and the outcome it is about."""

    texts: Texts
    language: Language
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came in, in canonical form (`None`: nothing was answered), and what is wrong with it."""

    answer: Any = None
    problems: tuple[Problem, ...] = ()

    @property
    def keeps_draft(self) -> bool:
        """A draft keeps the answer, though submission may still need something of it."""
        return all(problem.keeps_draft for problem in self.problems)


@dataclass(frozen=True, slots=True)
class ExportField:
    """One flat column of an answer. `suffix` is "" for an answer that is a single value."""

    suffix: str
    kind: FieldKind
    label: Text | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of an answer as a person reads it back. `verbatim` marks text that a respondent wrote.

    `written_in` is the language of such a text where it is not that of the answer.
    """

    text: str
    label: str | None = None
    verbatim: bool = False
    written_in: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """What a page shows by itself of an answer, answered (`answer`, canonical) or not (None).

    `name` is what a `Problem` would call the part, None for the whole answer.
    """

    name: str | None
    label: str
    answer: Any


class AnswerType:
    """Base of the answer types. A new one says in its attributes what the rest of the program may do with it."""

    name: ClassVar[str]
    properties: ClassVar[frozenset[str]] = frozenset()
    """What the type reads of a definition beside what all have."""
    field_kind: ClassVar[FieldKind | None] = None
    """The kind of its one flat column, where the answer is a single value."""
    compares_as: ClassVar[Comparison] = "presence"
    """What a rule may compare the answer with; by its presence alone, an answer of several parts."""
    limited_as: ClassVar[Limited | None] = None
    """How it is told of a limit that depends on the day or on another answer."""
    counted_as: ClassVar[CountedAs | None] = None
    """How reports add the answers up, and so which measures they can feed; None if no measure takes them."""
    free_text: ClassVar[bool] = False
    """The answer is what a respondent wrote, in a language of its own."""
    several_lines: ClassVar[bool] = False
    """The answer is a text for which there is room over several lines, that may be read and put under themes."""
    stores_answer: ClassVar[bool] = True
    calculates: ClassVar[bool] = False
    """The value follows from other answers."""
    quotes: ClassVar[bool] = False
    """The value is what was written before, which the questions after it ask about."""
    ends: ClassVar[bool] = False
    """Whoever is led here is asked nothing more, and has nothing to submit."""
    repeats: ClassVar[bool] = False
    """The answer is a list of items, each with answers to questions of its own."""
    may_repeat: ClassVar[bool] = True
    """It may be asked in an item of a group."""
    needs_outcome: ClassVar[bool] = False
    levels_as_options: ClassVar[bool] = False
    """Its options are the levels of the framework."""
    judges_criteria: ClassVar[bool] = False
    searched: ClassVar[bool] = False
    """Its options are too many to be shown together: a person searches them, or writes the words of one."""
    misread: ClassVar[str] = "wrong_shape"
    """The code of the problem of what is typed and cannot be read as an answer."""
    example_words: ClassVar[str] = ""
    """What is written in an example where not any words are an answer."""
    example_least: ClassVar[int] = 0
    """The least number of an example, where the question names none."""
    seconds: ClassVar[int] = 20
    """How long one answer, or one part of a table, takes to think of and give."""

    @property
    def answers_nothing(self) -> bool:
        """There is neither an answer nor a value to show."""
        return not (self.stores_answer or self.shows_value)

    @property
    def shows_value(self) -> bool:
        """There is a value to show that nobody answers."""
        return self.calculates or self.quotes

    def is_optional(self, question: Question) -> bool:
        """Whether a response can be submitted without an answer to the question. False where none is asked for."""
        return self.stores_answer and not question.required

    def effort(self, question: Question, outcome: Outcome | None) -> int:
        """How many seconds a respondent may need for an answer (`survey.questionnaire.effort`)."""
        return self.seconds

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """`raw` (from JSON or a form) in canonical form, with every problem found. Never raises."""
        raise NotImplementedError

    def on_path(self, question: Question, answer: Any) -> Any:
        """A canonical answer without what the question's own rules leave unasked."""
        return answer

    def gaps(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """What submission still needs of the question."""
        return self.missing(question, answer, outcome) if question.required else ()

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """What a required question still lacks; `answer` is canonical or None."""
        return (Problem("missing"),) if answer is None else ()

    def beyond(self, question: Question, answer: Any, known: Known) -> tuple[Problem, ...]:
        """What is wrong with a canonical answer in the light of other answers and of the day."""
        return tuple(beyond(question.limits, self.limited_as, answer, known))

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """The flat columns of this question, in a fixed order."""
        return (ExportField("", self.field_kind, options=question.options),) if self.field_kind else ()

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> Mapping[str, Value]:
        """A canonical answer as values by suffix; a suffix without an answer is absent."""
        return {"": answer}

    def as_data(self, question: Question, answer: Any, outcome: Outcome | None) -> Mapping[str, Value]:
        """The same as data holds them, where what was left out of an answer is told apart from no answer."""
        return self.values(question, answer, outcome)

    def from_values(self, question: Question, values: Mapping[str, Any]) -> Any:
        """The way back from `values`, for `read`: what the parts filled in, by suffix, come to. Checks nothing."""
        return values.get("")

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        """A canonical answer as a person reads it back."""
        raise NotImplementedError

    def parts(self, question: Question, answer: Any, context: AnswerContext) -> Iterator[AnswerPart]:
        """The rows that pages show of a canonical answer, or of None, in the order of asking."""
        if not self.answers_nothing:
            yield AnswerPart(None, context.texts(question.label), answer)

    def part_label(self, question: Question, part: str | None, outcome: Outcome | None, texts: Texts) -> str:
        """What an answer, or a part of it as a problem names it, is about."""
        return texts(question.label)

    def joined(self, first: Any, second: Any) -> Any:
        """Two people's canonical answers in one, so that neither is lost; None where that cannot be."""
        return None

    def most_characters(self, question: Question) -> int | None:
        """How long what is written may be; None where nothing is written, or it may be of any length."""
        return None

    def bounds(self, question: Question) -> tuple[int | float, int | float] | None:
        """The least and the greatest number that is taken in a column of the answer; None where none is a number."""
        return None

    def lines_by_hand(self, question: Question) -> int:
        """How many lines of paper somebody needs who writes the answer by hand."""
        return 1

    def made_up(self, question: Question, die: random.Random) -> Any:
        """An answer for the demonstration; None leaves the question unanswered."""
        return None


def fault(code: str, **values: Told) -> Reading:
    """A reading that holds no answer, only one problem."""
    return Reading(problems=(Problem(code, values),))


ANSWER_TYPES: dict[str, AnswerType] = {}


def register(*answer_types: AnswerType) -> None:
    """Add answer types. Raises ValueError for a name that is taken."""
    for kind in answer_types:
        if kind.name in ANSWER_TYPES:
            raise ValueError(f"there is an answer type {kind.name} already")
        ANSWER_TYPES[kind.name] = kind


def answer_type(question: Question) -> AnswerType:
    """The type of a question. Definitions are checked on loading, so an unknown type is a programming error."""
    return ANSWER_TYPES[question.type]
