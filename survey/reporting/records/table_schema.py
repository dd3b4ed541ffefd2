"""What each column of data holds, in both languages: the one description that the codebook and every data file draw on.

The fields are those of Frictionless’ Table Schema, before there is a format or a reader.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from survey.collection.progress import UNREADABLE
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Language, Phrase, language
from survey.questionnaire.definition import Text
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.base import FieldKind
from survey.reporting.records.variables import Variable

Words = Mapping[str, str]
"""A text by the code of its language."""

ColumnKind = FieldKind | Literal["time"]

CHOSEN = Phrase("workbook option", "Chosen")
NOT_CHOSEN = Phrase("workbook option", "Not chosen")
STATUSES = {
    "not_started": Phrase("workbook status", "Not started"),
    "in_progress": Phrase("workbook status", "In progress"),
    "submitted": Phrase("workbook status", "Submitted"),
    "reopened": Phrase("workbook status", "Reopened"),
    UNREADABLE: Phrase("workbook status", "Cannot be read"),
}
CLUSTER = Phrase("workbook", "Cluster code")
BOARD = Phrase("workbook", "Health board code")
OUTCOME_CODE = Phrase("workbook", "Outcome code")
STATUS = Phrase("workbook", "Status")
SUBMITTED_AT = Phrase("data field", "When it was submitted")
SUBMITTED_IN = Phrase("data field", "Language in which it was submitted")
WRITTEN_IN = Phrase("data field", "Language in which it was written: %(question)s")

_ORDERED = frozenset({"rating", "level", "ratings"})
"""How answers are counted whose options are the steps of a scale."""


@dataclass(frozen=True, slots=True)
class Code:
    """A value that a column may hold, and what it stands for."""

    value: str | int
    label: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `label` says in a line what it holds; `page`, `outcome`, `question` and `part` say where it is asked.

    `codes` are all its values where it has no others, in their order, which is that of a scale if it is `ordered`.
    `least` and `most` bound numbers. A column of answers tells not asked from not answered; others are not asked.
    `since` is the edition that first asked the question, `was` the id it had before; "" where there is none.
    """

    name: str
    kind: ColumnKind
    label: Words
    is_answer: bool = False
    page: Words = field(default_factory=dict)
    outcome: Words = field(default_factory=dict)
    question: Words = field(default_factory=dict)
    part: Words = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    is_ordered: bool = False
    least: float | None = None
    most: float | None = None
    since: str = ""
    was: str = ""


def words(phrase: Phrase) -> Words:
    """A text of ours in both languages."""
    return {code: language(code).say(phrase) for code in LANGUAGES}


def flags() -> tuple[Code, ...]:
    """The two values of an option that is chosen or not."""
    return Code(1, words(CHOSEN)), Code(0, words(NOT_CHOSEN))


def spoken_languages() -> tuple[Code, ...]:
    """The languages in which people answer, each under its own name."""
    return tuple(Code(code, dict.fromkeys(LANGUAGES, language(code).name)) for code in LANGUAGES)


def outcome_names(snapshot: RoundSnapshot, spoken: Language) -> dict[str, str]:
    """The outcomes of a round’s framework by id: “PCMW 1: An informed public”."""
    framework = snapshot.framework
    return framework.names(snapshot.texts[spoken.code], spoken) if framework else {}


