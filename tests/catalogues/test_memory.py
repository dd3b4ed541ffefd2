"""What has been translated before is found by its English, in every catalogue; what is said in two ways is shown."""

from collections.abc import Callable

import polib
import pytest

from survey.catalogues.consistency import consistency
from survey.catalogues.glossary import Glossary, Term
from survey.catalogues.memory import Memory

Made = Callable[..., polib.POFile]

YEAR = """
msgctxt "q.2026.hint"
msgid "Think of the last year"
msgstr "Meddyliwch am y flwyddyn ddiwethaf"

#, fuzzy
msgctxt "q.2026.doubt"
msgid "Think of the last year"
msgstr "Ansicr"

#~ msgctxt "q.2025.hint"
#~ msgid "Think of the past year"
#~ msgstr "Meddyliwch am y flwyddyn a fu"
"""
BUTTON = """
msgctxt "button"
msgid "Save"
msgstr "Cadw"

# adolygwyd: A, 2026-01-01
msgctxt "page"
msgid "Save"
msgstr "Arbed"

msgctxt "long"
msgid "Save what you have written and go on to your health board"
msgstr "Arbed"

msgctxt "count"
msgid "%(n)s year"
msgid_plural "%(n)s years"
msgstr[0] "dim"
msgstr[1] "%(n)s flwyddyn"
msgstr[2] "%(n)s flynedd"
msgstr[3] "%(n)s blynedd"
msgstr[4] "%(n)s blynedd"
msgstr[5] "%(n)s mlynedd"
"""


@pytest.fixture
def catalogues(catalogue: Made) -> dict[str, polib.POFile]:
    return {"interface": catalogue(BUTTON), "skills": catalogue(YEAR)}


def test_the_same_english_elsewhere_comes_with_what_is_reviewed_first(catalogues: dict[str, polib.POFile]) -> None:
    memory = Memory(catalogues)
    assert [one.welsh for one in memory.same("Save")] == ["Arbed", "Cadw"]
    assert [one.welsh for one in memory.same("Save", ("interface", "page"))] == ["Cadw"]
    assert memory.same("Saved") == []


def test_doubtful_welsh_is_not_remembered(catalogues: dict[str, polib.POFile]) -> None:
    [one] = Memory(catalogues).same("Think of the last year")
    assert one.welsh == "Meddyliwch am y flwyddyn ddiwethaf"


def test_english_nearly_the_same_is_found_in_an_edition_that_is_gone(catalogues: dict[str, polib.POFile]) -> None:
    [last, past] = Memory(catalogues).near("think of this last year")
    assert (last.english, past.english) == ("Think of the last year", "Think of the past year")
    assert 99 >= last.likeness > past.likeness >= 70
    assert past.places[0].is_obsolete
    assert Memory(catalogues).near("Something else altogether") == []


def test_the_very_english_is_no_near_match_of_itself_and_few_are_offered(catalogues: dict[str, polib.POFile]) -> None:
    memory = Memory(catalogues)
    assert [one.english for one in memory.near("Think of the last year")] == ["Think of the past year"]
    assert len(memory.near("Think of this last year", most=1)) == 1


def test_a_plural_is_remembered_by_its_form_for_any_number(catalogues: dict[str, polib.POFile]) -> None:
    assert [one.welsh for one in Memory(catalogues).same("%(n)s years")] == ["%(n)s mlynedd"]


def test_one_english_with_two_welsh_is_reported_and_what_nobody_sees_is_not(
    catalogue: Made, catalogues: dict[str, polib.POFile]
) -> None:
    assert [[one.welsh for one in every] for every in Memory(catalogues).said_differently()] == [["Arbed", "Cadw"]]
    gone = '#~ msgctxt "a"\n#~ msgid "Year"\n#~ msgstr "Blwyddyn"\n'
    here = 'msgctxt "b"\nmsgid "Year"\nmsgstr "Flwyddyn"\n\n'
    assert Memory({"one": catalogue(here + gone)}).said_differently() == []


def test_a_term_said_in_another_way_is_reported_with_how_often_it_is_kept(catalogues: dict[str, polib.POFile]) -> None:
    glossary = Glossary(
        [Term("Save", "Cadw", "ui", "low"), Term("health board", "bwrdd iechyd", "domain", "low")],
    )
    [board, save] = consistency(catalogues, glossary).terms
    assert (board.term.english, board.kept, [one.welsh for one in board.otherwise]) == ("health board", 0, ["Arbed"])
    # In a sentence “save” may be any word; in a label it is the term.
    assert (save.kept, [one.english for one in save.otherwise]) == (1, ["Save"])
