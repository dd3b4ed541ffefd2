"""Any questionnaire that people answer unnamed, counted so that nobody can be picked out.

Nothing is known of its questions, any of which may set a small group apart. So not only respondents are protected
but every number of people who gave an answer, and, where an answer may be left unchosen, of those who did not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from survey.reporting.disclosure.counts import CountCell
from survey.reporting.disclosure.protection import EVERYBODY, Groups, LinkedCounts, Protected, board_breakdown
from survey.reporting.records.people import People
from survey.reporting.workbooks.generic.answers import (
    Asked,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.provenance import SMALL_GROUPS
from survey.reporting.workbooks.report import HIDDEN, PeopleReport
from survey.reporting.workbooks.tables import sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

NOT_CHOSEN = "!"


@dataclass(frozen=True, eq=False)
class AnswerRelease(Protected):
    """Every answer of a round, counted and protected, for Wales and by health board."""

    asked: tuple[Asked, ...]


def answer_release(people: People, threshold: int, withheld: frozenset[CountCell] = frozenset()) -> AnswerRelease:
    """Count every answer, hide what must be hidden and what is `withheld`, attack the result. Raises Recoverable."""
    linked, questions = _everything(people)
    return AnswerRelease(people, threshold, *linked.protected(threshold, withheld), questions)


def count(people: People) -> Mapping[CountCell, int]:
    """Every number that a release of some people would hold, shown or hidden."""
    return _everything(people)[0].values


def _everything(people: People) -> tuple[LinkedCounts, tuple[Asked, ...]]:
    groups = Groups(board_breakdown(people))
    linked = LinkedCounts(people, groups)
    questions = tuple(asked(people.variables, people.frame))
    for question in questions:
        base, *answers = groups.sums(_chosen(question)).items()
        linked.add_answered(str(base[0]), base[1])
        for answer, numbers in answers:
            linked.add(str(answer), numbers)
        keys = [answer_key(question, answer.key) for answer in question.answers]
        for parts in [keys] if question.excluding else [[key, key + NOT_CHOSEN] for key in keys]:
            linked.add_answers(question.key, parts)
    return linked, questions


def answer_key(question: Asked, answer: str) -> str:
    """What the number of people who gave an answer counts to."""
    return f"{question.key}={answer}"


def _chosen(question: Asked) -> pd.DataFrame:
    """Who answered, who gave each answer, and who of the others did not where it may be left unchosen."""
    columns = {question.key: question.base}
    for answer in question.answers:
        key = answer_key(question, answer.key)
        columns[key] = answer.chosen & question.base
        if not question.excluding:
            columns[key + NOT_CHOSEN] = ~answer.chosen & question.base
    return pd.DataFrame(columns, dtype=float)


def answers_of_people(report: PeopleReport[AnswerRelease]) -> Sheet:
    """How many people gave each answer, in Wales and in each health board."""
    columns = (
        Column("group", report.pgettext("workbook", "Health board")),
        *question_columns(report),
        Column("base", report.pgettext("workbook", "People in the base"), "whole"),
        *number_columns(report),
    )
    description = report.pgettext("workbook", "How many people gave each answer to each question.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Answers"),
        report.pgettext("sheet title", "How often each answer was given, by health board"),
        Table("people_answers", description, columns, list(_rows(report))),
        (
            report.pgettext("workbook", "Base: people who answered the question. Percentages are of the base."),
            report.pgettext("workbook", "What people wrote in their own words is in no workbook."),
        ),
        (SMALL_GROUPS,),
        {
            **report.hidden_meaning,
            Shorthand.NOT_APPLICABLE: report.pgettext("workbook", "the question has no parts"),
        },
    )


def _rows(report: PeopleReport[AnswerRelease]) -> Iterator[tuple[Cell, ...]]:
    for group in (EVERYBODY, *report.board_groups):
        name = report.board_name(group[1]) if group else report.wales
        for question in report.shown.asked:
            names = words(report, question)
            base = report.shown.count(group, question.key)
            for answer in question.answers:
                number = report.shown.count(group, answer_key(question, answer.key))
                share = None if base is None or number is None else round(number / base, 2)
                figures = (HIDDEN if figure is None else figure for figure in (base, number, share))
                yield (name, *names, answer_words(report, answer), *figures)
