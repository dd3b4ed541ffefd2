"""The list of invitations: one row a cluster, everything in both languages, as accessible as the other workbooks."""

from pathlib import Path

import openpyxl
import pytest

from survey import languages
from survey.collection.files import FileRepository
from survey.collection.frozen import thaw
from survey.collection.refusals import Refused
from survey.languages import language
from survey.reporting.invitations import write_invitations
from survey.reporting.workbook.checker import check_workbook
from tests.reporting.small_wales import ROUND


@pytest.fixture(autouse=True)
def _english_where_there_is_no_welsh_yet() -> object:
    languages.when_missing(lambda missing: missing.english)
    yield
    languages.when_missing(languages.mark_missing)


def test_a_row_has_all_that_a_letter_needs(wales: FileRepository, tmp_path: Path) -> None:
    path = tmp_path / "invitations.xlsx"
    codes = {"c-llyn": "AAAA-BBBB-CCCC", "c-arfon": "DDDD-FFFF-GGGG"}
    write_invitations(thaw(wales, ROUND), codes, path, "https://example.org/")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    (table,) = sheet.tables.values()
    _, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert rows == [
        [
            "c-arfon",
            "Arfon",
            "Arfon",
            "Bwrdd Iechyd y Gogledd",
            "Northern Health Board",
            "https://example.org/cy/sign-in",
            "https://example.org/en/sign-in",
            "DDDD-FFFF-GGGG",
            "[z]",
            "[z]",
        ],
        [
            "c-llyn",
            "Llŷn",
            "Llyn",
            "Bwrdd Iechyd y Gogledd",
            "Northern Health Board",
            "https://example.org/cy/sign-in",
            "https://example.org/en/sign-in",
            "AAAA-BBBB-CCCC",
            "[z]",
            "[z]",
        ],
    ]
    assert path.stat().st_mode & 0o077 == 0
    assert check_workbook(path, language("en")) == []


def test_a_code_for_no_cluster_is_refused(wales: FileRepository, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_invitations(thaw(wales, ROUND), {"nowhere": "AAAA-BBBB-CCCC"}, tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
