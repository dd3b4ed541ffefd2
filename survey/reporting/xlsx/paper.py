"""How a sheet is printed: one page wide and readable, on as few pages as may be, on A4 where A3 takes as many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from survey.reporting.typesetting import BOLD, width
from survey.reporting.xlsx.description import TEXT_KINDS
from survey.reporting.xlsx.layout import NARROWEST, PADDING, WIDEST_ON_ONE_PAGE, DrawnColumn, DrawnTable
from survey.reporting.xlsx.page_foot import EDGE, FOOT

MARGIN = 0.3  # inches
SMALLEST_PRINT = 7.5  # points
BODY_SIZE = 12.0
DIGITS_OF_AN_INCH = 96 / 9  # Arial 12 at 96 dots per inch
COLUMN_EDGE = 0.6  # digits that each column is wider than what it is said to be
LONGEST_WORD = 30.0
MOST_OF_USUAL = 50.0
STEPS = 20
SPARE = 1.08  # no row is parted, and the header stands on every page
LINE_HEIGHT = 15.5  # points
HIGHEST_ROW = 409  # Excel's limit
Widths = tuple[float, ...]
Asked = tuple[float, float]
"""The width of a column below which a word would be broken, and that of its usual text."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A paper as spreadsheet files number it, and what is printed on: digits across and points down at full size."""

    paper: int
    is_landscape: bool
    across: float
    down: float

    def widest(self) -> float:
        """The width in digits that is printed at the smallest size that is readable."""
        return self.across * BODY_SIZE / SMALLEST_PRINT

    def pages(self, wide: float, high: float) -> int:
        """How many of them a body of so many digits and points takes."""
        return ceil(high * min(1.0, self.across / wide) / self.down)

    def width_for_fewest(self, wide: float, high: float) -> float:
        """The width in digits to print a body in, so that it takes as few pages as it can and stays readable."""
        high = high * SPARE
        if self.pages(wide, high) <= (fewest := max(1, ceil(high * self.across / self.widest() / self.down))):
            return wide
        return max(wide, high * self.across / (fewest * self.down))


def _page(paper: int, short: float, long: float, *, is_landscape: bool) -> PrintedPage:
    across, down = (long, short) if is_landscape else (short, long)
    return PrintedPage(
        paper, is_landscape, (across - 2 * MARGIN) * DIGITS_OF_AN_INCH, (down - MARGIN - EDGE - FOOT) * 72
    )


A4, A3 = 9, 8
UPRIGHT = _page(A4, 8.27, 11.69, is_landscape=False)
ON_ITS_SIDE = _page(A4, 8.27, 11.69, is_landscape=True)
LARGE_UPRIGHT = _page(A3, 11.69, 16.54, is_landscape=False)
LARGEST = _page(A3, 11.69, 16.54, is_landscape=True)


PAGES = (UPRIGHT, ON_ITS_SIDE, LARGE_UPRIGHT, LARGEST)


def page_for(wide: float, high: float) -> PrintedPage:
    """The page for a body of so many digits and points: what takes fewest, and A4 where it takes no more."""
    readable = [page for page in PAGES if wide <= page.widest()]
    return min(readable or [LARGEST], key=lambda page: (*_effort(page, wide, high), wide > page.across))


def _effort(page: PrintedPage, wide: float, high: float) -> tuple[int, bool]:
    return page.pages(wide, high), page.paper != A4


def row_height(number: int) -> float:
    """The height in points of a row of so many lines."""
    return min(number * LINE_HEIGHT + 1, HIGHEST_ROW)


def printed_width(widths: Sequence[float]) -> float:
    """How wide columns are on paper, in digits."""
    return sum(widths) + COLUMN_EDGE * len(widths)


def table_height(table: DrawnTable) -> float:
    """How high a table is, in points."""
    needed = table.row_lines()
    return sum(row_height(needed.get(row, 1)) for row in range(table.height)) + row_height(table.header_lines())


def fit_for_print(table: DrawnTable) -> DrawnTable:
    """The table with columns of text as narrow as makes it print on fewest pages, each by how much it holds."""
    widths = tuple(column.width for column in table.columns)
    if sum(widths) > WIDEST_ON_ONE_PAGE:
        return table
    asked = [_width_asked(column) for column in table.columns]
    fitted = [(page, fitting) for page in PAGES if (fitting := _fitted(widths, asked, page.widest())) is not None]
    if not fitted:
        return _as_wide(table, _narrowed(widths, asked, 0.0))
    tables = {fitting: _as_wide(table, fitting) for _, fitting in fitted}
    heights = {fitting: table_height(narrowed) for fitting, narrowed in tables.items()}
    return tables[min(fitted, key=lambda each: _effort(each[0], printed_width(each[1]), heights[each[1]]))[1]]


def _fitted(widths: Widths, asked: list[Asked], room: float) -> Widths | None:
    """Widths that the room allows; None where a word would have to be broken."""
    if printed_width(widths) <= room:
        return widths
    if printed_width(_narrowed(widths, asked, 0.0)) > room:
        return None
    least, most = 0.0, MOST_OF_USUAL
    for _ in range(STEPS):
        share = (least + most) / 2
        if printed_width(_narrowed(widths, asked, share)) > room:
            most = share
        else:
            least = share
    return _narrowed(widths, asked, least)


def _narrowed(widths: Widths, asked: list[Asked], share: float) -> Widths:
    return tuple(
        min(wide, max(narrowest, share * usual)) for wide, (narrowest, usual) in zip(widths, asked, strict=True)
    )


def _as_wide(table: DrawnTable, widths: Widths) -> DrawnTable:
    """The table with its columns so wide; what is narrower than before is wrapped."""
    columns = (
        replace(column, width=wide, is_wrapped=column.is_wrapped or wide < column.width)
        for column, wide in zip(table.columns, widths, strict=True)
    )
    return replace(table, columns=tuple(columns))


def _width_asked(column: DrawnColumn) -> Asked:
    if column.described.kind not in TEXT_KINDS:
        return column.width, column.width
    widths = Counter(map(str, column.cells))
    header = max(map(width, column.header.split())) * BOLD + PADDING
    word = max((width(word) for text in widths for word in text.split()), default=0.0)
    usual = sum(width(text) * often for text, often in widths.items()) / len(column.cells)
    return max(NARROWEST, column.described.least, header, min(word, LONGEST_WORD) + PADDING), usual + PADDING
