"""The shapes that sheets of tables share, so that each says only what is its own: sheets, columns, cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from survey.collection.rounds.clusters import Cluster
from survey.languages import Phrase
from survey.reporting.disclosure.protection import Protected
from survey.reporting.measures.declarations import Measure
from survey.reporting.records.variables import NOT_ASKED
from survey.reporting.workbooks.provenance import PROTECTION, SMALL_BASE
from survey.reporting.workbooks.report import UNRELIABLE, LocalisedRound, PeopleReport, Report
from survey.reporting.workbooks.rounding_notes import lines_of_clusters, lines_of_people
from survey.reporting.xlsx.description import Cell, Column, ColumnLine, Heat, Sheet, Shorthand, Table

NOT_APPLICABLE = Shorthand.NOT_APPLICABLE
NOT_ANSWERED = Shorthand.NOT_AVAILABLE
NO_ANSWER = Phrase("workbook", "asked, but not answered, or the cluster has not submitted")
NOT_PUT = Phrase("workbook", "not asked of this cluster")
Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class ColumnBlock(Generic[Subject]):
    """Columns side by side, and the cells that a subject has in them."""

    columns: tuple[Column, ...]
    cells: Callable[[Subject], tuple[Cell, ...]]

    def __add__(self, other: "ColumnBlock[Subject]") -> "ColumnBlock[Subject]":
        return ColumnBlock(
            (*self.columns, *other.columns), lambda subject: (*self.cells(subject), *other.cells(subject))
        )


def sheet_of(
    report: LocalisedRound,
    name: str,
    title: str,
    table: Table,
    preamble: tuple[str | ColumnLine, ...] = (),
    notes: tuple[str, ...] = (),
    shorthand: Mapping[Shorthand, str] | None = None,
) -> Sheet:
    """A sheet that holds a table, its title with the reporting year."""
    return Sheet(name, report.titled(title), table, preamble, notes, shorthand or {})


def figures_of_clusters(
    report: Report,
    measure: Measure,
    name: str,
    title: str,
    table: Table,
    *preamble: str | ColumnLine,
    not_applicable: str = "",
) -> Sheet:
    """A sheet of counts and percentages of clusters; `not_applicable` where [z] means something of its own."""
    meaning = {NOT_APPLICABLE: not_applicable} if not_applicable else {}
    lines = (*preamble, *lines_of_clusters(report, table))
    return sheet_of(report, name, title, table, lines, (measure.id, SMALL_BASE), meaning)


def words_of_clusters(
    report: Report,
    measures: tuple[Measure, ...],
    name: str,
    title: str,
    table: Table,
    *preamble: str,
    not_applicable: str = "",
) -> Sheet:
    """A sheet of what each cluster answered; `not_applicable` where [z] means something of its own."""
    meaning = {
        NOT_ANSWERED: report.language.say(NO_ANSWER),
        NOT_APPLICABLE: not_applicable or report.language.say(NOT_PUT),
    }
    return sheet_of(report, name, title, table, preamble, tuple(measure.id for measure in measures), meaning)


def figures_of_people(
    report: PeopleReport[Protected], measure: Measure, name: str, title: str, table: Table, *preamble: str
) -> Sheet:
    """A sheet of figures of people, of which small groups are hidden."""
    lines = (*preamble, *lines_of_people(report, table))
    return sheet_of(report, name, title, table, lines, (measure.id, *PROTECTION), report.hidden_meaning)


def percent(measure: Measure, numerator: int, denominator: int, clusters: int) -> Cell:
    """The fraction, or [u] when the denominator is of too few clusters for one."""
    share = measure.share(numerator, denominator, clusters)
    return UNRELIABLE if share is None else share


def number_of(report: LocalisedRound, measure: Measure, key: str, header: str) -> Column:
    """A column of numbers of what a measure counts, which its header says."""
    return Column(key, header, "whole", unit=report.language.say(measure.unit.name))


def without_answer(state: str) -> Shorthand:
    """What stands for an answer that is not there: [z] when not asked, else [x]."""
    return NOT_APPLICABLE if state == NOT_ASKED else NOT_ANSWERED


def percentages_line(text: str) -> ColumnLine:
    """What is to be said of the columns of percentages of answers."""
    return ColumnLine(text, ("p_",))


def percent_column(key: str, header: str) -> Column:
    """A column of shares in whole percent."""
    return Column(key, header, "percent", unit="%", decimals=0, heat=Heat(0, 1))


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
