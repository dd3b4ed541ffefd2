"""Columns of how many clusters gave each answer, with their cells: the base, the counts, the shares."""

from collections.abc import Sequence

from survey.languages import Phrase
from survey.questionnaire.definition import Option
from survey.reporting.measures.clusters import Distribution, distribution
from survey.reporting.measures.declarations import CLUSTERS, REFLECTIONS, Measure
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    ColumnBlock,
    expected_column,
    not_answered_column,
    number_of,
    percent,
    percent_column,
)
from survey.reporting.xlsx.description import Column, ColumnLine

ASSIGNED = {
    CLUSTERS: (Phrase("workbook", "Assigned clusters"), Phrase("workbook", "Assigned clusters that responded")),
    REFLECTIONS: (Phrase("workbook", "Reflections asked for"), Phrase("workbook", "Reflections submitted")),
}
"""What the base of a figure by outcome is called, by the unit of its measure."""


def assigned_columns(report: Report, measure: Measure) -> tuple[Column, Column]:
    """The columns of the base of a figure by outcome."""
    assigned, responded = map(report.language.say, ASSIGNED[measure.unit])
    return Column("assigned", assigned, "whole"), Column("responded", responded, "whole")


def asked_for_line(report: Report) -> ColumnLine:
    """What figures by outcome are out of, where they are of reflections."""
    return ColumnLine(report.pgettext("workbook", "Base: reflections asked for."), ("assigned",))


def all_clusters_line(report: Report) -> ColumnLine:
    """What figures of all clusters are out of."""
    return ColumnLine(report.pgettext("workbook", "Base: all clusters."), ("expected",))


def expected(report: Report) -> ColumnBlock[Distribution]:
    """The base of a figure of all clusters."""
    responded = Column("responded", report.pgettext("workbook", "Clusters that responded"), "whole")
    return ColumnBlock((expected_column(report), responded), _base)


def counts(report: Report, options: Sequence[Option], measure: Measure) -> ColumnBlock[Distribution]:
    """How many chose each option, and how many gave no answer."""
    chosen = (number_of(report, measure, f"n_{option.code}", report.texts(option.label)) for option in options)
    return ColumnBlock(
        (*chosen, not_answered_column(report)),
        lambda counted: (*(counted.by_code[option.code] for option in options), counted.not_answered),
    )


def shares(report: Report, options: Sequence[Option], measure: Measure) -> ColumnBlock[Distribution]:
    """The percentage of each option that is in their base."""
    in_base = [option for option in options if option.code not in measure.left_out]
    return ColumnBlock(
        tuple(percent_column(f"p_{option.code}", report.texts(option.label)) for option in in_base),
        lambda counted: tuple(
            percent(measure, counted.by_code[option.code], counted.base, counted.clusters) for option in in_base
        ),
    )


def figures_by_outcome(report: Report, options: Sequence[Option], measure: Measure) -> ColumnBlock[Distribution]:
    """All figures of a distribution among assigned clusters."""
    base = ColumnBlock(assigned_columns(report, measure), _base)
    return base + counts(report, options, measure) + shares(report, options, measure)


def distributions_by_board(report: Report, measure: Measure) -> list[tuple[str, Distribution]]:
    """The answers that a measure counts, of Wales and of each health board that is asked, by its name."""
    rows, options = report.data.of(measure.question), report.options(measure.question)
    boards = distribution(rows, measure, options, ("board",))
    return [
        *((report.wales, counted) for counted in distribution(rows, measure, options, ()).values()),
        *((report.board_name(board.code), boards[board.code,]) for board in report.boards if (board.code,) in boards),
    ]


def _base(counted: Distribution) -> tuple[int, int]:
    return counted.expected, counted.responded
