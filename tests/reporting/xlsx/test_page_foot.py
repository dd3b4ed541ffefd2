"""What stands at the foot of printed pages: nothing that no cell has."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from survey.languages import language
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.description import Workbook
from survey.reporting.xlsx.drawing import workbook_bytes
from survey.reporting.xlsx.page_foot import LONGEST, page_foot
from tests.reporting.reading import ReadWorkbook
from tests.reporting.xlsx.example import example

NUMBER = '&R&"Arial,Regular"&8Page &P of &N'


def with_foot(workbook: Workbook, foot: str) -> bytes:
    """The file with another foot on its first sheet."""
    written, changed = BytesIO(workbook_bytes(workbook)), BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start, _, rest = content.decode().partition("<oddFooter>")
                content = f"{start}<oddFooter>{foot}</oddFooter>{rest.partition('</oddFooter>')[2]}".encode()
            after.writestr(name, content)
    return changed.getvalue()


def test_it_has_the_title_the_state_of_the_data_and_the_number_of_the_page(book: ReadWorkbook) -> None:
    cover = book.lines("Cover")
    for sheet in book.book.worksheets:
        title, state = sheet.oddFooter.left.text.strip().split("\n")
        assert sheet["A1"].value.startswith(title), sheet.title
        assert len(state) > 20
        for line in (line for line in cover if line in state):
            state = state.replace(line, "")
        assert not state.strip(), sheet.title
        assert "&P" in sheet.oddFooter.right.text.replace("&[Page]", "&P"), sheet.title


def test_a_line_that_does_not_fit_is_left_out_whole() -> None:
    foot = page_foot("Short", ("First line.", "x" * LONGEST, "Last line."), language("en"))
    assert foot == f'&L&"Arial,Regular"&8Short\nFirst line. Last line.{NUMBER}'
    assert page_foot("x" * LONGEST, ("First line.",), language("en")).endswith(NUMBER)
    assert len(page_foot("y" * 150, ("a" * 40, "b" * 40), language("en"))) <= LONGEST


def test_an_ampersand_is_no_code() -> None:
    assert "Health && care" in page_foot("Health & care", (), language("en"))
    workbook = example()
    first = replace(workbook.sheets[0], title="Health & care at &P of &N")
    opened = openpyxl.load_workbook(BytesIO(workbook_bytes(replace(workbook, sheets=(first, *workbook.sheets[1:])))))
    assert opened.worksheets[0]["A1"].value == "Health & care at &P of &N"


@pytest.mark.parametrize(
    ("foot", "is_right"),
    [
        ("&amp;LPage &amp;P", True),
        ("&amp;C&amp;12 &amp;P / &amp;N", True),
        ("&amp;LA confidential paper of the board, page &amp;P", False),
        ("&amp;LConfidential", False),
        ("&amp;L&amp;F", False),
    ],
)
def test_the_checker_takes_numbers_of_pages_and_what_stands_in_cells_and_nothing_else(
    foot: str, is_right: bool, tmp_path: Path
) -> None:
    (tmp_path / "book.xlsx").write_bytes(with_foot(example(), foot))
    found = {fault.code for fault in check_workbook(tmp_path / "book.xlsx", language("en"))}
    assert ("header-footer" not in found) is is_right


def test_a_title_that_begins_with_a_figure_is_no_size_of_print() -> None:
    assert "&8 20 clusters" in page_foot("20 clusters", (), language("en"))
