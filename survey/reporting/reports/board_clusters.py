"""A health board’s clusters in a round: which have submitted, what they are asked about, and a sheet of them alone."""

from collections.abc import Sequence
from dataclasses import replace

from survey.collection.rounds.clusters import Cluster
from survey.questionnaire.framework import Outcome
from survey.reporting.reports.blocks import NOTHING, table_of
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Paragraphs, Sheet


def submitted_lines(report: Report, board: str) -> tuple[str, ...]:
    """How many clusters of the health board have submitted, and which have not, if any."""
    silent = [report.cluster_name(cluster.code) for cluster in silent_clusters(report, board)]
    every = len(report.snapshot.clusters.of_board(board))
    submitted = report.pgettext(
        "peer review",
        "Of this health board’s clusters, %(submitted)s of %(clusters)s have submitted.",
        submitted=report.language.number(every - len(silent)),
        clusters=report.language.number(every),
    )
    if not silent:
        return (submitted,)
    return submitted, report.pgettext("peer review", "Not submitted: %(clusters)s.", clusters=", ".join(silent))


def silent_clusters(report: Report, board: str) -> list[Cluster]:
    """The clusters of the health board of which no response counts."""
    return [
        cluster
        for cluster in report.clusters
        if cluster.health_board == board and not report.data.clusters[cluster.code].counted
    ]


def asked_of(report: Report, board: str) -> list[Outcome]:
    """The outcomes that any cluster of the health board is asked about this year."""
    clusters = report.snapshot.clusters.of_board(board)
    asked = {outcome for cluster in clusters for outcome in report.data.assigned[cluster.code]}
    return [outcome for outcome in report.outcomes if outcome.id in asked]


def in_words(report: Report, sheet: Sheet) -> Sheet:
    """A sheet that says that its table would be empty: as a table it would have to hold a row that is none."""
    lines = (*sheet.lines, report.language.say(NOTHING))
    return replace(sheet, body=Paragraphs(lines), preamble=(), notes=())


def titled_of_board(report: Report, board: str, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> Sheet:
    """A sheet with some of its rows, named by the health board that they are of."""
    title = report.pgettext("peer review", "%(title)s: %(board)s", title=sheet.title, board=report.board_name(board))
    return replace(sheet, title=title, body=replace(table_of(sheet), rows=rows))
