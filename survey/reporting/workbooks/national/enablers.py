"""What helps clusters, what holds them back, and from whom they want help."""

from collections.abc import Sequence
from dataclasses import replace

from survey.questionnaire.definition import Option
from survey.reporting.measures.clusters import Distribution, distribution
from survey.reporting.measures.declarations import ENABLERS, HELP_FROM
from survey.reporting.workbooks.national.figures import (
    all_clusters_line,
    counts,
    distributions_by_board,
    expected,
    shares,
)
from survey.reporting.workbooks.report import UNRELIABLE, Report
from survey.reporting.workbooks.tables import ColumnBlock, board_column, figures_of_clusters, percentages_line
from survey.reporting.xlsx.description import Cell, Column, ColumnLine, Heat, Sheet, Table


def enablers_and_barriers(report: Report) -> Sheet:
    """Each enabler for Wales, then for each health board: from strong barrier (−2) to strong enabler (2)."""
    options = report.options("enabler")
    rated = report.data.of("enabler")
    wales = distribution(rated, ENABLERS, options, ("question",))
    boards = distribution(rated, ENABLERS, options, ("board", "question"))
    groups = [(report.wales, ()), *((report.board_name(board.code), (board.code,)) for board in report.boards)]
    ratings = enabler_ratings(report, options)
    rows: list[tuple[Cell, ...]] = [
        (name, report.texts(question.label), *ratings.cells(counted))
        for name, group in groups
        for _, question in report.questions("enabler")
        if (counted := (wales | boards).get((*group, question.id)))
    ]
    columns = (board_column(report), enabler_column(report), *ratings.columns)
    description = report.pgettext("workbook", "How clusters rated each enabler, in Wales and in each health board.")
    return figures_of_clusters(
        report,
        ENABLERS,
        report.pgettext("sheet name", "Enablers and barriers"),
        report.pgettext("sheet title", "Enablers and barriers, by health board"),
        Table("enablers_and_barriers", description, columns, rows),
        all_clusters_line(report),
        ColumnLine(
            report.pgettext("workbook", "Percentages and means are of those that rated the enabler."), ("p_", "mean")
        ),
    )


def help_wanted_from(report: Report) -> Sheet:
    """How many clusters want help from each source, for Wales and each health board."""
    options = report.options("help_from")
    no_help = Column("no_help", report.pgettext("workbook", "Named no help"), "whole")
    not_asked: ColumnBlock[Distribution] = ColumnBlock((no_help,), lambda counted: (counted.not_asked,))
    figures = expected(report) + not_asked + counts(report, options, HELP_FROM) + shares(report, options, HELP_FROM)
    groups = distributions_by_board(report, HELP_FROM)
    rows: list[tuple[Cell, ...]] = [(name, *figures.cells(counted)) for name, counted in groups]
    description = report.pgettext("workbook", "How many clusters want help from each source.")
    return figures_of_clusters(
        report,
        HELP_FROM,
        report.pgettext("sheet name", "Help wanted from whom"),
        report.pgettext("sheet title", "Help wanted: from whom, by health board"),
        Table("help_wanted_from", description, (board_column(report), *figures.columns), rows),
        all_clusters_line(report),
        percentages_line(report.pgettext("workbook", "Percentages are of those that said from whom.")),
    )


def enabler_column(report: Report) -> Column:
    """The column of what was rated."""
    return Column("enabler", report.pgettext("workbook", "Enabler"), "long_text")


def enabler_ratings(report: Report, options: Sequence[Option]) -> ColumnBlock[Distribution]:
    """A distribution of ratings: base, counts, mean, percentages."""
    chosen = counts(report, options, ENABLERS)
    *numbers, not_answered = chosen.columns
    headers = [_with_number(report, option) for option in options]
    numbered = (replace(column, header=header) for column, header in zip(numbers, headers, strict=True))
    mean = Column("mean", report.pgettext("workbook", "Mean"), "decimal", decimals=2, heat=Heat(-2, 2, 0))
    return (
        expected(report)
        + ColumnBlock((*numbered, not_answered), chosen.cells)
        + ColumnBlock(
            (replace(mean, unit=report.pgettext("unit", "−2 to 2")),), lambda counted: (_mean(counted, options),)
        )
        + shares(report, options, ENABLERS)
    )


def _mean(counted: Distribution, options: Sequence[Option]) -> Cell:
    mean = counted.mean(options, ENABLERS)
    return UNRELIABLE if mean is None else mean


def _with_number(report: Report, option: Option) -> str:
    """“Strong barrier, −2”."""
    label = report.texts(option.label)
    if option.value is None:
        return label
    number = report.language.number(option.value).replace("-", "−")
    return report.pgettext("workbook", "%(answer)s, %(number)s", answer=label, number=number)
