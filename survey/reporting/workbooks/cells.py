"""Cells and columns that many sheets share."""

from collections.abc import Sequence

from survey.collection.rounds.clusters import Cluster
from survey.languages import Language, Phrase
from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.distribution import Distribution
from survey.reporting.records.answers import ANSWERED, NOT_ASKED
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Heat, Shorthand, Verbatim

NOT_APPLICABLE = Shorthand.NOT_APPLICABLE
NOT_ANSWERED = Shorthand.NOT_AVAILABLE
SMALL_BASE = "small_base"
SHARE = Heat(0, 1)

TOO_FEW = Phrase("workbook", "not asked of any cluster here, or a percentage or mean of fewer than five clusters")
NO_ANSWER = Phrase("workbook", "asked, but not answered, or the cluster has not submitted")
NOT_PUT = Phrase("workbook", "not asked of this cluster")


def percent(measure: Measure, numerator: int, denominator: int) -> Cell:
    """The fraction, or [z] when the denominator is too small for one."""
    share = measure.share(numerator, denominator)
    return NOT_APPLICABLE if share is None else share


def known(value: float | None) -> Cell:
    """A number, or [z] where there is none to give."""
    return NOT_APPLICABLE if value is None else value


def verbatim(value: object, state: str, written_in: str) -> Cell:
    """A respondent's words, [z] when not asked, [x] when there is no answer."""
    if state == ANSWERED:
        return Verbatim(str(value), written_in)
    return NOT_APPLICABLE if state == NOT_ASKED else NOT_ANSWERED


def board_column(language: Language) -> Column:
    """The column of health boards."""
    return Column("board", language.pgettext("workbook", "Health board"))


def outcome_columns(language: Language) -> tuple[Column, Column]:
    """The columns of an outcome's code and name."""
    return (
        Column("outcome_code", language.pgettext("workbook", "Outcome code")),
        Column("outcome", language.pgettext("workbook", "Outcome")),
    )


def cluster_columns(language: Language) -> tuple[Column, Column]:
    """The columns of a cluster: its health board and its name."""
    return board_column(language), Column("cluster", language.pgettext("workbook", "Cluster"))


def cluster_cells(report: Report, cluster: Cluster) -> tuple[Cell, Cell]:
    """The cells of `cluster_columns`."""
    return report.board_name(cluster.health_board), report.cluster_name(cluster.code)


def count_columns(report: Report, options: Sequence[Option]) -> tuple[Column, ...]:
    """A column of counts for each option."""
    unit = report.language.pgettext("unit", "number")
    return tuple(Column(f"n_{option.code}", report.texts(option.label), "whole", unit=unit) for option in options)


def share_columns(report: Report, options: Sequence[Option]) -> tuple[Column, ...]:
    """A column of percentages for each option."""
    return tuple(
        Column(
            f"p_{option.code}",
            report.texts(option.label),
            "percent",
            unit="%",
            decimals=0,
            heat=SHARE,
        )
        for option in options
    )


def count_cells(counts: Distribution, options: Sequence[Option]) -> tuple[Cell, ...]:
    """The cells of `count_columns`."""
    return tuple(counts.by_code[option.code] for option in options)


def share_cells(counts: Distribution, options: Sequence[Option], measure: Measure) -> tuple[Cell, ...]:
    """The cells of `share_columns`."""
    return tuple(percent(measure, counts.by_code[option.code], counts.base) for option in options)


def base_columns(language: Language) -> tuple[Column, Column]:
    """The columns of the base of a figure by outcome."""
    return (
        Column("assigned", language.pgettext("workbook", "Assigned clusters"), "whole"),
        Column("responded", language.pgettext("workbook", "Assigned clusters that responded"), "whole"),
    )


def not_answered_column(language: Language) -> Column:
    """The column of those who responded without an answer."""
    return Column("not_answered", language.pgettext("workbook", "Responded without an answer"), "whole")
