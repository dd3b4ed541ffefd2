"""No responses, one, 300 outcomes, very long texts, what XML forbids, more than a sheet holds, a full disk."""

import tempfile
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from survey.collection.errors import DomainError
from survey.reporting.files import sheets
from survey.reporting.files.formats import FORMATS
from tests.reporting.files.hard_data import codes, texts
from tests.reporting.files.read_back import READERS

HARD = (
    "=1+1",
    "+44 29",
    "\tx",
    "a  b   c",
    " before and after ",
    "one\n\ntwo",
    "<b>&amp;</b> \"'",
    "<r>not markup</r>",
    "😀" * 40,
    "007",
    "2026-01-01",
    "TRUE",
    "[z]",
    "https://example.org/",
)


def one(name: str, content: Any, folder: Path) -> list[dict[str, Any]]:
    return READERS[name](next(iter(content.values())), folder)


@pytest.mark.parametrize("name", READERS)
def test_whatever_is_typed_stays_what_it_is(name: str, tmp_path: Path) -> None:
    found = one(name, FORMATS[name].draw(texts(HARD)), tmp_path)
    for text, row in zip(HARD, found, strict=True):
        marked = f"'{text}" if text == "[z]" or (name in ("csv", "package") and text[0] in "=+\t") else text
        assert row["words"] == _known(name, text, marked)


def _known(name: str, text: str, marked: str) -> str:
    """What a format, or its reader, is known to make of a text."""
    if name == "parquet":
        return text
    if name == "sav":  # of fixed width: blanks at the end are not kept
        return marked.rstrip()
    if name in ("xlsx", "ods") and text.startswith("<r>"):  # else XlsxWriter would write it as markup
        return f"{text} "
    # Calamine leaves out tabs, which OpenDocument has as elements.
    return text.replace("\t", "") if name == "ods" and "\t" in text else marked


@pytest.mark.parametrize("name", ["xlsx", "ods", "sav"])
def test_what_no_format_can_hold_is_shown_as_that(name: str, tmp_path: Path) -> None:
    (row,) = one(name, FORMATS[name].draw(texts(["a\x00b\x0bc"])), tmp_path)
    assert row["words"] == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize("name", READERS)
def test_a_text_of_thirty_thousand_characters_is_whole(name: str, tmp_path: Path) -> None:
    long = ("Gwaith da, " * 3_000)[:29_999] + "."
    rows = one(name, FORMATS[name].draw(texts([long, "short"])), tmp_path)
    assert [row["words"] for row in rows] == [long, "short"]


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_a_text_that_no_cell_can_hold_goes_on_in_the_next(name: str, tmp_path: Path) -> None:
    long = "😀 " * 20_000 + "end"
    (row,) = one(name, FORMATS[name].draw(texts([long])), tmp_path)
    assert list(row) == ["words", "words.part2"]
    assert row["words"] + row["words.part2"] == long


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [0, 1])
def test_no_response_and_one(name: str, rows: int, tmp_path: Path) -> None:
    drawn = FORMATS[name].draw(codes(3, rows))
    if name in READERS:
        assert len(one(name, drawn, tmp_path)) == rows


@pytest.mark.parametrize("name", READERS)
def test_three_hundred_outcomes(name: str, tmp_path: Path) -> None:
    rows = one(name, FORMATS[name].draw(codes(300 * 10, 2)), tmp_path)
    assert [len(row) for row in rows] == [3_000, 3_000]
    assert [list(row.values())[:3] for row in rows] == [["a", "b", "a"], ["b", "a", "b"]]
    assert list(rows[1].values())[-1] == "a"


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_more_than_a_sheet_holds_is_refused_and_not_cut(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    FORMATS[name].draw(codes(2, 2))
    with pytest.raises(DomainError, match="too_large_for_sheet"):
        FORMATS[name].draw(codes(2, 3))
    with pytest.raises(DomainError, match="too_large_for_sheet"):
        FORMATS[name].draw(codes(16_385, 1))


@pytest.mark.parametrize("name", ["sav", "xlsx"])
def test_where_nothing_can_be_written_for_a_moment_is_an_error_of_the_system(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both write a temporary file first."""
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null/nowhere")
    with pytest.raises(OSError, match="nowhere"):
        FORMATS[name].draw(codes(2, 2))


def test_a_disk_that_fills_while_spss_is_written_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyreadstat, "write_sav", filled)
    with pytest.raises(OSError, match="Unable to write"):
        FORMATS["sav"].draw(codes(2, 2))


def filled(*_: Any, **__: Any) -> None:
    raise pyreadstat.ReadstatError("Unable to write data")
