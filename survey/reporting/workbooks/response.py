"""Who has responded, by health board and by cluster: of clusters with their status, of people where they are enough."""

from survey.collection.progress import UNREADABLE, say_progress
from survey.languages import UK
from survey.reporting.disclosure.protection import EVERYBODY, Protected
from survey.reporting.measures.clusters import Responding, responding
from survey.reporting.measures.declarations import RESPONSE
from survey.reporting.measures.workforce import PEOPLE_RESPONSE
from survey.reporting.workbooks.provenance import PROTECTION
from survey.reporting.workbooks.report import HIDDEN, PeopleReport, Report
from survey.reporting.workbooks.rounding_notes import lines_of_people
from survey.reporting.workbooks.tables import (
    NOT_ANSWERED,
    ColumnBlock,
    board_column,
    cluster_cells,
    cluster_columns,
    expected_column,
    figures_of_clusters,
    number_of,
    percent,
    percent_column,
    sheet_of,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

BY_BOARD_STATUSES = ("not_started", "in_progress", "submitted", "reopened")


def response_by_board(report: Report) -> Sheet:
    """Clusters expected and by status, for Wales and each health board, with the response rate."""
    wales, counted = responding(report.data), responses_counted(report)
    statuses = (*BY_BOARD_STATUSES, *([UNREADABLE] if wales.by_status[UNREADABLE] else []))
    columns = (
        board_column(report),
        expected_column(report),
        *(number_of(report, RESPONSE, status, report.status_name(status)) for status in statuses),
        *counted.columns,
    )
    boards = ((report.board_name(board.code), responding(report.data, board.code)) for board in report.boards)
    rows: list[tuple[Cell, ...]] = [
        (name, clusters.expected, *(clusters.by_status[status] for status in statuses), *counted.cells(clusters))
        for name, clusters in ((report.wales, wales), *boards)
    ]
    description = report.pgettext("workbook", "How many clusters of each health board are at each status.")
    return figures_of_clusters(
        report,
        RESPONSE,
        report.pgettext("sheet name", "Response by health board"),
        report.pgettext("sheet title", "Response by health board"),
        Table("response_by_board", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters on the round’s list."),
        report.pgettext("workbook", "A reopened response counts as it was submitted, until it is submitted again."),
        *_unreadable_line(report),
    )


def response_by_cluster(report: Report) -> Sheet:
    """Every cluster with its status."""
    columns = (
        *cluster_columns(report),
        Column("code", report.pgettext("workbook", "Cluster code")),
        Column("status", report.pgettext("workbook", "Status")),
        Column("counts", report.pgettext("workbook", "Has a response that counts")),
        Column("submitted", report.pgettext("workbook", "Submitted on"), "date"),
        Column("language", report.pgettext("workbook", "Language at submission")),
        Column("outcomes", report.pgettext("workbook", "Outcomes assigned"), "whole"),
    )
    description = report.pgettext("workbook", "The status of every cluster, and when it submitted.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Response by cluster"),
        report.pgettext("sheet title", "Response by cluster"),
        Table("response_by_cluster", description, columns, _cluster_rows(report)),
        (
            report.pgettext("workbook", "Base: all clusters on the round’s list, silent ones included."),
            *_unreadable_line(report),
        ),
        (RESPONSE.id,),
        {NOT_ANSWERED: report.pgettext("workbook", "not available: not submitted")},
    )


def responses_counted(report: Report) -> ColumnBlock[Responding]:
    """The responses that count, and their rate."""
    columns = (
        Column("counted", report.pgettext("workbook", "Responses that count"), "whole"),
        percent_column("rate", report.pgettext("workbook", "Response rate")),
    )
    return ColumnBlock(
        columns,
        lambda clusters: (clusters.counted, percent(RESPONSE, clusters.counted, clusters.expected, clusters.expected)),
    )


def people_by_board(report: PeopleReport[Protected]) -> Sheet:
    """Responses of people in Wales and each health board."""
    clusters = report.snapshot.clusters
    columns = (
        board_column(report),
        Column("clusters", report.pgettext("workbook", "Clusters asked"), "whole"),
        Column("responses", report.pgettext("workbook", "Responses"), "whole"),
        Column("staff", report.pgettext("workbook", "Staff"), "whole"),
        Column("rate", report.pgettext("workbook", "Response rate"), "percent", unit="%", decimals=0),
    )
    numbers = [(report.wales, len(clusters.clusters), EVERYBODY)]
    numbers += [(report.board_name(group[1]), len(clusters.of_board(group[1])), group) for group in report.board_groups]
    rows = [(name, number, report.count(group), NOT_ANSWERED, NOT_ANSWERED) for name, number, group in numbers]
    no_rate = report.pgettext("workbook", "not available: the number of staff is not known, so there is no rate")
    description = report.pgettext("workbook", "How many people of each health board responded.")
    table = Table("people_response_by_board", description, columns, rows)
    return sheet_of(
        report,
        report.pgettext("sheet name", "Response by health board"),
        report.pgettext("sheet title", "Response by health board"),
        table,
        (
            report.pgettext("workbook", "Base: all responses. A response is one person’s."),
            *report.ended_lines,
            *lines_of_people(report, table),
        ),
        (PEOPLE_RESPONSE.id, *PROTECTION),
        report.hidden_meaning | {NOT_ANSWERED: no_rate},
    )


def people_by_cluster(report: PeopleReport[Protected]) -> Sheet:
    """Whether each cluster has enough responses to be counted on its own, silent ones included."""
    threshold, told = report.shown.threshold, report.shown.has_enough
    columns = (
        *cluster_columns(report),
        Column("code", report.pgettext("workbook", "Cluster code")),
        Column("responses", report.pgettext("workbook", "Responses")),
    )
    rows = [
        (
            *cluster_cells(report, cluster),
            cluster.code,
            HIDDEN if (enough := told(cluster.code)) is None else say_progress(enough, threshold, report.language),
        )
        for cluster in report.clusters
    ]
    description = report.pgettext("workbook", "Which clusters have enough responses.")
    base = report.pgettext(
        "workbook",
        "Base: all clusters on the round’s list. No number is given for a cluster, so that no small one can be "
        "worked out from the totals.",
    )
    changed = report.pgettext(
        "workbook", "confidential: this has changed for a cluster since it was last told, which could single people out"
    )
    return sheet_of(
        report,
        report.pgettext("sheet name", "Response by cluster"),
        report.pgettext("sheet title", "Response by cluster"),
        Table("people_response_by_cluster", description, columns, rows),
        (base,),
        (PEOPLE_RESPONSE.id, *PROTECTION),
        {} if report.shown.tells_clusters else {HIDDEN: changed},
    )


def _unreadable_line(report: Report) -> tuple[str, ...]:
    """A line that says how many responses could not be read; none when all could."""
    number = len(report.data.unreadable)
    if not number:
        return ()
    return (
        report.language.npgettext(
            "workbook",
            "%(n)s response could not be read. The notes name it.",
            "%(n)s responses could not be read. The notes name them.",
            number,
        ),
    )


def _cluster_rows(report: Report) -> list[tuple[Cell, ...]]:
    yes, no = report.pgettext("workbook has response", "Yes"), report.pgettext("workbook has response", "No")
    names = {"cy": report.pgettext("workbook", "Welsh"), "en": report.pgettext("workbook", "English")}
    return [
        (
            *cluster_cells(report, cluster),
            cluster.code,
            report.status_name(state.status),
            yes if state.counted else no,
            state.submitted_at.astimezone(UK).date() if state.submitted_at else NOT_ANSWERED,
            names[state.submitted_in] if state.submitted_at else NOT_ANSWERED,
            len(report.data.assigned[cluster.code]),
        )
        for cluster in report.clusters
        for state in (report.data.clusters[cluster.code],)
    ]