class RoundFields:
    """The columns of a round’s data."""

    def __init__(self, snapshot: RoundSnapshot) -> None:
        self._snapshot = snapshot
        self._outcome_names = {code: outcome_names(snapshot, language(code)) for code in LANGUAGES}

    def cluster(self) -> Field:
        """Which cluster it is."""
        listed = self._snapshot.clusters.clusters
        return Field(
            "cluster", "code", words(CLUSTER), codes=tuple(Code(cluster.code, cluster.names) for cluster in listed)
        )

    def health_board(self) -> Field:
        """Its health board."""
        listed = self._snapshot.clusters.health_boards
        return Field(
            "health_board", "code", words(BOARD), codes=tuple(Code(board.code, board.names) for board in listed)
        )

    def outcome(self) -> Field:
        """Which outcome of the framework it is about."""
        outcomes = self._snapshot.framework.outcomes if self._snapshot.framework else ()
        codes = tuple(Code(outcome.id, self._outcome(outcome)) for outcome in outcomes)
        return Field("outcome", "code", words(OUTCOME_CODE), codes=codes)

    def submitted_in(self) -> Field:
        """The language of a submission."""
        return Field("submitted_in", "code", words(SUBMITTED_IN), codes=spoken_languages())

    def of(self, variable: Variable) -> Field:
        """The column of a variable."""
        field_, asks, outcome = variable.field, variable.asks, variable.page.outcome
        question = self._words(asks.label)
        part = self._part(variable)
        kind = answer_type(asks)
        options = tuple(Code(option.code, self._words(option.label)) for option in field_.options)
        return Field(
            variable.name,
            field_.kind,
            self._label(variable, question, part),
            is_answer=True,
            page=self._words(variable.section.title),
            outcome=self._outcome(outcome) if outcome else {},
            question=question,
            part=part,
            codes=flags() if field_.kind == "flag" else options,
            is_ordered=kind.counted_as in _ORDERED,
            least=0 if field_.kind == "rank" else asks.minimum,
            most=asks.maximum,
            since=asks.since or "",
            was=asks.was or "",
        )

    def with_languages(self, variables: Iterable[Variable]) -> Iterator[Field]:
        """The columns of variables; after words the column of the language they were written in."""
        for variable in variables:
            column = self.of(variable)
            yield column
            if answer_type(variable.asks).free_text:
                label = {code: language(code).say(WRITTEN_IN, question=text) for code, text in column.label.items()}
                yield Field(f"{variable.name}.language", "code", label, codes=spoken_languages())

    def _words(self, text: Text) -> Words:
        return {code: self._snapshot.texts[code](text) for code in LANGUAGES}

    def _part(self, variable: Variable) -> Words:
        """The part of the question: an option, a criterion, a row of a table with its column."""
        label, asks = variable.field.label, variable.asks
        if label is None or label is asks.label:
            return {}
        row = self._words(label)
        column = next((column for column in asks.columns if variable.suffix.endswith(f".{column.id}")), None)
        if column is None:
            return row
        scale = self._words(column.label)
        return {code: f"{row[code]}: {scale[code]}" for code in LANGUAGES}

    def _outcome(self, outcome: Outcome) -> Words:
        return {code: self._outcome_names[code][outcome.id] for code in LANGUAGES}

    def _label(self, variable: Variable, question: Words, part: Words) -> Words:
        """In a line that no other variable has; the part before the question, because programs cut long labels."""
        item_label = variable.question.item_label
        item = self._words(item_label) if variable.item and item_label else {}
        number = str(variable.item or "")
        return {
            code: ": ".join(
                filter(
                    None,
                    (
                        variable.outcome,
                        f"{item[code]} {number}" if item else number,
                        part.get(code, ""),
                        question[code],
                    ),
                )
            )
            for code in LANGUAGES
        }


def reflection_fields(snapshot: RoundSnapshot, variables: Iterable[Variable]) -> tuple[Field, ...]:
    """The columns of the responses of clusters."""
    fields = RoundFields(snapshot)
    statuses = tuple(Code(status, words(phrase)) for status, phrase in STATUSES.items())
    return (
        fields.cluster(),
        fields.health_board(),
        Field("status", "code", words(STATUS), codes=statuses),
        Field("submitted_at", "time", words(SUBMITTED_AT)),
        fields.submitted_in(),
        *fields.with_languages(variables),
    )


def single_response_fields(snapshot: RoundSnapshot, variables: Iterable[Variable]) -> tuple[Field, ...]:
    """The columns of single responses of people."""
    fields = RoundFields(snapshot)
    return (fields.cluster(), fields.health_board(), fields.submitted_in(), *map(fields.of, variables))
