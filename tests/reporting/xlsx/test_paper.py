"""On what a sheet is printed, and how large."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from survey.reporting.typesetting import BOLD, width
from survey.reporting.xlsx.appearance import BODY_SIZE, HEADING_1_SIZE
from survey.reporting.xlsx.chart_paper import chart_paper, paper_of_charts
from survey.reporting.xlsx.description import Column, Sheet, Table
from survey.reporting.xlsx.drawing import UNSET_COLUMN, workbook_bytes
from survey.reporting.xlsx.layout import PADDING, drawn_table
from survey.reporting.xlsx.paper import (
    LARGE_UPRIGHT,
    LARGEST,
    ON_ITS_SIDE,
    SMALLEST_PRINT,
    UPRIGHT,
    PrintedPage,
    fit_for_print,
    page_for,
    printed_width,
)
from tests.reporting.xlsx.example import example, with_sheet

SENTENCE = "We asked people at the leisure centre what they knew about local services, and changed our messages. "
INCHES = {9: (8.27, 11.69), 8: (11.69, 16.54)}


def printed_points(sheet) -> float:
    """The size of 12-point text of a sheet on its paper, from the file."""
    short, long = INCHES[sheet.page_setup.paperSize]
    inches = (long if sheet.page_setup.orientation == "landscape" else short) - 0.6
    _, _, last, _ = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
    columns, letters = sheet.column_dimensions, map(get_column_letter, range(1, last + 1))
    pixels = sum(9 * columns[letter].width if letter in columns else 80 for letter in letters)
    return float(12 * min(1.0, inches * 96 / pixels))


def wide_table(columns: int, rows: int) -> Table:
    described = (
        *(Column(f"n{at}", f"Number {at}", "whole") for at in range(columns)),
        Column("w", "Words", "long_text"),
    )
    return Table("wide", "Wide.", described, [(*range(columns), SENTENCE * 3)] * rows)


@pytest.mark.parametrize(
    ("wide", "high", "page"),
    [
        (120, 700, UPRIGHT),
        (150, 650, ON_ITS_SIDE),
        (150, 9000, LARGE_UPRIGHT),
        (250, 700, LARGEST),
        (900, 700, LARGEST),
    ],
)
def test_a_table_goes_on_a4_where_that_is_readable_in_a_page_or_two_else_on_a3(
    wide: float, high: float, page: PrintedPage
) -> None:
    assert page_for(wide, high) is page


def test_columns_of_words_give_way_until_the_largest_page_takes_them() -> None:
    whole = drawn_table(wide_table(20, 3), example())
    fitted = fit_for_print(whole)
    assert printed_width([column.width for column in whole.columns]) > LARGEST.widest()
    assert printed_width([column.width for column in fitted.columns]) <= LARGEST.widest()
    assert [column.width for column in fitted.columns[:-1]] == [column.width for column in whole.columns[:-1]]
    assert fitted.columns[-1].is_wrapped
    assert fitted.columns[-1].width - PADDING >= max(map(width, SENTENCE.split()))


def test_no_word_is_broken_to_save_paper() -> None:
    fitted = fit_for_print(drawn_table(wide_table(40, 3), example()))
    assert printed_width([column.width for column in fitted.columns]) > LARGEST.widest()
    assert fitted.columns[-1].width - PADDING >= max(map(width, SENTENCE.split()))


def test_every_sheet_of_the_national_workbook_is_printed_large_enough_to_read(book) -> None:
    assert {name: size for name in book.book.sheetnames if (size := printed_points(book.book[name])) < 7.35} == {}


@pytest.mark.parametrize(
    ("wide", "above", "high", "expected"),
    [
        (70, 400, 350, (UPRIGHT, True)),
        (95, 450, 450, (UPRIGHT, True)),
        (70, 700, 700, (UPRIGHT, False)),
        (110, 200, 300, (ON_ITS_SIDE, True)),
        (130, 700, 500, (LARGE_UPRIGHT, True)),
    ],
)
def test_a_chart_stands_on_one_page_with_its_table_where_that_can_be_read_else_on_a_page_of_its_own(
    wide: float, above: float, high: float, expected: tuple[PrintedPage, bool]
) -> None:
    paper = chart_paper(wide, above, high)
    assert (paper.page, paper.is_whole) == expected
    assert max(wide / paper.page.across, high / paper.page.down) <= 1 / paper.size
    assert paper.size * 9 >= 7.5


@pytest.mark.parametrize(("high", "page"), [(0, UPRIGHT), (700, UPRIGHT), (900, UPRIGHT), (1100, LARGE_UPRIGHT)])
def test_the_highest_of_several_charts_stands_on_one_page_where_it_can_be_read(high: float, page: PrintedPage) -> None:
    paper = paper_of_charts(70, high)
    assert paper.page is page
    assert high * paper.size * 1.015 <= page.down, "with room to spare: else a page without anything follows"
    assert paper.size * 9 >= 7.5


def test_every_chart_is_printed_large_enough_to_read_and_no_page_break_is_passed_over(book) -> None:
    """Excel minds no page break of a sheet that is fitted to pages."""
    with_charts = [sheet for sheet in book.drawn_book.worksheets if sheet._charts]
    assert len(with_charts) > 5
    for sheet in with_charts:
        is_fitted, said = sheet.sheet_properties.pageSetUpPr, (sheet.page_setup.scale or 100) / 100
        assert printed_points(sheet) / 12 * 9 >= 7.4, sheet.title
        if is_fitted and is_fitted.fitToPage:
            assert (sheet.page_setup.fitToHeight in {1, None}, len(sheet.row_breaks)) == (True, 0), sheet.title
        else:
            assert 7.4 / 9 <= said <= printed_points(sheet) / 12 + 0.01, sheet.title
            assert len(sheet.row_breaks), sheet.title


@pytest.mark.parametrize("words", [5, 10, 12])
def test_a_title_longer_than_its_table_is_printed_whole(words: int) -> None:
    title = " ".join(["Implementation"] * words)
    sheet = Sheet("Long", title, Table("long", "A small table.", (Column("one", "One"),), [("Afan",)]))
    page = openpyxl.load_workbook(BytesIO(workbook_bytes(with_sheet(example(), sheet))))["Long"]
    _, _, last, _ = range_boundaries(page.print_area.rpartition("!")[2].replace("$", ""))
    across = page.column_dimensions["A"].width + (last - 1) * UNSET_COLUMN
    assert across >= width(title) * HEADING_1_SIZE / BODY_SIZE * BOLD
    assert printed_points(page) >= SMALLEST_PRINT


def test_a_line_much_wider_than_its_table_goes_on_in_the_next_row() -> None:
    line = " ".join(["Implementation"] * 20)
    sheet = Sheet("Long", "Long", Table("long", "A small table.", (Column("one", "One"),), [("Afan",)]), (line,))
    page = openpyxl.load_workbook(BytesIO(workbook_bytes(with_sheet(example(), sheet))))["Long"]
    lines = [page.cell(row, 1).value for row in range(2, 6)]
    parted = [part for part in lines if part.startswith("Implementation")]
    assert len(parted) > 1
    assert " ".join(parted) == line
    assert page.page_setup.paperSize == int(page.PAPERSIZE_A4)
