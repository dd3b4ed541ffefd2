import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.reporting.typesetting import lines, printable, widest, width
from survey.reporting.xlsx.text import CELL_LIMIT, cell_pieces, fits_cell, length


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


@given(st.text(alphabet="ab 😀\n", min_size=1))
def test_pieces_fit_and_join_to_the_whole(repeated):
    text = repeated * (70_000 // len(repeated))
    pieces = cell_pieces(text)
    assert "".join(pieces) == text
    assert all(fits_cell(piece) and length(piece) <= CELL_LIMIT for piece in pieces)


def test_text_like_the_writers_own_markup_is_kept_apart_from_it():
    assert cell_pieces("<r><t>x</t></r>") == ["<r><t>x</t></r> "]


def test_digits_are_the_unit():
    assert width("1234567890") == 10


def test_an_accent_takes_no_room():
    assert width("ŵŷâ") == width("wya")


def test_combining_accent_takes_no_room():
    assert width("w\u0302") == width("w")


def test_text_wraps_between_words():
    assert lines("one two three", width("one two")) == 2
    assert lines("one two three", 100) == 1


def test_each_line_end_starts_a_line():
    assert lines("one\n\ntwo", 100) == 3


def test_a_word_wider_than_the_room_is_broken():
    assert lines("1" * 25, 10) == 3
    assert lines("1 " + "1" * 25, 10) == 4


def test_widest_of_none_is_nought():
    assert widest(set()) == 0
