"""`flask questionnaires …`: exit codes, one line per fault, both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from survey import create_app
from survey.catalogues.files import Places, read_catalogue
from survey.commands.cli_i18n import output_language
from survey.commands.questionnaires import questionnaires
from survey.languages import REPOSITORY_CATALOGUES, mark_missing, when_missing
from survey.questionnaire.explanation import schema_in, type_names
from survey.questionnaire.library import QUESTIONNAIRES, check
from survey.questionnaire.schema_texts import reworded
from survey.questionnaire.shape import KINDS
from tests.catalogues_in_use import use_catalogues

THIS_YEAR = QUESTIONNAIRES / "self-reflection" / "2026.json"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(questionnaires, [str(argument) for argument in arguments])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "2026.json"
    path.write_bytes(THIS_YEAR.read_bytes())
    return path


def change(path: Path, **properties: Any) -> Path:
    source = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(source | properties), "utf-8")
    return path


def test_list_names_every_edition_and_framework() -> None:
    result = run("list", "--language", "en")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert {line.split("  ")[0] for line in lines} >= {
        "self-reflection 2024",
        "self-reflection 2025",
        "self-reflection 2026",
        "cluster-development-framework-2022",
    }
    assert "self-reflection 2026  Annual cluster self-reflection (sections: 7, questions: 48)" in lines


def test_list_speaks_welsh_and_says_what_is_not_translated(tmp_path: Path) -> None:
    assert "self-reflection 2026  Hunanfyfyrio blynyddol clystyrau" in run("list", "--language", "cy").stdout
    use_catalogues(tmp_path)
    when_missing(lambda missing: missing.english)
    try:
        result = run("list", "--language", "cy")
    finally:
        when_missing(mark_missing)
        use_catalogues(REPOSITORY_CATALOGUES)
    assert result.exit_code == 0
    assert "self-reflection 2026  (no title in this language yet) (" in result.stdout


def test_check_finds_nothing_wrong_in_the_repository(tmp_path: Path) -> None:
    with create_app({"TESTING": True, "DATA": tmp_path / "data"}).app_context():
        result = run("check", "--language", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("files checked: nothing wrong\n")


def test_check_takes_files_and_folders(copy: Path) -> None:
    for where in (copy, copy.parent):
        assert run("check", "--language", "en", where).stdout.endswith("1 file checked: nothing wrong\n")


def test_check_says_which_answers_have_no_table_of_their_own_and_what_welsh_is_owed(copy: Path) -> None:
    text = copy.read_text("utf-8").replace('"measure": "how_done",\n          ', "")
    copy.write_text(text.replace("How did you do this", "How did you all do this"), "utf-8")
    result = run("check", "--language", "en", copy)
    assert result.exit_code == 0
    first, *_, owed, reaches, last = result.stdout.splitlines()
    assert "/sections/0/questions/1 “How did you all do this reflection?”: The question has no “measure”" in first
    assert "without Welsh: 1, " in owed
    assert "questionnaires add FILE" in reaches
    assert last == "1 file checked: nothing wrong"


def test_check_says_each_fault_with_line_and_column_and_shows_the_line_with_a_mark(copy: Path) -> None:
    copy.write_text(copy.read_text("utf-8").replace('"edition": "2026"', '"edition": "26", "colour": "red"'), "utf-8")
    result = run("check", "--language", "en", copy)
    assert result.exit_code == 1
    assert result.stdout == ""
    shown = '    "edition": "26", "colour": "red",'
    assert result.stderr.splitlines() == [
        f"{copy}:4:3: /edition: “26” is not an edition. Write a year like 2026.",
        shown,
        "    ^",
        f"{copy}:4:20: /colour: “colour” has no meaning here. What may stand here: $schema, description, edition, "
        "framework, id, level_rule, option_sets, prepare, respondent, sections, title.",
        shown,
        "                     ^",
    ]


def test_check_names_the_question_by_its_label(copy: Path) -> None:
    copy.write_text(copy.read_text("utf-8").replace('"type": "whole_number"', '"type": "number"'), "utf-8")
    said = run("check", "--language", "en", copy).stderr.splitlines()[0]
    assert "/sections/0/questions/2/type “How many people does your cluster serve?”: " in said


def test_check_speaks_welsh(copy: Path) -> None:
    change(copy, edition="26")
    english, welsh = (run("check", "--language", code, copy).stderr for code in ("en", "cy"))
    assert welsh.startswith(f"{copy}:1:")
    assert welsh != english
    assert "⚠" not in welsh


def test_check_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("check", "--language", "en", tmp_path / "none.json")
    assert result.exit_code == 1
    assert result.stderr == f"{tmp_path / 'none.json'}: There is no such file. Check its name and folder.\n"


def test_diff_of_the_same_file() -> None:
    result = run("diff", "--language", "en", THIS_YEAR, THIS_YEAR)
    assert (result.exit_code, result.stdout) == (0, "There is no difference\n")


def test_diff_lets_words_pass(copy: Path) -> None:
    change(copy, title="Yearly cluster self-reflection")
    result = run("diff", "--language", "en", THIS_YEAR, copy)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "wording  /title  Wording: “Annual cluster self-reflection” is now “Yearly cluster self-reflection”",
        "Only words have changed: an open round may take them",
    ]


def test_diff_refuses_a_change_of_meaning(copy: Path) -> None:
    rule = json.loads(copy.read_text("utf-8"))["level_rule"]
    change(copy, level_rule={**rule, "version": "2027"})
    result = run("diff", "--language", "en", THIS_YEAR, copy)
    assert result.exit_code == 1
    assert result.stdout.startswith('MEANING  /level_rule  Changed: level_rule was {"version": "2026"')
    assert result.stderr == "The meaning has changed: an open round cannot take this, only a new edition can\n"


def test_diff_of_a_broken_file_says_what_is_broken(copy: Path) -> None:
    change(copy, edition="26")
    result = run("diff", "--language", "en", THIS_YEAR, copy)
    assert result.exit_code == 1
    assert "/edition" in result.stderr


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_schema_prints_a_schema(kind: str | None) -> None:
    result = run("schema", *([kind] if kind else []))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"].lower() == (kind or "questionnaire")


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_in_welsh_accepts_the_same_and_explains_every_property_in_welsh(kind: str) -> None:
    english, welsh = (json.loads(run("schema", kind, "--language", code).stdout) for code in ("en", "cy"))
    texts: dict[str, list[str]] = {"en": [], "cy": []}
    bare = [
        reworded(schema, "", lambda _, text, code=code: texts[code].append(text) or "")  # type: ignore[misc]
        for code, schema in (("en", english), ("cy", welsh))
    ]
    assert bare[0] == bare[1]
    assert [pair for pair in zip(texts["en"], texts["cy"], strict=True) if pair[0] == pair[1] != "Label"] == []


def test_a_text_of_a_schema_that_has_no_welsh_says_so(tmp_path: Path) -> None:
    use_catalogues(tmp_path)
    try:
        title = json.loads(run("schema", "--language", "cy").stdout)["title"]
    finally:
        use_catalogues(REPOSITORY_CATALOGUES)
    assert title != "Questionnaire"
    assert "Questionnaire" in title


@pytest.mark.parametrize("arguments", [["diff", "one"], ["schema", "other"], ["check", "--quick"], ["mend"]])
def test_bad_usage_is_told_from_faults(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [[], ["list"], ["check"], ["diff"], ["schema"]])
def test_help_is_in_both_languages(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Options" in result.stdout
    assert "⚠" not in result.stdout


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of questionnaires that commands write into."""
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    monkeypatch.setattr("survey.commands.questionnaire_editions.QUESTIONNAIRES", folder)
    return folder


