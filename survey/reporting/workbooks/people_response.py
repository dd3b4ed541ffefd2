"""How many people responded by health board, and which clusters have as many responses as the threshold."""

from survey.collection.rounds.tracking import say_progress
from survey.reporting.disclosure.protection import BOARD, EVERYBODY
from survey.reporting.measures.people import RESPONSE
from survey.reporting.workbooks.people_report import SMALL_GROUPS, PeopleReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

NOT_KNOWN = Shorthand.NOT_AVAILABLE


def response_by_board(report: PeopleReport) -> Sheet:
    """Responses of Wales and each health board."""
    language = report.language
    snapshot = report.snapshot.clusters
    rows: list[tuple[Cell, ...]] = [
        (report.wales, len(snapshot.clusters), report.count(EVERYBODY), NOT_KNOWN, NOT_KNOWN)
    ]
    rows += [
        (
            report.board_name(board.code),
            len(snapshot.of_board(board.code)),
            report.count((BOARD, board.code)),
            NOT_KNOWN,
            NOT_KNOWN,
        )
        for board in report.boards
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Response by health board"),
        title=report.titled(language.pgettext("sheet title", "Response by health board")),
        preamble=(language.pgettext("workbook", "Base: all responses. A response is one person’s."),),
        notes=(RESPONSE.id, SMALL_GROUPS),
        shorthand=_shorthand(report),
        body=Table(
            "people_response_by_board",
            language.pgettext("workbook", "How many people of each health board responded."),
            (
                Column("board", language.pgettext("workbook", "Health board")),
                Column("clusters", language.pgettext("workbook", "Clusters asked"), "whole"),
                *_response_columns(report),
            ),
            rows,
        ),
    )


def response_by_cluster(report: PeopleReport) -> Sheet:
    """Whether each cluster has enough responses to be counted on its own, silent ones included."""
    language = report.language
    threshold = report.shown.threshold
    return Sheet(
        name=language.pgettext("sheet name", "Response by cluster"),
        title=report.titled(language.pgettext("sheet title", "Response by cluster")),
        preamble=(
            language.pgettext(
                "workbook",
                "Base: all clusters on the round’s list. No number is given for a cluster, so that no small one can be "
                "worked out from the totals.",
            ),
        ),
        notes=(RESPONSE.id, SMALL_GROUPS),
        body=Table(
            "people_response_by_cluster",
            language.pgettext("workbook", "Which clusters have enough responses."),
            (
                Column("board", language.pgettext("workbook", "Health board")),
                Column("cluster", language.pgettext("workbook", "Cluster")),
                Column("code", language.pgettext("workbook", "Cluster code")),
                Column("responses", language.pgettext("workbook", "Responses")),
            ),
            [
                (
                    report.board_name(cluster.health_board),
                    report.cluster_name(cluster.code),
                    cluster.code,
                    say_progress(report.shown.has_enough(cluster.code), threshold, language),
                )
                for cluster in report.clusters
            ],
        ),
    )


def _response_columns(report: PeopleReport) -> tuple[Column, ...]:
    language = report.language
    return (
        Column("responses", language.pgettext("workbook", "Responses"), "whole"),
        Column("staff", language.pgettext("workbook", "Staff"), "whole"),
        Column("rate", language.pgettext("workbook", "Response rate"), "percent", unit="%", decimals=0),
    )


def _shorthand(report: PeopleReport) -> dict[Shorthand, str]:
    return {
        **report.hidden_meaning,
        NOT_KNOWN: report.language.pgettext(
            "workbook", "not available: the number of staff is not known, so there is no rate"
        ),
    }
