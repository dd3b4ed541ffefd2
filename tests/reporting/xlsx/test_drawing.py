import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from survey.languages import language
from survey.reporting.charts.colours import INK, contrast
from survey.reporting.charts.description import Series
from survey.reporting.xlsx.appearance import HEAT_HIGH, HEAT_OPPOSITE
from survey.reporting.xlsx.charts import chart_height, places_of_labels
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.check.description_rules import WrongDescription
from survey.reporting.xlsx.description import Column, Sheet, Shorthand, Table, Verbatim
from survey.reporting.xlsx.drawing import workbook_bytes, write_workbook
from tests.reporting.xlsx.example import (
    HOSTILE,
    MATURITY,
    NOT_ANSWERED,
    SLOPES,
    WORDS,
    chart_sheet,
    example,
    with_rows,
    with_sheet,
)
from tests.reporting.xlsx.package_parts import parts


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def opened(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(workbook)))


def table_of(sheet):
    """The sheet's only table as rows of values, header first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def column_of(workbook, name="Cells"):
    return [row[0] for row in table_of(opened(workbook)[name])[1:]]


def test_sheets_stand_in_order(book):
    assert book.sheetnames == [
        "Cover",
        "Contents",
        "Notes",
        "Maturity by health board",
        "Shares",
        "Dots",
        "Slopes",
        "What went well",
    ]


def test_every_title_stands_in_a1_as_heading_1(book):
    for sheet in book:
        assert sheet["A1"].style == "Heading 1"
        assert sheet["A1"].font.sz == 18


def test_titles_and_headers_carry_the_marks_of_their_notes(book):
    sheet = book["Maturity by health board"]
    assert sheet["A1"].value == "Maturity by health board, clusters that responded, 2026 [note 1]"
    assert table_of(sheet)[0][1] == "Clusters that responded [note 2]"


def test_notes_are_numbered_as_given_and_followed_by_provenance(book):
    assert table_of(book["Notes"])[1:] == [
        ["[note 1]", "Clusters that sent nothing are always counted."],
        ["[note 2]", "A cluster has responded when it has submitted its reflection."],
        *(row for row in table_of(book["Notes"]) if row[0].startswith("Shorthand")),
        ["Software", "Myfyrio 0.1"],
        ["Data as at", "1 October 2026"],
    ]


def test_second_level_headings_have_their_style(book):
    assert book["Cover"]["A3"].style == "Heading 2"


def test_only_a1_is_selected_and_the_first_sheet_is_shown(book):
    assert book.active.title == "Cover"
    for sheet in book:
        assert sheet.sheet_view.selection[0].activeCell == "A1"
        assert not sheet.sheet_view.showGridLines
        assert sheet.freeze_panes is None


def test_everything_is_in_arial_of_12_points_or_more(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.font.name == "Arial"
                assert cell.font.sz >= 12
                assert not cell.font.i


def test_values_keep_their_types(book):
    rows = table_of(book["Maturity by health board"])
    assert rows[1] == ["Bae Abertawe", 8, 3, 2, 3, 0.8, -0.6, datetime(2026, 9, 10)]  # noqa: DTZ001
    assert rows[6][:6] == ["Powys", 3, "[c]", "[c]", "[c]", 1]


def test_another_reader_sees_the_same(content):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Maturity by health board").to_python()
    assert rows[-1] == ["Powys", 3, "[c]", "[c]", "[c]", 1, "[z]", date(2026, 9, 30)]


def test_numbers_and_their_shorthand_stand_right_and_text_left(book):
    sheet = book["Maturity by health board"]
    last = [cell.alignment.horizontal for cell in sheet[sheet.max_row]]
    assert last == ["left", "right", "right", "right", "right", "right", "right", "right"]


def test_number_formats(book):
    sheet = book["Maturity by health board"]
    formats = [cell.number_format for cell in sheet[sheet.max_row]]
    assert formats[1:] == ["#,##0", "#,##0", "#,##0", "#,##0", "0.0%", "#,##0.0", "[$-809]d mmmm yyyy"]


def test_dates_of_a_welsh_workbook_have_welsh_months():
    table = Table("the_dates", "Dates.", (Column("day", "Day", "date"),), [(date(2026, 2, 3),)])
    book = opened(with_sheet(example("cy"), Sheet("Dates", "Dates", table)))
    assert book["Dates"].cell(book["Dates"].max_row, 1).number_format == "[$-452]d mmmm yyyy"


def test_each_table_starts_in_column_a_with_nothing_below_or_beside(book):
    assert any(sheet.tables for sheet in book)
    for sheet in book:
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            assert left == 1
            assert (sheet.max_column, sheet.max_row) == (right, bottom)
            assert all(sheet.cell(row, 1).value for row in range(1, top))
            assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[top]]
            assert all(cell.alignment.wrap_text for cell in sheet[top])


def test_the_last_line_above_a_table_says_what_the_sheet_holds(book):
    sheet = book["Maturity by health board"]
    (table,) = sheet.tables.values()
    _, top, _, _ = range_boundaries(table.ref)
    lines = [sheet.cell(row, 1).value for row in range(2, top)]
    assert lines == [
        "Figures count clusters, not people.",
        "[c] means confidential: too few people to give the figure.",
        "[z] means not applicable: not asked here, or nothing to give.",
        "The notes are in the sheet: Notes",
        "Go to the sheet: Contents",
        "This sheet holds one table.",
    ]


def test_a_sheet_may_word_a_shorthand_in_particular():
    table = replace(WORDS, name="other_words")
    sheet = Sheet("More", "More", table, shorthand={Shorthand.NOT_AVAILABLE: "the cluster wrote nothing"})
    assert opened(with_sheet(example(), sheet))["More"]["A2"].value == "[x] means the cluster wrote nothing."


def test_contents_lead_to_every_other_sheet(book):
    sheet = book["Contents"]
    links = {cell.value: cell.hyperlink.location for row in sheet["A4:A20"] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames if name != "Contents"}


def test_a_link_resolves_to_a_sheet_with_an_apostrophe(tmp_path):
    workbook = with_sheet(example(), Sheet("It’s 'quoted' here", "Quoted", WORDS_AGAIN))
    write_workbook(workbook, tmp_path / "a.xlsx")
    assert check_workbook(tmp_path / "a.xlsx", workbook.language) == []


WORDS_AGAIN = replace(WORDS, name="words_again")


def test_table_has_a_name_and_alternative_text(content):
    xml = next(text for name, text in parts(content).items() if "maturity_by_board" in text and "tables" in name)
    assert 'displayName="maturity_by_board"' in xml
    assert f'altTextSummary="{MATURITY.description}"' in xml


def test_nobody_can_type_a_formula_a_link_or_a_number():
    hostile = with_rows(HOSTILE)
    sheet = opened(hostile)["Cells"]
    cells = [sheet.cell(row, 1) for row in range(sheet.max_row - len(HOSTILE) + 1, sheet.max_row + 1)]
    assert [cell.value.rstrip() for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert "<f>" not in "".join(text for name, text in parts(workbook_bytes(hostile)).items() if "worksheets" in name)


def test_hostile_text_in_titles_headers_and_notes_breaks_nothing(tmp_path):
    text = "\x00\x0b<r>\"&'</r>\ud800]]>"
    table = Table("hostile_texts", text, (Column("a", text, notes=("silent",)),), [("x",)])
    workbook = with_sheet(
        replace(example(), title=text, subject=text, organisation=text), Sheet("More", text, table, (text,))
    )
    write_workbook(workbook, tmp_path / "a.xlsx")
    assert check_workbook(tmp_path / "a.xlsx", workbook.language) == []
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["More"]["A1"].value == "��<r>\"&'</r>�]]>"


def test_verbatim_words_have_their_language_beside_them(book):
    rows = table_of(book["What went well"])
    assert rows[0] == ["Cluster", "What went well", "Language: What went well", "Why it matters"]
    assert [row[2] for row in rows[1:]] == ["Welsh", "English", "[x]"]
    assert rows[2][1] == "=SUM(A1:A9) is what we typed.\nAnd a second line."


def test_a_text_too_long_for_a_cell_goes_on_beside_it_and_is_flagged():
    long = "ŵy 😀 " * 8_000
    workbook = with_rows([Verbatim(long, "cy"), Verbatim("short", "en")], "verbatim")
    sheet = opened(workbook)["Cells"]
    header, first, second = table_of(sheet)
    assert header == ["Cell", "Cell (continued, part 2)", "Language: Cell"]
    assert first[0] + first[1] == long
    assert first[2] == "Welsh"
    assert second == ["short", "[z]", "English"]
    assert "too long for one cell" in sheet["A2"].value


def test_a_table_without_rows_says_so(tmp_path):
    table = Table("empty_list", "Nothing yet.", (Column("a", "A"), Column("b", "B", "whole")), [])
    workbook = with_sheet(example(), Sheet("More", "More", table))
    write_workbook(workbook, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["More"]
    assert sheet["A2"].value == "There is nothing to list in this table."
    assert table_of(sheet)[1:] == [["[z]", "[z]"]]
    assert check_workbook(tmp_path / "a.xlsx", workbook.language) == []


def test_every_sheet_prints_one_page_wide_with_its_header_on_each_page(book):
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == (None if sheet._charts else 0)
    assert book["Maturity by health board"].print_title_rows == "$8:$8"


def test_rows_of_wrapped_text_are_high_enough_for_it(book):
    sheet = book["What went well"]
    heights = [sheet.row_dimensions[row].height for row in range(sheet.max_row - 2, sheet.max_row + 1)]
    assert heights[0] > heights[1] - 1 >= 2 * 15
    assert heights[2] is None


def test_heat_colours_leave_the_number_in_the_cell(book):
    sheet = book["Maturity by health board"]
    scales = {
        str(area.sqref): [rule.type for rule in rules] for area, rules in sheet.conditional_formatting._cf_rules.items()
    }
    assert scales == {"F9:F14": ["colorScale"], "G9:G14": ["colorScale"]}
    assert sheet["F9"].value == 0.8


def test_text_can_be_read_on_every_colour():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    for colour in (HEAT_HIGH, HEAT_OPPOSITE):
        assert contrast(INK, colour) >= 4.5


def charts(content):
    return [text for name, text in sorted(parts(content).items()) if name.startswith("xl/charts/")]


def test_charts_point_to_their_table_and_leave_a_blank_for_what_is_not_given(content, book):
    shares, dots, slopes = charts(content)
    (table,) = book["Shares"].tables.values()
    first = int(re.search(r"\d+", table.ref).group()) + 1
    assert f"<c:f>'Shares'!$A${first}:$A${first + 2}</c:f>".replace("'", "") in shares
    assert f"<c:f>(Shares!$B${first}:$B${first + 1},Shares!$G${first + 2}:$G${first + 2})</c:f>" in shares
    assert f"<c:f>(Shares!$E${first}:$E${first + 1},Shares!$G${first + 2}:$G${first + 2})</c:f>" in shares
    assert book["Shares"].cell(first + 2, 7).value is None
    assert all('<c:dispBlanksAs val="gap"/>' in chart for chart in (shares, dots, slopes))
    assert "PLACES" not in dots
    assert dots.count("<c:numLit>") == 2 + 3


def test_where_bars_begin_is_hidden_and_drawn_by_its_chart_alone(content, book):
    hidden = {sheet.title: [at for at, column in sheet.column_dimensions.items() if column.hidden] for sheet in book}
    assert {name: columns for name, columns in hidden.items() if columns} == {"Shares": ["E"]}
    assert ['<c:plotVisOnly val="0"/>' in chart for chart in charts(content)] == [True, False, False]


def test_an_axis_of_shares_is_in_per_cent_however_short_it_is():
    chart = replace(SLOPES, high=0.4, figures="percent")
    (drawn,) = charts(workbook_bytes(with_sheet(example(), chart_sheet(chart, "Short"))))[3:]
    (axis,) = re.findall("<c:valAx>.*?</c:valAx>", drawn, re.DOTALL)
    assert '<c:numFmt formatCode="0%"' in axis


def test_lines_that_end_near_one_another_have_their_labels_apart():
    assert places_of_labels([0.16, 0.36, 0.33, 0.15], 0.4) == ["above", "above", "below", "below"]
    assert places_of_labels([0.1, 0.2, None, 0.3], 0.4) == ["right"] * 4
    assert places_of_labels([0.20, 0.21, 0.22], 1.0) == ["below", "right", "above"]


def test_a_legend_of_lines_has_room_for_them_before_their_names():
    """LibreOffice leaves out what does not fit into the lines of a legend."""
    labels = ("Yn gweithio tuag at y lefel sylfaen", "Sylfaen", "Yn datblygu", "Aeddfed")
    short, long = (
        replace(SLOPES, series=tuple(Series(name, (0.1, 0.2, 0.3)) for name in names)) for names in ("abcd", labels)
    )
    assert chart_height(long) - chart_height(short) == 20


def test_what_is_said_in_place_of_bars_has_a_line_of_its_own_in_a_row_that_is_high_enough(book):
    """Left to wrap it, LibreOffice may not, and draws the chart narrow."""
    sheet = book["Shares"]
    (row,) = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "City:\nFoundation 1"]
    assert sheet.row_dimensions[row].height > 1.5 * 15


def test_a_chart_says_its_base_and_source_inside(content):
    found = charts(content)
    assert found
    for chart in found:
        texts = re.findall("<a:t>([^<]*)</a:t>", chart)
        assert {"Base: clusters that responded.", "Source: an example.", "Share of clusters"} <= set(texts)


def test_charts_have_alternative_text_and_lead_to_all_figures(content, book):
    drawn = [text for name, text in parts(content).items() if name.startswith("xl/drawings/drawing")]
    assert len(drawn) == 3
    assert all('descr="Bar chart: maturity by health board.' in each for each in drawn)
    links = {cell.hyperlink.location for row in book["Dots"]["A1:A9"] for cell in row if cell.hyperlink}
    assert "'Maturity by health board'!A1" in links


@pytest.mark.parametrize(("code", "tag"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_the_file_says_its_language(code, tag):
    written = workbook_bytes(example(code))
    assert f"<dc:language>{tag}</dc:language>" in parts(written)["docProps/core.xml"]
    assert all(f'<c:lang val="{tag}"/>' in chart and "en-US" not in chart for chart in charts(written))


def test_the_file_says_what_it_is(book):
    properties = book.properties
    assert properties.title == "National implementation progress, 2026"
    assert properties.subject == "Self-reflection of the primary care clusters"
    assert properties.keywords == "primary care, clusters, Wales"
    assert properties.creator == "An example organisation"
    assert properties.created == properties.modified == datetime(2026, 10, 1, 9, 30)  # noqa: DTZ001


def test_the_same_workbook_gives_the_same_bytes(content, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert workbook_bytes(example()) == content


def test_another_process_gives_the_same_bytes():
    program = (
        "import hashlib\n"
        "from survey.reporting.xlsx.drawing import workbook_bytes\n"
        "from tests.reporting.xlsx.example import with_rows\n"
        "print(hashlib.sha256(workbook_bytes(with_rows([f'{n:x} iW'.rjust(9, 'W') for n in range(3000)]))).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


def test_a_file_is_replaced_whole(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    write_workbook(example(), path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_that_cannot_be_drawn_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(WrongDescription):
        write_workbook(replace(example(), title=""), path)
    assert path.read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_workbook(example(), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_workbook(example(), Path(tmp_path, "nowhere", "a.xlsx"))


def test_a_table_too_wide_to_read_on_one_page_goes_on_over_several(tmp_path):
    columns = tuple(Column(f"c{number}", f"A question {number}", width=20) for number in range(60))
    table = Table("wide_table", "Wide.", columns, [["answer"] * 60])
    write_workbook(with_sheet(example(), Sheet("Wide", "Wide", table)), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Wide"]
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert sheet.page_setup.scale == 50
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.print_title_rows
    assert check_workbook(tmp_path / "a.xlsx", language("en")) == []


def test_every_table_has_filter_buttons_and_room_for_them(content, book):
    tables = [text for name, text in parts(content).items() if name.startswith("xl/tables/")]
    assert len(tables) == sum(len(sheet.tables) for sheet in book)
    assert all("<autoFilter ref=" in table for table in tables)


def test_what_begins_like_a_formula_is_kept_a_text_when_its_cell_is_edited(book):
    cells = {cell.value: cell for row in book["What went well"] for cell in row if isinstance(cell.value, str)}
    typed = next(cell for value, cell in cells.items() if value.startswith("=SUM"))
    assert typed.quotePrefix
    assert typed.data_type == "s"
    assert not any(cell.quotePrefix for value, cell in cells.items() if value[0] not in "=+-@")


def test_a_number_among_texts_is_a_number():
    columns = (Column("what", "What"), Column("much", "How much", "long_text"))
    table = Table(
        "mixed_table", "Mixed.", columns, [("Responses", 52), ("Software", "Myfyrio"), ("Hash", NOT_ANSWERED)]
    )
    content = workbook_bytes(with_sheet(example(), Sheet("Mixed", "Mixed", table)))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Mixed"]
    found = {row[0].value: row[1] for row in sheet.iter_rows(max_col=2) if row[1].value is not None}
    assert found["Responses"].value == 52
    assert [found[name].alignment.horizontal for name in ("Responses", "Software", "Hash")] == [
        "right",
        "left",
        "right",
    ]


def test_a_number_of_a_thousand_or_more_is_shown_without_parts_of_one():
    table = Table(
        "large", "Large.", (Column("n", "Number", "decimal", decimals=2),), [(65700.0,), (-1234.5,), (2.375,)]
    )
    sheet = opened(with_sheet(example(), Sheet("Large", "Large", table)))["Large"]
    shown = {cell.value: cell.number_format for (cell,) in sheet.iter_rows(max_col=1) if cell.data_type == "n"}
    assert shown == {65700.0: "#,##0", -1234.5: "#,##0", 2.375: "#,##0.00"}
