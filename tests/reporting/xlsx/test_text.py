import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.reporting.xlsx.text import CELL_LIMIT, cell_pieces, fits_cell, length, printable


def test_welsh_letters_and_emoji_stay():
    assert printable("Ŵ ŷ â ’ 😀 \t\n") == "Ŵ ŷ â ’ 😀 \t\n"


@pytest.mark.parametrize("forbidden", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_forbids_becomes_a_visible_mark(forbidden):
    assert printable(f"a{forbidden}b") == "a�b"


def test_line_ends_become_one_kind():
    assert printable("a\r\nb\rc") == "a\nb\nc"


def test_length_counts_as_excel_does():
    assert length("a😀") == 3


def test_a_long_text_breaks_between_words():
    text = "word " * 10_000
    first, second = cell_pieces(text)
    assert first.endswith("word ")
    assert first + second == text


@given(st.text(alphabet="ab 😀\n", min_size=1).map(lambda text: text * (70_000 // len(text))))
def test_pieces_fit_and_join_to_the_whole(text):
    pieces = cell_pieces(text)
    assert "".join(pieces) == text
    assert all(fits_cell(piece) and length(piece) <= CELL_LIMIT for piece in pieces)


def test_text_like_the_writers_own_markup_is_kept_apart_from_it():
    assert cell_pieces("<r><t>x</t></r>") == ["<r><t>x</t></r> "]
