"""Words that are not Welsh: those of the English are a part not translated, others are worth a look."""

from pathlib import Path

import pytest

from survey.catalogues.dictionary import (
    Dictionary,
    NoDictionary,
    english_words,
    read_allowed_words,
    welsh_speller,
)
from survey.catalogues.pairs import Pair


def pair(english: str, welsh: str) -> Pair:
    return Pair(english, welsh, frozenset(), frozenset())


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    """The real dictionary, with words and a phrase of our own."""
    return Dictionary(
        welsh_speller(), {"hunanfyfyrdod", "cydfyfyrdod"}, {"translations check"}, {"save", "the", "pack", "word"}
    )


@pytest.mark.parametrize(
    ("english", "welsh", "left"),
    [
        ("Save your work", "Cadwch your gwaith", "your"),
        ("Save the pack", "Cadw’r pack", "pack"),
        ("Go to the cluster", "Ewch to’r clwstwr", ""),
        ("Go to the cluster", "Ewch to y cluster", "to cluster"),
        ("Pack", "Cadw’r Pack", "Pack"),
        ("Nothing", "Dim byd, please", "please"),
    ],
)
def test_english_that_is_left_is_found(dictionary: Dictionary, english: str, welsh: str, left: str) -> None:
    assert dictionary.look_up(pair(english, welsh))[0] == left


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Every problem on the ward, in the bin, of a person", "Pob problem ar y ward, yn y bin, person"),
        ("Open it in Excel or Poedit", "Agorwch hi yn Excel neu Poedit"),
        ("Poedit opens it", "Mae Poedit yn ei hagor"),
        ("Give the section “follows_up”", "Rhowch “follows_up” i’r adran"),
        ("The property short_title is missing", "Mae’r briodwedd short_title ar goll"),
        ("A document (.docx)", "Dogfen (.docx)"),
        ("Run: translations check", "Rhedwch: translations check"),
        ("99% of the PDF", "99% o’r PDF"),
        ("See www.example.org/word", "Gweler www.example.org/word"),
    ],
)
def test_what_is_the_same_in_both_is_no_english_left(dictionary: Dictionary, english: str, welsh: str) -> None:
    assert dictionary.look_up(pair(english, welsh)) == ("", "")


def test_words_that_no_dictionary_knows_are_worth_a_look(dictionary: Dictionary) -> None:
    assert dictionary.look_up(pair("Your cluster", "Eich clwstwrr chi, a’i glwstwr")) == ("", "clwstwrr")


def test_a_word_of_our_own_is_known_in_every_mutation_and_with_an_ending(dictionary: Dictionary) -> None:
    assert dictionary.has("hunanfyfyrdod")
    assert dictionary.has("Hunanfyfyrdod’r")
    assert not dictionary.has("hunanfyfyrdodd")
    assert all(map(dictionary.has, ("cydfyfyrdod", "gydfyfyrdod", "nghydfyfyrdod", "Chydfyfyrdod")))
    assert not dictionary.has("mydfyfyrdod")


def test_a_word_in_parts_is_known_where_each_of_them_is(dictionary: Dictionary) -> None:
    assert dictionary.has("clwstwr-hunanfyfyrdod")
    assert not dictionary.has("clwstwr-hunanfyfyrdodd")
    assert not dictionary.has("clwstwrr-hunanfyfyrdod")


def test_without_a_dictionary_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoDictionary):
        welsh_speller(tmp_path)


def test_english_words_are_those_that_are_mostly_written_with_a_small_letter() -> None:
    found = english_words(["Save the Pack", "We go with Google", "Use the Google box", "google it"])
    assert found >= {"the", "go", "box"}
    assert not {"pack", "google"} & found


def test_allowed_words_are_read_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("Ŵyn\nMGSiG\n", encoding="utf-8")
    assert read_allowed_words(path) == {"ŵyn", "mgsig"}
    assert read_allowed_words(tmp_path / "none.txt") == frozenset()
