"""Names stand in the order in which a Welsh or an English reader looks for them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.alphabet import PARTED, english_key, welsh_key, welsh_letters

WELSH_ORDER = [
    "Abertawe",
    "Aberystwyth",
    "Bangor",
    "Caerdydd",
    "Cwm Taf",
    "Chwilog",
    "Dinbych",
    "Dolgellau",
    "Ddraig",
    "Eryri",
    "Fali",
    "Ffestiniog",
    "Gwynedd",
    "Ngwalia",
    "Harlech",
    "Lloegr"[0:1] + "ansio",
    "Llandudno",
    "Llangollen",
    "Llanharan",
    "Môn",
    "Pwllheli",
    "Philip",
    "Rwsia",
    "Rhyl",
    "Sgeti",
    "Tywi",
    "Theatr",
    "Wrecsam",
    "Ynys Môn",
]


def test_digraphs_are_letters_of_their_own() -> None:
    shuffled = random.Random(1).sample(WELSH_ORDER, len(WELSH_ORDER))
    assert sorted(shuffled, key=welsh_key) == WELSH_ORDER


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("angharad", "a ng h a r a d"),
        ("cyngor", "c y ng o r"),
        ("ffynnon", "ff y n n o n"),
        ("rhymni", "rh y m n i"),
    ],
)
def test_two_marks_may_be_one_letter(word: str, letters: str) -> None:
    assert welsh_letters(word) == letters.split()


TWO_LETTERS = {
    "aber|gwyn|gregyn": ("abergwyngregyn", "a b e r g w y n g r e g y n"),
    "aber|h": ("aberhonddu", "a b e r h o n dd u"),
    "ar|hol": ("arholiad", "a r h o l i a d"),
    "ar|hos": ("arhosfa", "a r h o s f a"),
    "ban|gor": ("bangor", "b a n g o r"),
    "bryn|g": ("bryngwyn", "b r y n g w y n"),
    "caer|h": ("caerhun", "c a e r h u n"),
    "dan|gos": ("dangosydd", "d a n g o s y dd"),
    "ardan|gos": ("ardangos", "a r d a n g o s"),
    "arddan|gos": ("arddangosfa", "a r dd a n g o s f a"),
    "glan|g": ("glangwili", "g l a n g w i l i"),
    "hen|goed": ("hengoed", "h e n g o e d"),
    "llan|g": ("llangollen", "ll a n g o ll e n"),
    "llanfairpwllgwyn|gyll": ("llanfairpwllgwyngyll", "ll a n f a i r p w ll g w y n g y ll"),
    "par|ha": ("parhau", "p a r h a u"),
    "pen|g": ("pengam", "p e n g a m"),
    "ton|g": ("tongwynlais", "t o n g w y n l a i s"),
    "tyn|g": ("tyngongl", "t y n g o ng l"),
}


@pytest.mark.parametrize(("word", "letters"), TWO_LETTERS.values())
def test_letters_that_only_look_like_one_are_two(word: str, letters: str) -> None:
    assert welsh_letters(word) == letters.split()


def test_each_stem_that_parts_letters_has_a_name_that_shows_it() -> None:
    assert sorted(PARTED) == sorted(TWO_LETTERS)
    assert all(word.startswith(stem.replace("|", "")) for stem, (word, _) in TWO_LETTERS.items())


def test_accents_and_capitals_do_not_move_a_name() -> None:
    assert sorted(["Môn", "mon", "Mona", "Mom"], key=welsh_key) == ["Mom", "Môn", "mon", "Mona"]
    assert sorted(["Ŵyn", "Wyl", "wyo"], key=welsh_key) == ["Wyl", "Ŵyn", "wyo"]


def test_shorter_and_split_names_come_first_and_numbers_by_their_value() -> None:
    assert sorted(["Llanfair", "Llan Fair", "Llan"], key=welsh_key) == ["Llan", "Llan Fair", "Llanfair"]
    assert sorted(["Clwstwr 10", "Clwstwr 9"], key=welsh_key) == ["Clwstwr 9", "Clwstwr 10"]


def test_english_knows_no_digraphs() -> None:
    assert sorted(["Cwm", "Chester", "Âll", "Dolgellau", "Ddraig"], key=english_key) == [
        "Âll",
        "Chester",
        "Cwm",
        "Ddraig",
        "Dolgellau",
    ]


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    for key in (welsh_key, english_key):
        assert (key(one) == key(other)) == (one == other)
        assert key(one) < key(other) or key(other) <= key(one)
