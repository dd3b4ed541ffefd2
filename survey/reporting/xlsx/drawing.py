"""Drawing: a described workbook becomes the bytes of an .xlsx file.

What the layer decides for every sheet (Government Analysis Function, “Releasing statistics in spreadsheets”):
Arial 12 or larger, the title in A1 as Heading 1, gridlines off, nothing merged, hidden (but where bars begin) or
empty, at the foot of pages nothing but what stands in cells too, no frozen panes (magnified, they fill the screen;
Excel shows a table's headers in place of the column letters anyway). Every table has filter buttons, for which headers
leave a line.
"""

from collections.abc import Sequence
from datetime import UTC, date
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from survey.atomic_file import replace_file
from survey.reporting.charts.description import Chart
from survey.reporting.typesetting import lines, printable
from survey.reporting.xlsx import appearance
from survey.reporting.xlsx.chart_paper import POINTS, SPARE, WIDTH_OF_CHART, ChartPaper, chart_paper, paper_of_charts
from survey.reporting.xlsx.charts import (
    CellPlaces,
    ChartSource,
    add_chart,
    chart_height,
    source_of_plot,
    source_of_table,
)
from survey.reporting.xlsx.check.description_rules import WrongDescription, problems
from survey.reporting.xlsx.description import ContentsLink, Paragraphs, Plot, Plots, Shorthand, TextHeading, Workbook
from survey.reporting.xlsx.layout import PADDING, WIDEST_ON_ONE_PAGE, DrawnCell, DrawnTable
from survey.reporting.xlsx.package import LanguageWorkbook
from survey.reporting.xlsx.page_foot import EDGE, FOOT, page_foot
from survey.reporting.xlsx.paper import (
    LARGEST,
    MARGIN,
    PrintedPage,
    page_for,
    printed_width,
    row_height,
    table_height,
)
from survey.reporting.xlsx.plan import Jump, SheetPlan, sheet_plans

