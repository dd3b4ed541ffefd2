"""Where everything of a sheet will stand, before it is drawn: its title, the lines above its body, its table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from survey.reporting.typesetting import BOLD, width, wrapped
from survey.reporting.xlsx.appearance import BODY_SIZE, HEADING_1_SIZE
from survey.reporting.xlsx.chart_paper import wide_enough
from survey.reporting.xlsx.check.description_rules import CONTENTS_TABLE, NOTES_TABLE
from survey.reporting.xlsx.description import (
    MEANINGS,
    MEANS,
    Column,
    Contents,
    Notes,
    Paragraphs,
    Plots,
    Sheet,
    Table,
    Workbook,
)
from survey.reporting.xlsx.layout import PADDING, DrawnTable, drawn_table
from survey.reporting.xlsx.paper import fit_for_print, printed_width

WIDEST_LINE = 93.0  # digits: as much as a page of A4 takes in print that is large enough for a chart


@dataclass(frozen=True, slots=True)
class Jump:
    """A line that leads to cell A1 of another sheet."""

    text: str
    sheet: str


PlannedLine = str | Jump


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet with its title and marks, the lines below the title, and its table as it is drawn, if any."""

    sheet: Sheet
    title: str
    lines: tuple[PlannedLine, ...]
    table: DrawnTable | None

    @property
    def first_body_row(self) -> int:
        """The row (from 0) in which the body starts: for a table, its header."""
        return 1 + len(self.lines)

    def longest_line(self) -> float:
        """The width of the title and of the lines below it, in digits."""
        title = width(self.title) * HEADING_1_SIZE / BODY_SIZE * BOLD
        return max([title, *(width(line.text if isinstance(line, Jump) else line) for line in self.lines)]) + PADDING


def sheet_plans(workbook: Workbook) -> dict[str, SheetPlan]:
    """Return the plan of every sheet by its name, in order."""
    return {sheet.name: _plan(sheet, workbook) for sheet in workbook.sheets}


def _plan(sheet: Sheet, workbook: Workbook) -> SheetPlan:
    described = _table(sheet, workbook)
    table = _fitted(drawn_table(described, workbook), sheet) if described else None
    room = max(WIDEST_LINE, printed_width([column.width for column in table.columns]) if table else 0)
    lines = (part for line in _lines(sheet, table, workbook) for part in _parted(line, room))
    return SheetPlan(sheet, sheet.title + workbook.marker(sheet.notes), tuple(lines), table)


def _parted(line: PlannedLine, room: float) -> Iterator[PlannedLine]:
    """A line above a body, on as many rows as it needs: none is wrapped, and one much wider than the body would be
    printed small, or cut off at the edge of the page."""
    if isinstance(line, Jump):
        yield line
    else:
        yield from wrapped(line, room)


def _fitted(table: DrawnTable, sheet: Sheet) -> DrawnTable:
    return fit_for_print(table) if sheet.chart is None else wide_enough(table)


def _table(sheet: Sheet, workbook: Workbook) -> Table | None:
    language = workbook.language
    if isinstance(sheet.body, Contents):
        return Table(
            CONTENTS_TABLE,
            language.pgettext("workbook", "Every other sheet of this workbook, with a link to it and what it holds."),
            (
                Column("sheet", language.pgettext("workbook", "Sheet"), "sheet"),
                Column("title", language.pgettext("workbook", "What it holds"), "long_text"),
            ),
            [(other.name, other.title) for other in workbook.sheets if other is not sheet],
        )
    if isinstance(sheet.body, Notes):
        notes = [(workbook.marker((note.key,)).strip(), note.text) for note in workbook.notes]
        codes = [
            (
                language.pgettext("workbook", "Shorthand %(code)s", code=code.value),
                language.say(MEANS, shorthand=code.value, meaning=language.say(meaning)),
            )
            for code, meaning in MEANINGS.items()
        ]
        return Table(
            NOTES_TABLE,
            language.pgettext(
                "workbook",
                "The notes that the sheets refer to, what stands for a figure that is not there, and where the "
                "figures come from.",
            ),
            (
                Column("note", language.pgettext("workbook", "Note or subject")),
                Column("text", language.pgettext("workbook", "Explanation"), "long_text"),
            ),
            [*notes, *codes, *sheet.body.provenance],
        )
    return sheet.body if isinstance(sheet.body, Table) else None


def _lines(sheet: Sheet, table: DrawnTable | None, workbook: Workbook) -> Iterator[PlannedLine]:
    language = workbook.language
    yield from sheet.lines
    if table is not None:
        if not table.described.rows:
            yield language.pgettext("workbook", "There is nothing to list in this table.")
        if table.is_continued:
            yield language.pgettext(
                "workbook", "Some text is too long for one cell. It goes on in the column headed “continued”."
            )
        for shorthand in table.shorthand:
            meaning = sheet.shorthand.get(shorthand) or language.say(MEANINGS[shorthand])
            yield language.say(MEANS, shorthand=shorthand.value, meaning=meaning)
    yield from _jumps(sheet, workbook)
    if sheet.chart is not None:
        yield language.pgettext("workbook", "This sheet holds one table, and below it the chart that is drawn from it.")
    elif isinstance(sheet.body, Plots):
        yield language.pgettext("workbook", "This sheet holds charts, each drawn from cells of another sheet.")
    elif table is not None:
        yield language.pgettext("workbook", "This sheet holds one table.")


def _sources(sheet: Sheet) -> Iterable[str]:
    """The sheets with the figures of a sheet."""
    if isinstance(sheet.body, Plots):
        return dict.fromkeys(plot.sheet for plot in sheet.body.plots)
    return filter(None, (sheet.source,))


def _jumps(sheet: Sheet, workbook: Workbook) -> Iterator[Jump]:
    if isinstance(sheet.body, Contents | Paragraphs):
        return
    has_notes = isinstance(sheet.body, Table) and any(column.notes for column in sheet.body.columns)
    language = workbook.language
    if has_notes or sheet.notes:
        notes = next(other.name for other in workbook.sheets if isinstance(other.body, Notes))
        yield Jump(language.pgettext("workbook", "The notes are in the sheet: %(sheet)s", sheet=notes), notes)
    for source in _sources(sheet):
        yield Jump(language.pgettext("workbook", "All figures are in the sheet: %(sheet)s", sheet=source), source)
    if sheet.names:
        yield Jump(
            language.pgettext("workbook", "What the codes stand for is in the sheet: %(sheet)s", sheet=sheet.names),
            sheet.names,
        )
    contents = next(other.name for other in workbook.sheets if isinstance(other.body, Contents))
    yield Jump(language.pgettext("workbook", "Go to the sheet: %(sheet)s", sheet=contents), contents)
