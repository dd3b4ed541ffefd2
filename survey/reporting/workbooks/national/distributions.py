"""Columns and cells of a distribution of answers: its base, how many gave each, which share that is."""

from collections.abc import Sequence

from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.distribution import Distribution
from survey.reporting.workbooks.cells import expected_column, not_answered_column, percent, percent_column
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column


def assigned_columns(report: Report) -> tuple[Column, Column]:
    """The columns of the base of a figure by outcome."""
    return (
        Column("assigned", report.pgettext("workbook", "Assigned clusters"), "whole"),
        Column("responded", report.pgettext("workbook", "Assigned clusters that responded"), "whole"),
    )


def expected_columns(report: Report) -> tuple[Column, Column]:
    """The columns of the base of a figure of all clusters."""
    return (
        expected_column(report),
        Column("responded", report.pgettext("workbook", "Clusters that responded"), "whole"),
    )


def base_cells(counts: Distribution) -> tuple[Cell, Cell]:
    """The cells of `assigned_columns` and `expected_columns`."""
    return counts.expected, counts.responded


def count_columns(report: Report, options: Sequence[Option]) -> tuple[Column, ...]:
    """A column of counts for each option, and one of those without an answer."""
    unit = report.pgettext("unit", "number")
    counts = (Column(f"n_{option.code}", report.texts(option.label), "whole", unit=unit) for option in options)
    return (*counts, not_answered_column(report))


def count_cells(counts: Distribution, options: Sequence[Option]) -> tuple[Cell, ...]:
    """The cells of `count_columns`."""
    return (*(counts.by_code[option.code] for option in options), counts.not_answered)


def share_columns(report: Report, options: Sequence[Option], measure: Measure) -> tuple[Column, ...]:
    """A column of percentages for each option that is in their base."""
    return tuple(
        percent_column(f"p_{option.code}", report.texts(option.label))
        for option in options
        if option.code not in measure.left_out
    )


def share_cells(counts: Distribution, options: Sequence[Option], measure: Measure) -> tuple[Cell, ...]:
    """The cells of `share_columns`."""
    return tuple(
        percent(measure, counts.by_code[option.code], counts.base)
        for option in options
        if option.code not in measure.left_out
    )


def distribution_columns(report: Report, options: Sequence[Option], measure: Measure) -> tuple[Column, ...]:
    """The columns of a distribution among assigned clusters."""
    return (*assigned_columns(report), *count_columns(report, options), *share_columns(report, options, measure))


def distribution_cells(counts: Distribution, options: Sequence[Option], measure: Measure) -> tuple[Cell, ...]:
    """The cells of `distribution_columns`."""
    return (*base_cells(counts), *count_cells(counts, options), *share_cells(counts, options, measure))
