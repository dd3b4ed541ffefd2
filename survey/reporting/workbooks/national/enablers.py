"""What helps clusters and what holds them back: the rating of each enabler."""

from collections.abc import Sequence
from dataclasses import replace

from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import ENABLERS
from survey.reporting.measures.distribution import Distribution, distribution
from survey.reporting.workbooks.cells import NOT_APPLICABLE, board_column
from survey.reporting.workbooks.national.distributions import (
    base_cells,
    count_cells,
    count_columns,
    expected_columns,
    share_cells,
    share_columns,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import figures_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Heat, Sheet, Table


def enablers_and_barriers(report: Report) -> Sheet:
    """Each enabler for Wales, then for each health board: from strong barrier (−2) to strong enabler (2)."""
    options = report.options("enabler")
    rated = report.data.of("enabler")
    wales = distribution(rated, ENABLERS, options, ("question",))
    boards = distribution(rated, ENABLERS, options, ("board", "question"))
    groups = [(report.wales, ()), *((report.board_name(board.code), (board.code,)) for board in report.boards)]
    rows: list[tuple[Cell, ...]] = [
        (name, report.texts(question.label), *enabler_cells(counts, options))
        for name, group in groups
        for _, question in report.questions("enabler")
        if (counts := (wales | boards).get((*group, question.id)))
    ]
    columns = (
        board_column(report),
        Column("enabler", report.pgettext("workbook", "Enabler"), "long_text"),
        *enabler_columns(report, options),
    )
    description = report.pgettext("workbook", "How clusters rated each enabler, in Wales and in each health board.")
    return figures_of_clusters(
        report,
        ENABLERS,
        report.pgettext("sheet name", "Enablers and barriers"),
        report.pgettext("sheet title", "Enablers and barriers, by health board"),
        Table("enablers_and_barriers", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters. Percentages and means are of those that rated the enabler."),
    )


def enabler_columns(report: Report, options: Sequence[Option]) -> tuple[Column, ...]:
    """The columns of a distribution of ratings: base, counts, mean, percentages."""
    *counts, not_answered = count_columns(report, options)
    mean = Column("mean", report.pgettext("workbook", "Mean"), "decimal", decimals=2, heat=Heat(-2, 2, 0))
    return (
        *expected_columns(report),
        *(replace(column, header=_with_number(report, option)) for column, option in zip(counts, options, strict=True)),
        not_answered,
        replace(mean, unit=report.pgettext("unit", "−2 to 2")),
        *share_columns(report, options, ENABLERS),
    )


def enabler_cells(counts: Distribution, options: Sequence[Option]) -> tuple[Cell, ...]:
    """The cells of `enabler_columns`."""
    mean = counts.mean(options, ENABLERS)
    return (
        *base_cells(counts),
        *count_cells(counts, options),
        NOT_APPLICABLE if mean is None else mean,
        *share_cells(counts, options, ENABLERS),
    )


def _with_number(report: Report, option: Option) -> str:
    """“Strong barrier, −2”."""
    label = report.texts(option.label)
    if option.value is None:
        return label
    number = report.language.number(option.value).replace("-", "−")
    return report.pgettext("workbook", "%(answer)s, %(number)s", answer=label, number=number)
