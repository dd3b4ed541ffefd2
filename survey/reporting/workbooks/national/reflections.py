"""Every cluster on each outcome assigned to it, silent ones included, and what it answered there."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from survey.collection.rounds.clusters import Cluster
from survey.questionnaire.definition import Option
from survey.questionnaire.framework import Outcome
from survey.reporting.records.round_data import AnswerRow
from survey.reporting.records.variables import ANSWERED, NOT_ASKED
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import cluster_cells, cluster_columns, outcome_columns, without_answer
from survey.reporting.xlsx.description import Cell, Column, Verbatim

ReflectionPlace = tuple[str, str, int]
"""A cluster's code, an outcome's id or nothing, and the number of an item of a group or 0."""


def reflections(report: Report) -> Iterator[tuple[Cluster, Outcome]]:
    """Clusters by name, each with its outcomes in the framework's order."""
    for cluster in report.clusters:
        for outcome in report.outcomes:
            if outcome.id in report.data.assigned[cluster.code]:
                yield cluster, outcome


def reflection_places(report: Report) -> list[ReflectionPlace]:
    """The places of the answers of each reflection."""
    return [(cluster.code, outcome.id, 0) for cluster, outcome in reflections(report)]


def reflection_columns(report: Report) -> tuple[Column, ...]:
    """The columns that name a reflection."""
    return (*cluster_columns(report), *outcome_columns(report))


def reflection_cells(report: Report, cluster: Cluster, outcome: Outcome) -> tuple[Cell, ...]:
    """The cells of `reflection_columns`."""
    return (*cluster_cells(report, cluster), outcome.id, report.outcome_name(outcome))


def reflection_rows(report: Report, *answers: Iterable[Cell]) -> list[tuple[Cell, ...]]:
    """A row for each reflection: what names it, and its answer of each of some columns."""
    return [
        (*reflection_cells(report, cluster, outcome), *cells)
        for (cluster, outcome), *cells in zip(reflections(report), *answers, strict=True)
    ]


def assigned_line(report: Report) -> str:
    """What the rows of a list of reflections are."""
    return report.pgettext("workbook", "Base: every cluster and each outcome assigned to it, silent ones included.")


def answers_at(
    report: Report, measure: str, places: Sequence[ReflectionPlace], show: Callable[[str, str], Cell] = Verbatim
) -> list[Cell]:
    """What was answered to the question that feeds a measure at each place, or why there is nothing.

    `show` makes a cell of an answer and the language it was written in; as they are, they are a respondent's words.
    """
    rows = {(row.cluster, row.outcome, row.item): row for row in report.data.of(measure)}
    nothing = without_answer(NOT_ASKED)
    return [_shown(rows[place], show) if place in rows else nothing for place in places]


def _shown(row: AnswerRow, show: Callable[[str, str], Cell]) -> Cell:
    return show(str(row.value), row.written_in) if row.state == ANSWERED else without_answer(row.state)


def labels(report: Report, measure: str, options: Sequence[Option], places: Sequence[ReflectionPlace]) -> list[Cell]:
    """The words of the option chosen at each place, or why there is none."""
    return answers_at(report, measure, places, lambda code, _: report.option_name(options, code))
