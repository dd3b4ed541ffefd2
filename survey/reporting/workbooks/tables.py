"""The shapes that the sheets of tables have, so that each says only what is its own."""

from collections.abc import Mapping

from survey.languages import Phrase
from survey.reporting.measures.declarations import Measure
from survey.reporting.workbooks.provenance import SMALL_BASE, SMALL_GROUPS
from survey.reporting.workbooks.report import LocalisedRound, PeopleReport, Report
from survey.reporting.xlsx.description import Sheet, Shorthand, Table

TOO_FEW = Phrase("workbook", "not asked of any cluster here, or a percentage or mean of fewer than five clusters")
NO_ANSWER = Phrase("workbook", "asked, but not answered, or the cluster has not submitted")
NOT_PUT = Phrase("workbook", "not asked of this cluster")


def sheet_of(
    report: LocalisedRound,
    name: str,
    title: str,
    table: Table,
    preamble: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    shorthand: Mapping[Shorthand, str] | None = None,
) -> Sheet:
    """A sheet that holds a table, its title with the reporting year."""
    return Sheet(name, report.titled(title), table, preamble, notes, shorthand or {})


def figures_of_clusters(
    report: Report, measure: Measure, name: str, title: str, table: Table, *preamble: str, not_applicable: str = ""
) -> Sheet:
    """A sheet of counts and percentages of clusters; `not_applicable` where [z] means something of its own."""
    meaning = {Shorthand.NOT_APPLICABLE: not_applicable or report.language.say(TOO_FEW)}
    return sheet_of(report, name, title, table, preamble, (measure.id, SMALL_BASE), meaning)


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
        Shorthand.NOT_AVAILABLE: report.language.say(NO_ANSWER),
        Shorthand.NOT_APPLICABLE: not_applicable or report.language.say(NOT_PUT),
    }
    return sheet_of(report, name, title, table, preamble, tuple(measure.id for measure in measures), meaning)


def figures_of_people(
    report: PeopleReport, measure: Measure, name: str, title: str, table: Table, *preamble: str
) -> Sheet:
    """A sheet of figures of people, of which small groups are hidden."""
    return sheet_of(report, name, title, table, preamble, (measure.id, SMALL_GROUPS), report.hidden_meaning)
