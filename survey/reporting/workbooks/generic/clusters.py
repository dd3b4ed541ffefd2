"""Any questionnaire that clusters answer: how many gave each answer.

Clusters are organisations, so nothing is hidden.
"""

from collections.abc import Iterator

import pandas as pd

from survey.reporting.measures.declarations import RESPONSE
from survey.reporting.records.people import COUNTED_KINDS, numbers_of
from survey.reporting.records.rows import columns_in_use
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ASKED
from survey.reporting.workbooks.generic.answers import (
    Asked,
    answer_words,
    asked,
    number_columns,
    question_columns,
    words,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import expected_column, not_answered_column, percent, sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table


def answers_of_clusters(report: Report) -> Sheet:
    """How many clusters gave each answer, and how many were not asked or did not answer."""
    columns = (
        *question_columns(report),
        expected_column(report),
        Column("silent", report.pgettext("workbook", "Without a response that counts"), "whole"),
        Column("not_asked", report.pgettext("workbook", "Not asked"), "whole"),
        not_answered_column(report),
        Column("base", report.pgettext("workbook", "Clusters in the base"), "whole"),
        *number_columns(report),
    )
    description = report.pgettext("workbook", "How many clusters gave each answer to each question.")
    no_parts = report.pgettext("workbook", "the question has no parts")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Answers"),
        report.pgettext("sheet title", "How often each answer was given"),
        Table("answers", description, columns, list(_rows(report))),
        (
            report.pgettext("workbook", "Base: clusters that answered the question. Percentages are of the base."),
            report.pgettext("workbook", "What clusters wrote in their own words is in the sheet of responses."),
        ),
        (RESPONSE.id,),
        {Shorthand.NOT_APPLICABLE: no_parts},
    )


def _asked(report: Report) -> Iterator[Asked]:
    """Everything asked, over a frame with a row for each cluster."""
    data = report.data
    variables = [
        variable for variable in columns_in_use(data) if variable.item is None and variable.field.kind in COUNTED_KINDS
    ]
    given = data.answers[data.answers["state"] == ANSWERED]
    values = given.pivot(index="cluster", columns="variable", values="value")
    values = values.reindex(index=data.clusters.index, columns=[variable.name for variable in variables])
    columns = {
        variable.name: values[variable.name].map(numbers_of(variable), na_action="ignore") for variable in variables
    }
    return asked(variables, pd.DataFrame(columns))


def _rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    answers = report.data.answers
    states = pd.crosstab(answers["variable"], answers["state"])
    states = states.reindex(columns=[NO_RESPONSE, NOT_ASKED], fill_value=0).assign(expected=states.sum(axis=1))
    for question in _asked(report):
        names = words(report, question)
        silent, not_asked, expected = map(int, states.loc[question.variable.name])
        # Of a question with several variables one may be without a value though the question was answered.
        base = int(question.base.sum())
        bases = (expected, silent, not_asked, expected - silent - not_asked - base, base)
        for answer in question.answers:
            number = int(answer.chosen.sum())
            yield (*names, answer_words(report, answer), *bases, number, percent(RESPONSE, number, base, base))
