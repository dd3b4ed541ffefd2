"""Every cluster on each outcome assigned to it, silent ones included, and what it answered there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from survey.collection.rounds.clusters import Cluster
from survey.questionnaire.definition import Option
from survey.questionnaire.framework import Outcome
from survey.reporting.records.answers import ANSWERED, NOT_ASKED
from survey.reporting.workbooks.cells import cluster_cells, cluster_columns, outcome_columns, without_answer
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Verbatim

Place = tuple[str, str, int]
"""A cluster's code, an outcome's id or nothing, and the number of an item of a group or 0."""


class Given(NamedTuple):
    """What was answered at a place, in which state and language."""

    value: object
    state: str
    written_in: str


def reflections(report: Report) -> Iterator[tuple[Cluster, Outcome]]:
    """Clusters by name, each with its outcomes in the framework's order."""
    for cluster in report.clusters:
        for outcome in report.outcomes:
            if outcome.id in report.data.assigned[cluster.code]:
                yield cluster, outcome


def reflection_places(report: Report) -> list[Place]:
    """The places of the answers of each reflection."""
    return [(cluster.code, outcome.id, 0) for cluster, outcome in reflections(report)]


def reflection_columns(report: Report) -> tuple[Column, ...]:
    """The columns that name a reflection."""
    return (*cluster_columns(report), *outcome_columns(report))


def reflection_cells(report: Report) -> list[tuple[Cell, ...]]:
    """The cells of `reflection_columns` for each reflection."""
    return [
        (*cluster_cells(report, cluster), outcome.id, report.outcome_name(outcome))
        for cluster, outcome in reflections(report)
    ]


def assigned_line(report: Report) -> str:
    """What the rows of a list of reflections are."""
    return report.pgettext("workbook", "Base: every cluster and each outcome assigned to it, silent ones included.")


def given(report: Report, measure: str, places: Sequence[Place]) -> Iterator[Given]:
    """What was answered to the question that feeds a measure, at each of some places; not asked where it is not put."""
    rows = report.data.of(measure)
    by_place = pd.MultiIndex.from_arrays([rows["cluster"], rows["outcome"], rows["item"]])
    order = by_place.get_indexer(pd.MultiIndex.from_tuples(places)) if len(rows) and places else [-1] * len(places)
    answers = [*rows[["value", "state", "written_in"]].itertuples(index=False, name=None), (None, NOT_ASKED, "")]
    return (Given(*answers[place]) for place in order)


def words(report: Report, measure: str, places: Sequence[Place]) -> list[Cell]:
    """The words written at each place; [z] when not asked, [x] when there is no answer."""
    return [
        Verbatim(str(answer.value), answer.written_in) if answer.state == ANSWERED else without_answer(answer.state)
        for answer in given(report, measure, places)
    ]


def labels(report: Report, measure: str, options: Sequence[Option], places: Sequence[Place]) -> list[Cell]:
    """The words of the option chosen at each place, or why there is none."""
    return [
        report.option_name(options, str(answer.value)) if answer.state == ANSWERED else without_answer(answer.state)
        for answer in given(report, measure, places)
    ]
