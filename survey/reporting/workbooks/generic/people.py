"""Any questionnaire that people answer unnamed, counted so that nobody can be picked out.

Its answers are protected as the definition says of each question, as those of every round of people are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    ANY_ANSWER,
    AskedItem,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.provenance import PROTECTION
from survey.reporting.workbooks.report import HIDDEN, UNRELIABLE, PeopleReport
from survey.reporting.workbooks.rounding_notes import rounded_people_line, several_line
from survey.reporting.workbooks.tables import sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

BASE = ""
NamedGroup = tuple[PeopleGroup, tuple[Cell, ...]]
"""A group, and the cells that name it."""
AnswersByGroup = Mapping[str, Mapping[PeopleGroup, float]]
"""How many of each group gave an answer, by its key."""


@dataclass(frozen=True, eq=False)
class AnswerRelease(Protected):
    """Every answer of a round, counted and protected, for Wales and by health board.

    `answers` has how many of each group gave each answer to something asked.
    """

    asked: tuple[AskedItem, ...]
    answers: Mapping[str, AnswersByGroup]

    def answered(self, group: PeopleGroup, question: AskedItem, answer: str) -> int | None:
        """How many people of a group gave an answer; None where that is hidden."""
        base, number = self.count(group, question.key), self.answers[question.key][answer][group]
        return self.of_base(base, self.shown(number, CountCell(answer_key(question.key, answer), group)))


def answer_release(people: People, threshold: int, withheld: frozenset[CountCell] = frozenset()) -> AnswerRelease:
    """Count every answer, hide what must be hidden and what is `withheld`, attack the result. Raises Recoverable."""
    linked, questions, answers = _everything(people)
    counts, hidden, untold, every = linked.protected(threshold, withheld)
    return AnswerRelease(
        people,
        threshold,
        counts,
        hidden,
        questions,
        answers,
        ordinary=linked.ordinary,
        untold=untold,
        every=every,
    )


def count(people: People) -> Mapping[CountCell, int]:
    """Every number that a release of some people would hold, shown or hidden."""
    return _everything(people)[0].values


def _everything(people: People) -> tuple[LinkedCounts, tuple[AskedItem, ...], Mapping[str, AnswersByGroup]]:
    groups = Groups(board_breakdown(people))
    linked = LinkedCounts(people, groups)
    questions = tuple(asked(people.variables, people.columns))
    return linked, questions, count_answers(linked, groups, questions)


def count_answers(linked: LinkedCounts, groups: Groups, questions: Iterable[AskedItem]) -> Mapping[str, AnswersByGroup]:
    """Count the answers to some questions among the linked counts, as each question says that it is protected."""
    counted: dict[str, AnswersByGroup] = {}
    for question in questions:
        answers = groups.sums({answer.key: answer.chosen & question.base for answer in question.answers})
        one_of = [tuple(answers)] if question.excluding else []
        linked.add_answered(question.key, groups.sums({BASE: question.base})[BASE])
        if question.variable.question.sensitivity == "sensitive":
            linked.add_sensitive(question.key, answers, one_of)
        else:
            linked.add_ordinary(question.key, answers, one_of)
        counted[question.key] = {
            answer: dict(zip(groups.all, numbers.tolist(), strict=True)) for answer, numbers in answers.items()
        }
    return counted


def answers_of_people(report: PeopleReport[AnswerRelease]) -> Sheet:
    """How many people gave each answer, in Wales and in each health board."""
    columns = (Column("group", report.pgettext("workbook", "Health board")), *answer_columns(report))
    groups: list[NamedGroup] = [
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
            *adding_up_lines(report),
        ),
        PROTECTION,
        {
            **report.hidden_meaning,
            Shorthand.NOT_APPLICABLE: no_part_line(report),
        },
    )


def no_part_line(report: PeopleReport[AnswerRelease]) -> str:
    """What [z] means in a table of answers."""
    return report.pgettext("workbook", "the question has no parts, or any answer is counted, which is all of the base")


def answer_columns(report: PeopleReport[AnswerRelease]) -> tuple[Column, ...]:
    """The columns of a table of answers, behind those that name a group."""
    base = Column("base", report.pgettext("workbook", "People in the base"), "whole")
    return (*question_columns(report), base, *number_columns(report))


def adding_up_lines(report: PeopleReport[AnswerRelease]) -> Iterator[str]:
    """Why the answers to a question may not add up."""
    if any(not question.excluding for question in report.shown.asked):
        yield several_line(report)
    yield rounded_people_line(report)


def answer_rows(report: PeopleReport[AnswerRelease], groups: Iterable[NamedGroup]) -> list[tuple[Cell, ...]]:
    """The rows of a table of answers: of each group every answer to every question."""
    return [(*names, *cells) for group, names in groups for cells in _cells(report, group)]


def _cells(report: PeopleReport[AnswerRelease], group: PeopleGroup) -> Iterator[tuple[Cell, ...]]:
    for question in report.shown.asked:
        names = words(report, question)
        base = report.shown.count(group, question.key)
        for answer in question.answers:
            number = report.shown.answered(group, question, answer.key)
            share: Cell = HIDDEN if base is None or number is None else UNRELIABLE
            if answer.words is ANY_ANSWER:
                # Whoever is in the base gave one.
                share = Shorthand.NOT_APPLICABLE
            elif report.shown.is_coarse(base):
                share = UNRELIABLE
            elif base and number is not None:
                share = round(number / base, 2)
            counts = (HIDDEN if counted is None else counted for counted in (base, number))
            yield (*names, answer_words(report, answer), *counts, share)
