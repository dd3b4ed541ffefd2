"""What may be answered to each question, and who answered it: the same for clusters and for people.

Numbers are columns by the names of coded variables, a row for each respondent, as `people` describes them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.languages import Phrase
from survey.questionnaire.definition import Text
from survey.reporting.records.variables import Variable
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.workbooks.tables import percent_column
from survey.reporting.xlsx.description import Cell, Column, Shorthand

RANKED_FIRST = Phrase("workbook answer", "Ranked first")
RANKED = Phrase("workbook answer", "Ranked at all")
ANY_ANSWER = Phrase("workbook answer", "Any answer")
SECTION = Phrase("workbook", "%(section)s: %(outcome)s")
PART = Phrase("workbook", "%(row)s: %(column)s")
Chosen = NDArray[np.bool_]
Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class PossibleAnswer:
    """One answer that may be given, and for each respondent whether it was. `key` is unique in its question.

    `words` that are a date stand for its month.
    """

    key: str
    words: Text | Phrase | date
    chosen: Chosen


@dataclass(frozen=True, eq=False)
class AskedItem:
    """Something asked. `part` is its row of a matrix or the option to be ranked, `base` who answered the question.

    `excluding`: whoever answers gives exactly one of the answers.
    """

    key: str
    variable: Variable
    part: tuple[Text, ...]
    base: Chosen
    answers: tuple[PossibleAnswer, ...]
    excluding: bool


def asked(variables: Iterable[Variable], numbers: Mapping[str, Numbers]) -> Iterator[AskedItem]:
    """Everything that can be counted, in the order of the questionnaire."""
    for of_question, group in groupby(variables, key=_question_key):
        parts = tuple(group)
        given = {part.name: np.asarray(numbers[part.name], dtype=np.float64) for part in parts}
        answered: Chosen = np.any([~np.isnan(column) for column in given.values()], axis=0)
        kind = parts[0].field.kind
        key = ".".join(of_question)
        if kind == "flag":
            answers = tuple(PossibleAnswer(part.suffix, _label(part), given[part.name] == 1) for part in parts)
            yield AskedItem(key, parts[0], (), answered, answers, excluding=False)
        elif kind == "rank":
            yield from _ranked(key, parts, given, answered)
        else:
            for part in parts:
                yield _one(part, given[part.name])


def _question_key(variable: Variable) -> tuple[str, ...]:
    child = (variable.child.id,) if variable.child else ()
    return (variable.page.key, variable.question.id, *child)


def _ranked(
    key: str, parts: tuple[Variable, ...], given: dict[str, NDArray[np.float64]], base: Chosen
) -> Iterator[AskedItem]:
    first = tuple(PossibleAnswer(part.suffix, _label(part), given[part.name] == 1) for part in parts)
    yield AskedItem(f"{key}:first", parts[0], (), base, first, excluding=True)
    ranked = tuple(PossibleAnswer(part.suffix, _label(part), ~np.isnan(given[part.name])) for part in parts)
    yield AskedItem(f"{key}:ranked", parts[0], (), base, ranked, excluding=False)


def _one(variable: Variable, given: NDArray[np.float64]) -> AskedItem:
    base = ~np.isnan(given)
    if variable.field.kind == "code":
        answers = tuple(
            PossibleAnswer(option.code, option.label, given == place)
            for place, option in enumerate(variable.field.options)
        )
        return AskedItem(variable.name, variable, tuple(_part(variable)), base, answers, excluding=True)
    return AskedItem(variable.name, variable, (), base, (PossibleAnswer("any", ANY_ANSWER, base),), excluding=True)


def _part(variable: Variable) -> Iterator[Text]:
    """The row and the column of a matrix, or the criterion."""
    if variable.field.label is not None and variable.suffix:
        yield variable.field.label
        yield from (column.label for column in variable.asks.columns if variable.suffix.endswith(f".{column.id}"))


def _label(variable: Variable) -> Text:
    return variable.field.label or variable.asks.label


def words(report: LocalisedRound, question: AskedItem) -> tuple[Cell, Cell, Cell]:
    """The section (with the outcome of the page), question and part in the words of the report."""
    parts = [report.texts(text) for text in question.part]
    part: Cell = parts[0] if parts else Shorthand.NOT_APPLICABLE
    if len(parts) > 1:
        part = report.language.say(PART, row=parts[0], column=parts[1])
    elif question.key.endswith(":first"):
        part = report.language.say(RANKED_FIRST)
    elif question.key.endswith(":ranked"):
        part = report.language.say(RANKED)
    return section_name(report, question.variable), report.texts(question.variable.asks.label), part


def section_name(report: LocalisedRound, variable: Variable) -> str:
    """The section of a variable, with the outcome of its page."""
    page = variable.page
    section = report.texts(page.section.title)
    if page.outcome:
        return report.language.say(SECTION, section=section, outcome=report.outcome_name(page.outcome))
    return section


def answer_words(report: LocalisedRound, answer: PossibleAnswer) -> str:
    """An answer in the words of the report."""
    said = answer.words
    if isinstance(said, date):
        return report.language.month(said)
    return report.language.say(said) if isinstance(said, Phrase) else report.texts(said)


def question_columns(report: LocalisedRound) -> tuple[Column, ...]:
    """The columns of what was asked, and of the answer."""
    return (
        Column("section", report.pgettext("workbook", "Section"), "long_text"),
        Column("question", report.pgettext("workbook", "Question"), "long_text"),
        Column("part", report.pgettext("workbook", "Part of the question"), "long_text"),
        Column("answer", report.pgettext("workbook", "Answer"), "long_text"),
    )


def number_columns(report: LocalisedRound) -> tuple[Column, Column]:
    """The columns of how many gave the answer."""
    header = report.pgettext("workbook", "Gave this answer")
    return Column("number", header, "whole"), percent_column("share", header)
