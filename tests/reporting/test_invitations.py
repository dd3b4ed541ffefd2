"""The list of invitations: one row a cluster, everything in both languages, ready for mail merge."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from survey import languages
from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.files.mailing import NO_DATE, write_invitations, write_list
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import ROUND

LONGEST_FIELD = 40
"""More letters than that a word processor cuts from the name of a field."""


@pytest.fixture(autouse=True)
def _english_where_there_is_no_welsh_yet() -> object:
    languages.when_missing(lambda missing: missing.english)
    yield
    languages.when_missing(languages.mark_missing)


def test_a_row_has_all_that_a_letter_needs(wales: FileRepository, tmp_path: Path) -> None:
    path = tmp_path / "invitations.xlsx"
    codes = {"c-llyn": "AAAA-BBBB-CCCC", "c-arfon": "DDDD-FFFF-GGGG"}
    late = datetime(2026, 12, 11, 17, tzinfo=UTC)
    write_invitations(
        load_snapshot(wales, ROUND), codes, {"c-llyn": late, "c-arfon": None}, path, "https://example.org/"
    )
    (sheet,) = openpyxl.load_workbook(path).worksheets
    heads, *rows = sheet.values
    assert len(heads) == len(set(heads)) == 10
    assert all(0 < len(head) <= LONGEST_FIELD for head in heads)
    board = ("Bwrdd Iechyd y Gogledd", "Northern Health Board")
    addresses = ("https://example.org/cy/sign-in", "https://example.org/en/sign-in")
    never = tuple(language(code).say(NO_DATE) for code in ("cy", "en"))
    own = tuple(language(code).datetime(late) for code in ("cy", "en"))
    assert rows == [
        ("c-arfon", "Arfon", "Arfon", *board, *addresses, "DDDD-FFFF-GGGG", *never),
        ("c-llyn", "Llŷn", "Llyn", *board, *addresses, "AAAA-BBBB-CCCC", *own),
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_a_code_for_no_cluster_is_refused(wales: FileRepository, tmp_path: Path) -> None:
    with pytest.raises(DomainError):
        write_invitations(load_snapshot(wales, ROUND), {"nowhere": "AAAA-BBBB-CCCC"}, {}, tmp_path / "x.xlsx", "")
    assert list(tmp_path.iterdir()) == []


def test_whatever_a_text_looks_like_it_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    awkward = ["=1+1", "https://example.org/", "007", "@SUM(A1)", "-2", "<r>x</r>", "{=A1}", "a\x00b"]
    write_list(path, "List", ["1", "=2"], [awkward[:4], awkward[4:]], datetime(2026, 9, 1, tzinfo=UTC), NO_DATE)
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None] == ["s"] * 10
    assert list(sheet.values)[1] == tuple(awkward[:4])
    assert list(sheet.values)[2] == ("-2", "<r>x</r> ", "{=A1}", "a\N{REPLACEMENT CHARACTER}b")
