"""Why numbers and percentages may not add up: the lines that whatever shows them says beside them."""

from collections.abc import Iterator

from survey.languages import Phrase
from survey.reporting.disclosure.protection import Protected
from survey.reporting.workbooks.report import LocalisedRound, PeopleReport
from survey.reporting.xlsx.description import CellKind, ColumnLine, Table

ROUNDED_PEOPLE = Phrase(
    "workbook",
    "Numbers of people are rounded to the nearest %(number)s, and percentages are worked out from rounded numbers: "
    "they may not add up to their totals, and 0 may stand for a few people.",
)


def rounded_line(report: LocalisedRound) -> str:
    """That percentages are rounded."""
    return report.pgettext("workbook", "Percentages are rounded, so they may not add up to 100.")


def rounded_people_line(report: PeopleReport[Protected]) -> str:
    """That numbers of people are rounded, and percentages with them; in the restricted form, that percentages are."""
    if report.is_exact:
        return rounded_line(report)
    return report.language.say(ROUNDED_PEOPLE, number=report.language.number(report.shown.rounded_to))


def several_line(report: LocalisedRound) -> str:
    """That whoever answers may give several answers."""
    return report.pgettext(
        "workbook", "Where several answers could be chosen, percentages may add up to more than 100."
    )


def lines_of_clusters(report: LocalisedRound, table: Table) -> Iterator[ColumnLine]:
    """What a table of figures of clusters says, if it has several columns that readers add up."""
    percentages = tuple(column.key for column in table.columns if column.kind == "percent")
    if len(percentages) > 1:
        yield ColumnLine(rounded_line(report), percentages)


def lines_of_people(report: PeopleReport[Protected], table: Table) -> Iterator[str]:
    """What a table of figures of people says, if it has several columns that readers add up."""
    if _have_parts(table, *(("percent",) if report.is_exact else ("whole", "percent"))):
        yield rounded_people_line(report)


def _have_parts(table: Table, *kinds: CellKind) -> bool:
    return sum(column.kind in kinds for column in table.columns) > 1
