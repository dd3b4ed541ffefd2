"""Who has responded: by health board and by cluster."""

from survey.languages import UK
from survey.reporting.measures.declarations import RESPONSE
from survey.reporting.measures.response import Responding, responding
from survey.reporting.records.frames import UNREADABLE
from survey.reporting.workbooks.cells import (
    NOT_ANSWERED,
    SHARE,
    SMALL_BASE,
    TOO_FEW,
    board_column,
    cluster_cells,
    cluster_columns,
    percent,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

BY_BOARD_STATUSES = ("not_started", "in_progress", "submitted", "reopened")


def response_by_board(report: Report) -> Sheet:
    """Clusters expected and by status, for Wales and each health board, with the response rate."""
    language = report.language
    wales = responding(report.data)
    statuses = (*BY_BOARD_STATUSES, *([UNREADABLE] if wales.by_status[UNREADABLE] else []))
    columns = (
        board_column(language),
        Column("expected", language.pgettext("workbook", "Clusters expected"), "whole"),
        *(Column(status, report.status_name(status), "whole") for status in statuses),
        Column("counted", language.pgettext("workbook", "Responses that count"), "whole"),
        Column(
            "rate",
            language.pgettext("workbook", "Response rate"),
            "percent",
            unit="%",
            decimals=0,
            heat=SHARE,
        ),
    )
    rows = [_row(report.wales, wales, statuses)]
    rows += [
        _row(report.board_name(board.code), responding(report.data, board.code), statuses) for board in report.boards
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Response by health board"),
        title=report.titled(language.pgettext("sheet title", "Response by health board")),
        preamble=(
            language.pgettext("workbook", "Base: all clusters on the round’s list."),
            language.pgettext(
                "workbook", "A reopened response counts as it was submitted, until it is submitted again."
            ),
            *unreadable_line(report),
        ),
        notes=(RESPONSE.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "response_by_board",
            language.pgettext("workbook", "How many clusters of each health board are at each status."),
            columns,
            rows,
        ),
    )


def response_by_cluster(report: Report) -> Sheet:
    """Every cluster with its status."""
    language = report.language
    columns = (
        *cluster_columns(language),
        Column("code", language.pgettext("workbook", "Cluster code")),
        Column("status", language.pgettext("workbook", "Status")),
        Column("counts", language.pgettext("workbook", "Has a response that counts")),
        Column("submitted", language.pgettext("workbook", "Submitted on"), "date"),
        Column("language", language.pgettext("workbook", "Language at submission")),
        Column("outcomes", language.pgettext("workbook", "Outcomes assigned"), "whole"),
    )
    return Sheet(
        name=language.pgettext("sheet name", "Response by cluster"),
        title=report.titled(language.pgettext("sheet title", "Response by cluster")),
        preamble=(
            language.pgettext("workbook", "Base: all clusters on the round’s list, silent ones included."),
            *unreadable_line(report),
        ),
        notes=(RESPONSE.id,),
        shorthand={Shorthand.NOT_AVAILABLE: language.pgettext("workbook", "not available: not submitted")},
        body=Table(
            "response_by_cluster",
            language.pgettext("workbook", "The status of every cluster, and when it submitted."),
            columns,
            _cluster_rows(report),
        ),
    )


def unreadable_line(report: Report) -> tuple[str, ...]:
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


def _row(name: str, found: Responding, statuses: tuple[str, ...]) -> tuple[Cell, ...]:
    return (
        name,
        found.expected,
        *(found.by_status[status] for status in statuses),
        found.counted,
        percent(RESPONSE, found.counted, found.expected),
    )


def _cluster_rows(report: Report) -> list[tuple[Cell, ...]]:
    language = report.language
    known = report.data.clusters.to_dict("index")
    yes, no = language.pgettext("workbook has response", "Yes"), language.pgettext("workbook has response", "No")
    names = {"cy": language.pgettext("workbook", "Welsh"), "en": language.pgettext("workbook", "English")}
    rows: list[tuple[Cell, ...]] = []
    for cluster in report.clusters:
        found = known[cluster.code]
        submitted = found["submitted_at"]
        rows.append(
            (
                *cluster_cells(report, cluster),
                cluster.code,
                report.status_name(found["status"]),
                yes if found["counted"] else no,
                submitted.astimezone(UK).date() if submitted else NOT_ANSWERED,
                names[found["submitted_in"]] if submitted else NOT_ANSWERED,
                len(report.data.assigned[cluster.code]),
            )
        )
    return rows
