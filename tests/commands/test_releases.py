"""Releases of people from the command line: `flask export workbook` gives them out, `flask releases` corrects them."""

from dataclasses import replace

import pytest

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.releases import read_releases, released_file
from survey.collection.rounds.round import change_round
from survey.reporting.workbooks.registry import Prepared
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, short_definition

WHERE = responses_of(ROUND)
CORRECT = ("releases", "correct", ROUND, "--account", "eira", "--reason", "A clinic was counted twice")


@pytest.fixture
def crew(desk, monkeypatch):
    """A closed round of people. The drawing of the workbook has tests of its own."""

    def write(prepared, told, folder):
        path = folder / f"{'exact' if prepared.marked else 'workbook'}.{told.code}.xlsx"
        path.write_bytes(path.stem.encode())
        return path

    monkeypatch.setattr(Prepared, "write", write)
    closed_round(desk.data, short_definition(), 60, "pages", boards=2, clusters=2)
    desk.done("accounts", "add", "eira", "--role", "national", "--password-stdin", stdin="llyfr gwyrdd ar y bwrdd\n")
    return desk


def lose(desk, number):
    for key in desk.kept.keys(WHERE)[:number]:
        desk.kept.delete(WHERE, key)


def test_the_first_export_releases_and_the_next_gives_the_same(crew):
    path = crew.root / "mine.xlsx"
    export = ("export", "workbook", ROUND, "--language", "en", "--output", path)
    assert crew.done(*export) == f"{path}\n"
    (release,) = read_releases(crew.kept, ROUND)
    assert path.read_bytes() == released_file(crew.kept, ROUND, release, "en")
    assert release.by == "command line"
    lose(crew, 1)
    crew.app.config["SMALLEST_GROUP"] = 3
    result = crew.run(*export)
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert "have changed since release 1, which is what was written" in result.stderr
    assert read_releases(crew.kept, ROUND) == [release]
    assert [what for _, what in crew.log] == ["account_added", "released", "exported", "exported"]


def test_exact_figures_need_an_account_and_a_reason_and_have_a_name_of_their_own(crew):
    crew.done("export", "workbook", ROUND)
    export = ("export", "workbook", ROUND, "--exact", "--language", "en")
    assert "reason" in crew.refused(*export, "--account", "eira")
    assert "account" in crew.refused(*export, "--reason", "A board asked")
    assert crew.done(*export, "--account", "eira", "--reason", "A board asked").endswith("exact.en.xlsx\n")
    found = [record for record in crew.kept.entries(LOG, EVENTS) if record["what"] == "exported_exact_figures"]
    assert [(record["who"], record["reason"]) for record in found] == [("eira", "A board asked")]


def test_a_correction_names_what_it_would_have_to_leave_out_and_leaves_it_out_when_told_to(crew):
    crew.run("export", "workbook", ROUND, "--output", crew.root)
    lose(crew, 25)
    said = crew.refused(*CORRECT)
    assert said.splitlines()[0].startswith("Nothing was made.")
    assert "By profession and health board: everything" in said
    assert said.splitlines()[-1].endswith("--leave-out.")
    assert crew.done(*CORRECT, "--leave-out").startswith("Release 2 is made.")
    listed = crew.done("releases", "list", ROUND).splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert "eira" in listed[1]
    assert listed[1].endswith("A clinic was counted twice")


def test_a_correction_that_cannot_be_made_safe_is_refused(crew):
    crew.run("export", "workbook", ROUND, "--output", crew.root)
    lose(crew, 1)
    assert "fewer than 5 people answered" in crew.refused(*CORRECT, "--leave-out")
    assert crew.done("releases", "list", ROUND).splitlines()[-1].startswith("The responses have changed")


def test_nothing_is_released_while_a_record_cannot_be_read(crew):
    key = crew.kept.keys(WHERE)[0]
    crew.kept.root.joinpath(*WHERE, key[:2], f"{key}.json").write_bytes(b"{")
    said = crew.refused("export", "workbook", ROUND, "--output", crew.root)
    assert f"rounds/{ROUND}/skills/responses/{key}" in said
    assert crew.done("releases", "list", ROUND).startswith("Nothing has been released")


def test_the_close_pins_the_smallest_number(crew):
    change_round(crew.kept, ROUND, lambda closed: replace(closed, status="open"))
    crew.app.config["SMALLEST_GROUP"] = 8
    crew.done("rounds", "close", ROUND, "--yes")
    crew.app.config["SMALLEST_GROUP"] = 3
    crew.done("export", "workbook", ROUND, "--output", crew.root)
    assert read_releases(crew.kept, ROUND)[0].threshold == 8
    assert crew.done("data", "verify")
