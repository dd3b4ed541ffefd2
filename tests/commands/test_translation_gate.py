"""The translation gate as opening a round asks for it."""

import re
from itertools import cycle

import polib
import pytest

from survey.catalogues.compilation import compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.catalogues.files import Places, canonical, new_catalogue, replace_file
from survey.catalogues.gate import translation_gate
from survey.catalogues.merge import merged
from survey.collection.translation.publication import gate_of_readers
from survey.languages import language
from survey.storage.data_folder import open_data_folder
from tests.collection.example import SOURCES
from tests.collection.translators import say
from tests.commands.conftest import Desk

ALL = ("interface", "small", "framework")


PAGE = "web/site/page.py"


def said_in_welsh(english: str) -> str:
    """Two Welsh words in turn, in the shape of the English."""
    words = cycle(("gair", "arall"))
    welsh = re.sub(r"[^\W\d_]+(?:[’-][^\W\d_]+)*", lambda _: next(words), english)
    return welsh[0].upper() + welsh[1:] if english[0].isupper() else welsh


@pytest.fixture
def places(desk: Desk) -> Places:
    """A service of one page, with the small questionnaire, all in Welsh, extracted and compiled."""
    places = Places(root=desk.root, translations=desk.root / "words")
    code = places.source / PAGE
    code.parent.mkdir(parents=True)
    code.write_text('def page(language):\n    return language.pgettext("page", "A page")\n')
    write_templates(places, templates(places))
    for name, template in templates(places).items():
        catalogue = merged(new_catalogue(), template)
        for entry in catalogue:
            entry.msgstr = said_in_welsh(entry.msgid)
        replace_file(places.welsh(name), canonical(catalogue))
    compile_catalogues(places)
    return places


def change(places, name, welsh):
    catalogue = polib.pofile(str(places.welsh(name)))
    catalogue[0].msgstr = welsh
    places.welsh(name).write_bytes(canonical(catalogue))


def gate(places, names=ALL):
    return translation_gate(places, language("en"))(names)


def test_welsh_that_nobody_has_reviewed_opens_a_round(places):
    assert gate(places) == []


@pytest.mark.parametrize("name", ALL)
def test_a_text_without_welsh_is_one_line_that_names_its_file(places, name):
    change(places, name, "")
    (finding,) = gate(places)
    assert f"{name}.po:" in finding
    assert "\n" not in finding
    assert gate(places, tuple(other for other in ALL if other != name)) == []


def test_a_text_that_the_round_does_not_show_does_not_keep_it_from_opening(places):
    change(places, "small", "")
    compile_catalogues(places)
    text = polib.pofile(str(places.welsh("small")))[0]
    asked = {
        other: translation_gate(places, language("en"), None, frozenset(other))
        for other in ((), ((text.msgctxt, text.msgid),))
    }
    assert [len(ask(ALL)) for ask in asked.values()] == [0, 1]


def test_english_that_has_changed_since_is_found(places):
    code = places.source / PAGE
    code.write_text(code.read_text().replace("A page", "Another page"))
    assert any("Another page" in finding for finding in gate(places))


def test_welsh_that_has_changed_since_it_was_compiled_is_found(places):
    change(places, "small", polib.pofile(str(places.welsh("small")))[0].msgstr.replace("air", "eiriau"))
    assert gate(places) == ["small.po has changed since it was put to use. Run: translations compile"]
    compile_catalogues(places)
    assert gate(places) == []
    places.welsh("framework").with_suffix(".mo").unlink()
    assert gate(places) == ["framework.po has changed since it was put to use. Run: translations compile"]


def test_what_translators_have_put_to_use_on_the_pages_counts_before_the_files_have_it(desk, places):
    repository = open_data_folder(desk.data)
    ask = gate_of_readers(repository, places, language("en"), SOURCES)
    assert ask(ALL) == []
    places.compiled("interface").unlink()
    change(places, "interface", "")
    compile_catalogues(places)
    assert len(ask(ALL)) == 1
    say(repository, places, ("page", "A page"), "A page", is_sound=False)
    assert len(ask(ALL)) == 1
    say(repository, places, ("page", "A page"), "Tudalen")
    assert ask(ALL) == []
    assert len(gate(places)) == 1
