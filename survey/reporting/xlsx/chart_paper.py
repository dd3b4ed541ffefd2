"""How a sheet with a chart is printed: whole on one page where that can be read, else the chart on a page of its own.

Excel minds no page break of a sheet that is fitted to pages, so one that is parted is printed at a size that is said.
"""

from dataclasses import dataclass, replace
from math import ceil

from survey.reporting.charts.canvas import SIZE
from survey.reporting.charts.svg import WIDTH
from survey.reporting.typesetting import widest
from survey.reporting.xlsx.layout import PADDING, DrawnTable
from survey.reporting.xlsx.paper import (
    A4,
    COLUMN_EDGE,
    LARGE_UPRIGHT,
    LARGEST,
    PAGES,
    SMALLEST_PRINT,
    UPRIGHT,
    PrintedPage,
    fit_for_print,
    printed_width,
)

UPRIGHT_PAGES = (UPRIGHT, LARGE_UPRIGHT)
POINTS = 0.75  # per pixel
DIGIT = 9.0  # pixels
SMALLEST = SMALLEST_PRINT / (SIZE * POINTS)
"""The least size at which the texts of a chart can be read, as a part of the size that they were made in."""
WIDTH_OF_CHART = WIDTH / DIGIT + 1  # digits, with the gap to its left
SPARE = 1.02
"""What programs reckon widths and heights with is not quite the same."""


@dataclass(frozen=True, slots=True)
class ChartPaper:
    """The page of a sheet, its size on it (1: as it was made), and whether table and chart stand on one."""

    page: PrintedPage
    size: float
    is_whole: bool

    @property
    def per_cent(self) -> int:
        """The size in whole per cent."""
        return int(self.size * 100)


def chart_paper(wide: float, above: float, high: float) -> ChartPaper:
    """The paper of a sheet so many digits wide, with so many points above its chart, which is so many high.

    It is the one that takes fewest pages, A4 where A3 takes as many, and larger print of two alike.
    """
    papers = [paper for page in PAGES for paper in _papers(page, wide * SPARE, above * SPARE, high * SPARE)]
    if not papers:
        return ChartPaper(LARGEST, min(1.0, LARGEST.across / (wide * SPARE)), is_whole=False)
    return min(papers, key=lambda paper: (_pages(paper, above * SPARE), paper.page.paper != A4, -paper.size))


def paper_of_charts(wide: float, high: float) -> ChartPaper:
    """The paper of a sheet of charts so many digits wide, of which the highest has so many points: A4 where that can be
    read on one page of it."""
    papers = [
        ChartPaper(page, min(1.0, page.across / wide, page.down / (high * SPARE or 1)), True) for page in UPRIGHT_PAGES
    ]
    return next((paper for paper in papers if paper.size >= SMALLEST), papers[-1])


def _papers(page: PrintedPage, wide: float, above: float, high: float) -> list[ChartPaper]:
    """The ways to print such a sheet on a page so that it can be read."""
    whole = ChartPaper(page, min(1.0, page.across / wide, page.down / (above + high)), is_whole=True)
    parted = ChartPaper(page, min(1.0, page.across / wide, page.down / high), is_whole=False)
    return [paper for paper in (whole, parted) if paper.size >= SMALLEST]


def _pages(paper: ChartPaper, above: float) -> int:
    return 1 if paper.is_whole else ceil(above * paper.size / paper.page.down) + 1


def wide_enough(table: DrawnTable) -> DrawnTable:
    """The table of a chart with its first column, of names, as wide as its texts ask for and A4 has room."""
    names, *others = table.columns
    texts = widest({names.header, *map(str, names.cells)}) + PADDING
    room = UPRIGHT.across / SMALLEST / SPARE - printed_width([column.width for column in others]) - COLUMN_EDGE
    if room < names.width:
        return fit_for_print(table)
    wide = max(names.width, min(texts, room))
    is_wrapped = texts > wide or any("\n" in str(name) for name in names.cells)
    return replace(table, columns=(replace(names, width=wide, is_wrapped=is_wrapped), *others))