def test_a_new_questionnaire_has_nothing_wrong_with_it(shelf: Path) -> None:
    made = run(
        "new", "--language", "en", "trial", "--edition", "2027", "--respondent", "anonymous", "--title", "A trial"
    )
    path = shelf / "trial" / "2027.json"
    assert made.exit_code == 0
    assert "questionnaires check" in made.stdout
    assert check([path], shelf) == []
    again = run(
        "new", "--language", "en", "trial", "--edition", "2027", "--respondent", "cluster", "--title", "Another"
    )
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert "A trial" in path.read_text("utf-8")


def test_a_new_questionnaire_needs_a_name_and_a_year_that_can_be(shelf: Path) -> None:
    made = run("new", "--language", "en", "A Trial", "--edition", "27", "--respondent", "cluster", "--title", "A trial")
    assert made.exit_code == 1
    assert {"/id", "/edition"} == {line.split(": ")[1] for line in made.stderr.splitlines()}
    assert list(shelf.iterdir()) == []


def test_a_copy_is_the_edition_of_the_year_and_differs_in_nothing_else(copy: Path) -> None:
    made = run("copy", "--language", "en", copy, "2027")
    path = copy.with_name("2027.json")
    assert made.exit_code == 0
    assert path.read_text("utf-8") == THIS_YEAR.read_text("utf-8").replace('"edition": "2026"', '"edition": "2027"')


