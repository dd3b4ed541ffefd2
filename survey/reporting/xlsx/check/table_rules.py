"""The rules that a sheet with a table keeps."""

import re
from collections.abc import Iterator

from survey.languages import Language
from survey.reporting.xlsx.check.fault import WorkbookFault, listed
from survey.reporting.xlsx.check.package_reader import OpenedSheet, OpenedTable, OpenedWorkbook, Spot
from survey.reporting.xlsx.check.sheet_rules import Rule

SHORTHAND = re.compile(r"\[[a-z]{1,2}\]")


def one_table(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    if len(sheet.tables) > 1:
        text = language.pgettext("workbook check", "The sheet has more than one table.")
        yield WorkbookFault("many-tables", sheet.name, text)
    for table in sheet.tables:
        if table.first.column != 1:
            text = language.pgettext("workbook check", "The table does not start in column A.")
            yield WorkbookFault("table-place", sheet.name, text)
        if not table.alternative_text.strip():
            text = language.pgettext("workbook check", "The table has no alternative text.")
            yield WorkbookFault("table-alt-text", sheet.name, text)
        if not table.name or re.fullmatch(r"Table\d+", table.name):
            text = language.pgettext("workbook check", "The table has no meaningful name.")
            yield WorkbookFault("table-name", sheet.name, text)


def nothing_around_table(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    for table in sheet.tables[:1]:
        below = [where for where in sheet.cells if where.row > table.last.row]
        if below:
            text = language.pgettext(
                "workbook check", "Something stands below the table: %(cells)s", cells=listed(below)
            )
            yield WorkbookFault("below-table", sheet.name, text)
        beside = [
            where
            for where in sheet.cells
            if where.row <= table.last.row and where.column > (table.last.column if where.row >= table.first.row else 1)
        ]
        if beside:
            text = language.pgettext(
                "workbook check",
                "Something stands beside the table or outside column A: %(cells)s",
                cells=listed(beside),
            )
            yield WorkbookFault("beside-table", sheet.name, text)
        blank = [Spot(row, 1) for row in range(1, table.first.row) if Spot(row, 1) not in sheet.cells]
        if blank:
            text = language.pgettext("workbook check", "Blank rows above the table: %(cells)s", cells=listed(blank))
            yield WorkbookFault("blank-rows", sheet.name, text)


def headers_are_right(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    for table in sheet.tables:
        names = [name.casefold() for name in table.columns]
        if len(set(names)) < len(names) or not all(name.strip() for name in names):
            text = language.pgettext("workbook check", "Headers of the table are empty or stand twice.")
            yield WorkbookFault("headers", sheet.name, text)
        spots = [Spot(table.first.row, column) for column in range(table.first.column, table.last.column + 1)]
        shown = tuple(sheet.cells[where].value if where in sheet.cells else "" for where in spots)
        if shown != table.columns:
            text = language.pgettext("workbook check", "The table’s columns are not those of its header row.")
            yield WorkbookFault("table-columns", sheet.name, text)
        unwrapped = [w for w in spots if w in sheet.cells and not book.formats[sheet.cells[w].style].wraps]
        if unwrapped:
            text = language.pgettext("workbook check", "Headers not wrapped: %(cells)s", cells=listed(unwrapped))
            yield WorkbookFault("header-wrap", sheet.name, text)


def no_cell_is_empty(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    for table in sheet.tables:
        empty = [w for w in _body(table) if w not in sheet.cells or not sheet.cells[w].value.strip()]
        if empty:
            text = language.pgettext(
                "workbook check", "Empty cells without a shorthand: %(cells)s", cells=listed(empty)
            )
            yield WorkbookFault("empty-cells", sheet.name, text)


def shorthand_is_explained(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    for table in sheet.tables:
        above = " ".join(cell.value for where, cell in sheet.cells.items() if where.row < table.first.row)
        used = {
            sheet.cells[where].value
            for where in _body(table)
            if where in sheet.cells and SHORTHAND.fullmatch(sheet.cells[where].value)
        }
        for shorthand in sorted(used):
            if shorthand not in above:
                text = language.pgettext(
                    "workbook check",
                    "Shorthand used but not explained above the table: %(shorthand)s",
                    shorthand=shorthand,
                )
                yield WorkbookFault("shorthand", sheet.name, text)


def numbers_stand_right(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    for table in sheet.tables:
        cells = {where: sheet.cells[where] for where in _body(table) if where in sheet.cells}
        numeric = {where.column for where, cell in cells.items() if not cell.is_text}
        wrong = [
            where
            for where, cell in cells.items()
            if where.column in numeric and book.formats[cell.style].horizontal != "right"
        ]
        if wrong:
            text = language.pgettext("workbook check", "Numbers not aligned right: %(cells)s", cells=listed(wrong))
            yield WorkbookFault("alignment", sheet.name, text)


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
