"""What would help clusters most, and from whom."""

from survey.reporting.measures.declarations import HELP_FROM, OWN_WORDS
from survey.reporting.measures.distribution import distribution
from survey.reporting.workbooks.cells import board_column, cluster_cells, cluster_columns
from survey.reporting.workbooks.national.distributions import (
    base_cells,
    count_cells,
    count_columns,
    expected_columns,
    share_cells,
    share_columns,
)
from survey.reporting.workbooks.national.reflections import labels, words
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import figures_of_clusters, words_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def help_wanted(report: Report) -> Sheet:
    """The one thing that would help each cluster most, and who could give it."""
    places = [(cluster.code, "", 0) for cluster in report.clusters]
    wanted = words(report, "help_wanted", places)
    sources = labels(report, "help_from", report.options("help_from"), places)
    rows: list[tuple[Cell, ...]] = [
        (*cluster_cells(report, cluster), help_named, source)
        for cluster, help_named, source in zip(report.clusters, wanted, sources, strict=True)
    ]
    columns = (
        *cluster_columns(report),
        Column("help", report.pgettext("workbook", "What would help most"), "verbatim"),
        Column("source", report.pgettext("workbook", "From whom")),
    )
    description = report.pgettext("workbook", "What would help each cluster most, and from whom.")
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Help wanted"),
        report.pgettext("sheet title", "Help wanted, in clusters’ own words"),
        Table("help_wanted", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters on the round’s list, silent ones included."),
        not_applicable=report.pgettext("workbook", "not asked, because no help was named"),
    )


def help_wanted_from(report: Report) -> Sheet:
    """How many clusters want help from each source, for Wales and each health board."""
    options = report.options("help_from")
    answers = report.data.of("help_from")
    boards = distribution(answers, HELP_FROM, options, ("board",))
    groups = [(report.wales, counts) for counts in distribution(answers, HELP_FROM, options, ()).values()]
    groups += [
        (report.board_name(board.code), boards[board.code,]) for board in report.boards if (board.code,) in boards
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            *base_cells(counts),
            counts.not_asked,
            *count_cells(counts, options),
            *share_cells(counts, options, HELP_FROM),
        )
        for name, counts in groups
    ]
    columns = (
        board_column(report),
        *expected_columns(report),
        Column("no_help", report.pgettext("workbook", "Named no help"), "whole"),
        *count_columns(report, options),
        *share_columns(report, options, HELP_FROM),
    )
    description = report.pgettext("workbook", "How many clusters want help from each source.")
    return figures_of_clusters(
        report,
        HELP_FROM,
        report.pgettext("sheet name", "Help wanted from whom"),
        report.pgettext("sheet title", "Help wanted: from whom, by health board"),
        Table("help_wanted_from", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters. Percentages are of those that said from whom."),
    )
