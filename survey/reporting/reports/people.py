"""The chapter on people: figures of a release that has been made, read from its workbook as it was given out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from survey.collection.rounds.releases import KeptRelease, read_releases, released_file
from survey.collection.rounds.round import Round, readable_rounds
from survey.languages import Phrase
from survey.reporting.reports.blocks import OF_WALES, SOURCE, Aside, Block, Figures, Line
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.check.package_reader import OpenedCell, OpenedSheet, Spot, sheets_with_tables
from survey.reporting.xlsx.description import Cell, Column, Kind, Shorthand
from survey.storage.repository import Repository

NOT_RELEASED = Phrase(
    "report", "No figures of the workforce survey have been released yet, so there are none in this report."
)
RELEASED = Phrase(
    "report",
    "These figures are those of release %(number)s of %(date)s, of the workforce survey of %(year)s. They stay as they "
    "were released. What stands in square brackets is explained in its workbook.",
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some columns of a table of the workbook. Of the rows only those whose first `leading` cells are those of the
    first row, which is of Wales: all of them when it is 0."""

    table: str
    columns: slice
    leading: int


EXCERPTS = (
    Excerpt("people_response_by_board", slice(3), 0),
    Excerpt("people_skills", slice(3, None), 2),
    Excerpt("people_training", slice(2, None), 2),
    Excerpt("people_stay", slice(1, None), 2),
    Excerpt("people_wellbeing", slice(2, None), 2),
)


def people(repository: Repository, report: LocalisedRound) -> Iterator[Block]:
    """What a release says of people, in Wales."""
    found = last_released(repository, report)
    if found is None:
        yield Line(report.language.say(NOT_RELEASED))
        return
    of_round, release = found
    told = {
        "number": report.language.number(release.number),
        "date": report.language.date(release.at),
        "year": of_round.reporting_year,
    }
    yield Line(report.language.say(RELEASED, **told))
    content = released_file(repository, of_round.id, release, report.language.code)
    sheets = sheets_with_tables(BytesIO(content), {excerpt.table for excerpt in EXCERPTS})
    for excerpt in EXCERPTS:
        if excerpt.table in sheets:
            sheet = sheets[excerpt.table]
            yield _figures(sheet, excerpt)
            if excerpt.leading:
                yield Aside(report.language.say(OF_WALES))
            yield Aside(report.language.say(SOURCE, sheet=sheet.name))


def last_released(repository: Repository, report: LocalisedRound) -> tuple[Round, KeptRelease] | None:
    """The last release of the last survey of people, of the report’s year or one before it, that has any."""
    of_report = report.snapshot.round
    rounds, _ = readable_rounds(repository)
    for of_round in sorted(rounds, key=lambda one: (one.reporting_year, one.id), reverse=True):
        if of_round.reporting_year <= of_report.reporting_year and of_round.demonstration == of_report.demonstration:
            releases = read_releases(repository, of_round.id)
            if releases and releases[-1].is_of_people:
                return of_round, releases[-1]
    return None


def _figures(sheet: OpenedSheet, excerpt: Excerpt) -> Figures:
    table = sheet.tables[0]
    rows = [
        [_cell(sheet.cells[Spot(row, column)]) for column in range(table.first.column, table.last.column + 1)]
        for row in range(table.first.row + 1, table.last.row + 1)
    ]
    first = rows[0][: excerpt.leading]
    shown = tuple(tuple(row[excerpt.columns]) for row in rows if row[: excerpt.leading] == first)
    titles = table.columns[excerpt.columns]
    columns = (
        Column(title, title, _kind(title, cells), decimals=_DECIMALS.get(_kind(title, cells), 0))
        for title, cells in zip(titles, zip(*shown, strict=True), strict=True)
    )
    return Figures(_MARKS.sub("", sheet.cells[Spot(1, 1)].value), tuple(columns), shown)


_DECIMALS = {"decimal": 2}
_MARKS = re.compile(r"( \[[^\]]+\])+$")
"""The marks of notes behind a title, which are those of its workbook."""


def _cell(opened: OpenedCell) -> Cell:
    """A text, a number, or a shorthand."""
    if opened.is_text:
        return next((shorthand for shorthand in Shorthand if shorthand.value == opened.value), opened.value)
    return float(opened.value) if "." in opened.value or "E" in opened.value else int(opened.value)


def _kind(title: str, cells: Iterable[Cell]) -> Kind:
    """What a column holds, as its header and its cells tell: a unit of percent stands in every language so."""
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    if title.endswith("(%)"):
        return "percent"
    if any(isinstance(number, float) for number in numbers):
        return "decimal"
    return "whole" if numbers else "long_text"
