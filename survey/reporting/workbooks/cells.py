"""Cells and columns that many sheets share."""

from survey.collection.rounds.clusters import Cluster
from survey.reporting.measures.declarations import Measure
from survey.reporting.records.answers import NOT_ASKED
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.description import Cell, Column, Heat, Shorthand

NOT_APPLICABLE = Shorthand.NOT_APPLICABLE
NOT_ANSWERED = Shorthand.NOT_AVAILABLE
SHARE = Heat(0, 1)


def percent(measure: Measure, numerator: int, denominator: int) -> Cell:
    """The fraction, or [z] when the denominator is too small for one."""
    share = measure.share(numerator, denominator)
    return NOT_APPLICABLE if share is None else share


def known(value: float | None) -> Cell:
    """A number, or [z] where there is none to give."""
    return NOT_APPLICABLE if value is None else value


def without_answer(state: str) -> Shorthand:
    """What stands for an answer that is not there: [z] when not asked, else [x]."""
    return NOT_APPLICABLE if state == NOT_ASKED else NOT_ANSWERED


def percent_column(key: str, header: str) -> Column:
    """A column of shares in whole percent."""
    return Column(key, header, "percent", unit="%", decimals=0, heat=SHARE)


def board_column(report: LocalisedRound) -> Column:
    """The column of health boards."""
    return Column("board", report.pgettext("workbook", "Health board"))


def outcome_columns(report: LocalisedRound) -> tuple[Column, Column]:
    """The columns of an outcome's code and name."""
    return (
        Column("outcome_code", report.pgettext("workbook", "Outcome code")),
        Column("outcome", report.pgettext("workbook", "Outcome")),
    )


def cluster_columns(report: LocalisedRound) -> tuple[Column, Column]:
    """The columns of a cluster: its health board and its name."""
    return board_column(report), Column("cluster", report.pgettext("workbook", "Cluster"))


def cluster_cells(report: LocalisedRound, cluster: Cluster) -> tuple[Cell, Cell]:
    """The cells of `cluster_columns`."""
    return report.board_name(cluster.health_board), report.cluster_name(cluster.code)


def expected_column(report: LocalisedRound) -> Column:
    """The column of all clusters that are asked."""
    return Column("expected", report.pgettext("workbook", "Clusters expected"), "whole")


def not_answered_column(report: LocalisedRound) -> Column:
    """The column of those who responded without an answer."""
    return Column("not_answered", report.pgettext("workbook", "Responded without an answer"), "whole")
