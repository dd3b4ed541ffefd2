"""A round waits for the Welsh of all that it shows, and for nothing else."""

from pathlib import Path

from survey.catalogues.extraction import templates, write_templates
from survey.catalogues.files import Places, canonical, new_catalogue, read_catalogue, replace_file
from survey.catalogues.gate import obstacles
from survey.catalogues.merge import merged
from survey.languages import REPOSITORY_CATALOGUES

SHOWN = ("interface", "framework", "self-reflection")


def prepared(places: Places) -> Places:
    (places.source / "page.py").write_text('language.pgettext("button", "Save")\n', encoding="utf-8")
    write_templates(places, templates(places))
    for name in places.names():
        replace_file(places.welsh(name), canonical(merged(new_catalogue("cy"), read_catalogue(places.template(name)))))
    return places


def test_a_text_without_welsh_is_an_obstacle(places: Places) -> None:
    assert [finding.rule for finding in obstacles(prepared(places), SHOWN)] == ["missing"]


def test_complete_welsh_is_none(places: Places) -> None:
    path = prepared(places).welsh("interface")
    replace_file(path, path.read_bytes().replace(b'msgid "Save"\nmsgstr ""', b'msgid "Save"\nmsgstr "Cadw"'))
    assert obstacles(places, SHOWN) == []


def test_a_glossary_word_is_no_obstacle(places: Places) -> None:
    path = prepared(places).welsh("interface")
    replace_file(path, path.read_bytes().replace(b'msgid "Save"\nmsgstr ""', b'msgid "Save"\nmsgstr "Arbed"'))
    replace_file(places.translations / "glossary.csv", Path(REPOSITORY_CATALOGUES, "glossary.csv").read_bytes())
    assert obstacles(places, SHOWN) == []


def test_what_only_the_national_team_reads_keeps_no_round_from_opening(places: Places) -> None:
    for reader in ("manage", "respond"):
        folder = places.source / "web" / reader
        folder.mkdir(parents=True)
        (folder / "page.py").write_text(f'language.pgettext("page", "For {reader}")\n', encoding="utf-8")
    path = prepared(places).welsh("interface")
    replace_file(path, path.read_bytes().replace(b'msgid "Save"\nmsgstr ""', b'msgid "Save"\nmsgstr "Cadw"'))
    missing = [finding.english for finding in obstacles(places, SHOWN, shown=frozenset())]
    assert missing == ["For respond"]
    assert {finding.english for finding in obstacles(places, SHOWN)} == {"For respond", "For manage"}
