"""Any question that clusters answer, counted by its type: how often each answer was given, and what numbers come to.

Clusters are organisations, so nothing is hidden.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from survey.languages import Phrase
from survey.questionnaire.types import answer_type
from survey.reporting.measures.declarations import ANSWERS
from survey.reporting.records.people import NOTHING
from survey.reporting.records.series import RoundSeries
from survey.reporting.records.variables import NO_RESPONSE, NOT_ASKED, Variable
from survey.reporting.workbooks.generic.answers import (
    ANY_ANSWER,
    AskedItem,
    Numbers,
    PossibleAnswer,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.generic.given_answers import GivenAnswers, given_answers
from survey.reporting.workbooks.report import UNRELIABLE, Report
from survey.reporting.workbooks.rounding_notes import rounded_line, several_line
from survey.reporting.workbooks.tables import (
    board_column,
    figures_of_clusters,
    not_answered_column,
    percent,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

NUMBERS = ("lowest", "lower", "median", "upper", "highest")
"""The keys of the columns that say how numbers are spread."""
CLUSTERS = Phrase("workbook what is counted", "Clusters")
ITEMS = Phrase("workbook what is counted", "Entries that clusters make")
QUARTILES = (0, 0.25, 0.5, 0.75, 1)
NOTHING_ELSEWHERE: frozenset[str] = frozenset()


def answers_of_clusters(report: Report) -> Sheet:
    """How many clusters gave each answer to each question, in Wales and in each health board."""
    everything = report.pgettext("workbook", "Every question is here, words by how many wrote any.")
    return answers_sheet(report, NOTHING_ELSEWHERE, everything)


def numbers_of_clusters(report: Report) -> Sheet:
    """What the numbers, scores and ranks of each question come to, in Wales and in each health board."""
    return numbers_sheet(report, NOTHING_ELSEWHERE)


def answers_sheet(report: Report, elsewhere: frozenset[str], *preamble: str) -> Sheet:
    """The answers to every question that feeds none of the measures `elsewhere`."""
    counted = report.series.once(_everything_asked, elsewhere)
    several = [several_line(report)] if any(not each.asked.excluding for each in counted) else []
    columns = (
        *_asked_columns(report),
        Column("answer", report.pgettext("workbook", "Answer"), "long_text"),
        Column("expected", report.pgettext("workbook", "Expected to answer"), "whole"),
        Column("silent", report.pgettext("workbook", "Without a response that counts"), "whole"),
        Column("not_asked", report.pgettext("workbook", "Not asked"), "whole"),
        not_answered_column(report),
        Column("base", report.pgettext("workbook", "Answered the question"), "whole"),
        *number_columns(report),
    )
    return figures_of_clusters(
        report,
        ANSWERS,
        report.pgettext("sheet name", "Answers"),
        report.pgettext("sheet title", "How often each answer was given, by health board"),
        Table(
            "answers",
            report.pgettext("workbook", "How many clusters gave each answer to each question."),
            columns,
            list(_answer_rows(report, elsewhere)),
        ),
        report.pgettext(
            "workbook",
            "Percentages are of those that answered the question; of “Any answer”, of those that were asked it and "
            "responded.",
        ),
        *preamble,
        *several,
        rounded_line(report),
        not_applicable=report.pgettext("workbook", "the question has no parts"),
    )


def numbers_sheet(report: Report, elsewhere: frozenset[str]) -> Sheet:
    """The same of numbers, of scores on a scale, and of ranks, which stand for each option that was ranked."""
    columns = (
        *_asked_columns(report),
        Column("expected", report.pgettext("workbook", "Expected to answer"), "whole"),
        Column("base", report.pgettext("workbook", "Gave a number"), "whole"),
        Column("mean", report.pgettext("workbook", "Mean"), "decimal", decimals=2),
        Column("lowest", report.pgettext("workbook", "Lowest"), "decimal"),
        Column("lower", report.pgettext("workbook", "A quarter are at or below"), "decimal"),
        Column("median", report.pgettext("workbook", "Half are at or below (median)"), "decimal"),
        Column("upper", report.pgettext("workbook", "Three quarters are at or below"), "decimal"),
        Column("highest", report.pgettext("workbook", "Highest"), "decimal"),
        Column("sum", report.pgettext("workbook", "Sum of those that gave a number"), "decimal"),
    )
    return figures_of_clusters(
        report,
        ANSWERS,
        report.pgettext("sheet name", "Numbers"),
        report.pgettext("sheet title", "What numbers, scores and ranks come to, by health board"),
        Table(
            "numbers",
            report.pgettext("workbook", "Mean, quartiles and sum of each question that has numbers."),
            columns,
            list(_number_rows(report, elsewhere)),
        ),
        report.pgettext(
            "workbook",
            "An answer of a scale counts as its number; a rank of 1 is a first choice.",
        ),
        report.pgettext(
            "workbook", "A sum is of those that gave a number: where fewer did than were expected to, it is not of all."
        ),
        not_applicable=report.pgettext("workbook", "the question has no parts"),
    )


class _Counted(NamedTuple):
    """Something asked, of whom, and the place of its variable in the questionnaire."""

    given: GivenAnswers
    asked: AskedItem
    place: int


def _everything_asked(series: RoundSeries, elsewhere: frozenset[str]) -> list[_Counted]:
    data = series.current
    places = {variable.name: place for place, variable in enumerate(data.variables)}
    everything = [
        _Counted(given, question, places[question.variable.name])
        for given in given_answers(data, elsewhere)
        for question in asked(given.variables, given.numbers)
    ]
    return sorted(everything, key=lambda counted: counted.place)


def _asked_columns(report: Report) -> tuple[Column, ...]:
    section, question, part, _ = question_columns(report)
    counted = Column("counted", report.pgettext("workbook", "What is counted"))
    return board_column(report), section, question, part, counted


def _asked_cells(report: Report, board: str, given: GivenAnswers, question: AskedItem) -> tuple[Cell, ...]:
    unit = report.language.say(ITEMS if given.group else CLUSTERS)
    return (report.board_name(board) if board else report.wales, *words(report, question), unit)


def _boards(report: Report) -> tuple[str, ...]:
    """Wales, then each health board."""
    return ("", *(board.code for board in report.boards))


def _answer_rows(report: Report, elsewhere: frozenset[str]) -> Iterator[tuple[Cell, ...]]:
    everything = []
    for given, question, _ in report.series.once(_everything_asked, elsewhere):
        name, by_month = question.variable.name, _with_months(given, question)
        states = (given.put(name), given.in_state(NO_RESPONSE, name), given.in_state(NOT_ASKED, name))
        responded = states[0] & ~states[1] & ~states[2]
        said = [
            (
                answer_words(report, answer),
                answer.chosen & question.base,
                responded if answer.words is ANY_ANSWER else question.base,
            )
            for answer in answers_shown(by_month)
        ]
        everything.append((given, by_month, states, said))
    for board in _boards(report):
        for given, question, states, said in everything:
            among = given.of_boards.get(board, np.zeros(len(given.boards), dtype=bool))
            expected, silent, not_asked, base = (int((those & among).sum()) for those in (*states, question.base))
            if not expected and board:
                continue
            # Of a question with several variables one may be without a value though the question was answered.
            bases = (expected, silent, not_asked, expected - silent - not_asked - base, base)
            names = _asked_cells(report, board, given, question)
            for words_of_answer, chosen, whole in said:
                number, out_of = int((chosen & among).sum()), whole & among
                share = percent(ANSWERS, number, int(out_of.sum()), given.clusters(out_of))
                yield (*names, words_of_answer, *bases, number, share)


def answers_shown(question: AskedItem) -> Iterator[PossibleAnswer]:
    """The answers that have a row: all that may be given, of a long list those that were."""
    is_searched = answer_type(question.variable.asks).searched
    return (answer for answer in question.answers if not is_searched or answer.chosen.any())


def _with_months(given: GivenAnswers, question: AskedItem) -> AskedItem:
    """A date, by its month."""
    if question.variable.field.kind != "date":
        return question
    days = given.numbers[question.variable.name]
    months = [None if np.isnan(day) else date.fromordinal(int(day)).replace(day=1) for day in days]
    answers = [
        PossibleAnswer(str(month), month, np.array([each == month for each in months]))
        for month in sorted({each for each in months if each is not None})
    ]
    return replace(question, answers=(*question.answers, *answers))


def _number_rows(report: Report, elsewhere: frozenset[str]) -> Iterator[tuple[Cell, ...]]:
    everything = [
        (given, part, numbers)
        for given, question, _ in report.series.once(_everything_asked, elsewhere)
        for part, numbers in _numbers(given, question)
    ]
    for board in _boards(report):
        for given, question, numbers in everything:
            among = given.of_boards.get(board)
            if among is not None:
                chosen = among & ~np.isnan(numbers)
                counted = numbers[chosen]
                few = given.clusters(chosen) < ANSWERS.smallest_base
                figures = [UNRELIABLE] * 7 if few else _figures(counted)
                expected = int((given.put(question.variable.name) & among).sum())
                yield (*_asked_cells(report, board, given, question), expected, len(counted), *figures)


def _numbers(given: GivenAnswers, question: AskedItem) -> Iterator[tuple[AskedItem, Numbers]]:
    """What a question has of numbers: of a ranking, the ranks of each option."""
    variable = question.variable
    column = given.numbers[variable.name]
    match variable.field.kind:
        case "integer" | "decimal":
            yield question, column
        case "code" if all(option.value is not None for option in variable.field.options):
            scores = {float(at): option.value for at, option in enumerate(variable.field.options)}
            yield question, np.array([scores.get(place, NOTHING) for place in column.tolist()], dtype=float)
        case "rank" if question.key.endswith(":ranked"):
            for part in _parts(given, variable):
                named = replace(question, key=part.name, variable=part, part=(part.field.label or part.asks.label,))
                yield named, given.numbers[part.name]


def _parts(given: GivenAnswers, variable: Variable) -> Iterator[Variable]:
    return (other for other in given.variables if (other.page, other.asks) == (variable.page, variable.asks))


def _figures(numbers: Numbers) -> list[Cell]:
    # As np.quantile has them, which would load numpy.ma for nothing else.
    last = len(numbers) - 1
    quartiles = np.interp([last * share for share in QUARTILES], np.arange(last + 1), np.sort(numbers)).tolist()
    return [float(numbers.mean()), *quartiles, float(numbers.sum())]
