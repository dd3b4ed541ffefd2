"""Tables to fill in: one state for each criterion of an outcome, or every row rated on one or more scales."""

from collections.abc import Iterator, Mapping
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import (
    AnswerContext,
    AnswerLine,
    AnswerPart,
    AnswerType,
    ExportField,
    Reading,
    fault,
)


class TableType(AnswerType):
    """Base of what takes one option in each of several parts, which are the flat columns of the answer."""

    def effort(self, question: Question, outcome: Outcome | None) -> int:
        """That of each part."""
        return self.seconds * len(self.fields(question, outcome))

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """Unanswered parts may be absent or empty."""
        if raw is None:
            return Reading()
        if not isinstance(raw, dict) or (self.needs_outcome and outcome is None):
            return fault("wrong_shape")
        known = {field.suffix: [option.code for option in field.options] for field in self.fields(question, outcome)}
        given = {part: code for part, code in self.values(question, raw, outcome).items() if code not in (None, "")}
        problems = tuple(
            Problem("not_an_option" if part in known else "unknown_part", {}, str(part))
            for part, code in given.items()
            if code not in known.get(part, ())
        )
        return Reading({part: given[part] for part in known if given.get(part) in known[part]} or None, problems)

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """One problem for each part without an answer."""
        given = self.values(question, answer or {}, outcome)
        fields = self.fields(question, outcome)
        return tuple(Problem("missing", {}, field.suffix) for field in fields if field.suffix not in given)


class Criteria(TableType):
    """Every criterion of the section's outcome, each with one option. Answer: `{criterion id: code}`."""

    name = "criteria"
    properties = frozenset({"options", "option_set"})
    counted_as = "criteria"
    may_repeat = False
    needs_outcome = True
    judges_criteria = True
    seconds = 90

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        criteria = outcome.criteria if outcome else ()
        return tuple(ExportField(criterion.id, "code", criterion.text, question.options) for criterion in criteria)

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, str]:
        return dict(answer)

    def from_values(self, question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
        return dict(values)

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [
            AnswerLine(context.texts(option.label), label=context.texts(criterion.text))
            for criterion in (context.outcome.criteria if context.outcome else ())
            if (option := question.option(answer.get(criterion.id, "")))
        ]

    def parts(self, question: Question, answer: Any, context: AnswerContext) -> Iterator[AnswerPart]:
        """One for each criterion."""
        for criterion in context.outcome.criteria if context.outcome else ():
            state = (answer or {}).get(criterion.id)
            yield AnswerPart(criterion.id, context.texts(criterion.text), {criterion.id: state} if state else None)

    def part_label(self, question: Question, part: str | None, outcome: Outcome | None, texts: Texts) -> str:
        criteria = outcome.criteria if outcome else ()
        return texts(next((criterion.text for criterion in criteria if criterion.id == part), question.label))


class Matrix(TableType):
    """Rows by columns, one option in each cell. Answer: `{row id: {column id: code}}`."""

    name = "matrix"
    seconds = 5
    properties = frozenset({"rows", "row_groups", "columns"})
    counted_as = "ratings"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if isinstance(raw, dict) and not all(isinstance(cells, dict) for cells in raw.values()):
            return fault("wrong_shape")
        reading = super().read(question, raw, outcome)
        return Reading(self.from_values(question, reading.answer or {}) or None, reading.problems)

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        return tuple(
            ExportField(f"{row.id}.{column.id}", "code", row.label, column.options)
            for row in question.rows
            for column in question.columns
        )

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, str]:
        return {f"{row}.{column}": code for row, cells in answer.items() for column, code in cells.items()}

    def from_values(self, question: Question, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        answer: dict[str, dict[str, Any]] = {}
        for cell, code in values.items():
            row, _, column = cell.partition(".")
            answer.setdefault(row, {})[column] = code
        return answer

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        texts = context.texts
        return [
            AnswerLine(f"{texts(column.label)}: {texts(option.label)}", label=texts(row.label))
            for row in question.rows
            for column in question.columns
            for option in column.options
            if option.code == answer.get(row.id, {}).get(column.id)
        ]

    def parts(self, question: Question, answer: Any, context: AnswerContext) -> Iterator[AnswerPart]:
        """One for each row, named after its first cell."""
        for row in question.rows:
            cells = (answer or {}).get(row.id)
            name = f"{row.id}.{question.columns[0].id}"
            yield AnswerPart(name, context.texts(row.label), {row.id: cells} if cells else None)

    def part_label(self, question: Question, part: str | None, outcome: Outcome | None, texts: Texts) -> str:
        if not part:
            return texts(question.label)
        row_id, _, column_id = part.partition(".")
        rows = [texts(row.label) for row in question.rows if row.id == row_id]
        columns = [texts(column.label) for column in question.columns if column.id == column_id]
        return " – ".join([*rows, *columns])
