"""The glossary knows a Welsh word in every mutation, and hears only terms of high confidence."""

import pytest

from survey.catalogues.files import Places
from survey.catalogues.glossary import Glossary, Term, read_glossary
from survey.catalogues.mutation import mutated

GLOSSARY = Glossary(
    [
        Term("cluster", "clwstwr", "domain", "high"),
        Term("clusters", "clystyrau", "domain", "high"),
        Term("primary care cluster", "clwstwr gofal sylfaenol", "domain", "high"),
        Term("health board", "bwrdd iechyd", "domain", "high"),
        Term("training", "hyfforddiant", "domain", "high"),
        Term("care", "gofal", "domain", "high"),
        Term("logic model", "model rhesymeg", "domain", "medium"),
        Term("Save", "Cadw", "ui", "high"),
    ]
)


def slips(english: str, welsh: str) -> list[str]:
    return [term.english for term in GLOSSARY.slips(english, welsh)]


@pytest.mark.parametrize("form", ["clwstwr", "glwstwr", "chlwstwr", "nghlwstwr", "Clwstwr"])
def test_every_mutation_is_the_same_word(form: str) -> None:
    assert slips("Your cluster", f"Eich {form} chi") == []


def test_another_word_is_a_slip() -> None:
    assert slips("Your cluster", "Eich grŵp") == ["cluster"]


def test_a_longer_term_hides_the_shorter_in_it() -> None:
    assert slips("The primary care cluster", "Y grŵp") == ["primary care cluster"]
    assert slips("The primary care cluster", "Y clwstwr gofal sylfaenol") == []


def test_names_of_placeholders_and_options_are_no_words() -> None:
    assert slips("Reopened: %(cluster)s. Give --cluster", "Ailagorwyd: %(cluster)s. Rhowch --cluster") == []
    assert slips("Your cluster: %(code)s", "Eich grŵp: %(clwstwr)s") == ["cluster"]


def test_a_term_of_two_words_may_mutate_in_each() -> None:
    assert slips("To the health board", "I fwrdd iechyd") == []


def test_a_term_may_stand_in_the_other_number() -> None:
    assert slips("A cluster plan", "Cynllun y clystyrau") == []


@pytest.mark.parametrize(
    ("english", "welsh", "found"),
    [
        ("Training", "Hyfforddi", []),
        ("Training", "Eich rhaglen hyfforddiadau", []),
        ("Training", "Hyffordd", ["training"]),
        ("Care", "Ei gofalon", []),
        ("Care", "Gofyn", ["care"]),
    ],
)
def test_a_term_may_have_another_ending_and_is_no_other_word_that_begins_alike(
    english: str, welsh: str, found: list[str]
) -> None:
    assert slips(english, welsh) == found


def test_doubtful_terms_and_parts_of_words_are_not_held_against_a_text() -> None:
    assert slips("A logic model of clustering", "Model rhesymegol") == []


def test_a_term_of_the_interface_holds_for_a_whole_message_only() -> None:
    assert slips("Save", "Arbed") == ["Save"]
    assert slips("Save the page", "Arbed y dudalen") == []


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("tystiolaeth", {"dystiolaeth", "nhystiolaeth", "thystiolaeth"}),
        ("bwrdd", {"fwrdd", "mwrdd"}),
        ("gofal", {"ofal", "ngofal"}),
        ("llesiant", {"lesiant"}),
        ("rhwystr", {"rwystr"}),
        ("ansawdd", {"hansawdd"}),
        ("chwarae", set()),
    ],
)
def test_mutations(word: str, forms: set[str]) -> None:
    assert mutated(word) == forms | {word}


def test_the_committed_glossary_can_be_read() -> None:
    glossary = read_glossary(Places().translations / "glossary.csv")
    assert [term.welsh for term in glossary.slips("The health board", "Y cyngor")] == ["bwrdd iechyd"]