@pytest.mark.parametrize(
    ("year", "said"), [("27", "is not an edition"), ("2026", "is not later"), ("2025", "is not later")]
)
def test_a_copy_is_of_a_later_year(copy: Path, year: str, said: str) -> None:
    made = run("copy", "--language", "en", copy, year)
    assert made.exit_code == 1
    assert said in made.stderr
    assert list(copy.parent.iterdir()) == [copy]


def test_a_copy_writes_over_nothing(copy: Path) -> None:
    copy.with_name("2027.json").write_text("mine", "utf-8")
    assert run("copy", "--language", "en", copy, "2027").exit_code == 1
    assert copy.with_name("2027.json").read_text("utf-8") == "mine"


@pytest.mark.parametrize("code", ["cy", "en"])
def test_every_type_is_explained_with_its_properties_and_an_example(code: str) -> None:
    schema = schema_in("questionnaire", output_language(code))
    for name in type_names(schema):
        said = run("explain", "--language", code, name)
        assert said.exit_code == 0
        lines = said.stdout.splitlines()
        assert lines[0] == f"{name}: {schema['$defs'][name]['description']}"
        assert {line.split(":")[0].strip() for line in lines} >= set(schema["$defs"][name]["properties"])
        assert json.loads(said.stdout[said.stdout.index("\n{") :])["type"] == name


def test_what_is_no_type_is_told_with_those_there_are() -> None:
    said = run("explain", "--language", "en", "radio")
    assert said.exit_code == 1
    assert "single_choice: One option" in said.stderr
    assert "single_choice: One option" in run("explain", "--language", "en").stdout


def test_a_questionnaire_goes_into_a_spreadsheet_and_comes_back_with_its_welsh(copy: Path) -> None:
    book, definition, folder = (copy.with_name(name) for name in ("book.xlsx", "back.json", "welsh"))
    assert run("to-xlsx", "--language", "en", copy, book).exit_code == 0
    made = run("from-xlsx", "--language", "en", book, definition, "--welsh", folder)
    assert made.exit_code == 0, made.stderr
    assert definition.read_bytes() == copy.read_bytes()
    catalogue = read_catalogue(folder / "self-reflection.po")
    assert len(catalogue) > 150
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in catalogue} <= {
        (entry.msgctxt, entry.msgid, entry.msgstr) for entry in read_catalogue(Places().welsh("self-reflection"))
    }
    other = copy.with_name("other.json")
    assert "is there already" in run("from-xlsx", "--language", "en", book, other, "--welsh", folder).stderr
    assert not other.exists()


def test_what_is_wrong_with_a_spreadsheet_is_said_and_nothing_is_written(copy: Path) -> None:
    book, definition = copy.with_name("book.xlsx"), copy.with_name("back.json")
    assert run("from-xlsx", "--language", "en", book, definition).stderr == (
        f"{book}: There is no such file. Check its name and folder.\n"
    )
    book.write_bytes(b"no spreadsheet")
    assert run("from-xlsx", "--language", "en", book, definition).stderr == (
        f"{book}: The file is no spreadsheet. Save it as .xlsx, without a password.\n"
    )
    assert not definition.exists()