TEXT_WIDTH = 90.0
UNSET_COLUMN = 80 / 9  # digits: XlsxWriter's default width of 80 pixels for a font whose digits are 9 pixels
HALF_SIZE = 50  # per cent
TITLE_HEIGHT = 34  # points
HEADING_HEIGHT = 30
LAST_LINE_HEIGHT = 26
PARAGRAPH_SPACE = 6
DEFAULT_ROW = 21  # pixels
SHORTHANDS = frozenset(each.value for each in Shorthand)
LIKE_FORMULAS = frozenset("=+-@＝＋－＠")
"""How a text begins that a program would read as a formula once somebody edits its cell."""
SPACE_AROUND_TABLE = 2
"""Lines: the higher last line above it, and the blank row below it."""
COLUMNS_OF_CHART = 9
A_THOUSAND = 1000
ROWS_OF_TITLE = 2
_OPTIONS = {
    "default_format_properties": appearance.NORMAL,
    "default_column_width": 80,
    "default_row_height": DEFAULT_ROW,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(workbook: Workbook, path: Path) -> None:
    """Write the workbook to a file, whole or not at all; the file can be read by its owner only.

    Raises WrongDescription, before anything is written, if it cannot be drawn as described, and OSError.
    """
    replace_file(path, workbook_bytes(workbook))


def workbook_bytes(workbook: Workbook) -> bytes:
    """Return the .xlsx file. The same workbook gives the same bytes. Raises WrongDescription."""
    faults = problems(workbook)
    if faults:
        raise WrongDescription(faults)
    plans = sheet_plans(workbook)
    file = BytesIO()
    with LanguageWorkbook(file, workbook.language.tag, _OPTIONS) as book:
        book.set_properties(
            {
                "title": printable(workbook.title),
                "subject": printable(workbook.subject),
                "author": printable(workbook.organisation),
                "company": printable(workbook.organisation),
                "keywords": printable(", ".join(workbook.keywords)),
                "created": workbook.created.astimezone(UTC),
            }
        )
        for plan in plans.values():
            _SheetDrawing(book, plan, plans, workbook).draw()
    return file.getvalue()


class _SheetDrawing:
    """One sheet being drawn."""

    def __init__(
        self, book: LanguageWorkbook, plan: SheetPlan, plans: dict[str, SheetPlan], workbook: Workbook
    ) -> None:
        self.book = book
        self.plan = plan
        self.plans = plans
        self.workbook = workbook
        self.sheet = book.add_worksheet(plan.sheet.name)

    def draw(self) -> None:
        self.sheet.hide_gridlines(2)
        self.sheet.set_margins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=EDGE + FOOT)
        foot = page_foot(self.plan.sheet.title, self.workbook.foot, self.workbook.language)
        self.sheet.set_footer(foot, {"margin": EDGE, "scale_with_doc": False})
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_row(0, TITLE_HEIGHT)
        self._write(0, self.plan.title, appearance.HEADING_1)
        for row, line in enumerate(self.plan.lines, 1):
            if isinstance(line, Jump):
                self._jump(row, line.text, line.sheet)
            else:
                self._write(row, line, appearance.LINE)
        body = self.plan.sheet.body
        if isinstance(body, Paragraphs):
            self._draw_text(body)
        elif isinstance(body, Plots):
            self._draw_plots(body)
        elif self.plan.table is not None:
            self._draw_table(self.plan.table)

    def _write(self, row: int, text: str, properties: dict[str, Any]) -> None:
        self.sheet.write_string(row, 0, printable(text), self.book.format(properties))

    def _jump(
        self, row: int, text: str, sheet: str, properties: appearance.Format = appearance.LINK, place: int = 0
    ) -> None:
        name = sheet.replace("'", "''")
        self.sheet.write_url(row, place, f"internal:'{name}'!A1", self.book.format(properties), printable(text))

    def _draw_text(self, text: Paragraphs) -> None:
        self.sheet.set_column(0, 0, TEXT_WIDTH)
        for row, line in enumerate(text.lines, self.plan.first_body_row):
            if isinstance(line, TextHeading):
                self.sheet.set_row(row, HEADING_HEIGHT)
                self._write(row, line.text, appearance.HEADING_2)
            elif isinstance(line, ContentsLink):
                self.sheet.write_url(row, 0, line.address, self.book.format(appearance.LINK), printable(line.text))
            else:
                self.sheet.set_row(row, row_height(lines(line, TEXT_WIDTH - PADDING)) + PARAGRAPH_SPACE)
                self._write(row, line, appearance.PARAGRAPH)
        self._set_print_area(self.plan.first_body_row + len(text.lines) - 1, [TEXT_WIDTH], 0)

    def _draw_table(self, table: DrawnTable) -> None:
        top = self.plan.first_body_row
        self.sheet.set_row(top - 1, LAST_LINE_HEIGHT)
        self.sheet.set_row(top, row_height(table.header_lines()) + PARAGRAPH_SPACE)
        for row, needed in table.row_lines().items():
            self.sheet.set_row(top + 1 + row, row_height(needed))
        if self.plan.sheet.chart is None:
            self.sheet.repeat_rows(top)
        self._declare_table(table, top)
        for place, column in enumerate(table.columns):
            self.sheet.set_column(place, place, column.width)
            if column.described.heat:
                shades = appearance.heat_scale(column.described.heat)
                self.sheet.conditional_format(top + 1, place, top + table.height, place, shades)
        self._draw_cells(table, top + 1)
        for place, column in enumerate(table.columns):
            if column.described.kind == "sheet" and table.described.rows:
                for row, name in enumerate(column.cells, top + 1):
                    self._jump(row, str(name), str(name), appearance.LINK_CELL, place)
        last_row = top + table.height
        if self.plan.sheet.chart is not None and self.plan.sheet.chart.middle is not None:
            # Where bars begin is no figure to read. LibreOffice draws no bars of numbers that stand in the chart alone.
            place = len(table.columns) - 1
            self.sheet.set_column(place, place, table.columns[place].width, None, {"hidden": True})
        if self.plan.sheet.chart is not None:
            self._place_chart(self.plan.sheet.chart, table, last_row + 2)
        else:
            self._set_print_area(last_row, [column.width for column in table.columns], table_height(table))

    def _place_chart(self, chart: Chart, table: DrawnTable, row: int) -> None:
        """Draw a chart from a row downwards, and settle how the sheet is printed."""
        first = row - 1 - table.height
        self._insert_chart(source_of_table(chart, self.plan.sheet.name, table, first + 1), row)
        columns, paper = paper_of_chart(self.plan, table, chart)
        self.sheet.print_area(0, 0, row + ceil(chart_height(chart) / DEFAULT_ROW), columns - 1)
        self._set_paper(paper.page)
        if paper.is_whole:
            self.sheet.fit_to_pages(1, 1)
        else:
            self.sheet.set_print_scale(paper.per_cent)
            self.sheet.set_h_pagebreaks([row])

    def _draw_plots(self, plots: Plots) -> None:
        """Draw charts one below the other, none of them over the end of a page."""
        columns = max(COLUMNS_OF_CHART, ceil(self.plan.longest_line() / UNSET_COLUMN))
        highest = max((_rows_of(plot.chart) for plot in plots.plots), default=0)
        paper = paper_of_charts(columns * UNSET_COLUMN, highest * DEFAULT_ROW * POINTS)
        rows_of_page = int(paper.page.down / paper.size / (DEFAULT_ROW * POINTS * SPARE))
        row, breaks, used = self.plan.first_body_row + 1, [], self.plan.first_body_row + ROWS_OF_TITLE
        for plot in _one_that_fits_first(plots.plots, rows_of_page - used):
            needed = _rows_of(plot.chart)
            if used + needed > rows_of_page:
                breaks.append(row)
                used = 0
            self._insert_plot(plot, row, columns)
            row, used = row + needed, used + needed
        self.sheet.set_h_pagebreaks(breaks)
        self.sheet.print_area(0, 0, row, columns - 1)
        self._set_paper(paper.page)
        # Excel minds no page break where it fits the sheet to pages.
        self.sheet.set_print_scale(paper.per_cent)

    def _insert_plot(self, plot: Plot, row: int, beside: int) -> None:
        """Draw a chart of another sheet’s table; `beside` is the first column that is not printed."""
        of_table = self.plans[plot.sheet]
        if of_table.table is None:
            raise WrongDescription([f"sheet “{plot.sheet}”: there is no table to draw"])
        starts = self._draw_starts(plot.chart, row, beside)
        top = of_table.first_body_row + 2
        self._insert_chart(source_of_plot(plot, of_table.table, top, starts, self.plan.sheet.name), row)

    def _draw_starts(self, chart: Chart, row: int, column: int) -> CellPlaces:
        """Write where each bar of a chart begins into a hidden column beside it, and return the cells."""
        if chart.middle is None:
            return []
        heading = self.workbook.language.pgettext("workbook chart", "Where the bar begins")
        self.sheet.write_string(row - 1, column, printable(heading), self.book.format(appearance.LINE))
        for at, start in enumerate(chart.starts(), row):
            if start is not None:
                self.sheet.write_number(at, column, start, self.book.format(appearance.LINE))
        self.sheet.set_column(column, column, UNSET_COLUMN, None, {"hidden": True})
        return [(column, row + 1 + place) for place in range(len(chart.names))]

    def _insert_chart(self, source: ChartSource, row: int) -> None:
        alt_text = printable(source.chart.alt_text)
        placed = {"x_offset": 4, "y_offset": 0, "description": alt_text, "object_position": 2}
        self.sheet.insert_chart(row, 0, add_chart(self.book, source), placed)

    def _declare_table(self, table: DrawnTable, top: int) -> None:
        self.sheet.table_cells = _NoOverlaps()
        refused = self.sheet.add_table(
            top,
            0,
            top + table.height,
            len(table.columns) - 1,
            {
                "name": table.described.name,
                "title": printable(self.plan.title),
                "description": printable(table.described.description),
                "columns": [
                    {
                        "header": column.header,
                        "header_format": self.book.format(appearance.header(column.described.kind, is_first=not place)),
                    }
                    for place, column in enumerate(table.columns)
                ],
                "banded_rows": False,
                "style": None,
            },
        )
        if refused:
            raise WrongDescription([f"sheet “{self.plan.sheet.name}”: XlsxWriter refuses the table"])

    def _draw_cells(self, table: DrawnTable, top: int) -> None:
        language = self.workbook.language.code
        looks = [
            appearance.cell(column.described, language, is_first=not at) for at, column in enumerate(table.columns)
        ]
        styles = [self.book.format(look) for look in looks]
        quoted = [self.book.format(look | {"quote_prefix": True}) for look in looks]
        numbers = [self.book.format({"num_format": "#,##0"} | look | {"align": "right", "indent": 0}) for look in looks]
        mixed = {place for place, column in enumerate(table.columns) if int in set(map(type, column.cells))}
        large = {
            at: self.book.format(appearance.thousands(column.described, language, is_first=not at))
            for at, column in enumerate(table.columns)
            if column.described.kind == "decimal" and any(map(_is_large, column.cells))
        }
        write_string, write_number = self.sheet.write_string, self.sheet.write_number
        for row, cells in enumerate(zip(*(column.cells for column in table.columns), strict=True), top):
            for place, value in enumerate(cells):
                if place in mixed and value in SHORTHANDS:
                    write_string(row, place, value, numbers[place])
                elif isinstance(value, str):
                    write_string(row, place, value, (quoted if value[:1] in LIKE_FORMULAS else styles)[place])
                elif isinstance(value, date):
                    self.sheet.write_datetime(row, place, value, styles[place])
                elif place in large and _is_large(value):
                    write_number(row, place, value, large[place])
                else:
                    write_number(row, place, value, numbers[place])

    def _set_print_area(self, last_row: int, widths: Sequence[float], high: float) -> None:
        """Print the body and, beyond its columns, as much room as the longest line above it needs."""
        body, longest = printed_width(widths), min(self.plan.longest_line(), LARGEST.widest())
        high += TITLE_HEIGHT + row_height(1) * len(self.plan.lines)
        page = page_for(wide := max(body, longest), high)
        beyond = ceil(max(0.0, page.width_for_fewest(wide, high) - body) / UNSET_COLUMN)
        beyond = min(beyond, int(max(0.0, page.widest() - body) / UNSET_COLUMN))
        self.sheet.print_area(0, 0, last_row, len(widths) - 1 + beyond)
        self._set_paper(page)
        if sum(widths) > WIDEST_ON_ONE_PAGE:
            self.sheet.set_print_scale(HALF_SIZE)
            self.sheet.repeat_columns(0, 1)

    def _set_paper(self, page: PrintedPage) -> None:
        self.sheet.set_paper(page.paper)
        if page.is_landscape:
            self.sheet.set_landscape()


