"""Single anonymous responses by `flask export data`: after the close, for a reason, in somebody's name."""

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from survey.collection.people.accounts import EVENTS, LOG, add_account
from survey.collection.reading.decisions import NOT_READ, TextReading, settle
from survey.collection.reading.texts import written_texts
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.files.formats import FORMATS
from tests.collection.anonymous_example import ANSWERS, NOW, ROUND, opened_round, submitted
from tests.reporting.files.read_back import READERS

DATA = ("export", "data", ROUND, "--format")
ALLOWED = ("--account", "eira", "--reason", "To check the figures")


@pytest.fixture
def crew(desk):
    snapshot = opened_round(desk.kept)
    desk.ids = [submitted(desk.kept, snapshot, number) for number in range(3)]
    lead = {"role": {"job": "lead"}, "rest": {"comment": "=1+1"}}
    desk.ids.append(submitted(desk.kept, snapshot, 4, answers=lead, cluster="conwy-west", language="en"))
    add_account(desk.kept, "eira", "national", None, "llyfr gwyrdd ar y bwrdd", NOW)
    return desk


@pytest.fixture
def closed(crew):
    close_round(crew.kept, ROUND, NOW)
    return crew


def release_all(desk, goes_out):
    """Release the texts that are named, with the words that go out in their place."""
    for text in written_texts(desk.kept, load_snapshot(desk.kept, ROUND)):
        if text.text in goes_out:
            settle(desk.kept, ROUND, text, NOT_READ.seen, TextReading("released", goes_out[text.text], by="eira"), NOW)


def test_nothing_leaves_while_the_round_is_open(crew):
    said = crew.refused(*DATA, "csv", *ALLOWED, "--output", crew.root)
    assert said == f"Nothing of the answers is shown or exported until the round closes: {ROUND}."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--account", "eira"), "Give the reason"),
        (("--reason", "why"), "Name the account"),
        (("--account", "nobody", "--reason", "why"), "Name the account"),
    ],
)
def test_nothing_leaves_without_a_reason_and_a_name(closed, given, said):
    assert closed.refused(*DATA, "csv", *given, "--output", closed.root).startswith(said)


def test_the_log_names_the_account_and_the_reason(closed):
    closed.done(*DATA, "csv", *ALLOWED, "--output", closed.root)
    [entry] = [entry for entry in closed.kept.entries(LOG, EVENTS) if "export" in entry["what"]]
    assert (entry["who"], entry["reason"]) == ("eira", "To check the figures")


def test_a_row_has_codes_and_neither_words_nor_id(closed):
    path = closed.root / f"personal-data-{ROUND}-2026-27.csv"
    assert closed.done(*DATA, "csv", *ALLOWED, "--output", closed.root).splitlines()[0] == str(path)
    text = path.read_text("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 4
    lead = next(row for row in rows if row["cluster"] == "conwy-west")
    assert lead["role.job"] == "lead"
    assert lead["submitted_in"] == "en"
    assert lead["skills.skills.sew.importance"] == "[x]"
    nurse = next(row for row in rows if row["cluster"] == "arfon")
    assert nurse["skills.skills.sew.confidence"] == "not_applicable"
    assert (nurse["skills.needs.tea"], nurse["skills.needs.time"]) == ("1", "2")
    assert (nurse["role.ways.talk"], nurse["role.ways.read"]) == ("1", "0")
    assert not any(name in text for name in ("comment", "why_lead", "=1+1", ANSWERS["rest"]["comment"], *closed.ids))
    assert path.stat().st_mode & 0o077 == 0


def test_json_lines_tell_the_same(closed):
    closed.done(*DATA, "jsonl", *ALLOWED, "--output", closed.root)
    path = closed.root / f"personal-data-{ROUND}-2026-27.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row["cluster"] for row in rows].count("arfon") == 3
    lead = next(row for row in rows if row["cluster"] == "conwy-west")
    assert lead["answers"]["role.job"] == "lead"
    assert lead["answers"]["skills.needs.tea"] is None


@pytest.mark.parametrize("format_name", ["csv", "jsonl"])
def test_what_was_released_stands_alone_in_a_file_of_its_own_when_it_is_asked_for(closed, format_name):
    release_all(closed, {"=1+1": "", ANSWERS["rest"]["comment"]: "Somebody wants time."})
    path = closed.root / f"released-comments-{ROUND}-2026-27.{format_name}"
    said = closed.done(*DATA, format_name, *ALLOWED, "--comments", "--output", closed.root)
    assert said.splitlines()[1] == str(path)
    assert closed.log[-2:] == [("eira", "exported_single_responses"), ("eira", "exported_comments")]
    text = path.read_text("utf-8-sig")
    rows = (
        list(csv.DictReader(StringIO(text)))
        if format_name == "csv"
        else [json.loads(line) for line in text.splitlines()]
    )
    assert {tuple(row) for row in rows} == {("comment",)}
    formula = {"csv": "'=1+1", "jsonl": "=1+1"}[format_name]
    assert sorted(row["comment"] for row in rows) == sorted([*["Somebody wants time."] * 3, formula])
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_that_people_wrote_is_written_unasked(closed):
    closed.done(*DATA, "csv", *ALLOWED, "--output", closed.root)
    assert list(closed.root.glob("*comments*")) == []
    assert "exported_comments" not in [what for _, what in closed.log]


@pytest.mark.parametrize("format_name", FORMATS)
def test_in_every_format_what_was_released_stands_apart_from_the_rows(closed, format_name):
    release_all(closed, {"=1+1": ""})
    said = closed.done(*DATA, format_name, *ALLOWED, "--comments", "--output", closed.root)
    paths = [Path(line) for line in said.splitlines()]
    rows = [path for path in paths if path.name.startswith("personal-data-")]
    assert len(rows) == len(paths) / 2
    for path in rows:
        content = path.read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                content = b"".join(map(archive.read, archive.namelist()))
        assert not any(word in content for word in (b"rest.comment", b"=1+1", ANSWERS["rest"]["comment"].encode()))
        assert not any(one.encode() in content for one in closed.ids)


@pytest.mark.parametrize("format_name", READERS)
def test_every_format_has_the_rows_of_the_csv(closed, format_name, tmp_path):
    def rows(name):
        path = Path(closed.done(*DATA, name, *ALLOWED, "--output", closed.root).splitlines()[0])
        return READERS[name](path.read_bytes(), tmp_path)

    found = [[number_as_text(cell) for cell in row.values()] for row in rows(format_name)]
    assert found == [list(row.values()) for row in rows("csv")]


def number_as_text(cell):
    """As CSV has it: SPSS knows no whole numbers."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def test_single_responses_have_no_table_over_the_years(closed):
    said = closed.refused(*DATA, "csv", "--series", *ALLOWED, "--output", closed.root)
    assert said.startswith("People answer this round one by one")
    assert list(closed.root.glob("*.csv")) == []


@pytest.mark.parametrize("arguments", [("show", ROUND, "arfon"), ("export", ROUND)])
def test_the_commands_for_clusters_refuse_it(closed, arguments):
    result = closed.run("responses", *arguments)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
