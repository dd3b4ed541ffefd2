"""From changed English to Welsh on a page by `flask translations …`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.catalogues.files import Places
from survey.commands.translations import translations
from survey.languages import Language, compiled

PAGE = 'language.pgettext("button", "Save %(name)s")\n'


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for folder in ("survey", "questionnaires", "translations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "survey" / "page.py").write_text(PAGE, encoding="utf-8")
    return Places(tmp_path, tmp_path / "translations")


def run(places: Places, *arguments: str) -> Result:
    return CliRunner().invoke(translations, list(arguments), obj=places, prog_name="flask translations")


def translate(places: Places, english: str, welsh: str) -> None:
    path = places.welsh("interface")
    text = path.read_text("utf-8")
    place = text.index(f'msgid "{english}"')
    rest = text[place:].replace('msgstr ""', f'msgstr "{welsh}"', 1)
    path.write_text(text[:place] + rest, encoding="utf-8")


def test_the_whole_path_of_a_text(places: Places) -> None:
    assert run(places, "extract", "update").exit_code == 0
    untranslated = run(places, "check")
    assert untranslated.exit_code == 1
    assert "Readers see no Welsh of it yet" in untranslated.stderr
    translate(places, "Save %(name)s", "Cadw %(name)s")
    assert run(places, "check").exit_code == 0
    assert run(places, "compile").exit_code == 0
    cy = Language("cy", compiled("cy", places.translations))
    assert cy.pgettext("button", "Save %(name)s", name="x") == "Cadw x"

    (places.source / "page.py").write_text(PAGE.replace("Save", "Keep"), encoding="utf-8")
    assert "run “translations extract”" in run(places, "check").stderr
    run(places, "extract", "update")
    fuzzy = places.welsh("interface").read_text("utf-8")
    assert '#| msgid "Save %(name)s"\nmsgctxt "button"\nmsgid "Keep %(name)s"\nmsgstr "Cadw %(name)s"' in fuzzy
    assert run(places, "check").exit_code == 1


def test_running_again_changes_no_byte(places: Places) -> None:
    run(places, "extract", "update")
    before = {path: path.read_bytes() for path in places.translations.rglob("*") if path.is_file()}
    assert before
    assert "Nothing has changed\nNothing has changed" in run(places, "extract", "update").stdout
    assert {path: path.read_bytes() for path in places.translations.rglob("*") if path.is_file()} == before


def test_findings_as_json(places: Places) -> None:
    run(places, "extract", "update")
    result = run(places, "check", "--format", "json")
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)
    assert (finding["rule"], finding["context"], finding["severity"]) == ("missing", "button", "error")


def test_status(places: Places) -> None:
    run(places, "extract", "update")
    (row, framework) = json.loads(run(places, "status", "--format", "json").stdout)
    assert row == {"catalogue": "interface", "missing": 1, "fuzzy": 0, "draft": 0, "reviewed": 0, "total": 1}
    assert framework["total"] == 0
    assert "interface" in run(places, "status").stdout


@pytest.mark.parametrize("command", ["update", "compile"])
def test_a_broken_catalogue_is_refused_and_nothing_changes(places: Places, command: str) -> None:
    run(places, "extract", "update")
    places.welsh("interface").write_bytes(b"\x89PNG")
    result = run(places, command)
    assert result.exit_code == 1
    assert "interface.po: the file is not text in UTF-8" in result.stderr
    assert places.welsh("interface").read_bytes() == b"\x89PNG"
    assert not list(places.translations.rglob("*.mo"))


def test_what_would_break_a_page_is_not_compiled(places: Places) -> None:
    run(places, "extract", "update")
    translate(places, "Save %(name)s", "Cadw %s")
    result = run(places, "compile")
    assert result.exit_code == 1
    assert "“%s”" in result.stderr
    assert "Nothing was compiled" in result.stderr


def test_code_that_cannot_be_extracted_is_named(places: Places) -> None:
    (places.source / "page.py").write_text("language.pgettext(x, y)\n", encoding="utf-8")
    result = run(places, "extract")
    assert result.exit_code == 1
    assert "survey/page.py:1" in result.stderr
    assert not list(places.translations.iterdir())


def test_a_definition_that_cannot_be_read_is_named(places: Places) -> None:
    folder = places.questionnaires / "self-reflection"
    folder.mkdir()
    (folder / "2026.json").write_text("{", encoding="utf-8")
    result = run(places, "extract")
    assert result.exit_code == 1
    assert "2026.json" in result.stderr


def test_pseudo(places: Places) -> None:
    run(places, "extract")
    assert run(places, "pseudo").exit_code == 0
    assert (places.translations / "en_XA" / "LC_MESSAGES" / "interface.mo").is_file()


def reviewed(places: Places) -> int:
    row: dict[str, int] = json.loads(run(places, "status", "--format", "json").stdout)[0]
    return row["reviewed"]


def test_many_are_marked_as_reviewed_at_once(places: Places) -> None:
    (places.source / "other.py").write_text('language.pgettext("head", "Go on.")\n', encoding="utf-8")
    run(places, "extract", "update")
    translate(places, "Save %(name)s", "Cadw %(name)s")
    translate(places, "Go on.", "Ewch ymlaen")
    assert run(places, "review", "--reviewer", "Siân").exit_code == 1
    assert reviewed(places) == 0
    marked = run(places, "review", "--reviewer", "Siân", "--catalogue", "interface")
    assert "Marked as reviewed: 1. Left as they are, because the gate finds fault with them: 1" in marked.stdout
    assert reviewed(places) == 1
    before = places.welsh("interface").read_bytes()
    assert b"# adolygwyd: Si\xc3\xa2n, 20" in before
    run(places, "review", "--reviewer", "Alun", "--context", "button")
    run(places, "update")
    assert places.welsh("interface").read_bytes() == before


def test_only_what_contains_the_words_is_marked(places: Places) -> None:
    run(places, "extract", "update")
    translate(places, "Save %(name)s", "Cadw %(name)s")
    run(places, "review", "--reviewer", "Siân", "--containing", "dileu")
    assert reviewed(places) == 0
    run(places, "review", "--reviewer", "Siân", "--containing", "cadw")
    assert reviewed(places) == 1


@pytest.mark.parametrize("command", ["extract", "update", "check", "compile", "status", "pseudo", "review"])
def test_help_is_there_for_every_command(command: str, places: Places) -> None:
    result = run(places, command, "--help")
    assert result.exit_code == 0
    assert "--language [cy|en]" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["check", "--nonsense"],
        ["check", "--format", "xml"],
        ["check", "--language", "de"],
        ["check", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2_on_stderr(arguments: list[str], places: Places) -> None:
    result = run(places, *arguments)
    assert result.exit_code == 2
    assert "--help" in result.stderr
    assert result.stdout == ""


def test_what_is_said_in_two_ways_is_shown_to_people_and_to_programs(places: Places) -> None:
    two = 'language.pgettext("a", "Save")\nlanguage.pgettext("b", "Save")\n'
    (places.source / "page.py").write_text(two, encoding="utf-8")
    run(places, "extract", "update")
    path = places.welsh("interface")
    text = path.read_text("utf-8")
    for welsh in ("Cadw", "Arbed"):
        text = text.replace('msgid "Save"\nmsgstr ""', f'msgid "Save"\nmsgstr "{welsh}"', 1)
    path.write_text(text, encoding="utf-8")
    said = run(places, "consistency", "--language", "cy")
    assert (said.exit_code, "“Arbed”  interface: b" in said.stdout) == (0, True)
    found = json.loads(run(places, "consistency", "--format", "json").stdout)
    assert [[one["welsh"] for one in every] for every in found["texts"]] == [["Arbed", "Cadw"]]
