"""The rules that every sheet of a workbook keeps, and its tables with it."""

import re
from collections.abc import Callable, Iterable, Iterator

from xlsxwriter.utility import xl_rowcol_to_cell

from survey.languages import Phrase
from survey.reporting.charts.colours import contrast
from survey.reporting.xlsx.appearance import BODY_SIZE, FONT
from survey.reporting.xlsx.check.breach import Breach
from survey.reporting.xlsx.check.package_reader import TRUE, CellFormat, CellSpot, OpenedCell, OpenedSheet, OpenedTable
from survey.reporting.xlsx.check.page_rules import page_fits

EXAMPLES = 5
LOWEST_CONTRAST = 4.5
PAPER, INK = "#FFFFFF", "#000000"
TITLE = CellSpot(1, 1)
SHORTHAND = re.compile(r"\[[a-z]{1,3}\]")


def reference(where: CellSpot) -> str:
    """Return a spot as a reader knows it, such as `B12`."""
    return str(xl_rowcol_to_cell(where.row - 1, where.column - 1))


def listed(spots: Iterable[CellSpot]) -> str:
    """Return the first few of many spots as a list for a reader, “…” where there are more."""
    ordered = sorted(spots)
    more = ", …" if len(ordered) > EXAMPLES else ""
    return ", ".join(map(reference, ordered[:EXAMPLES])) + more


def breaches_of(sheet: OpenedSheet) -> Iterator[Breach]:
    """Return where a sheet breaks a rule."""
    for rule in SHEET_RULES:
        yield from rule(sheet)
    for table in sheet.tables:
        for table_rule in TABLE_RULES:
            yield from table_rule(sheet, table)


def _in_cells(code: str, sentence: Phrase, spots: Iterable[CellSpot]) -> Iterator[Breach]:
    """A breach that names the cells in which it is, if it is in any."""
    if cells := listed(spots):
        yield Breach(code, sentence, cells=cells)


def nothing_hidden(sheet: OpenedSheet) -> Iterator[Breach]:
    if sheet.state != "visible":
        yield Breach("hidden-sheet", Phrase("workbook check", "The sheet is hidden."))
    if sheet.hidden_rows:
        rows = ", ".join(map(str, sheet.hidden_rows[:5]))
        yield Breach("hidden-rows", Phrase("workbook check", "Hidden rows: %(rows)s"), rows=rows)
    of_charts = {str(column) for column in _columns_of_charts(sheet)}
    hidden = [column for column in sheet.elements.get("col", []) if column.get("hidden") in TRUE]
    if any({column.get("min"), column.get("max")} - of_charts for column in hidden):
        yield Breach("hidden-columns", Phrase("workbook check", "Some columns are hidden."))


def _columns_of_charts(sheet: OpenedSheet) -> Iterator[int]:
    """The columns that say where bars begin, for charts alone: the last of a table, or of a sheet of charts."""
    if not any(chart.draws_hidden for chart in sheet.charts):
        return
    if not sheet.tables and sheet.cells:
        yield max(where.column for where in sheet.cells)
    yield from (table.last.column for table in sheet.tables)


def title_is_heading(sheet: OpenedSheet) -> Iterator[Breach]:
    title = sheet.cells.get(TITLE)
    if title is None or not title.is_text or not title.value.strip():
        yield Breach("no-title", Phrase("workbook check", "Cell A1 holds no title."))
    elif title.format.style != "Heading 1":
        sentence = Phrase("workbook check", "The title in A1 does not have the cell style “Heading 1”.")
        yield Breach("title-style", sentence)


def view_starts_at_title(sheet: OpenedSheet) -> Iterator[Breach]:
    if (
        sheet.attribute("selection", "activeCell", "A1") != "A1"
        or sheet.attribute("sheetView", "topLeftCell", "A1") != "A1"
    ):
        yield Breach("cursor", Phrase("workbook check", "The cursor or the view does not start in A1."))
    if sheet.attribute("sheetView", "showGridLines", "1") not in ("0", "false"):
        yield Breach("gridlines", Phrase("workbook check", "Gridlines are shown."))
    if "pane" in sheet.elements:
        sentence = Phrase("workbook check", "Rows or columns are frozen: magnified, they fill the screen.")
        yield Breach("frozen", sentence)


