"""The sheet of key findings: sentences that rules make from the figures of other sheets, each with a link to them.

A rule is a function that looks at a report and gives a `KeyFinding`, or None where there is too little to say.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from survey.languages import Phrase
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.workbooks.tables import sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

MOST_FINDINGS = 10
CellsOfRow = dict[str, Any]
"""The cells of a row of a sheet’s table by the keys of its columns: numbers, or what stands in their place."""
Told = TypeVar("Told", bound=LocalisedRound, contravariant=True)


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """A sentence with figures, and the name of the sheet that they are in."""

    sentence: str
    sheet: str


def key_finding(report: LocalisedRound, sheet: Sheet, sentence: Phrase, **figures: str | float) -> KeyFinding:
    """A sentence about figures of a sheet: words, whole numbers, and shares of one, which are said in percent."""
    language = report.language
    said = {
        name: figure
        if isinstance(figure, str)
        else language.number(figure)
        if isinstance(figure, int)
        else language.percent(figure)
        for name, figure in figures.items()
    }
    return KeyFinding(language.say(sentence, **said), sheet.name)


def findings_of(report: Told, rules: Iterable[Callable[[Told], KeyFinding | None]]) -> tuple[KeyFinding, ...]:
    """What the first rules have to say that have anything to."""
    said = (finding for rule in rules if (finding := rule(report)))
    return tuple(islice(said, MOST_FINDINGS))


def findings_sheet(report: LocalisedRound, findings: Sequence[KeyFinding], *preamble: str) -> Sheet:
    """The findings one below the other."""
    columns = (
        Column("number", report.pgettext("workbook", "Number of the finding"), "whole"),
        Column("finding", report.pgettext("workbook", "Finding"), "long_text"),
        Column("sheet", report.pgettext("workbook", "Its figures are in the sheet"), "sheet"),
    )
    rows: list[tuple[Cell, ...]] = [
        (number, finding.sentence, finding.sheet) for number, finding in enumerate(findings, start=1)
    ]
    return sheet_of(
        report,
        report.pgettext("sheet name", "Key findings"),
        report.pgettext("sheet title", "Key findings"),
        Table("key_findings", report.pgettext("workbook", "What stands out in the figures."), columns, rows),
        (
            report.pgettext(
                "workbook", "The sentences are made by rules that are the same every year; nobody has chosen them."
            ),
            report.pgettext("workbook", "Where a rule finds two equal, neither is named."),
            *preamble,
        ),
    )


def number_or_none(report: LocalisedRound, number: int) -> str:
    """A number behind what it is of: “moved down: none”."""
    return report.language.number(number) if number else report.pgettext("key finding", "none")


def is_number(cell: Cell) -> bool:
    """Whether a cell has a figure, and not what stands in the place of one."""
    return isinstance(cell, int | float)


def highest(rows: Iterable[CellsOfRow], figure: Callable[[CellsOfRow], Any]) -> CellsOfRow | None:
    """The row of which a figure is highest; None where two are, or there is none."""
    ordered = sorted(rows, key=figure, reverse=True)
    if not ordered or (len(ordered) > 1 and figure(ordered[0]) == figure(ordered[1])):
        return None
    return ordered[0]
