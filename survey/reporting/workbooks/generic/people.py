"""Any questionnaire that people answer unnamed, counted so that nobody can be picked out.

Its answers are protected as the definition says of each question, as those of every round of people are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from survey.reporting.disclosure.counts import CountCell, PeopleGroup
from survey.reporting.disclosure.linked_counts import LinkedCounts, answer_key
from survey.reporting.disclosure.protection import (
    EVERYBODY,
    Groups,
    Protected,
    board_breakdown,
)
from survey.reporting.records.people import People
from survey.reporting.workbooks.generic.answers import (
    Asked,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.provenance import PROTECTION
from survey.reporting.workbooks.report import HIDDEN, PeopleReport
from survey.reporting.workbooks.tables import sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

BASE = ""
Named = tuple[PeopleGroup, tuple[Cell, ...]]
"""A group, and the cells that name it."""


@dataclass(frozen=True, eq=False)
class AnswerRelease(Protected):
    """Every answer of a round, counted and protected, for Wales and by health board.

    `answers` has how many gave each answer to something asked: a row for each group, a column for each answer.
    """

    asked: tuple[Asked, ...]
    answers: Mapping[str, pd.DataFrame]

    def answered(self, group: PeopleGroup, question: Asked, answer: str) -> int | None:
        """How many people of a group gave an answer; None where that is hidden."""
        base, number = self.count(group, question.key), self._answers[question.key][answer][group]
        return self.of_base(base, self.shown(number, CountCell(answer_key(question.key, answer), group)))

    @cached_property
    def _answers(self) -> Mapping[str, Mapping[str, Mapping[PeopleGroup, float]]]:
        """The numbers of `answers`, of each answer by group, where they are quickly found."""
        return {
            key: {str(name): dict(zip(numbers.index, column, strict=True)) for name, column in numbers.items()}
            for key, numbers in self.answers.items()
        }


def answer_release(people: People, threshold: int, withheld: frozenset[CountCell] = frozenset()) -> AnswerRelease:
    """Count every answer, hide what must be hidden and what is `withheld`, attack the result. Raises Recoverable."""
    linked, questions, answers = _everything(people)
    counts, hidden, untold = linked.protected(threshold, withheld)
    return AnswerRelease(people, threshold, counts, hidden, questions, answers, ordinary=linked.ordinary, untold=untold)


def count(people: People) -> Mapping[CountCell, int]:
    """Every number that a release of some people would hold, shown or hidden."""
    return _everything(people)[0].values


def _everything(people: People) -> tuple[LinkedCounts, tuple[Asked, ...], Mapping[str, pd.DataFrame]]:
    groups = Groups(board_breakdown(people))
    linked = LinkedCounts(people, groups)
    questions = tuple(asked(people.variables, people.frame))
    return linked, questions, count_answers(linked, groups, questions)


def count_answers(linked: LinkedCounts, groups: Groups, questions: Iterable[Asked]) -> Mapping[str, pd.DataFrame]:
    """Count the answers to some questions among the linked counts, as each question says that it is protected."""
    counted: dict[str, pd.DataFrame] = {}
    for question in questions:
        numbers = groups.sums(_chosen(question))
        answers = numbers.drop(columns=BASE)
        one_of = [tuple(map(str, answers))] if question.excluding else []
        linked.add_answered(question.key, numbers[BASE])
        if question.variable.question.sensitivity == "sensitive":
            linked.add_sensitive(question.key, answers, one_of)
        else:
            linked.add_ordinary(question.key, answers, one_of)
        counted[question.key] = answers.set_axis(pd.Index(groups.all, tupleize_cols=False), axis=0)
    return counted


def _chosen(question: Asked) -> pd.DataFrame:
    """Who answered, and who gave each answer."""
    given = {answer.key: answer.chosen & question.base for answer in question.answers}
    return pd.DataFrame({BASE: question.base, **given}, dtype=float)


def answers_of_people(report: PeopleReport[AnswerRelease]) -> Sheet:
    """How many people gave each answer, in Wales and in each health board."""
    columns = (Column("group", report.pgettext("workbook", "Health board")), *answer_columns(report))
    groups: list[Named] = [
        (group, (report.board_name(group[1]) if group else report.wales,))
        for group in (EVERYBODY, *report.board_groups)
    ]
    description = report.pgettext("workbook", "How many people gave each answer to each question.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Answers"),
        report.pgettext("sheet title", "How often each answer was given, by health board"),
        Table("people_answers", description, columns, answer_rows(report, groups)),
        (
            report.pgettext("workbook", "Base: people who answered the question. Percentages are of the base."),
            report.pgettext("workbook", "What people wrote in their own words is in no workbook."),
        ),
        PROTECTION,
        {
            **report.hidden_meaning,
            Shorthand.NOT_APPLICABLE: report.pgettext("workbook", "the question has no parts"),
        },
    )


def answer_columns(report: PeopleReport[AnswerRelease]) -> tuple[Column, ...]:
    """The columns of a table of answers, behind those that name a group."""
    base = Column("base", report.pgettext("workbook", "People in the base"), "whole")
    return (*question_columns(report), base, *number_columns(report))


def answer_rows(report: PeopleReport[AnswerRelease], groups: Iterable[Named]) -> list[tuple[Cell, ...]]:
    """The rows of a table of answers: of each group every answer to every question."""
    return [(*names, *cells) for group, names in groups for cells in _cells(report, group)]


def _cells(report: PeopleReport[AnswerRelease], group: PeopleGroup) -> Iterator[tuple[Cell, ...]]:
    for question in report.shown.asked:
        names = words(report, question)
        base = report.shown.count(group, question.key)
        for answer in question.answers:
            number = report.shown.answered(group, question, answer.key)
            share = round(number / base, 2) if base and number is not None else None
            figures = (HIDDEN if figure is None else figure for figure in (base, number, share))
            yield (*names, answer_words(report, answer), *figures)
