"""A matrix: every row rated on one or more scales."""

from typing import Any

from survey.languages import Language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.problems import Problem
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.base import AnswerLine, AnswerType, ExportField, Reading, Value, fault


class Matrix(AnswerType):
    """Rows by columns, one option in each cell. Answer: `{row id: {column id: code}}`."""

    name = "matrix"
    properties = frozenset({"rows", "row_groups", "columns"})

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        """See `AnswerType.read`. Unanswered cells may be absent or empty."""
        if raw is None:
            return Reading()
        if not isinstance(raw, dict) or not all(isinstance(cells, dict) for cells in raw.values()):
            return fault("wrong_shape")
        columns = {column.id: {option.code for option in column.options} for column in question.columns}
        rows = {row.id for row in question.rows}
        problems = []
        answer: dict[str, dict[str, str]] = {}
        for row, cells in raw.items():
            for column, code in cells.items():
                if code is None or code == "":
                    continue
                if row not in rows or column not in columns:
                    problems.append(Problem("unknown_part", {}, f"{row}.{column}"))
                elif not isinstance(code, str) or code not in columns[column]:
                    problems.append(Problem("not_an_option", {}, f"{row}.{column}"))
                else:
                    answer.setdefault(row, {})[column] = code
        ordered = {
            row.id: {column: answer[row.id][column] for column in columns if column in answer[row.id]}
            for row in question.rows
            if row.id in answer
        }
        return Reading(ordered or None, tuple(problems))

    def missing(self, question: Question, answer: Any, outcome: Outcome | None) -> tuple[Problem, ...]:
        """One problem for each cell without an answer."""
        return tuple(
            Problem("missing", {}, f"{row.id}.{column.id}")
            for row in question.rows
            for column in question.columns
            if column.id not in (answer or {}).get(row.id, {})
        )

    def fields(self, question: Question, outcome: Outcome | None) -> tuple[ExportField, ...]:
        """See `AnswerType.fields`."""
        return tuple(
            ExportField(f"{row.id}.{column.id}", "code", row.label, column.options)
            for row in question.rows
            for column in question.columns
        )

    def values(self, question: Question, answer: Any, outcome: Outcome | None) -> dict[str, Value]:
        """See `AnswerType.values`."""
        return {f"{row}.{column}": code for row, cells in answer.items() for column, code in cells.items()}

    def lines(
        self, question: Question, answer: Any, outcome: Outcome | None, texts: Texts, language: Language
    ) -> list[AnswerLine]:
        """See `AnswerType.lines`."""
        lines = []
        for row in question.rows:
            for column in question.columns:
                code = answer.get(row.id, {}).get(column.id)
                option = next((option for option in column.options if option.code == code), None)
                if option:
                    lines.append(AnswerLine(f"{texts(column.label)}: {texts(option.label)}", label=texts(row.label)))
        return lines