def nothing_merged(sheet: OpenedSheet) -> Iterator[Breach]:
    merged = [cell.get("ref", "") for cell in sheet.elements.get("mergeCell", [])]
    if merged:
        sentence = Phrase("workbook check", "Merged cells: %(cells)s")
        yield Breach("merged-cells", sentence, cells=", ".join(merged[:5]))


def no_formulas(sheet: OpenedSheet) -> Iterator[Breach]:
    formulas = (where for where, cell in sheet.cells.items() if cell.is_formula)
    yield from _in_cells("formulas", Phrase("workbook check", "Formulas in cells: %(cells)s"), formulas)


def fonts_are_readable(sheet: OpenedSheet) -> Iterator[Breach]:
    spots: dict[CellFormat, list[CellSpot]] = {}
    for where, cell in sheet.cells.items():
        spots.setdefault(cell.format, []).append(where)

    def those(is_wrong: Callable[[CellFormat], bool]) -> list[CellSpot]:
        return [where for form in spots if is_wrong(form) for where in spots[form]]

    too_small = those(lambda form: form.font != FONT or form.size < BODY_SIZE)
    yield from _in_cells("font", Phrase("workbook check", "Not Arial of 12 points or more: %(cells)s"), too_small)
    italic = those(lambda form: form.is_italic)
    yield from _in_cells("italics", Phrase("workbook check", "Italics: %(cells)s"), italic)
    faint = those(lambda form: contrast(form.colour or INK, form.fill or PAPER) < LOWEST_CONTRAST)
    yield from _in_cells("contrast", Phrase("workbook check", "Contrast below 4.5 to 1: %(cells)s"), faint)


def heat_is_readable(sheet: OpenedSheet) -> Iterator[Breach]:
    shades = [shade.get("rgb", "") for scale in sheet.elements.get("colorScale", []) for shade in scale]
    if any(contrast(f"#{shade[-6:]}", INK) < LOWEST_CONTRAST for shade in shades if shade):
        sentence = Phrase("workbook check", "Figures on the darkest shade of a colour scale cannot be read.")
        yield Breach("heat-contrast", sentence)


def charts_are_described(sheet: OpenedSheet) -> Iterator[Breach]:
    if any(not chart.alternative_text.strip() for chart in sheet.charts):
        yield Breach("chart-alt-text", Phrase("workbook check", "A chart has no alternative text."))


def at_most_one_table(sheet: OpenedSheet) -> Iterator[Breach]:
    if len(sheet.tables) > 1:
        yield Breach("many-tables", Phrase("workbook check", "The sheet has more than one table."))


def table_is_described(_sheet: OpenedSheet, table: OpenedTable) -> Iterator[Breach]:
    if table.first.column != 1:
        yield Breach("table-place", Phrase("workbook check", "The table does not start in column A."))
    if not table.alternative_text.strip():
        yield Breach("table-alt-text", Phrase("workbook check", "The table has no alternative text."))
    if not table.name or re.fullmatch(r"Table\d+", table.name):
        yield Breach("table-name", Phrase("workbook check", "The table has no meaningful name."))


def nothing_around_table(sheet: OpenedSheet, table: OpenedTable) -> Iterator[Breach]:
    if table is not sheet.tables[0]:
        return  # several on a sheet are a breach already
    below = (where for where in sheet.cells if where.row > table.last.row)
    beside = (
        where
        for where in sheet.cells
        if where.row <= table.last.row and where.column > (table.last.column if where.row >= table.first.row else 1)
    )
    blank = {CellSpot(row, 1) for row in range(1, table.first.row)} - set(sheet.cells)
    yield from _in_cells("below-table", Phrase("workbook check", "Something stands below the table: %(cells)s"), below)
    yield from _in_cells(
        "beside-table",
        Phrase("workbook check", "Something stands beside the table or outside column A: %(cells)s"),
        beside,
    )
    yield from _in_cells("blank-rows", Phrase("workbook check", "Blank rows above the table: %(cells)s"), blank)