def _is_large(value: DrawnCell) -> bool:
    return isinstance(value, int | float) and abs(value) >= A_THOUSAND


def _rows_of(chart: Chart) -> int:
    """How many rows a chart stands over, with the blank one below it."""
    return ceil(chart_height(chart) / DEFAULT_ROW) + 1


def _one_that_fits_first(plots: Sequence[Plot], room: int) -> list[Plot]:
    """The charts with the first one in front that fits into so many rows, or lines above charts would be printed on a
    page of their own."""
    fits = next((at for at, plot in enumerate(plots) if _rows_of(plot.chart) <= room), 0)
    return [*plots[fits : fits + 1], *plots[:fits], *plots[fits + 1 :]]


def paper_of_chart(plan: SheetPlan, table: DrawnTable, chart: Chart) -> tuple[int, ChartPaper]:
    """The columns that a sheet with a table and its chart is printed with, and the paper for it."""
    shown = table.columns if chart.middle is None else table.columns[:-1]
    body = printed_width([column.width for column in shown])
    beyond = ceil(max(0.0, plan.longest_line() - body, WIDTH_OF_CHART - body) / UNSET_COLUMN)
    lines = row_height(1) * (len(plan.lines) + SPACE_AROUND_TABLE)
    above = TITLE_HEIGHT + lines + table_height(table)
    wide = body + beyond * UNSET_COLUMN
    return len(table.columns) + beyond, chart_paper(wide, above, chart_height(chart) * POINTS)


class _NoOverlaps(dict[Any, Any]):
    """XlsxWriter notes every cell of a table to find tables that overlap. A sheet of ours has only one."""

    def __setitem__(self, _cell: Any, _table: Any) -> None:
        pass
