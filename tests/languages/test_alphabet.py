"""Names stand in the order in which a Welsh or an English reader looks for them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.alphabet import english_key, welsh_key, welsh_letters

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
        ("bangor", "b a n g o r"),
        ("llangollen", "ll a n g o ll e n"),
        ("aberhonddu", "a b e r h o n dd u"),
        ("angharad", "a ng h a r a d"),
        ("cyngor", "c y ng o r"),
        ("ffynnon", "ff y n n o n"),
        ("rhymni", "rh y m n i"),
    ],
)
def test_letters_that_only_look_like_one_are_two(word: str, letters: str) -> None:
    assert welsh_letters(word) == letters.split()


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
