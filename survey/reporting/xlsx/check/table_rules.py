"""The rules that a sheet with a table keeps."""

import re
from collections.abc import Iterator

from survey.languages import Phrase
from survey.reporting.xlsx.check.fault import Breach, listed
from survey.reporting.xlsx.check.package_reader import OpenedSheet, OpenedTable, Spot
from survey.reporting.xlsx.check.sheet_rules import Rule

SHORTHAND = re.compile(r"\[[a-z]{1,2}\]")


def one_table(sheet: OpenedSheet) -> Iterator[Breach]:
    if len(sheet.tables) > 1:
        yield Breach("many-tables", Phrase("workbook check", "The sheet has more than one table."))
    for table in sheet.tables:
        if table.first.column != 1:
            yield Breach("table-place", Phrase("workbook check", "The table does not start in column A."))
        if not table.alternative_text.strip():
            yield Breach("table-alt-text", Phrase("workbook check", "The table has no alternative text."))
        if not table.name or re.fullmatch(r"Table\d+", table.name):
            yield Breach("table-name", Phrase("workbook check", "The table has no meaningful name."))


def nothing_around_table(sheet: OpenedSheet) -> Iterator[Breach]:
    for table in sheet.tables[:1]:
        below = [where for where in sheet.cells if where.row > table.last.row]
        if below:
            sentence = Phrase("workbook check", "Something stands below the table: %(cells)s")
            yield Breach("below-table", sentence, cells=listed(below))
        beside = [
            where
            for where in sheet.cells
            if where.row <= table.last.row and where.column > (table.last.column if where.row >= table.first.row else 1)
        ]
        if beside:
            sentence = Phrase("workbook check", "Something stands beside the table or outside column A: %(cells)s")
            yield Breach("beside-table", sentence, cells=listed(beside))
        blank = [Spot(row, 1) for row in range(1, table.first.row) if Spot(row, 1) not in sheet.cells]
        if blank:
            sentence = Phrase("workbook check", "Blank rows above the table: %(cells)s")
            yield Breach("blank-rows", sentence, cells=listed(blank))


def headers_are_right(sheet: OpenedSheet) -> Iterator[Breach]:
    for table in sheet.tables:
        names = [name.casefold() for name in table.columns]
        if len(set(names)) < len(names) or not all(name.strip() for name in names):
            yield Breach("headers", Phrase("workbook check", "Headers of the table are empty or stand twice."))
        spots = [Spot(table.first.row, column) for column in range(table.first.column, table.last.column + 1)]
        shown = {where: sheet.cells[where] for where in spots if where in sheet.cells}
        if tuple(shown[where].value if where in shown else "" for where in spots) != table.columns:
            sentence = Phrase("workbook check", "The table’s columns are not those of its header row.")
            yield Breach("table-columns", sentence)
        unwrapped = [where for where, cell in shown.items() if not cell.format.wraps]
        if unwrapped:
            sentence = Phrase("workbook check", "Headers not wrapped: %(cells)s")
            yield Breach("header-wrap", sentence, cells=listed(unwrapped))


def no_cell_is_empty(sheet: OpenedSheet) -> Iterator[Breach]:
    for table in sheet.tables:
        empty = [where for where in _body(table) if where not in sheet.cells or not sheet.cells[where].value.strip()]
        if empty:
            sentence = Phrase("workbook check", "Empty cells without a shorthand: %(cells)s")
            yield Breach("empty-cells", sentence, cells=listed(empty))


def shorthand_is_explained(sheet: OpenedSheet) -> Iterator[Breach]:
    sentence = Phrase("workbook check", "Shorthand used but not explained above the table: %(shorthand)s")
    for table in sheet.tables:
        above = " ".join(cell.value for where, cell in sheet.cells.items() if where.row < table.first.row)
        values = {sheet.cells[where].value for where in _body(table) if where in sheet.cells}
        for shorthand in sorted(filter(SHORTHAND.fullmatch, values)):
            if shorthand not in above:
                yield Breach("shorthand", sentence, shorthand=shorthand)


def numbers_stand_right(sheet: OpenedSheet) -> Iterator[Breach]:
    for table in sheet.tables:
        cells = {where: sheet.cells[where] for where in _body(table) if where in sheet.cells}
        numeric = {where.column for where, cell in cells.items() if not cell.is_text}
        wrong = [
            where for where, cell in cells.items() if where.column in numeric and cell.format.horizontal != "right"
        ]
        if wrong:
            sentence = Phrase("workbook check", "Numbers not aligned right: %(cells)s")
            yield Breach("alignment", sentence, cells=listed(wrong))


def _body(table: OpenedTable) -> Iterator[Spot]:
    for row in range(table.first.row + 1, table.last.row + 1):
        for column in range(table.first.column, table.last.column + 1):
            yield Spot(row, column)


TABLE_RULES: tuple[Rule, ...] = (
    one_table,
    nothing_around_table,
    headers_are_right,
    no_cell_is_empty,
    shorthand_is_explained,
    numbers_stand_right,
)
