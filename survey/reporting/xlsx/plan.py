"""Where everything of a sheet will stand, before it is drawn: its title, the lines above its body, its table."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.reporting.xlsx import wording
from survey.reporting.xlsx.check.description_rules import CONTENTS_TABLE, NOTES_TABLE
from survey.reporting.xlsx.description import (
    Charts,
    Column,
    Contents,
    Notes,
    Paragraphs,
    Sheet,
    Shorthand,
    Table,
    Workbook,
)
from survey.reporting.xlsx.layout import DrawnTable, drawn_table


@dataclass(frozen=True, slots=True)
class Jump:
    """A line that leads to cell A1 of another sheet."""

    text: str
    sheet: str


Line = str | Jump


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet with its title and marks, the lines below the title, and its table as it is drawn, if any."""

    sheet: Sheet
    title: str
    lines: tuple[Line, ...]
    table: DrawnTable | None
    table_name: str = ""
    table_description: str = ""

    @property
    def first_body_row(self) -> int:
        """The row (from 0) in which the body starts: for a table, its header."""
        return 1 + len(self.lines)


def sheet_plans(workbook: Workbook) -> dict[str, SheetPlan]:
    """Return the plan of every sheet by its name, in order."""
    return {sheet.name: _plan(sheet, workbook) for sheet in workbook.sheets}


def _plan(sheet: Sheet, workbook: Workbook) -> SheetPlan:
    title = sheet.title + workbook.marker(sheet.notes)
    table = _table(sheet, workbook)
    if table is None:
        return SheetPlan(sheet, title, tuple(_lines(sheet, None, workbook)), None)
    drawn = drawn_table(table, workbook)
    lines = tuple(_lines(sheet, drawn, workbook))
    return SheetPlan(sheet, title, lines, drawn, table.name, table.description)


def _table(sheet: Sheet, workbook: Workbook) -> Table | None:
    language = workbook.language
    if isinstance(sheet.body, Table):
        return sheet.body
    if isinstance(sheet.body, Contents):
        name, title = wording.contents_columns(language)
        return Table(
            CONTENTS_TABLE,
            wording.contents_description(language),
            (Column("sheet", name), Column("title", title, "long_text")),
            [(other.name, other.title) for other in workbook.sheets if other is not sheet],
        )
    if isinstance(sheet.body, Notes):
        note, text = wording.notes_columns(language)
        notes = [(workbook.marker((note.key,)).strip(), note.text) for note in workbook.notes]
        return Table(
            NOTES_TABLE,
            wording.notes_description(language),
            (Column("note", note), Column("text", text, "long_text")),
            [*notes, *sheet.body.provenance],
        )
    return None


def _lines(sheet: Sheet, table: DrawnTable | None, workbook: Workbook) -> Iterator[Line]:
    language = workbook.language
    yield from sheet.preamble
    if table is not None:
        if table.is_empty:
            yield wording.no_rows_line(language)
        if table.is_continued:
            yield wording.continued_line(language)
        yield from (_shorthand_line(shorthand, sheet, workbook) for shorthand in table.shorthand)
    yield from _jumps(sheet, workbook)
    if table is not None:
        yield wording.holds_table(language)
    elif isinstance(sheet.body, Charts):
        yield wording.holds_charts(len(sheet.body.charts), language)


def _shorthand_line(shorthand: Shorthand, sheet: Sheet, workbook: Workbook) -> str:
    language = workbook.language
    meaning = sheet.shorthand.get(shorthand) or wording.shorthand_meaning(shorthand, language)
    return wording.shorthand_line(shorthand, meaning, language)


def _jumps(sheet: Sheet, workbook: Workbook) -> Iterator[Jump]:
    if isinstance(sheet.body, Contents | Paragraphs):
        return
    has_notes = isinstance(sheet.body, Table) and any(column.notes for column in sheet.body.columns)
    for other in workbook.sheets:
        if isinstance(other.body, Notes) and (has_notes or sheet.notes):
            yield Jump(wording.notes_link(other.name, workbook.language), other.name)
    for other in workbook.sheets:
        if isinstance(other.body, Contents):
            yield Jump(wording.contents_link(other.name, workbook.language), other.name)
