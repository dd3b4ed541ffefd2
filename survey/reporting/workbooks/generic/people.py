"""Any questionnaire that people answer unnamed, counted so that nobody can be picked out.

Nothing is known of its questions, any of which may set a small group apart. So not only respondents are protected
but every number of people who gave an answer, and, where an answer may be left unchosen, of those who did not.
"""

from dataclasses import dataclass

import numpy as np

from survey.languages import Language
from survey.reporting.disclosure.audit import audit
from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup, Sum
from survey.reporting.disclosure.protection import (
    EVERYBODY,
    RESPONDENTS,
    Protected,
    board_groups,
    known_of_clusters,
    one_way,
    places_of,
)
from survey.reporting.disclosure.suppression import hidden_cells
from survey.reporting.measures.people import RESPONSE
from survey.reporting.measures.tallies import Groups
from survey.reporting.records.people import People
from survey.reporting.records.variables import variables_of_round
from survey.reporting.workbooks.codebook import codebook_of
from survey.reporting.workbooks.generic.answers import (
    Asked,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.people_report import HIDDEN, SMALL_GROUPS, PeopleReport
from survey.reporting.workbooks.people_response import response_by_board, response_by_cluster
from survey.reporting.xlsx.description import Cell as TableCell
from survey.reporting.xlsx.description import Column, Sheet, Shorthand, Table

NOT_CHOSEN = "!"


@dataclass(frozen=True, eq=False)
class AnswerRelease(Protected):
    """Every answer of a round, counted and protected, for Wales and by health board."""

    asked: tuple[Asked, ...]


def answer_release(people: People, threshold: int) -> AnswerRelease:
    """Count every answer, hide what must be hidden, and attack the result. Raises Recoverable."""
    boards = board_groups(people)
    groups = Groups([(boards, places_of(people, "board"))])
    found = tuple(asked(people.variables, people.frame))
    values: dict[CountCell, int] = {}
    sums: list[Sum] = []

    def count(of: str, chosen: np.ndarray) -> None:
        numbers = groups.sums(chosen.astype(np.float64))
        values.update((CountCell(of, group), int(numbers[groups.place[group]])) for group in groups.all)
        sums.extend(one_way(of, boards))

    count(RESPONDENTS, np.ones(len(people.frame)))
    within: list[tuple[CountCell, CountCell]] = []
    for one in found:
        count(one.key, one.base)
        within += [(CountCell(one.key, group), CountCell(RESPONDENTS, group)) for group in groups.all]
        for answer in one.answers:
            count(answer_key(one, answer.key), answer.chosen & one.base)
            if not one.excluding:
                count(answer_key(one, answer.key) + NOT_CHOSEN, ~answer.chosen & one.base)
        sums += [Sum(CountCell(one.key, group), parts) for group in groups.all for parts in _parts(one, group)]
    counts = Counts(
        values,
        tuple(sums),
        tuple(within),
        frozenset(cell for cell in values if cell.of),
        *known_of_clusters(people, threshold),
    )
    hidden = hidden_cells(counts, threshold)
    audit(counts, hidden, threshold)
    return AnswerRelease(people, threshold, counts, hidden, found)


def answer_key(one: Asked, answer: str) -> str:
    """What the number of people who gave an answer counts to."""
    return f"{one.key}={answer}"


def _parts(one: Asked, group: PeopleGroup) -> list[tuple[CountCell, ...]]:
    """The sets of answers that each add up to all who answered."""
    keys = [answer_key(one, answer.key) for answer in one.answers]
    if one.excluding:
        return [tuple(CountCell(key, group) for key in keys)]
    return [(CountCell(key, group), CountCell(key + NOT_CHOSEN, group)) for key in keys]


class AnswerReport(PeopleReport):
    """An answer release told in a language."""

    def __init__(self, release: AnswerRelease, language: Language) -> None:
        super().__init__(release, language)
        self.release = release


def answers_of_people(report: AnswerReport) -> Sheet:
    """How many people gave each answer, in Wales and in each health board."""
    language = report.language
    rows: list[tuple[TableCell, ...]] = []
    for group in (EVERYBODY, *report.board_groups):
        name = report.board_name(group[1]) if group else report.wales
        for one in report.release.asked:
            outcome = one.page.outcome
            section, question, part = words(report, one, report.texts(outcome.name) if outcome else "")
            base = report.release.count(group, one.key)
            for answer in one.answers:
                number = report.release.count(group, answer_key(one, answer.key))
                share = HIDDEN if base is None or number is None else round(number / base, 2)
                rows.append(
                    (
                        name,
                        section,
                        question,
                        part,
                        answer_words(report, answer),
                        HIDDEN if base is None else base,
                        HIDDEN if number is None else number,
                        share,
                    )
                )
    return Sheet(
        name=language.pgettext("sheet name", "Answers"),
        title=report.titled(language.pgettext("sheet title", "How often each answer was given, by health board")),
        preamble=(
            language.pgettext("workbook", "Base: people who answered the question. Percentages are of the base."),
            language.pgettext("workbook", "What people wrote in their own words is in no workbook."),
        ),
        notes=(SMALL_GROUPS,),
        shorthand={
            **report.hidden_meaning,
            Shorthand.NOT_APPLICABLE: language.pgettext("workbook", "the question has no parts"),
        },
        body=Table(
            "people_answers",
            language.pgettext("workbook", "How many people gave each answer to each question."),
            (
                Column("group", language.pgettext("workbook", "Health board")),
                *question_columns(language),
                Column("base", language.pgettext("workbook", "People in the base"), "whole"),
                *number_columns(language),
            ),
            rows,
        ),
    )


def codebook_of_people(report: AnswerReport) -> Sheet:
    """Each variable of a response, free text included, of which nothing is in this workbook."""
    line = report.language.pgettext(
        "workbook",
        "One row for each column of a response. Single responses, and what people wrote, are in no workbook.",
    )
    return codebook_of(report, variables_of_round(report.snapshot), lambda outcome: report.texts(outcome.name), line)


SHEETS = (response_by_board, response_by_cluster, answers_of_people, codebook_of_people)
MEASURES = (RESPONSE,)
