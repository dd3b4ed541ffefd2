"""Compiling is all or nothing, leaves out what is not translated, and tells every process."""

import gettext

import pytest

from survey.catalogues.compilation import Breaking, build_pseudo, compile_catalogues
from survey.catalogues.extraction import MessageSource, template
from survey.catalogues.files import BadCatalogue, Places, canonical, replace_file
from survey.languages import GENERATION_FILE, Language, compiled
from tests.catalogues.conftest import HEADER

GOOD = """msgctxt "c"
msgid "Save"
msgstr "Cadw"

msgctxt "c"
msgid "New"
msgstr ""

#, fuzzy
msgctxt "c"
msgid "Old"
msgstr "Hen"
"""


def write(places: Places, name: str, entries: str) -> None:
    replace_file(places.welsh(name), (HEADER + entries).encode())


def words(places: Places) -> dict[object, str]:
    with places.welsh("interface").with_suffix(".mo").open("rb") as file:
        catalogue: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
        return catalogue


def test_only_what_is_translated_and_sure_is_compiled(places: Places) -> None:
    write(places, "interface", GOOD)
    assert compile_catalogues(places) == ["interface"]
    assert {key: text for key, text in words(places).items() if key} == {"c\x04Save": "Cadw"}


def test_an_empty_plural_form_keeps_the_whole_message_out(places: Places) -> None:
    forms = "".join(f'msgstr[{form}] "{"" if form == 3 else "%(n)s"}"\n' for form in range(6))
    write(places, "interface", 'msgctxt "c"\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\n' + forms)
    compile_catalogues(places)
    assert not [key for key in words(places) if key]


def test_compiling_again_changes_nothing(places: Places) -> None:
    write(places, "interface", GOOD)
    compile_catalogues(places)
    generation = (places.translations / GENERATION_FILE).read_bytes()
    assert compile_catalogues(places) == []
    assert (places.translations / GENERATION_FILE).read_bytes() == generation


def test_a_change_makes_another_generation(places: Places) -> None:
    write(places, "interface", GOOD)
    compile_catalogues(places)
    generation = (places.translations / GENERATION_FILE).read_bytes()
    write(places, "interface", GOOD.replace("Cadw", "Arbed"))
    assert compile_catalogues(places) == ["interface"]
    assert (places.translations / GENERATION_FILE).read_bytes() != generation


@pytest.mark.parametrize("welsh", ["%s", "%(enw)s", "Cadw%", "<b>Cadw", "<script>x</script>"])
def test_nothing_is_compiled_while_a_message_would_break_a_page(places: Places, welsh: str) -> None:
    write(places, "framework", GOOD)
    write(places, "interface", GOOD.replace("Cadw", welsh))
    with pytest.raises(Breaking) as raised:
        compile_catalogues(places)
    assert raised.value.findings[0].english == "Save"
    assert not list(places.translations.rglob("*.mo"))


def test_nothing_is_compiled_while_a_file_cannot_be_read(places: Places) -> None:
    write(places, "framework", GOOD)
    replace_file(places.welsh("interface"), b"nonsense")
    with pytest.raises(BadCatalogue):
        compile_catalogues(places)
    assert not list(places.translations.rglob("*.mo"))


def test_a_file_that_has_lost_its_welsh_takes_none_away(places: Places) -> None:
    write(places, "interface", GOOD)
    compile_catalogues(places)
    for blank in ("", GOOD.replace("Cadw", "")):
        write(places, "interface", blank)
        with pytest.raises(BadCatalogue, match="lost its Welsh"):
            compile_catalogues(places)
    assert "Cadw" in words(places).values()


def test_a_file_that_has_lost_most_of_its_welsh_is_taken_only_by_name(places: Places) -> None:
    entry = 'msgctxt "c"\nmsgid "{0}"\nmsgstr "Welsh {0}"\n\n'
    write(places, "interface", "".join(map(entry.format, "abcd")))
    compile_catalogues(places)
    write(places, "interface", entry.format("a"))
    with pytest.raises(BadCatalogue, match="of the 4 Welsh texts in use it has only 1"):
        compile_catalogues(places, ["framework"])
    assert compile_catalogues(places, ["interface"]) == ["interface"]
    write(places, "interface", "".join(map(entry.format, "ab")))
    compile_catalogues(places)
    write(places, "interface", entry.format("a"))
    assert compile_catalogues(places) == ["interface"], "half of it may be right"


def test_the_pseudo_language_is_built_from_the_templates(places: Places) -> None:
    sources = [MessageSource("c", "Save"), MessageSource("c", "%(n)s day", "%(n)s days")]
    replace_file(places.template("interface"), canonical(template(sources, formatted=True)))
    assert build_pseudo(places) == ["interface"]
    assert build_pseudo(places) == []
    pseudo = Language("en-XA", compiled("en-XA", places.translations))
    assert pseudo.pgettext("c", "Save").startswith("⟦Šâvé")
    assert pseudo.npgettext("c", "%(n)s day", "%(n)s days", 1).startswith("⟦1 ďâŷ ")
    assert pseudo.npgettext("c", "%(n)s day", "%(n)s days", 1200).startswith("⟦1,200 ďâŷš")