def headers_are_right(sheet: OpenedSheet, table: OpenedTable) -> Iterator[Breach]:
    names = [name.casefold() for name in table.columns]
    if len(set(names)) < len(names) or not all(name.strip() for name in names):
        yield Breach("headers", Phrase("workbook check", "Headers of the table are empty or stand twice."))
    headers = {
        column: sheet.cells.get(CellSpot(table.first.row, column))
        for column in range(table.first.column, table.last.column + 1)
    }
    if tuple(cell.value if cell else "" for cell in headers.values()) != table.columns:
        sentence = Phrase("workbook check", "The table’s columns are not those of its header row.")
        yield Breach("table-columns", sentence)
    unwrapped = (
        CellSpot(table.first.row, column) for column, cell in headers.items() if cell and not cell.format.wraps
    )
    yield from _in_cells("header-wrap", Phrase("workbook check", "Headers not wrapped: %(cells)s"), unwrapped)


def no_cell_is_empty(sheet: OpenedSheet, table: OpenedTable) -> Iterator[Breach]:
    cells = _body(sheet, table)
    empty = (where for where, cell in cells.items() if cell is None or not cell.value.strip())
    sentence = Phrase("workbook check", "Empty cells without a shorthand: %(cells)s")
    yield from _in_cells("empty-cells", sentence, empty)


def shorthand_is_explained(sheet: OpenedSheet, table: OpenedTable) -> Iterator[Breach]:
    above = " ".join(cell.value for where, cell in sheet.cells.items() if where.row < table.first.row)
    values = {cell.value for cell in _body(sheet, table).values() if cell}
    for shorthand in sorted(filter(SHORTHAND.fullmatch, values)):
        if shorthand not in above:
            sentence = Phrase("workbook check", "Shorthand used but not explained above the table: %(shorthand)s")
            yield Breach("shorthand", sentence, shorthand=shorthand)


def numbers_stand_right(sheet: OpenedSheet, table: OpenedTable) -> Iterator[Breach]:
    cells = {where: cell for where, cell in _body(sheet, table).items() if cell}
    numeric = {where.column for where, cell in cells.items() if not cell.is_text}
    figures = (
        where
        for where, cell in cells.items()
        if where.column in numeric and (not cell.is_text or SHORTHAND.fullmatch(cell.value))
    )
    wrong = (where for where in figures if cells[where].format.horizontal != "right")
    yield from _in_cells("alignment", Phrase("workbook check", "Numbers not aligned right: %(cells)s"), wrong)


def _body(sheet: OpenedSheet, table: OpenedTable) -> dict[CellSpot, OpenedCell | None]:
    """The cells of the table below its header; None where there is none."""
    spots = (
        CellSpot(row, column)
        for row in range(table.first.row + 1, table.last.row + 1)
        for column in range(table.first.column, table.last.column + 1)
    )
    return {where: sheet.cells.get(where) for where in spots}


SHEET_RULES: tuple[Callable[[OpenedSheet], Iterator[Breach]], ...] = (
    nothing_hidden,
    title_is_heading,
    view_starts_at_title,
    nothing_merged,
    no_formulas,
    page_fits,
    fonts_are_readable,
    heat_is_readable,
    charts_are_described,
    at_most_one_table,
)
TABLE_RULES: tuple[Callable[[OpenedSheet, OpenedTable], Iterator[Breach]], ...] = (
    table_is_described,
    nothing_around_table,
    headers_are_right,
    no_cell_is_empty,
    shorthand_is_explained,
    numbers_stand_right,
)
