"""Workbooks and data of a round by `flask export …`."""

import errno
import json
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from flask import Flask
from tqdm import tqdm

from survey.collection.people.accounts import EVENTS, LOG
from survey.commands import terminal
from survey.commands.export import export
from survey.reporting.files import sheets
from survey.reporting.files.formats import FORMATS
from survey.reporting.xlsx import drawing
from survey.storage.data_folder import open_data_folder
from tests.commands.conftest import exports, run
from tests.reporting.small_wales import ROUND


def test_without_a_language_there_is_a_workbook_in_each(app: Flask) -> None:
    result = run(app, "workbook", ROUND)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(exports(app)) == 2
    assert exports(app)[-1].endswith((".cy.xlsx", ".en.xlsx"))
    assert [Path(line).name for line in sorted(result.stdout.splitlines())] == exports(app)


def test_one_language_to_a_file(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    result = run(app, "workbook", ROUND, "--language", "cy", "--output", str(path))
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    assert path.read_bytes().startswith(b"PK")
    assert exports(app) == []


def test_looking_back_has_the_moment_in_its_name_and_in_the_log(app: Flask) -> None:
    result = run(app, "workbook", ROUND, "--language", "en", "--as-at", "2026-11-01 17:00")
    assert result.exit_code == 0
    assert exports(app) == [f"national-workbook-{ROUND}-2026-27-2026-11-01T1700.en.xlsx"]
    *_, entry = open_data_folder(app.config["DATA"]).entries(LOG, EVENTS)
    assert entry["as_at"] == "2026-11-01T17:00:00+00:00"


@pytest.mark.parametrize(("command", "name"), [("workbook", "national-workbook"), ("words", "clusters-own-words")])
def test_the_file_that_finds_no_room_is_named_and_the_one_before_is_there(
    app: Flask, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    asked = (command, ROUND, "--language", "en")
    assert run(app, *asked).exit_code == 0
    before = exports(app)
    monkeypatch.setattr(drawing, "replace_file", full)
    result = run(app, *asked)
    assert result.exit_code == 1
    assert f"{name}-{ROUND}-2026-27.en.xlsx. There is no room left on the disk." in result.stderr
    assert exports(app) == before


def test_there_is_no_looking_ahead(app: Flask) -> None:
    result = run(app, "workbook", ROUND, "--as-at", "2999-11-01 17:00")
    assert (result.exit_code, exports(app)) == (2, [])
    assert "still to come" in result.stderr


def test_two_workbooks_do_not_go_into_one_file(app: Flask, tmp_path: Path) -> None:
    result = run(app, "workbook", ROUND, "--output", str(tmp_path / "mine.xlsx"))
    assert result.exit_code == 2
    assert "One file cannot hold two workbooks" in result.stderr
    assert not (tmp_path / "mine.xlsx").exists()


STARTS = {
    "csv": b"\xef\xbb\xbfcluster,",
    "jsonl": b'{"cluster":"c-arfon"',
    "parquet": b"PAR1",
    "sav": b"$FL2",
    "xlsx": b"PK",
    "ods": b"PK",
    "package": b"PK",
}


@pytest.mark.parametrize("format_name", FORMATS)
def test_data_as_codes(app: Flask, format_name: str) -> None:
    result = run(app, "data", ROUND, "--format", format_name)
    assert (result.exit_code, result.stderr) == (0, "")
    endings = {"sav": ["cy.sav", "en.sav"], "package": ["zip"]}.get(format_name, [format_name])
    assert exports(app) == [f"data-{ROUND}-2026-27.{ending}" for ending in endings]
    assert [Path(line).name for line in result.stdout.splitlines()] == exports(app)
    for name in exports(app):
        path = app.config["EXPORTS"] / name
        assert path.read_bytes().startswith(STARTS[format_name])
        assert path.stat().st_mode & 0o077 == 0


def test_a_file_of_labels_says_its_language_in_its_name(app: Flask, tmp_path: Path) -> None:
    result = run(app, "data", ROUND, "--format", "sav", "--output", str(tmp_path / "mine.sav"))
    assert result.stdout.splitlines() == [str(tmp_path / f"mine.{code}.sav") for code in ("cy", "en")]
    assert exports(app) == []


def test_the_answers_of_all_editions(app: Flask) -> None:
    result = run(app, "data", ROUND, "--series", "--format", "csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert exports(app) == [f"series-{ROUND}-2026-27.csv"]
    text = (app.config["EXPORTS"] / exports(app)[0]).read_text("utf-8-sig")
    assert text.startswith("round,reporting_year,cluster,health_board,outcome,variable,value,state\n")
    assert {line.split(",")[0] for line in text.splitlines()[1:]} == {"sr-2024", "sr-2025", ROUND}
    (entry,) = [
        entry for entry in open_data_folder(app.config["DATA"]).entries(LOG, EVENTS) if entry["what"] == "exported"
    ]
    assert entry["export"] == "series csv"


def test_what_a_sheet_cannot_hold_is_said_in_plain_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_COLUMNS", 100)
    result = run(app, "data", ROUND, "--format", "xlsx", "--language", "en")
    assert result.exit_code == 1
    assert result.stderr.startswith("This is more than a spreadsheet can hold")
    assert exports(app) == []


@pytest.mark.parametrize("arguments", [("workbook", "nowhere"), ("data", "nowhere", "--format", "csv")])
def test_a_round_that_is_not_there_is_said_in_plain_words(app: Flask, arguments: tuple[str, ...]) -> None:
    result = run(app, *arguments, "--language", "en")
    assert result.exit_code == 1
    assert result.stderr == "There is no round with this id: nowhere. List the rounds to see their ids.\n"
    assert exports(app) == []


@pytest.mark.parametrize(
    "arguments",
    [("data", ROUND), ("data", ROUND, "--format", "pdf"), ("workbook",), ("workbook", ROUND, "--language", "fr")],
)
def test_bad_usage_is_exit_code_2(app: Flask, arguments: tuple[str, ...]) -> None:
    assert run(app, *arguments).exit_code == 2
    assert exports(app) == []


def test_a_folder_that_is_not_there_is_said_in_plain_words(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "mine.xlsx"
    result = run(app, "workbook", ROUND, "--language", "en", "--output", str(path))
    assert result.exit_code == 1
    assert result.stderr.startswith("The file cannot be written")
    assert "Traceback" not in result.output


def test_what_cannot_be_read_is_named_and_the_rest_written(app: Flask) -> None:
    path = app.config["DATA"] / "rounds" / ROUND / "reflection" / "c-arfon.json"
    path.write_bytes(b"{")
    for arguments in (("workbook", ROUND, "--language", "en"), ("data", ROUND, "--format", "csv", "--language", "en")):
        result = run(app, *arguments)
        assert result.exit_code == 1
        assert "c-arfon" in result.stderr
        assert Path(result.stdout.strip()).is_file()


def test_the_log_says_who_exported_what(app: Flask) -> None:
    run(app, "workbook", ROUND, "--language", "en")
    (entry,) = [
        entry for entry in open_data_folder(app.config["DATA"]).entries(LOG, EVENTS) if entry["what"] == "exported"
    ]
    assert (entry["round"], entry["export"], entry["language"]) == (ROUND, "workbook", "en")


def test_help_is_in_both_languages(app: Flask) -> None:
    result = run(app, "--help")
    assert result.exit_code == 0
    assert "Write workbooks and data of a round" in result.stdout


def test_every_format_of_data_can_be_asked_for() -> None:
    (choice,) = [param.type for param in export.commands["data"].params if param.name == "format_name"]
    assert isinstance(choice, click.Choice)
    assert set(choice.choices) == set(FORMATS)


@pytest.fixture
def workbook(app: Flask) -> Path:
    run(app, "workbook", ROUND, "--language", "en")
    folder: Path = app.config["EXPORTS"]
    return next(folder.iterdir())


@pytest.mark.parametrize(("code", "words"), [("en", "The workbook keeps the rules."), ("cy", "cadw at y rheolau")])
def test_a_workbook_of_ours_keeps_the_rules(app: Flask, workbook: Path, code: str, words: str) -> None:
    result = run(app, "check", str(workbook), "--language", code)
    assert (result.exit_code, result.stderr) == (0, "")
    assert words in result.stdout
    assert run(app, "check", str(workbook), "--format", "json").stdout == "[]\n"


def test_whatever_may_take_more_than_a_second_shows_that_it_goes_on(
    app: Flask, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def watched(*items: object, desc: str, **how: Any) -> Any:
        shown.append(desc)
        return tqdm(*items, desc=desc, **how)

    monkeypatch.setattr(terminal, "tqdm", watched)
    run(app, "data", ROUND, "--format", "csv", "--language", "en")
    run(app, "check", str(workbook), "--language", "en")
    assert shown == ["Reading the responses", "Writing the data", "Checking the workbook"]


def test_what_somebody_did_to_a_workbook_is_said_with_sheet_and_cell(app: Flask, workbook: Path) -> None:
    edited = openpyxl.load_workbook(workbook)
    edited["Notes"]["F3"] = "=1+1"
    edited.save(workbook)
    result = run(app, "check", str(workbook), "--language", "en")
    assert result.exit_code == 1
    assert "Notes: Formulas in cells: F3" in result.stdout.splitlines()
    faults = json.loads(run(app, "check", str(workbook), "--format", "json", "--language", "en").stdout)
    assert {"code": "formulas", "place": "Notes", "text": "Formulas in cells: F3"} in faults


def test_what_is_no_workbook_is_one_line(app: Flask, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Nodiadau", encoding="utf-8")
    result = run(app, "check", str(other), "--language", "en")
    assert (result.exit_code, result.stdout) == (1, "The whole file: The file is not a readable .xlsx workbook.\n")
    assert run(app, "check", str(tmp_path / "none.xlsx")).exit_code == 2
