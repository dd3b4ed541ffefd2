"""How many clusters stand higher, the same or lower: the columns and cells of a comparison of levels."""

from collections.abc import Mapping

import pandas as pd

from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.levels import Comparison
from survey.reporting.workbooks.cells import percent, percent_column
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column

WAYS: tuple[Comparison, ...] = ("higher", "same", "lower")


def way_columns(
    report: Report, compared: Column, names: Mapping[Comparison, str], *others: Column
) -> tuple[Column, ...]:
    """The columns of those compared, of each way, of those who could not be compared, and of shares."""
    unit = report.pgettext("unit", "number")
    return (
        compared,
        *(Column(f"n_{way}", names[way], "whole", unit=unit) for way in WAYS),
        *others,
        *(percent_column(f"p_{way}", names[way]) for way in WAYS),
    )


def way_cells(ways: pd.Series, measure: Measure, *others: str) -> tuple[Cell, ...]:
    """The cells of `way_columns`; `others` are the values that stand for not being compared."""
    counts = ways.value_counts()
    numbers = [int(counts.get(way, 0)) for way in WAYS]
    compared = sum(numbers)
    return (
        compared,
        *numbers,
        *(int(counts.get(other, 0)) for other in others),
        *(percent(measure, number, compared) for number in numbers),
    )
