"""Any questionnaire that clusters answer: how many gave each answer.

Clusters are organisations, so nothing is hidden.
"""

from collections import Counter

import pandas as pd

from survey.questionnaire.framework import Outcome
from survey.reporting.measures.declarations import RESPONSE, SMALLEST_BASE
from survey.reporting.records.answers import ANSWERED, NO_RESPONSE, NOT_ASKED
from survey.reporting.records.people import COUNTED_KINDS, numbers_of
from survey.reporting.records.rows import columns_in_use
from survey.reporting.workbooks.cells import NOT_APPLICABLE
from survey.reporting.workbooks.codebook import codebook
from survey.reporting.workbooks.generic.answers import (
    Asked,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.national.response import response_by_board, response_by_cluster
from survey.reporting.workbooks.national.responses import responses_as_codes, responses_as_labels
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table


def answers_of_clusters(report: Report) -> Sheet:
    """How many clusters gave each answer, and how many were not asked or did not answer."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Answers"),
        title=report.titled(language.pgettext("sheet title", "How often each answer was given")),
        preamble=(
            language.pgettext("workbook", "Base: clusters that answered the question. Percentages are of the base."),
            language.pgettext("workbook", "What clusters wrote in their own words is in the sheet of responses."),
        ),
        notes=(RESPONSE.id,),
        shorthand={
            Shorthand.NOT_APPLICABLE: language.pgettext(
                "workbook", "the question has no parts, or a percentage of fewer than five clusters"
            )
        },
        body=Table(
            "answers",
            language.pgettext("workbook", "How many clusters gave each answer to each question."),
            (
                *question_columns(language),
                Column("expected", language.pgettext("workbook", "Clusters expected"), "whole"),
                Column("silent", language.pgettext("workbook", "Without a response that counts"), "whole"),
                Column("not_asked", language.pgettext("workbook", "Not asked"), "whole"),
                Column("not_answered", language.pgettext("workbook", "Responded without an answer"), "whole"),
                Column("base", language.pgettext("workbook", "Clusters in the base"), "whole"),
                *number_columns(language),
            ),
            [row for one in _asked(report) for row in _rows(report, one)],
        ),
    )


def _asked(report: Report) -> list[Asked]:
    """Everything asked, over a frame with a row for each cluster."""
    data = report.data
    variables = [
        variable for variable in columns_in_use(data) if variable.item is None and variable.field.kind in COUNTED_KINDS
    ]
    columns = {}
    given = data.answers[data.answers["state"] == ANSWERED]
    by_name = {str(name): rows for name, rows in given.groupby("variable", sort=False)}
    for variable in variables:
        rows = by_name.get(variable.name, given.iloc[:0])
        number = numbers_of(variable)
        cells = {str(cluster): number(value) for cluster, value in zip(rows["cluster"], rows["value"], strict=True)}
        columns[variable.name] = [cells.get(str(code), float("nan")) for code in data.clusters.index]
    return list(asked(variables, pd.DataFrame(columns, index=data.clusters.index)))


def _rows(report: Report, one: Asked) -> list[tuple[Cell, ...]]:
    rows = report.data.answers
    states = Counter(rows.loc[rows["variable"] == one.variable.name, "state"])
    base = int(one.base.sum())
    # Of a question with several variables one may be without a value though the question was answered.
    expected = sum(states.values())
    silent, not_asked = states[NO_RESPONSE], states[NOT_ASKED]
    not_answered = expected - silent - not_asked - base
    found: list[tuple[Cell, ...]] = []
    for answer in one.answers:
        number = int(answer.chosen.sum())
        found.append(
            (
                *words(report, one, _outcome_name(report, one.page.outcome)),
                answer_words(report, answer),
                expected,
                silent,
                not_asked,
                not_answered,
                base,
                number,
                number / base if base >= SMALLEST_BASE else NOT_APPLICABLE,
            )
        )
    return found


def _outcome_name(report: Report, outcome: Outcome | None) -> str:
    return report.outcome_name(outcome) if outcome else ""


SHEETS: tuple[SheetMaker, ...] = (
    response_by_board,
    response_by_cluster,
    answers_of_clusters,
    responses_as_codes,
    responses_as_labels,
    codebook,
)
